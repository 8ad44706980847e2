"""What the macros of templates/_parts draw: rows, tiles, groups, cells, in one place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain.rules.rule import Severity, Tile, TileKind
from caseapp.web.filters import month_and_day
from caseapp.web.i18n import Words

MOST_ON_A_TILE: Final = 999


@dataclass(frozen=True, slots=True)
class TileFace:
    """A tile as it is drawn: the number, the word below it, the severity that colours it."""

    number: str
    word: Words
    severity: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert as a row of a list or the board; what a page does not use stays empty."""

    severity: Severity
    tile: TileFace
    who: Words
    """The text of the link: "Yonas Tesfay, 16"; on the child's page the short name of the rule."""
    sentence: Words
    name: str = ""
    """The child, for screen readers, behind the words of a button."""
    href: str = ""
    late: Words = ""
    left: Words = ""
    meta: Sequence[Words] = ()
    repair: Words = ""
    repair_href: str = ""
    came_back: bool = False
    key: str = ""
    """Unique on the page, for the ids of controls in the row."""
    place: Words = ""
    place_before: Words = ""
    owner: Words = ""
    """Empty means that nobody has taken it."""
    owner_note: Words = ""
    due: Words = ""


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """All alerts of one kind of break, worst first."""

    id: str
    title: Words
    rows: Sequence[AlertRow]
    critical: int = 0
    warnings: int = 0
    notices: int = 0
    more_href: str = ""
    more_text: Words = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A cell of the baton: who, since when, how to reach them."""

    who: Words = ""
    text: Words = ""
    label: Words = ""
    phone: str = ""
    soft: Words = ""


@dataclass(frozen=True, slots=True)
class FilterSelect:
    """One choice of a filter bar: its name in the address, its label, value and words."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    value: str = ""


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter that is on; the link is the same page without it."""

    text: Words
    href: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that opens the list it counts."""

    number: int
    text: Words
    href: str
    severity: str = ""
    current: bool = False


def face(tile: Tile, severity: Severity) -> TileFace:
    """Return how a tile is drawn: 15 days, 4 times, 16 hours, or 25 Nov for a day to come."""
    if tile.kind is TileKind.TO_COME and tile.day is not None:
        number, word = month_and_day(tile.day)
        return TileFace(number, word, severity.value)
    shown = str(tile.number) if tile.number <= MOST_ON_A_TILE else f"{MOST_ON_A_TILE}+"
    if tile.kind is TileKind.COUNT:
        return TileFace(shown, ngettext("time", "times", tile.number), severity.value)
    if tile.kind is TileKind.HOURS:
        return TileFace(shown, ngettext("hour", "hours", tile.number), severity.value)
    return TileFace(shown, ngettext("day", "days", tile.number), severity.value)


def board_group(key: str, title: Words, rows: Sequence[AlertRow]) -> BoardGroup:
    """Return the group of rows under one title, with its counts."""
    count = Counter(row.severity for row in rows)
    return BoardGroup(
        id=f"group-{key.lower()}",
        title=title,
        rows=rows,
        critical=count[Severity.CRITICAL],
        warnings=count[Severity.WARNING],
        notices=count[Severity.NOTICE],
    )


def worst_first(
    severity: Severity, due: date | None, since: date, today: date
) -> tuple[int, int, date]:
    """Return the key that sorts alerts: severity, then days overdue, then the oldest (ui.md 3)."""
    overdue = max((today - due).days, 0) if due is not None else 0
    return -severity.weight, -overdue, since


def owner_words(name: str, role: Words = "") -> str:
    """Return "of Hanna Visser, guardian" for the small line under an alert."""
    if role:
        return _("of %(name)s, %(role)s", name=name, role=role)
    return _("of %(name)s", name=name)
