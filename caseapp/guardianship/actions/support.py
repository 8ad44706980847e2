"""Deciding on support after 18, and on the road to it."""

from uuid import UUID

from caseapp.domain.events import RunwayRecorded, SupportCorrected, SupportRecorded
from caseapp.domain.incoming import record_id
from caseapp.domain.intents.guardianship import RunwayDetails, SupportDetails
from caseapp.domain.periods import EndsBeforeStartError
from caseapp.guardianship import queries
from caseapp.guardianship.actions.refusing import (
    NotYetError,
    refuse_no_guardian,
    refuse_other,
)
from caseapp.guardianship.models import Runway, RunwayFacts, Support, SupportFacts
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.people import queries as people


def decide_support(work: Work, child_id: UUID, said: SupportDetails) -> Support:
    """Write down support after 18, also coming support; regimes may run side by side.

    Raises EndsBeforeStartError, NoGuardianError, NotYoursError.
    """
    _refuse_support(work, said, None)
    row = Support(
        id=new_id(),
        child_id=child_id,
        worker_account_id=said.worker_account_id,
        from_on=said.from_on,
        to_on=said.to_on,
    )
    work.add(row, facts=SupportFacts(said.regime, said.organisation))
    work.record(
        SupportRecorded(
            object_id=row.id, child_id=child_id, worker_account_id=said.worker_account_id
        )
    )
    return row


def correct_support(work: Work, row: Support, version: int, said: SupportDetails) -> None:
    """Correct or end support; raises EndsBeforeStartError, NoGuardianError, NotYoursError, LostRaceError."""
    _refuse_support(work, said, row.worker_account_id)
    changed = work.revise(
        row,
        version,
        worker_account_id=said.worker_account_id,
        from_on=said.from_on,
        to_on=said.to_on,
        facts=SupportFacts(said.regime, said.organisation),
    )
    if changed:
        work.record(
            SupportCorrected(
                object_id=row.id,
                child_id=row.child_id,
                fields=changed,
                worker_account_id=said.worker_account_id,
            )
        )


def _refuse_support(work: Work, said: SupportDetails, present: UUID | None) -> None:
    """Let a guardian name himself, or leave who stands there; only others name others."""
    if said.to_on is not None and said.to_on < said.from_on:
        raise EndsBeforeStartError
    if said.worker_account_id not in {present, None}:
        refuse_other(work, said.worker_account_id)
        refuse_no_guardian(work, said.worker_account_id)


def decide_runway(work: Work, child_id: UUID, version: int, said: RunwayDetails) -> Runway:
    """Write down what is decided on the road to 18; `version` is 0 while nothing was written.

    Raises NotYetError, and LostRaceError when somebody else was first.
    """
    if any(day and day > work.today for day in (said.transition_plan_on, said.support_declined_on)):
        raise NotYetError
    people.lock(work, child_id)
    new = RunwayFacts(said.transition_plan_on, said.support_declined_on)
    row = queries.runway(work, child_id)
    if row is None:
        row = work.add(Runway(id=record_id(child_id, "runway", ""), child_id=child_id), facts=new)
        changed: tuple[str, ...] = ("facts",)
    else:
        changed = work.revise(row, version, facts=new)
    if changed:
        work.record(RunwayRecorded(object_id=row.id, child_id=child_id, fields=changed))
    return row
