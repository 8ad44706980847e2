"""What all pages of the privacy desk share: the blueprint, and how child, request and clock are shown."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain.privacy_rights import RequestState, is_soon
from caseapp.kernel.work import Work
from caseapp.privacy.queries import Found
from caseapp.web.filters import age_in_words, day_in_sentence
from caseapp.web.i18n import Words
from caseapp.web.tiles import TileFace

if TYPE_CHECKING:
    from caseapp.privacy.models import PrivacyRequest

bp = Blueprint("privacy", __name__)


def name_of(child: Found | None) -> str:
    """Return the name of a child, or what stands for one of which the file does not open any more."""
    if child is None or child.card is None:
        return _("a child of whom the file is gone")
    return str(child.card.name)


def name_and_age(child: Found | None, today: date) -> str:
    """Return the name of a child with its age in words."""
    if child is None or child.card is None:
        return name_of(child)
    return f"{child.card.name}, {age_in_words(child.card.birth, today)}"


@dataclass(frozen=True, slots=True)
class Clock:
    """How the month of a request stands: a tile, and a sentence."""

    tile: TileFace | None
    words: Words
    is_late: bool = False


def clock_of(work: Work, row: "PrivacyRequest") -> Clock:
    """Return how long there is for the answer; of a closed request when that was."""
    today = work.today
    if row.state != RequestState.OPEN:
        return Clock(None, "")
    left = (row.due_on - today).days
    day = day_in_sentence(row.due_on, today)
    if left < 0:
        words = _("The answer was due on %(day)s.", day=day)
        return Clock(_tile(-left, ngettext("day", "days", -left), "critical"), words, is_late=True)
    severity = "warning" if is_soon(row.due_on, today) else "notice"
    words = _("Answer by %(day)s.", day=day)
    return Clock(_tile(left, ngettext("day left", "days left", left), severity), words)


def _tile(number: int, word: Words, severity: str) -> TileFace:
    return TileFace(str(number), word, severity)
