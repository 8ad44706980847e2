"""Sections 3 and 4 of the page: the cells of every row, and then its dates."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial
from typing import Any

from tests.list_oracle import cells_kinds as kinds
from tests.list_oracle.cells_dates import dates_of_row
from tests.list_oracle.cells_text import as_it_stands, as_text, is_empty
from tests.list_oracle.reading_columns import fields_of, required_of
from tests.list_oracle.shape import Problem, Read, Row

DAYS = """open_vanaf open_tot sinds asielaanvraag eerste_aankomst datum aangekondigd verwezen_op
intake_op gestart_op volgende_afspraak laatste_contact medicatie_tot einde wachtlijst_sinds
ingeschreven_op start"""
PAST = """sinds asielaanvraag eerste_aankomst aangekondigd verwezen_op laatste_contact
wachtlijst_sinds"""
YES_NO = {"amv", "plaatsgebonden"}
PLACES = {"locatie", "van", "naar"}
OTHERS: dict[str, Callable[[Any], kinds.Answer]] = {
    "v_nummer": kinds.read_v_number,
    "amv": kinds.read_yes_no,
    "plaatsgebonden": kinds.read_yes_no,
    "geslacht": kinds.read_sex,
    "nationaliteit": kinds.read_country,
    "gemeente": kinds.read_municipality,
    "brin": kinds.read_brin,
    "code": kinds.read_place_code,
    "capaciteit": kinds.read_whole,
    "groepsgrootte": kinds.read_whole,
    "uren_per_week": kinds.read_hours,
    "beheerder": partial(kinds.read_code, "beheerder"),
    "regio": partial(kinds.read_code, "regio"),
    "status": partial(kinds.read_code, "status"),
}
REPAIRS = {"v-number-repaired", "date-from-number", "code-repaired"}


def read_cells(read: Read, locations: AbstractSet[str]) -> None:
    """Read the cells of every row that is one."""
    rows = [row for row in read.rows if not row.problems]
    crossed = {
        field
        for field in YES_NO
        if (filled := [row.cells[field] for row in rows if not is_empty(row.cells.get(field, ""))])
        and all(as_text(cell).lower() == "x" for cell in filled)
    }
    for row in rows:
        for field in fields_of(read.kind):
            if field in row.cells:
                _cell(read, row, field, locations, crossed)
        if read.kind == "transfers" and is_empty(row.cells.get("status", "")):
            row.values["status"] = "planned"
        row.problems += dates_of_row(read.kind, row, read.on)


def _cell(
    read: Read, row: Row, field: str, locations: AbstractSet[str], crossed: AbstractSet[str]
) -> None:
    cell, required = row.cells[field], field in required_of(read.kind)
    if field in crossed:
        row.values[field] = not is_empty(cell)
        return
    if is_empty(cell):
        if required:
            row.problems.append(Problem(field, "refused", "missing-value", shown(cell)))
        return
    value, reason = answer(read, field, cell, locations)
    if value is not None:
        row.values[field] = value
    if reason:
        severity = "repaired" if reason in REPAIRS else "refused" if required else "doubtful"
        if reason == "perhaps-bsn":
            row.problems.append(Problem(field, "doubtful", reason, None))
        elif reason in REPAIRS:
            row.problems.append(Problem(field, severity, reason, as_it_stands(cell)[:200]))
        else:
            row.problems.append(Problem(field, severity, reason, shown(cell)))


def shown(cell: Any) -> str | None:
    """Return a cell as a report shows it: never when it may hold a BSN."""
    text = as_it_stands(cell)[:200]
    dates_out = re.sub(
        "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}", "/", as_text(text)
    )
    for form in (as_text(text), re.sub("[ .-]", "", dates_out)):
        if any(len(run) == 9 and kinds.is_bsn(run) for run in re.findall("[0-9]+", form)):
            return None
    return text


def answer(read: Read, field: str, cell: Any, locations: AbstractSet[str]) -> kinds.Answer:
    """Return what a filled cell says, and the reason to speak of it."""
    if len(as_text(cell)) > 200:
        return None, "bad-v-number" if field == "v_nummer" else "too-long"
    if field == "geboortedatum":
        return kinds.read_birth(cell, read.on)
    if field in DAYS.split():
        return _day(field, cell, read.on)
    if field in PLACES:
        code = as_text(cell).upper()
        return (code, None) if code in locations else (None, "unknown-location")
    if field == "soort":
        return kinds.read_code(f"{read.kind} soort", cell)
    return OTHERS.get(field, kinds.read_text)(cell)


def _day(field: str, cell: Any, on: date) -> kinds.Answer:
    day, reason = kinds.read_day(cell)
    if day is None:
        return None, reason
    if day < date(1990, 1, 1) or (day > three_years_after(on) and field != "open_tot"):
        return None, "implausible-date"
    if field in PAST.split() and day > on:
        return None, "future-date"
    return day, reason


def three_years_after(on: date) -> date:
    """Return the last day that a date may be; a day that does not exist is the last of its month."""
    try:
        return on.replace(year=on.year + 3)
    except ValueError:
        return date(on.year + 3, 2, 28)
