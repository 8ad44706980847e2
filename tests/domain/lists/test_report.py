"""The report: one JSON object, its sentences, and what it never shows."""

import json
import re
from functools import cache

import pytest

from caseapp.cli.words import Words, read
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.problems import Problem, unreadable
from caseapp.domain.lists.sentences import FILE_SENTENCES, SENTENCES, of_file, of_problem
from caseapp.domain.lists.words import FileFault, ListKind, Reason, Severity
from tests.domain.lists.making import CHILD, ON, report_on, written


def test_a_report_is_one_json_object():
    rows = ({}, {"locatie": "AZC-ZZZ"}, {"v_nummer": "99999999"})
    report = report_on(ListKind.OCCUPANCY, rows[0], rows[1] | {"v_nummer": "0099999998"}, rows[2])
    told = json.loads(json.dumps(report.as_json()))
    assert list(told) == [
        "kind",
        "file",
        "on",
        "error",
        "encoding",
        "delimiter",
        "sheet",
        "header_row",
        "ignored_columns",
        "counts",
        "rows",
        "not_on_list",
    ]
    assert told["counts"] == {"new": 1, "changed": 0, "same": 1, "doubtful": 0, "refused": 1}
    assert told["rows"][0] == {
        "row": 3,
        "verdict": "refused",
        "problems": [
            {
                "column": "locatie",
                "class": "refused",
                "reason": "unknown-location",
                "value": "AZC-ZZZ",
                "message": "We do not know location AZC-ZZZ: add the location or correct the code.",
            }
        ],
    }
    assert told["rows"][1]["problems"][0]["class"] == "repaired"


def test_a_file_that_cannot_be_read_has_counts_of_nothing():
    told = examine(ListKind.CARE, b"x", on=ON, known=Known(), file="x.csv").as_json()
    assert told["error"]["code"] == "no-header"
    assert set(told["counts"].values()) == {0}
    assert (told["rows"], told["file"], told["on"]) == ([], "x.csv", "2026-11-02")


def test_a_value_is_the_cell_as_it_stands_and_at_most_two_hundred_characters():
    report = report_on(ListKind.OCCUPANCY, {"taal": "=" + "x" * 500, "sinds": " gisteren\u00a0"})
    values = [problem.value for problem in report.rows[0].problems]
    assert values == ["=" + "x" * 199, " gisteren\u00a0"]


def test_messages_are_in_the_language_that_is_asked_for():
    told = report_on(ListKind.OCCUPANCY, {"amv": ""}).as_json(lambda msgid: f"[{msgid}]")
    assert told["rows"][0]["problems"][0]["message"] == "[Column amv is empty: fill it in.]"


@cache
def dutch():
    return read(Words())


def words(language):
    return (lambda text: dutch().get(text).string) if language == "nl" else str


LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


def is_one_sentence(text):
    return text.endswith(".") and not re.search(r"[.!?;]\s", text) and ": " in text


@LANGUAGES
@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_one_sentence_with_all_it_names_filled_in(reason, severity, language):
    said = of_problem(Problem("sinds", severity, reason, "50% van 'x'"), words(language))
    assert is_one_sentence(said)
    assert "%(" not in said
    assert SENTENCES.keys() == set(Reason)


@LANGUAGES
@pytest.mark.parametrize("code", list(FileFault))
def test_every_fault_of_a_file_has_one_sentence(code, language):
    said = of_file(unreadable(code, column="amv"), words(language))
    assert is_one_sentence(said)
    assert "%(" not in said
    assert FILE_SENTENCES.keys() == set(FileFault)


@LANGUAGES
def test_every_sentence_is_said_in_the_other_language(language):
    told = [*SENTENCES.values(), *FILE_SENTENCES.values()]
    assert all((words(language)(text) != text) == (language == "nl") for text in told)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("gis\nteren\u200b ", "“gis teren”"),
        ("=" * 60, "“" + "=" * 60 + "”"),
        ("=" * 61, "“" + "=" * 60 + "…”"),
        ("123456782", "“…”"),
    ],
)
def test_a_sentence_shows_the_cell_on_one_line_and_not_too_long(cell, said):
    (row,) = report_on(ListKind.OCCUPANCY, {"eerste_aankomst": cell}).as_json()["rows"]
    assert said in row["problems"][0]["message"]


def test_a_school_row_without_dates_is_told_so():
    (problem,) = report_on(ListKind.SCHOOL, {"start": ""}).as_json()["rows"][0]["problems"]
    assert "waiting list" in problem["message"]


def test_the_cells_of_a_row_are_there_for_a_list_of_what_was_refused():
    report = report_on(ListKind.CARE, {"einde": "gisteren"})
    assert report.header[0] == "v_nummer"
    assert report.rows[0].cells[0] == CHILD
    assert report.rows[0].cells[-1] == "gisteren"


def test_a_note_that_may_hold_a_bsn_is_not_kept():
    data = written(ListKind.CARE) + b"123456782;x\n"
    report = examine(ListKind.CARE, data, on=ON, known=Known())
    assert "123456782" not in repr(report)


@pytest.mark.parametrize(
    "text",
    [
        "=123456782",
        "-123.456.782",
        "+1234 56 782",
        "@1234-56-782x",
        "=123\u200b456782",
        "=0012345678 123456782",
    ],
)
def test_what_may_be_a_bsn_is_shown_in_no_column(text):
    report = report_on(ListKind.OCCUPANCY, {"taal": text, "gezinsnummer": "123456782"})
    (told,) = report.as_json()["rows"]
    assert [problem["value"] for problem in told["problems"]] == [None]
    assert "782" not in json.dumps(told)
    assert "782" not in "".join(report.rows[0].cells)


@pytest.mark.parametrize(
    "text", ["=123456789", "=1234567820", "01-09-2026 2:08", "2026-09-01 7:04"]
)
def test_what_is_no_bsn_is_shown(text):
    (row,) = report_on(ListKind.OCCUPANCY, {"nationaliteit": text}).rows
    assert [problem.value for problem in row.problems] == [text]
