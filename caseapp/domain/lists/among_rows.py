"""The rows of one list against each other: the same row again, and rows that contradict."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.columns import COLUMNS, KEYS, Holds
from caseapp.domain.lists.row_dates import SCHOOL_BEGINS
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.texts import folded
from caseapp.domain.lists.words import ListKind, Severity

OPEN: Final = frozenset({TransferStatus.PLANNED, TransferStatus.CONFIRMED, TransferStatus.DEPARTED})
"""A transfer that still has to come about."""

Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Among:
    """What the rows of a list do to each other, by row number."""

    duplicates: dict[int, int] = field(default_factory=dict)
    contradicting: set[int] = field(default_factory=set)


def compare_rows(kind: ListKind, rows: Iterable[Row]) -> Among:
    """Find the copies and the contradictions among rows that nothing refused so far."""
    among = Among()
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.has_key(kind) and not row.has(Severity.REFUSED):
            groups[key_of(kind, row)].append(row)
    firsts: list[Row] = []
    for group in groups.values():
        alike = _first_of_each(kind, group, among)
        among.contradicting.update(row.number for row in CLASHES[kind](alike))
        firsts.extend(alike)
    if kind is ListKind.TRANSFERS:
        _compare_moves(firsts, among)
    among.contradicting.update(
        copy for copy, first in among.duplicates.items() if first in among.contradicting
    )
    for copy in among.contradicting & among.duplicates.keys():
        del among.duplicates[copy]
    return among


def key_of(kind: ListKind, row: Row) -> Key:
    """Return which thing a row speaks of; a school by its folded name."""
    return tuple(
        folded(value) if name == "name" and isinstance(value, str) else value
        for name, value in ((name, row.values[name]) for name in KEYS[kind])
    )


def _said(kind: ListKind, row: Row) -> Key:
    """Return all that a row says in the columns of ours, names folded."""
    return tuple(_said_in(row, column.field, column.holds) for column in COLUMNS[kind])


def _said_in(row: Row, name: str, holds: Holds) -> Hashable:
    if name in row.unread:
        return ("unread", row.unread[name])
    value = row.values.get(name)
    return folded(value) if holds is Holds.NAME and isinstance(value, str) else value


def _first_of_each(kind: ListKind, group: Sequence[Row], among: Among) -> list[Row]:
    """Return the rows of one key that differ; the copies are noted with their first."""
    if len(group) == 1:
        return list(group)
    firsts: dict[Key, Row] = {}
    for row in group:
        first = firsts.setdefault(_said(kind, row), row)
        if first is not row:
            among.duplicates[row.number] = first.number
    return list(firsts.values())


def _all_clash(rows: Sequence[Row]) -> Iterable[Row]:
    return rows if len(rows) > 1 else ()


def _overlapping(rows: Sequence[Row]) -> Iterable[Row]:
    """Return the school rows of one key whose periods overlap; others are two periods."""
    ordered = sorted(rows, key=lambda row: (first_day(row), row.day("end") or date.max))
    reached = date.min
    for before, row in pairwise(ordered):
        reached = max(reached, before.day("end") or date.max)
        if first_day(row) < reached:
            yield row
        if first_day(row) < (before.day("end") or date.max):
            yield before


def first_day(row: Row) -> date:
    """Return the first date that a school row gives, the first of all when it gives none."""
    return min(filter(None, map(row.day, SCHOOL_BEGINS)), default=date.min)


CLASHES: Final[Mapping[ListKind, Callable[[Sequence[Row]], Iterable[Row]]]] = {
    ListKind.LOCATIONS: _all_clash,
    ListKind.OCCUPANCY: _all_clash,
    ListKind.TRANSFERS: _all_clash,
    ListKind.CARE: _all_clash,
    ListKind.SCHOOL: _overlapping,
}
"""Which of the differing rows of one key contradict each other."""


def _compare_moves(rows: Sequence[Row], among: Among) -> None:
    """Find moves of one child that cannot both be: two places on a day, two from one place."""
    on_day: dict[Key, list[Row]] = defaultdict(list)
    from_place: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        child, status = row.values["v_number"], row.values.get("status")
        if status is not TransferStatus.CANCELLED:
            on_day[child, row.values["planned_on"]].append(row)
        if status in OPEN and "from_location" in row.values:
            from_place[child, row.values["from_location"]].append(row)
    for group in on_day.values():
        if len({row.values["to_location"] for row in group}) > 1:
            among.contradicting.update(row.number for row in group)
    for group in from_place.values():
        if len(group) > 1:
            among.contradicting.update(row.number for row in group)
