"""What people want to write down at the privacy desk."""

from dataclasses import dataclass
from datetime import date

from caseapp.domain.privacy_rights import Asker, Chapter, Identity, Right


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """A request as it came in."""

    right: Right
    asker: Asker
    identity: Identity
    received_on: date
    asked: str
    asker_name: str | None = None
    identity_note: str | None = None


@dataclass(frozen=True, slots=True)
class StatementDetails:
    """What somebody says beside a chapter of the file."""

    chapter: Chapter
    by: Asker
    on: date
    text: str
