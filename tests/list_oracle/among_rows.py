"""Section 5 of the page, naively: every row is held against every other row of its list."""

import unicodedata
from datetime import date
from typing import Any

from tests.list_oracle.shape import Problem, Row

KEYS = {
    "locations": ("code",),
    "occupancy": ("v_nummer",),
    "transfers": ("v_nummer", "naar", "datum"),
    "care": ("v_nummer", "soort", "verwezen_op"),
    "school": ("v_nummer", "school", "soort"),
}
FOLDED = ("achternaam", "voornamen", "school", "aanbieder")
OPEN = ("planned", "confirmed", "departed")
SCHOOL_STARTS = ("wachtlijst_sinds", "ingeschreven_op", "start")


def folded(text: str) -> str:
    """Return what is compared of a name: lower case, accents off, letters and digits only."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if sign.isalnum())


def comparable(column: str, value: Any) -> Any:
    """Return a value as section 6 compares it."""
    return folded(value) if column in FOLDED else value


def key_of(kind: str, row: Row) -> tuple[Any, ...] | None:
    """Return the key of a row, or None when a part of it cannot be read."""
    if any(column not in row.values for column in KEYS[kind]):
        return None
    return tuple(comparable(column, row.values[column]) for column in KEYS[kind])


def fields(kind: str, row: Row) -> dict[str, Any]:
    """Return all that a row says: what was read, and the text of a filled cell that was not.

    An empty status is the planned one, so that these two are no difference.
    """
    said = {column: comparable(column, value) for column, value in row.values.items()}
    for problem in row.problems:
        if problem.column is not None and problem.column not in row.values:
            said[problem.column] = ("unread", problem.value)
    if kind == "transfers":
        said.setdefault("status", "planned")
    return said


def first_day(said: dict[str, Any]) -> date | None:
    """Return the first of the days on which a school period begins, or None without any."""
    days = [said[column] for column in SCHOOL_STARTS if isinstance(said.get(column), date)]
    return min(days, default=None)


def apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether one of two school periods ends on or before the first day of the other."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: dict[str, Any], other: dict[str, Any]) -> bool:
    end, begin = one.get("einde"), first_day(other)
    return isinstance(end, date) and begin is not None and end <= begin


def _moves_contradict(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["v_nummer"] != other["v_nummer"]:
        return False
    alive = "cancelled" not in (one["status"], other["status"])
    if alive and one["datum"] == other["datum"] and one["naar"] != other["naar"]:
        return True
    both_open = one["status"] in OPEN and other["status"] in OPEN
    read = isinstance(one.get("van"), str)
    return both_open and read and one.get("van") == other.get("van")


def _contradict(kind: str, one: Row, other: Row) -> bool:
    mine, theirs = fields(kind, one), fields(kind, other)
    if mine == theirs:
        return False
    if key_of(kind, one) == key_of(kind, other):
        return not (kind == "school" and apart(mine, theirs))
    return kind == "transfers" and _moves_contradict(mine, theirs)


def look_among(kind: str, rows: list[Row]) -> dict[int, int]:
    """Add the problems of section 5, and return for each copy the number of the first such row."""
    part = [row for row in rows if not row.is_("refused") and key_of(kind, row) is not None]
    said: list[tuple[Row, Problem]] = []
    firsts: dict[int, int] = {}
    for place, row in enumerate(part):
        if any(_contradict(kind, row, other) for other in part if other is not row):
            said.append((row, Problem(None, "refused", "contradicting-rows", None)))
            continue
        for earlier in part[:place]:
            if fields(kind, earlier) == fields(kind, row):
                firsts[row.number] = earlier.number
                said.append((row, Problem(None, "repaired", "duplicate-row", None)))
                break
    for row, problem in said:
        row.problems.append(problem)
    return firsts
