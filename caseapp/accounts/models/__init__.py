"""Tables of accounts, sessions, second factors, rights and the throttle."""

from caseapp.accounts.models.rights import Emergency, Grant, Leave, TwoPeople
from caseapp.accounts.models.sessions import Factor, RecoveryCode, UserSession
from caseapp.accounts.models.staff import (
    Account,
    FirstKey,
    KnownOrigin,
    LinkedIdentity,
    Reachable,
    SentForm,
    Throttle,
)

__all__ = [
    "Account",
    "Emergency",
    "Factor",
    "FirstKey",
    "Grant",
    "KnownOrigin",
    "Leave",
    "LinkedIdentity",
    "Reachable",
    "RecoveryCode",
    "SentForm",
    "Throttle",
    "TwoPeople",
    "UserSession",
]
