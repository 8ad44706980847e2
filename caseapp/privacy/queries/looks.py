"""Who saw the file of a child: from the trail, lists and search results included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, or_, select

from caseapp.accounts.models import Grant
from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.domain.looks import Look, Who, deed_of, group_of
from caseapp.domain.policy import BREAK_GLASS
from caseapp.kernel import clock
from caseapp.kernel.work import Work

COLUMNS: Final[tuple[Any, ...]] = (
    AuditEvent.at,
    AuditEvent.account_id,
    AuditEvent.actor_name,
    AuditEvent.role,
    AuditEvent.on_behalf_of,
    AuditEvent.code,
    AuditEvent.action,
    AuditEvent.object,
    AuditEvent.emergency_ref,
    Grant.origin,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which day, both included; None is open."""

    first: date | None = None
    last: date | None = None


def who_saw(work: Work, child_id: UUID, period: Period | None = None) -> list[Look]:
    """Return every record of the trail that is about a child, in its order; the caller says who may."""
    with work.beyond("who saw a file, whoever that was"):
        return list(_looks(work, _about(child_id, period or Period())))


def _looks(work: Work, wanted: Select[Any]) -> Iterator[Look]:
    for row in work.session.execute(wanted):
        yield Look(
            at=row.at,
            day=clock.local_day(row.at),
            who=Who(
                row.account_id,
                row.role,
                row.on_behalf_of,
                None if row.account_id else row.actor_name or "caseapp",
            ),
            group=group_of(row.code, row.object),
            deed=deed_of(row.code, row.action),
            origin=row.origin or "",
            is_emergency=row.emergency_ref is not None or row.origin == BREAK_GLASS,
        )


def _about(child_id: UUID, period: Period) -> Select[Any]:
    listed = select(AuditEventChild.seq).where(AuditEventChild.child_id == child_id)
    wanted: Select[Any] = (
        select(*COLUMNS)
        .outerjoin(Grant, Grant.id == AuditEvent.grant_id)
        .where(
            or_(AuditEvent.child_id == child_id, AuditEvent.seq.in_(listed)),
            AuditEvent.outcome == "ok",
        )
        .order_by(AuditEvent.seq)
    )
    if period.first is not None:
        wanted = wanted.where(AuditEvent.at >= _midnight(period.first))
    if period.last is not None:
        wanted = wanted.where(AuditEvent.at < _midnight(period.last + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.AMSTERDAM)
