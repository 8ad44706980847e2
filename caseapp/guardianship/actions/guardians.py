"""Assigning guardians; guardianships of one child never overlap.

Whoever changes one takes the lock of the child first. A guardian acts for himself only; the desk and
the coordinator act for everyone in their scope.
"""

from uuid import UUID

from caseapp.domain.events import GuardianAssigned, GuardianshipCorrected
from caseapp.domain.intents.guardianship import GuardianDetails
from caseapp.domain.periods import refuse_clash
from caseapp.guardianship import queries
from caseapp.guardianship.actions.refusing import (
    NobodyNamedError,
    refuse_no_guardian,
    refuse_other,
)
from caseapp.guardianship.models import Guardianship, GuardianshipFacts
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries as people


def assign(work: Work, child_id: UUID, said: GuardianDetails) -> Guardianship:
    """Assign a guardian from a day on; the guardianship that covers that day ends on it.

    Raises PeriodError when a later one is in the way, NobodyNamedError, NoGuardianError, NotYoursError.
    """
    no = people.lock(work, child_id)
    _refuse_account(work, said.account_id, said.name)
    present = queries.guardianship_on(work, child_id, said.from_on)
    if present is not None and work.revise(present, to_on=said.from_on):
        work.flush()
        work.record(_corrected(present, ("to_on",)))
    refuse_clash(said.from_on, said.to_on, queries.guardianships(work, child_id))
    row = Guardianship(
        id=new_id(),
        child_id=child_id,
        child_no=no,
        account_id=said.account_id,
        from_on=said.from_on,
        to_on=said.to_on,
    )
    work.add(row, facts=_guardian_facts(said))
    work.record(GuardianAssigned(object_id=row.id, child_id=child_id, account_id=said.account_id))
    return row


def correct(work: Work, row: Guardianship, version: int, said: GuardianDetails) -> None:
    """Correct or end a guardianship.

    Raises PeriodError, NobodyNamedError, NoGuardianError, NotYoursError, LostRaceError.
    """
    people.lock(work, row.child_id)
    refuse_other(work, row.account_id)
    _refuse_account(work, said.account_id, said.name)
    others = [one for one in queries.guardianships(work, row.child_id) if one.id != row.id]
    refuse_clash(said.from_on, said.to_on, others)
    changed = work.revise(
        row,
        version,
        account_id=said.account_id,
        from_on=said.from_on,
        to_on=said.to_on,
        facts=_guardian_facts(said),
    )
    if changed:
        work.record(_corrected(row, changed))


def _corrected(row: Guardianship, changed: tuple[str, ...]) -> GuardianshipCorrected:
    return GuardianshipCorrected(
        object_id=row.id, child_id=row.child_id, fields=changed, account_id=row.account_id
    )


def _guardian_facts(said: GuardianDetails) -> GuardianshipFacts:
    return GuardianshipFacts(None if said.account_id else said.name, said.kind)


def _refuse_account(work: Work, account_id: UUID | None, name: str | None) -> None:
    if account_id is None and name is None:
        raise NobodyNamedError
    refuse_other(work, account_id)
    refuse_no_guardian(work, account_id)
