"""Rights over one child that is erased."""

from sqlalchemy import select

from caseapp.accounts.actions.grants import take_back
from caseapp.accounts.models import Grant
from caseapp.domain.events import ChildErased
from caseapp.domain.policy import ScopeKind
from caseapp.kernel.work import Work


def end_rights_over(work: Work, event: ChildErased) -> None:
    """End every right that holds over this child alone."""
    over = (Grant.scope_kind == ScopeKind.CHILD, Grant.scope_id == str(event.child_id))
    for grant in work.session.scalars(select(Grant).where(*over, Grant.revoked_at.is_(None))):
        take_back(work, grant)
