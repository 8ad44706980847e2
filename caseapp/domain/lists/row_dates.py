"""The dates and places of one row against each other: the table of samples, section 4."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.words import ListKind, Reason, Severity

Fault = tuple[str, Severity, Reason]
"""The field that it is said of, its class, and the reason."""

Check = Callable[[Row, date], Iterator[Fault]]

SCHOOL_BEGINS: Final = ("attending_from", "enrolled_on", "waiting_list_since")
"""What tells the begin of a school period, the most telling first."""

_HAPPENED: Final = frozenset({TransferStatus.DEPARTED, TransferStatus.ARRIVED})


def check_dates(kind: ListKind, row: Row, on: date) -> None:
    """Say of a row what in it cannot follow each other; unread cells are said already."""
    if not row.faulty:
        row.problems.extend(row.problem(*fault) for fault in CHECKS[kind](row, on))


def _before(earlier: date | None, later: date | None) -> bool:
    """Say whether a day lies before another; equal days are in order, unknown ones too."""
    return earlier is not None and later is not None and earlier < later


def _locations(row: Row, _on: date) -> Iterator[Fault]:
    if _before(row.day("open_to"), row.day("open_from")):
        yield "open_to", Severity.REFUSED, Reason.END_BEFORE_START


def _occupancy(row: Row, _on: date) -> Iterator[Fault]:
    birth = row.birth()
    if birth is not None and _before(row.day("since"), birth.first):
        yield "since", Severity.DOUBTFUL, Reason.BEFORE_BIRTH
    if _before(row.day("since"), row.day("first_arrival_on")):
        yield "first_arrival_on", Severity.DOUBTFUL, Reason.DATES_OUT_OF_ORDER


def _transfers(row: Row, on: date) -> Iterator[Fault]:
    planned = row.day("planned_on")
    if row.text("to_location") is not None and row.text("to_location") == row.text("from_location"):
        yield "to_location", Severity.REFUSED, Reason.SAME_LOCATION
    if row.values.get("status") in _HAPPENED and _before(on, planned):
        yield "planned_on", Severity.REFUSED, Reason.FUTURE_DATE
    if _before(planned, row.day("announced_on")):
        yield "announced_on", Severity.DOUBTFUL, Reason.DATES_OUT_OF_ORDER


def _care(row: Row, _on: date) -> Iterator[Fault]:
    if _before(row.day("ended_on"), row.day("started_on") or row.day("referred_on")):
        yield "ended_on", Severity.REFUSED, Reason.END_BEFORE_START
    for name in ("intake_on", "started_on"):
        if _before(row.day(name), row.day("referred_on")):
            yield name, Severity.DOUBTFUL, Reason.DATES_OUT_OF_ORDER


def _school(row: Row, _on: date) -> Iterator[Fault]:
    begin = next(filter(None, map(row.day, SCHOOL_BEGINS)), None)
    if _before(row.day("end"), begin):
        yield "end", Severity.REFUSED, Reason.END_BEFORE_START
    if begin is None and not any(name in row.unread for name in SCHOOL_BEGINS):
        yield "attending_from", Severity.DOUBTFUL, Reason.MISSING_VALUE
    if _before(row.day("attending_from"), row.day("waiting_list_since")):
        yield "waiting_list_since", Severity.DOUBTFUL, Reason.DATES_OUT_OF_ORDER


CHECKS: Final[Mapping[ListKind, Check]] = {
    ListKind.LOCATIONS: _locations,
    ListKind.OCCUPANCY: _occupancy,
    ListKind.TRANSFERS: _transfers,
    ListKind.CARE: _care,
    ListKind.SCHOOL: _school,
}
"""What is checked within one row of each list."""
