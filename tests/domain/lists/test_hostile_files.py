"""Files made to do harm: each gives a report or a sentence, quickly, and is no worse than it looks."""

import json
from time import process_time
from typing import Final

import pytest

from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import ON, child, world
from tests.hostile_lists.books import BOOKS
from tests.hostile_lists.mutations import NAMED
from tests.hostile_lists.texts import TEXTS
from tests.hostile_lists.zips import ARCHIVES

NOT_A_WORKBOOK: Final = "not-a-workbook"
TOO_MANY_ROWS: Final = "too-many-rows"
READ: Final = "read"

READ_BOOKS: Final = {
    "good", "rows that go up", "a dimension of everything", "elements a hundred thousand deep",
    "millions of empty cells", "very many attributes", "a million shared texts", "a hidden sheet too long",
    "a very hidden sheet too long", "formulas", "a shared formula over everything", "a cell of a megabyte",
    "a cell of a megabyte of marks", "parts that lie about their encoding", "a format of a megabyte",
    "a workbook of 1904", "a bomb of 90 MB", "paths that lead out", "a name of 60,000 signs", "not packed",
    "two workbooks in one file", "with macros",
}  # fmt: skip
"""Workbooks that can be read, odd as they are; the others are none."""

OTHERS: Final = {
    "a relation to itself": "no-header",
    "a bomb of 250 MB": TOO_MANY_ROWS,
    "a part that says 4 GB": TOO_MANY_ROWS,
    "entries that overlap": TOO_MANY_ROWS,
    "entries that quote each other": TOO_MANY_ROWS,
    "with a text before it": "not-text",
    "nothing but its end": "not-text",
}

TEXTS_NOT_READ: Final = {
    **dict.fromkeys(("nothing", "white space only", "a mark only"), "empty-file"),
    **dict.fromkeys(("utf-16", "utf-32"), "unknown-encoding"),
    **dict.fromkeys(
        ("utf-16 without a mark", "utf-32 without a mark", "bytes of no code page", "NUL", "NUL only",
         "a program"),
        "not-text",
    ),
    **dict.fromkeys(
        ("a byte", "quotes only", "quotes on lines", "delimiters only", "each delimiter", "a page",
         "a script", "JSON", "titles without end", "the header on row 21"),
        "no-header",
    ),
    **dict.fromkeys(("a header of a megabyte", "a header of marks"), "missing-column"),
    **dict.fromkeys(
        ("50,001 rows", "two million rows", "empty lines by the million", "wide and long"),
        TOO_MANY_ROWS,
    ),
}  # fmt: skip

COUNTS: Final = {
    "good": {"new": 1},
    "a hidden sheet too long": {"new": 1},
    "a very hidden sheet too long": {"new": 1},
    "empty rows by the million": {"new": 1},
    "50,000 rows": {"new": 1, "same": 49_999},
    "a quote that never closes": {"new": 1, "same": 19_999, "refused": 1},
}
"""What is odd about a file hides no row of it."""


def said_of(name):
    """Return how a file reads as a care list, and how long that took."""
    data = NAMED[name]()
    begun = process_time()
    report = examine(ListKind.CARE, data, on=ON, known=world(child()))
    said = report.as_json()
    seconds = process_time() - begun
    json.dumps(said, allow_nan=False, ensure_ascii=False).encode()
    return report, (said["error"] or {"code": READ})["code"], seconds


def counts_of(report):
    return {verdict.value: count for verdict, count in report.counts.items() if count}


@pytest.mark.attack(8)
@pytest.mark.attack(9)
@pytest.mark.asvs("1.5.1", "5.2.1", "5.2.3")
@pytest.mark.parametrize("name", [*BOOKS, *ARCHIVES])
def test_a_workbook_made_to_do_harm_is_read_or_refused_in_time(name):
    report, code, seconds = said_of(name)
    expected = READ if name in READ_BOOKS or "as a day" in name else NOT_A_WORKBOOK
    infinite = name in {"the number '-inf' as a day", "the number '-1e400' as a day"}
    assert code == OTHERS.get(name, NOT_A_WORKBOOK if infinite else expected)
    assert name not in COUNTS or counts_of(report) == COUNTS[name]
    assert seconds < 5


@pytest.mark.attack(14)
@pytest.mark.asvs("1.3.12", "5.2.1")
@pytest.mark.parametrize("name", list(TEXTS))
def test_a_text_made_to_do_harm_is_read_or_refused_in_time(name):
    report, code, seconds = said_of(name)
    assert code == TEXTS_NOT_READ.get(name, READ)
    assert name not in COUNTS or counts_of(report) == COUNTS[name]
    assert seconds < 5


@pytest.mark.attack(5)
def test_a_formula_in_a_workbook_is_never_run_and_never_a_name():
    report, _code, _seconds = said_of("formulas")
    assert [problem.value for row in report.rows for problem in row.problems] == [
        "2",
        "=CMD()",
        "=1+1",
    ]
