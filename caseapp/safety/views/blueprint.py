"""The blueprint, and how a file of the reporting code stands in a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain.safety import Clock, Part
from caseapp.safety.facts import Course
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.tiles import TileFace

bp: Final = Blueprint("safety", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A file as a row: of whom, where it is, and what is late."""

    course: Course
    who: str
    tile: TileFace | None
    late: Sequence[Clock]
    stands: Words
    is_critical: bool


def name_of(course: Course) -> str:
    """Return the name of the child, or what stands for one that does not open."""
    return str(course.card.name) if course.card is not None else _("a name that cannot be read")


def lines(found: Iterable[Course], today: date) -> list[Line]:
    """Return files as rows, what is late on top, the most serious first."""
    rows = [_line(one, today) for one in found]
    return sorted(rows, key=lambda one: (not one.is_critical, not one.late))


def _line(course: Course, today: date) -> Line:
    late = course.late(today)
    return Line(
        course,
        name_of(course),
        _tile(late, today),
        late,
        _stands(course),
        course.is_critical(today),
    )


def _tile(late: Sequence[Clock], today: date) -> TileFace | None:
    if not late:
        return None
    days = (today - late[0].from_on).days
    if days == 0:
        return TileFace("!", _("today"), late[0].severity.value)
    return TileFace(str(days), ngettext("day late", "days late", days), late[0].severity.value)


def _stands(course: Course) -> Words:
    if course.unreadable:
        return _("Not readable")
    if Part.CLOSE in course.parts:
        return _("Closed")
    told = course.parts.get(Part.SAFE_HOME)
    if course.next_step is None or told is not None:
        waits = told is not None and told.safe_home is not None and not told.safe_home.answered_on
        return _("Waits for Veilig Thuis") if waits else _("Follow it until it is safe")
    return label(course.next_step)
