"""Tables of the privacy desk: requests, statements, and what is due to go."""

from caseapp.privacy.models.requests import (
    PrivacyRequest,
    RequestFacts,
    RetentionFacts,
    RetentionItem,
)
from caseapp.privacy.models.statements import Statement, StatementFacts

__all__ = [
    "PrivacyRequest",
    "RequestFacts",
    "RetentionFacts",
    "RetentionItem",
    "Statement",
    "StatementFacts",
]
