"""Who saw the file of a child, in the words of the desk: by part of the file, and what was done with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.audit import queries as audit
from caseapp.audit.queries import Seen
from caseapp.domain.calendar import plus_days
from caseapp.domain.looks import Look, Who, deed_of, group_of
from caseapp.kernel import clock
from caseapp.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which day, both included; None is open."""

    first: date | None = None
    last: date | None = None


def who_saw(work: Work, child_id: UUID, period: Period | None = None) -> list[Look]:
    """Return who did what with a file in a period, in its order; the caller says who may, and notes it."""
    asked = period or Period()
    since = clock.midnight(asked.first) if asked.first else None
    until = clock.midnight(plus_days(asked.last, 1)) if asked.last else None
    return [_look(one) for one in audit.who_saw(work, child_id, since, until)]


def _look(seen: Seen) -> Look:
    system = None if seen.account_id else seen.actor_name or "caseapp"
    return Look(
        at=seen.first_at,
        day=seen.day,
        who=Who(seen.account_id, seen.role, seen.on_behalf_of, system, seen.organisation),
        group=group_of(seen.code, seen.object),
        deed=deed_of(seen.code, seen.action),
        is_emergency=seen.is_emergency,
        times=seen.times,
    )
