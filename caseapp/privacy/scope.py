"""Which child, request, statement or finding an address of the privacy desk is about, and who may see it.

The privacy officer opens no file: of any child the desk knows the name and the birth date, what was asked
for it, and who looked. That it was looked up is recorded.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.privacy import queries
from caseapp.privacy.queries import Found

if TYPE_CHECKING:
    from caseapp.privacy.models import PrivacyRequest, RetentionItem, Statement


def the_found_child(work: Work, child_id: UUID) -> Found | None:
    """Return any child, as far as the privacy desk may know it; the look is recorded."""
    child = queries.found(work, child_id=child_id)
    if child is not None:
        work.saw("privacy-child-read", [child.child_id], fields=("card",))
    return child


@dataclass(frozen=True, slots=True)
class RequestOf:
    """A request, and the child that it is about; none when the file is gone."""

    row: "PrivacyRequest"
    child: Found | None


def the_request(work: Work, request_id: UUID) -> RequestOf | None:
    """Return any request; the look is recorded."""
    row = queries.request(work, request_id)
    if row is None:
        return None
    work.saw("privacy-child-read", [row.child_id], object="privacy_request", object_id=row.id)
    return RequestOf(row, queries.found(work, child_id=row.child_id))


@dataclass(frozen=True, slots=True)
class StatementOf:
    """A statement beside the file of a child whose whole file is open."""

    child: Sight
    row: "Statement"


def the_statement(work: Work, child_id: UUID, statement_id: UUID) -> StatementOf | None:
    """Return a statement, when the child's file is open and it stands beside that."""
    child = the_open_child(work, child_id)
    row = queries.statement(work, child_id, statement_id) if child is not None else None
    return StatementOf(child, row) if child is not None and row is not None else None


@dataclass(frozen=True, slots=True)
class ItemOf:
    """A file of which a term is over, and the child that it is about."""

    row: "RetentionItem"
    child: Found


def the_item(work: Work, item_id: UUID) -> ItemOf | None:
    """Return any finding of the retention list; the look is recorded."""
    row = queries.item(work, item_id)
    child = queries.found(work, child_id=row.child_id) if row is not None else None
    if row is None or child is None:
        return None
    work.saw("privacy-child-read", [row.child_id], object="retention_item", object_id=row.id)
    return ItemOf(row, child)
