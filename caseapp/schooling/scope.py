"""Says which school record an address is about, and whether you may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.schooling import queries

if TYPE_CHECKING:
    from caseapp.schooling.models import SchoolRecord


@dataclass(frozen=True, slots=True)
class RecordOfChild:
    """A school record of a child whose whole file is open."""

    child: Sight
    row: "SchoolRecord"


def the_record(work: Work, child_id: UUID, record_id: UUID) -> RecordOfChild | None:
    """Return a school record, when the child's file is open and the record stands in it."""
    child = the_open_child(work, child_id)
    row = queries.record(work, child_id, record_id) if child is not None else None
    return RecordOfChild(child, row) if child is not None and row is not None else None
