"""Who saw the file of a child, lists and search results included, merged per person and day (NEN 7513, 9)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, or_, select

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.kernel import clock
from caseapp.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody did with a file on a day: who, in which role, by which rule, and when first."""

    day: date
    first_at: datetime
    account_id: UUID | None
    actor_name: str | None
    """Of a program of ours; people are known by their account."""
    role: str | None
    organisation: str | None
    on_behalf_of: UUID | None
    """The responsible user: who was away."""
    data_class: str | None
    code: str
    action: str
    object: str
    rule: str | None
    grant_id: UUID | None
    is_emergency: bool
    times: int = 1


COLUMNS: Final[tuple[Any, ...]] = (
    AuditEvent.at,
    AuditEvent.account_id,
    AuditEvent.actor_name,
    AuditEvent.role,
    AuditEvent.organisation,
    AuditEvent.on_behalf_of,
    AuditEvent.data_class,
    AuditEvent.code,
    AuditEvent.action,
    AuditEvent.object,
    AuditEvent.rule,
    AuditEvent.grant_id,
    AuditEvent.emergency_ref,
)


def who_saw(
    work: Work, child_id: UUID, since: datetime | None = None, until: datetime | None = None
) -> list[Seen]:
    """Return who did what with a file, in order of time; the caller checks who may know, and logs it.

    What one person did alike on a day is one line with its first time. `until` is not included.
    """
    merged: dict[Any, Seen] = {}
    with work.beyond("who saw a file, whoever that was"):
        for row in work.session.execute(_about(child_id, since, until)):
            at, *who, emergency = row
            told: list[Any] = [*who, emergency is not None]
            key = (clock.local_day(at), *told)
            met = merged.get(key)
            merged[key] = replace(met, times=met.times + 1) if met else Seen(key[0], at, *told)
    return list(merged.values())


def _about(child_id: UUID, since: datetime | None, until: datetime | None) -> Select[Any]:
    listed = select(AuditEventChild.seq).where(AuditEventChild.child_id == child_id)
    wanted: Select[Any] = (
        select(*COLUMNS)
        .where(
            or_(AuditEvent.child_id == child_id, AuditEvent.seq.in_(listed)),
            AuditEvent.outcome == "ok",
        )
        .order_by(AuditEvent.seq)
    )
    if since is not None:
        wanted = wanted.where(AuditEvent.at >= since)
    if until is not None:
        wanted = wanted.where(AuditEvent.at < until)
    return wanted
