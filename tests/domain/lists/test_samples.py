"""The shared samples give their reports, and the checker notices each way in which one could differ."""

import copy
import json
import shutil
from functools import cache

import pytest

from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.pipeline import examine
from tests.samples import SAMPLES, compare, differences, expected_of, show, turns

OCCUPANCY = "bezetting-2026-11-02.csv"


@cache
def reports():
    """Return what the two first lists give at their turn, and once more."""
    known, found = Known(), {}
    for kind, on, name in list(turns(SAMPLES))[:2]:
        data = (SAMPLES / name).read_bytes()
        report = examine(kind, data, on=on, known=known, file=name)
        known = apply_to(known, report.intents)
        again = examine(kind, data, on=on, known=known).as_json()["counts"]
        found[name] = report.as_json(), again
    return found


def held(expected, *, name=OCCUPANCY, change=dict.copy):
    """Return what the checker says of a report, which may be changed first."""
    report, again = reports()[name]
    report = copy.deepcopy(report)
    change(report)
    return compare(expected, report, again)


def expected():
    return expected_of(SAMPLES, OCCUPANCY)


def row(report, number):
    return next(row for row in report["rows"] if row["row"] == number)


def test_every_sample_list_gives_its_report_in_order_and_again():
    assert differences(SAMPLES) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "care"),
        ("file", "other.csv"),
        ("on", "2026-11-03"),
        ("encoding", "utf-8"),
        ("delimiter", ","),
        ("sheet", "Blad1"),
        ("header_row", 4),
        ("ignored_columns", ["Kamer"]),
        ("not_on_list", ["0012345678"]),
        ("error", {"code": "no-header"}),
        ("counts", {"new": 299, "changed": 0, "same": 1, "doubtful": 7, "refused": 17}),
        ("again", {"new": 298, "changed": 0, "same": 1, "doubtful": 7, "refused": 18}),
    ],
)
def test_another_expectation_of_the_file_is_noticed(name, value):
    (line,) = held(expected() | {name: value})
    assert line.startswith(f"{name} is ")


@pytest.mark.parametrize(
    ("column", "severity", "reason"),
    [
        ("achternaam", "refused", "future-date"),
        ("sinds", "doubtful", "future-date"),
        ("sinds", "refused", "bad-date"),
        (None, "refused", "future-date"),
    ],
)
def test_another_problem_of_a_row_is_noticed(column, severity, reason):
    wanted = expected()
    problem = {"column": column, "class": severity, "reason": reason}
    row(wanted, 11)["problems"] = [problem]
    (line,) = held(wanted)
    said, told = line.split(", ")
    assert said == "row 11 is refused [sinds: future-date (refused)]"
    assert told == f"expected refused [{column or 'the row'}: {reason} ({severity})]"


def test_another_verdict_a_row_too_many_and_one_too_few_are_noticed():
    wanted = expected()
    row(wanted, 27)["verdict"] = "refused"
    wanted["rows"].remove(row(wanted, 46))
    wanted["rows"].append(row(wanted, 48) | {"row": 47})
    lines = held(wanted)
    assert [line.split(",")[0] for line in lines] == [
        "row 27 is doubtful [geslacht: unknown-code (doubtful)]",
        "row 46 is refused [v_nummer: bad-v-number (refused)]",
        "row 47 is silent",
    ]


def test_the_same_problem_twice_is_not_once():
    wanted = expected()
    row(wanted, 11)["problems"] *= 2
    assert len(held(wanted)) == 1


def test_a_value_is_compared_when_it_is_expected():
    wanted, report = expected(), reports()[OCCUPANCY][0]
    shown = row(report, 11)["problems"][0]["value"]
    row(wanted, 11)["problems"][0]["value"] = shown
    assert held(wanted) == []
    row(wanted, 11)["problems"][0]["value"] = f"{shown}."
    assert held(wanted) == [
        f"row 11 shows {shown!r} for sinds refused future-date, expected '{shown}.'"
    ]


@pytest.mark.parametrize("column", ["v_nummer", None])
def test_a_word_on_a_tolerated_row_is_noticed(column):
    said = {
        "column": column,
        "class": "noted",
        "reason": "code-repaired",
        "value": "",
        "message": "x",
    }
    silent = {"row": 71, "verdict": "new", "problems": [said]}
    lines = held(expected(), change=lambda report: report["rows"].append(silent))
    assert "row 71 must pass without a word on v_nummer: space behind" in lines


@pytest.mark.parametrize(
    "change",
    [
        lambda report: row(report, 11)["problems"][0].update(message=""),
        lambda report: row(report, 11)["problems"][0].update(value="x" * 201),
        lambda report: row(report, 11)["problems"][0].update(reason="odd-date"),
        lambda report: row(report, 11)["problems"][0].pop("value"),
        lambda report: row(report, 11).update(verdict="fine"),
        lambda report: report.pop("sheet"),
        lambda report: report["counts"].pop("same"),
        lambda report: report.update(error={"code": "no-header", "message": ""}),
        lambda report: report["rows"].append(row(report, 11)),
    ],
)
def test_a_report_without_its_form_is_noticed(change):
    assert held(expected(), change=change) != []


def test_rows_of_which_nothing_is_said_may_be_left_out():
    wanted = expected()
    wanted["rows"].append({"row": 5, "verdict": "new", "problems": []})
    assert held(wanted) == []


@pytest.fixture
def folder(tmp_path):
    """Give a function that makes a folder with the locations and one broken file, in some form."""

    def made(order, **expectations):
        for name, report in expectations.items():
            (tmp_path / f"{name}.expected.json").write_text(json.dumps(report), encoding="utf-8")
        (tmp_path / "order.json").write_text(json.dumps(order), encoding="utf-8")
        return tmp_path

    return made


@pytest.mark.parametrize(
    "name", ["lijst (1) – één & twee.csv", "lijst.v2.csv", "'lijst' \"x\";.csv"]
)
@pytest.mark.parametrize("around", [lambda order: order, lambda order: {"order": order}])
def test_a_folder_may_have_any_names_and_broken_files(folder, name, around, tmp_path):
    shutil.copy(SAMPLES / "locaties.csv", tmp_path / name)
    (tmp_path / "leeg.csv").write_bytes(b"")
    broken = {"kind": "school", "on": "2026-11-02", "error": {"code": "empty-file"}, "rows": []}
    good = expected_of(SAMPLES, "locaties.csv") | {"file": name}
    order = [{"kind": "locations", "file": name, "on": "2026-11-02"}, "leeg.csv"]
    made = folder(around(order), **{name: good, "leeg": broken})
    assert differences(made) == []
    folder(around(order), leeg=broken | {"error": None})
    assert differences(made) == ["leeg.csv: error is 'empty-file', expected None"]


def test_the_checker_says_what_differs_and_how_many(capsys):
    assert show([]) == 0
    assert show(["a: x", "b: y"]) == 1
    assert capsys.readouterr().out == "every list gives its report\na: x\nb: y\n2 differences\n"
