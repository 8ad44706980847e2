"""Says which line of care an address is about, and whether you may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.care import queries
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child

if TYPE_CHECKING:
    from caseapp.care.models import Answer, CareLine


@dataclass(frozen=True, slots=True)
class LineOfChild:
    """A line of care of a child whose whole file is open."""

    child: Sight
    row: "CareLine"


def the_line(work: Work, child_id: UUID, line_id: UUID) -> LineOfChild | None:
    """Return a line of care, when the child's file is open and the line stands in it."""
    child = the_open_child(work, child_id)
    row = queries.line(work, child_id, line_id) if child is not None else None
    return LineOfChild(child, row) if child is not None and row is not None else None


@dataclass(frozen=True, slots=True)
class AnswerOnLine:
    """An answer of the provider about a line of care of a child whose whole file is open."""

    child: Sight
    line: "CareLine"
    row: "Answer"


def the_answer(work: Work, child_id: UUID, line_id: UUID, answer_id: UUID) -> AnswerOnLine | None:
    """Return an answer, when the child's file is open and the answer is about that line."""
    found = the_line(work, child_id, line_id)
    row = queries.answer(work, line_id, answer_id) if found is not None else None
    if found is None or row is None:
        return None
    return AnswerOnLine(found.child, found.row, row)
