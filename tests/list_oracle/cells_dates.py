"""Section 4 of the page: the dates of one row, of cells that could be read."""

from datetime import date
from typing import Any

from tests.list_oracle.cells_text import as_it_stands, is_empty
from tests.list_oracle.shape import Problem, Row


def dates_of_row(kind: str, row: Row, on: date) -> list[Problem]:
    """Return what is wrong with the dates of a row together."""
    return {
        "locations": _locations,
        "occupancy": _occupancy,
        "transfers": _transfers,
        "care": _care,
        "school": _school,
    }[kind](row, on)


def _problem(row: Row, field: str, severity: str, reason: str) -> Problem:
    return Problem(field, severity, reason, as_it_stands(row.cells.get(field, ""))[:200])


def _before(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first < second


def _locations(row: Row, _on: date) -> list[Problem]:
    if _before(row.values.get("open_tot"), row.values.get("open_vanaf")):
        return [_problem(row, "open_tot", "refused", "end-before-start")]
    return []


def _occupancy(row: Row, _on: date) -> list[Problem]:
    found, since = [], row.values.get("sinds")
    birth = row.values.get("geboortedatum")
    if birth and _before(since, birth.first):
        found.append(_problem(row, "sinds", "doubtful", "before-birth"))
    if _before(since, row.values.get("eerste_aankomst")):
        found.append(_problem(row, "eerste_aankomst", "doubtful", "dates-out-of-order"))
    return found


def _transfers(row: Row, on: date) -> list[Problem]:
    found, day = [], row.values.get("datum")
    van, naar = row.values.get("van"), row.values.get("naar")
    if van is not None and van == naar:
        found.append(_problem(row, "naar", "refused", "same-location"))
    if _before(on, day) and row.values.get("status") in {"departed", "arrived"}:
        found.append(_problem(row, "datum", "refused", "future-date"))
    if _before(day, row.values.get("aangekondigd")):
        found.append(_problem(row, "aangekondigd", "doubtful", "dates-out-of-order"))
    return found


def _care(row: Row, _on: date) -> list[Problem]:
    found, referred = [], row.values.get("verwezen_op")
    end, started = row.values.get("einde"), row.values.get("gestart_op")
    if _before(end, started or referred):
        found.append(_problem(row, "einde", "refused", "end-before-start"))
    found += [
        _problem(row, field, "doubtful", "dates-out-of-order")
        for field in ("intake_op", "gestart_op")
        if _before(row.values.get(field), referred)
    ]
    return found


def _school(row: Row, _on: date) -> list[Problem]:
    found, values = [], row.values
    dates = ("start", "ingeschreven_op", "wachtlijst_sinds")
    given = [field for field in dates if not is_empty(row.cells.get(field, ""))]
    read = [values[field] for field in dates if field in values]
    if read and _before(values.get("einde"), read[0]):
        found.append(_problem(row, "einde", "refused", "end-before-start"))
    if not given:
        found.append(_problem(row, "start", "doubtful", "missing-value"))
    if _before(values.get("start"), values.get("wachtlijst_sinds")):
        found.append(_problem(row, "wachtlijst_sinds", "doubtful", "dates-out-of-order"))
    return found
