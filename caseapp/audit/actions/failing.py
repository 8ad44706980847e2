"""What is done when a sealed value did not open for somebody: the administrators hear of it."""

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from caseapp.accounts import queries as accounts
from caseapp.audit.models import AuditEvent
from caseapp.domain.events import SealsBroken
from caseapp.domain.policy import Role
from caseapp.kernel.work import Work

QUIET: Final = timedelta(hours=24)
"""So long nothing more is said: one damage is met on many pages."""


def tell_failures(work: Work) -> None:
    """Tell the administrators of values that did not open since they were told last, once a day at most."""
    told = select(func.max(AuditEvent.seq), func.max(AuditEvent.at))
    seq, at = work.session.execute(told.where(AuditEvent.code == "seals-broken")).one()
    if at is not None and work.now - at < QUIET:
        return
    failed = select(AuditEvent.id).where(
        AuditEvent.code == "crypto-failure", AuditEvent.seq > (seq or 0)
    )
    first = work.session.scalars(failed.order_by(AuditEvent.seq).limit(1)).first()
    if first is not None:
        officers = tuple(one.id for one in accounts.of_role(work, Role.ADMINISTRATOR))
        work.record(SealsBroken(object_id=first, told=officers))
