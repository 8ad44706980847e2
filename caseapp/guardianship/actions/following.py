"""Who sees a child because of a guardianship or support: rows of reach that follow their records."""

from datetime import date
from uuid import UUID

from caseapp.domain.events import (
    GuardianAssigned,
    GuardianshipCorrected,
    SupportCorrected,
    SupportRecorded,
)
from caseapp.domain.policy import Sees
from caseapp.domain.reach import Reaching, Why
from caseapp.guardianship import queries
from caseapp.kernel.work import Work
from caseapp.people import actions as people


def follow_guardian(work: Work, event: GuardianAssigned | GuardianshipCorrected) -> None:
    """Let the guardian see the child for as long as the guardianship lasts, as a reaction."""
    if event.child_id is None or event.object_id is None:
        return
    row = queries.guardianship(work, event.child_id, event.object_id)
    if row is not None:
        one = guardian_reach(row.account_id, row.id, row.from_on, row.to_on)
        people.set_reach(work, row.child_id, one)


def follow_support(work: Work, event: SupportRecorded | SupportCorrected) -> None:
    """Let who gives support after 18 see the young adult for as long as it lasts, as a reaction."""
    if event.child_id is None or event.object_id is None:
        return
    row = queries.support(work, event.child_id, event.object_id)
    if row is not None:
        one = support_reach(row.worker_account_id, row.id, row.from_on, row.to_on)
        people.set_reach(work, row.child_id, one)


def guardian_reach(
    account_id: UUID | None, row_id: UUID, from_on: date, to_on: date | None
) -> Reaching:
    """Return the reach that a guardianship gives: everything, from its first day until its end."""
    return Reaching(
        Why.GUARDIAN, Sees.ALL, account_id=account_id, origin_id=row_id, start=from_on, end=to_on
    )


def support_reach(
    account_id: UUID | None, row_id: UUID, from_on: date, to_on: date | None
) -> Reaching:
    """Return the reach that support gives: everything, from its first day until its written end.

    Without a written end the row stays open: the end by law is a birthday, which may not stand in the clear.
    """
    return Reaching(
        Why.SUPPORT, Sees.ALL, account_id=account_id, origin_id=row_id, start=from_on, end=to_on
    )
