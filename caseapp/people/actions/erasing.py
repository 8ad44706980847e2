"""What other files say of a child that is erased."""

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select

from caseapp.domain.events import ChildErased, RelativeErased
from caseapp.kernel import restoring
from caseapp.kernel.seals import Unreadable, seal_of
from caseapp.kernel.work import Work
from caseapp.people.models import Relative, RelativeFacts


def forget_as_relative(work: Work, event: ChildErased) -> None:
    """Let the files of brothers and sisters say that there was one, and no more: no link, no name.

    What the row was is not kept in the past, for it would name the child.
    """
    naming = select(Relative.id).where(Relative.relative_child_id == event.child_id)
    rows = list(restoring.rows_of(work, "relative", work.session.scalars(naming)).values())
    seal = seal_of(Relative, "facts")
    for row in rows:
        row |= {"relative_child_id": None, "version": row["version"] + 1}
        row |= {"recorded_at": work.now, "recorded_by": work.actor.account_id}
        place = seal.place(row["child_id"], row["id"])
        with suppress(Unreadable):
            facts: RelativeFacts = work.vault.open(place, row["facts"], RelativeFacts)
            said = replace(facts, name=None, ref=None, erased=True)
            row["facts"] = work.vault.seal(place, said, RelativeFacts)
        work.record(RelativeErased(object_id=row["id"], child_id=row["child_id"]))
    restoring.overwrite(work, "relative", rows)
