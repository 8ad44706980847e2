"""Requests as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from caseapp.domain.privacy_rights import Asker, Identity, RequestState, Right
from caseapp.kernel.work import Work
from caseapp.privacy import queries
from caseapp.privacy.queries import Found
from caseapp.privacy.views.blueprint import Clock, clock_of, name_and_age

if TYPE_CHECKING:
    from caseapp.privacy.models import PrivacyRequest


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list: of whom, what, by whom, and how its month stands."""

    row: "PrivacyRequest"
    who: str
    clock: Clock

    @classmethod
    def of(cls, work: Work, row: "PrivacyRequest", child: Found | None) -> Self:
        """Return the line of a request about a child."""
        return cls(row, name_and_age(child, work.today), clock_of(work, row))

    @property
    def right(self) -> Right:
        """Return what is asked."""
        return Right(self.row.right)

    @property
    def asker(self) -> Asker:
        """Return who asks."""
        return Asker(self.row.asker)

    @property
    def identity(self) -> Identity:
        """Return how was checked who asks."""
        return Identity(self.row.identity)

    @property
    def state(self) -> RequestState:
        """Return how it stands."""
        return RequestState(self.row.state)


def request_lines(work: Work, rows: "Sequence[PrivacyRequest]") -> list[RequestLine]:
    """Return requests as lines; that these children were shown is recorded."""
    found = {row.child_id: queries.found(work, child_id=row.child_id) for row in rows}
    work.saw("list-requests", list(found), object="privacy_request")
    return [RequestLine.of(work, row, found[row.child_id]) for row in rows]
