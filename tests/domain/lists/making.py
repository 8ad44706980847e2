"""Small lists and a small world to hold them against."""

import csv
import io
from datetime import date

import xlsxwriter

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Operator, PlacementKind, Region, TransferStatus
from caseapp.domain.lists.columns import COLUMNS
from caseapp.domain.lists.known import (
    Known,
    KnownCare,
    KnownChild,
    KnownLocation,
    KnownSchool,
    KnownTransfer,
    Stay,
)
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.values import BirthDay
from caseapp.domain.lists.words import ListKind

ON = date(2026, 11, 2)
CHILD = "0012345678"
OTHER = "0087654321"

USUAL = {
    ListKind.LOCATIONS: {
        "code": "NEW-1",
        "naam": "De Eik",
        "soort": "AZC",
        "beheerder": "coa",
        "gemeente": "GM0114",
        "regio": "noord",
    },
    ListKind.OCCUPANCY: {
        "v_nummer": CHILD,
        "achternaam": "Haddad",
        "voornamen": "Samira",
        "geboortedatum": "12-03-2015",
        "amv": "N",
        "locatie": "A-1",
        "sinds": "01-06-2026",
        "asielaanvraag": "01-05-2026",
    },
    ListKind.TRANSFERS: {
        "v_nummer": CHILD,
        "van": "A-1",
        "naar": "B-2",
        "datum": "20-11-2026",
        "status": "gepland",
    },
    ListKind.CARE: {"v_nummer": CHILD, "soort": "GGZ", "verwezen_op": "01-09-2026"},
    ListKind.SCHOOL: {
        "v_nummer": CHILD,
        "school": "De Klimop",
        "soort": "PO_nieuwkomers",
        "start": "01-09-2026",
    },
}


def place(code, **more):
    return KnownLocation(
        code, f"Locatie {code}", PlacementKind.AZC, Operator.COA, "GM0114", Region.NOORD, **more
    )


def child(v_number=CHILD, **more):
    usual = {
        "family_name": "Haddad",
        "given_names": "Samira",
        "birth": BirthDay(date(2015, 3, 12)),
        "unaccompanied": False,
        "application_lodged_on": date(2026, 5, 1),
        "stay": Stay("A-1", date(2026, 6, 1)),
    }
    return KnownChild(v_number, **(usual | more))


def transfer(to="B-2", day=date(2026, 11, 20), status=TransferStatus.PLANNED, **more):
    usual = {"from_location": "A-1", "announced_on": ON}
    return KnownTransfer(f"{to} {day}", to, day, status, **(usual | more))


def care(day=date(2026, 9, 1), **more):
    return KnownCare(f"care {day}", CareKind.GGZ, day, **({"place_bound": True} | more))


def school(start=date(2026, 9, 1), **more):
    usual = {"name": "De Klimop", "type": SchoolType.PO_NIEUWKOMERS, "attending_from": start}
    return KnownSchool(f"school {start}", **(usual | more))


def world(*children):
    places = [
        place("A-1"),
        place("B-2", open_from=date(2026, 1, 1)),
        place("C-3", open_to=date(2026, 12, 1)),
        place("OLD", open_to=ON),
        place("SOON", open_from=date(2026, 11, 3)),
    ]
    return Known({p.code: p for p in places}, {c.v_number: c for c in children})


def written(kind, *rows, delimiter=";"):
    """Return a list as bytes; each row is what differs from the usual one."""
    names = [column.name for column in COLUMNS[kind]]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(USUAL[kind] | row for row in rows)
    return text.getvalue().encode()


def workbook(*sheets, **options):
    """Return a workbook; each sheet is its name, its rows, and whether people see it."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows, seen in sheets:
            sheet = book.add_worksheet(name)
            if not seen:
                sheet.hide()
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    else:
                        sheet.write(at, column, cell)
    return data.getvalue()


def report_on(kind, *rows, known=None, on=ON, taken=None) -> Report:
    known = world(child()) if known is None else known
    return examine(kind, written(kind, *rows), on=on, known=known, taken=taken)


def said(report):
    """Return of each row its verdict and what is said: column and reason."""
    return [
        (row.verdict.value, [(p.column, p.reason.value) for p in row.problems])
        for row in report.rows
    ]


def outcome(kind, *rows, **more):
    """Return what is said of the last row of a list."""
    return said(report_on(kind, *rows, **more))[-1]
