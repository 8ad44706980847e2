"""Says which file of the reporting code an address is about: of an own location, else there is none.

The look is recorded by the key of the file; the child is not named in the trail (ADR 0043).
"""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.safety import Part
from caseapp.kernel.work import Work
from caseapp.safety import facts, queries
from caseapp.safety.facts import Course


def the_file(work: Work, file_id: UUID) -> Course | None:
    """Return a file of an own location with what was written in it; the look is recorded."""
    row = queries.one_file(work, file_id)
    if row is None:
        return None
    work.saw("protection-read", object="protection_file", object_id=row.id)
    return facts.courses(work, [row])[0]


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a file, to write or to correct."""

    course: Course
    part: Part


def the_part(work: Work, file_id: UUID, number: int) -> PartOf | None:
    """Return a part of a file by its number, from 1; None when the file cannot be read, and so not added to."""
    course = the_file(work, file_id) if 1 <= number <= len(Part) else None
    if course is None or course.unreadable:
        return None
    return PartOf(course, list(Part)[number - 1])
