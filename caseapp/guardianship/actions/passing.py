"""Handing over a whole caseload of a guardian: guardianships end and begin, support goes on with another.

All children change hands, or none; each is locked first. Guardianship begins anew, for a child then has
another guardian (GUA-4 may say so); support after 18 is the same decision with another worker.
"""

from dataclasses import replace
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.care_codes import GuardianshipKind
from caseapp.domain.events import SupportCorrected
from caseapp.domain.intents.caseload import Passing
from caseapp.domain.intents.guardianship import GuardianDetails
from caseapp.guardianship import queries
from caseapp.guardianship.actions.guardians import assign
from caseapp.guardianship.actions.refusing import (
    NoGuardianError,
    NotTheirsError,
    refuse_no_guardian,
)
from caseapp.guardianship.models import Guardianship, Support
from caseapp.kernel.work import Work
from caseapp.people import queries as people


def pass_on(work: Work, said: Passing) -> None:
    """Make others the guardian, or the worker after 18, of children of one colleague, from today on.

    Raises NotTheirsError when a child is not that colleague's any more, NoGuardianError for a receiver
    who is no guardian.
    """
    people.lock_all(work, said.to)
    for account_id in sorted(set(said.to.values())):
        refuse_no_guardian(work, account_id)
        if not accounts.stays(work, account_id):
            raise NoGuardianError
    held = queries.held_by(work, said.leaver)
    if not set(said.to) <= {row.child_id for row in held}:
        raise NotTheirsError
    for row in held:
        to = said.to.get(row.child_id)
        if to is None:
            continue
        if isinstance(row, Guardianship):
            _begin_anew(work, row, to)
        else:
            _go_on(work, row, to)


def _begin_anew(work: Work, row: Guardianship, to: UUID) -> None:
    kind = row.facts.kind
    said = GuardianDetails(max(row.from_on, work.today), row.to_on, account_id=to)
    assign(work, row.child_id, replace(said, kind=GuardianshipKind(kind) if kind else None))


def _go_on(work: Work, row: Support, to: UUID) -> None:
    changed = work.revise(row, worker_account_id=to)
    work.record(
        SupportCorrected(
            object_id=row.id, child_id=row.child_id, fields=changed, worker_account_id=to
        )
    )
