"""Tables of the privacy desk: requests, statements, and what is due to go."""

from caseapp.privacy.models.erasures import Erasure
from caseapp.privacy.models.requests import (
    PrivacyRequest,
    RequestFacts,
    RetentionFacts,
    RetentionItem,
)
from caseapp.privacy.models.statements import Statement, StatementFacts

__all__ = [
    "Erasure",
    "PrivacyRequest",
    "RequestFacts",
    "RetentionFacts",
    "RetentionItem",
    "Statement",
    "StatementFacts",
]
