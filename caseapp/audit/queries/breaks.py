"""Whether the trail is broken, and when it was looked at last."""

from uuid import UUID

from sqlalchemy import Engine, inspect, select

from caseapp.accounts import queries as accounts
from caseapp.audit.models import AuditBreak, AuditCheck, AuditHead
from caseapp.domain.two_people import Verdict
from caseapp.kernel.work import Work


def is_broken(work: Work) -> bool:
    """Say whether the trail was found broken and nobody acknowledged it: no exports, erasures, emergencies."""
    found = select(AuditBreak.id).where(AuditBreak.acknowledged_at.is_(None)).limit(1)
    return work.session.execute(found).first() is not None


def is_chained(engine: Engine) -> bool:
    """Say whether the trail of a database is a chain already: then its keys are never made anew."""
    table = AuditHead.__tablename__
    if not inspect(engine).has_table(table):
        return False
    if "hash" not in {column["name"] for column in inspect(engine).get_columns(table)}:
        return False
    with engine.connect() as connection:
        return connection.scalar(select(AuditHead.hash)) is not None


def breaks(work: Work) -> list[AuditBreak]:
    """Return every break that was found, the latest first."""
    return list(work.session.scalars(select(AuditBreak).order_by(AuditBreak.upto.desc())))


def one_break(work: Work, break_id: UUID) -> AuditBreak | None:
    """Return a break."""
    return work.session.get(AuditBreak, break_id)


def agreement_on(work: Work, row: AuditBreak) -> tuple[bool, bool, UUID | None]:
    """Return whether a second person was asked to acknowledge a break, agreed, and who asked."""
    asked = accounts.two_people(work, row.agreement_id) if row.agreement_id else None
    if asked is None or asked.ends_at <= work.now or asked.decision == Verdict.REFUSED:
        return False, False, None
    return asked.decision is None, asked.decision == Verdict.APPROVED, asked.asked_by


def last_look(work: Work, *, full: bool = False) -> AuditCheck | None:
    """Return the last time that the trail was looked at; `full`: all of it."""
    looks = select(AuditCheck).order_by(AuditCheck.at.desc(), AuditCheck.id.desc()).limit(1)
    return work.session.scalars(looks.where(AuditCheck.is_full) if full else looks).first()
