"""Pages of signing in, the own account, and the administration of accounts and rights."""

from caseapp.accounts.views import door, own, rights, staff
from caseapp.accounts.views.blueprint import bp

__all__ = ["bp", "door", "own", "rights", "staff"]
