"""What a list has to look like: its columns in words, and an example with one row that nobody is."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.lists.columns import COLUMNS, Holds
from caseapp.domain.lists.words import ListKind
from caseapp.web.days import write_day
from caseapp.web.i18n import Words
from caseapp.web.sheets import Cell, workbook

ADDRESSES: Final[Mapping[ListKind, str]] = {
    ListKind.LOCATIONS: "locaties",
    ListKind.OCCUPANCY: "bezetting",
    ListKind.TRANSFERS: "overplaatsingen",
    ListKind.CARE: "zorglijnen",
    ListKind.SCHOOL: "school",
}
"""How each list is called in an address and in the name of a file."""

BY_ADDRESS: Final = {words: kind for kind, words in ADDRESSES.items()}


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(codes)


HELP: Final[Mapping[Holds, Words]] = {
    Holds.V_NUMBER: _l("10 digits"),
    Holds.DAY: _l("31-12-2026 or 2026-12-31"),
    Holds.PAST_DAY: _l("31-12-2026 or 2026-12-31, not after the day of the list"),
    Holds.FAR_DAY: _l("31-12-2026 or 2026-12-31"),
    Holds.BIRTH: _l("31-12-2012; 00-12-2012 or 00-00-2012 when the day is not known"),
    Holds.YES_NO: _l("J or N"),
    Holds.SEX: _l("M, V or X"),
    Holds.NATIONALITY: _l("three letters, such as SYR; XXA for stateless"),
    Holds.LOCATION_KIND: _codes(PlacementKind),
    Holds.OPERATOR: _codes(Operator),
    Holds.REGION: _codes(Region),
    Holds.SCHOOL_KIND: _codes(SchoolType),
    Holds.CARE_KIND: _codes(CareKind),
    Holds.STATUS: "gepland, bevestigd, vertrokken, aangekomen, geannuleerd",
    Holds.MUNICIPALITY: _l("GM and 4 digits"),
    Holds.BRIN: _l("2 digits and 2 letters, such as 12AB"),
    Holds.NEW_CODE: _l("2 to 20 letters, digits, hyphens"),
    Holds.LOCATION: _l("the code of a location that we know"),
    Holds.COUNT: _l("a whole number from 1 to 10,000"),
    Holds.HOURS: _l("hours, such as 25,75"),
    Holds.TEXT: _l("text"),
    Holds.NAME: _l("text"),
}
"""What to write in a cell of each sort."""


@dataclass(frozen=True, slots=True)
class Told:
    """A column as the help shows it; `codes` are to be written as they stand."""

    name: str
    holds: Words
    codes: bool
    required: bool
    also: str


def columns_of(kind: ListKind) -> list[Told]:
    """Return the columns of a list: the name, what to write, whether it has to be there, other names."""
    return [
        Told(
            name=one.name,
            holds=HELP[one.holds],
            codes=isinstance(HELP[one.holds], str),
            required=one.required,
            also=", ".join(one.also),
        )
        for one in COLUMNS[kind]
    ]


def as_csv(kind: ListKind, today: date) -> bytes:
    """Return the example as Excel saves a list: UTF-8 with its mark, semicolons, lines that end in CRLF."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([one.name for one in COLUMNS[kind]])
    writer.writerow([_text(cell) for cell in _row(kind, today)])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(kind: ListKind, today: date) -> bytes:
    """Return the example as a workbook, with days as days and V-numbers as text."""
    heads = [one.name for one in COLUMNS[kind]]
    return workbook(_("Example"), heads, [_row(kind, today)])


def _text(cell: Cell) -> str:
    return write_day(cell) if isinstance(cell, date) else str(cell)


def _row(kind: ListKind, today: date) -> Sequence[Cell]:
    """Return one row that nobody is, in the order of the columns: its place is none of ours."""
    said = EXAMPLES[kind]
    return [_cell(said.get(one.field, ""), today) for one in COLUMNS[kind]]


def _cell(said: str | timedelta, today: date) -> Cell:
    return today + said if isinstance(said, timedelta) else said


def _days(count: int) -> timedelta:
    return timedelta(days=count)


_NOBODY: Final = "9990000001"
_NOWHERE: Final = "VOORBEELD"

EXAMPLES: Final[Mapping[ListKind, Mapping[str, str | timedelta]]] = {
    ListKind.LOCATIONS: {
        "code": _NOWHERE,
        "name": "azc Voorbeeld",
        "kind": PlacementKind.AZC,
        "operator": Operator.COA,
        "municipality": "GM0000",
        "region": Region.MIDDEN,
        "capacity": "400",
        "open_from": _days(-365),
    },
    ListKind.OCCUPANCY: {
        "v_number": _NOBODY,
        "family_name": "Voorbeeld",
        "given_names": "Noor",
        "birth": "00-05-2014",
        "sex": "V",
        "nationality": "SYR",
        "language": "ara",
        "unaccompanied": "N",
        "family_number": "G-0001",
        "location": _NOWHERE,
        "since": _days(-40),
        "application_lodged_on": _days(-60),
        "first_arrival_on": _days(-61),
    },
    ListKind.TRANSFERS: {
        "v_number": _NOBODY,
        "from_location": _NOWHERE,
        "to_location": "VOORBEELD-2",
        "planned_on": _days(14),
        "announced_on": _days(-1),
        "reason": "capaciteit",
        "status": "gepland",
    },
    ListKind.CARE: {
        "v_number": _NOBODY,
        "kind": CareKind.GGZ,
        "provider": "Praktijk Voorbeeld",
        "referred_on": _days(-90),
        "intake_on": _days(-60),
        "started_on": _days(-45),
        "next_contact_on": _days(7),
        "last_contact_on": _days(-7),
        "place_bound": "J",
    },
    ListKind.SCHOOL: {
        "v_number": _NOBODY,
        "name": "De Voorbeeldschool",
        "brin": "00AA",
        "type": SchoolType.PO_NIEUWKOMERS,
        "municipality": "GM0000",
        "enrolled_on": _days(-30),
        "attending_from": _days(-28),
        "hours_per_week": "25,75",
    },
}
"""One row of each list, by field; days are counted from today."""
