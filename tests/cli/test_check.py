"""`caseapp check`: one document or lines of them, in and out as rules.md 3 says."""

import io
import json
import sys

import pytest

from caseapp.cli import main
from tests.domain.made import alone, document, place, transfer

HALL = document(placements=[place("p1", "2026-03-02", kind="NO")])
TRF_3 = {
    "rule": "TRF-3",
    "subject": "responsible",
    "severity": "critical",
    "since": "2026-03-02",
    "due": None,
}


class Stream(io.StringIO):
    """Standard input with bytes below it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.buffer = io.BytesIO(data)


@pytest.fixture
def check(capsys, monkeypatch):
    """Run the command; return exit code, standard output and standard error."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", Stream(stdin))
        code = main(["check", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def hall(tmp_path):
    """Return a file with a dossier document."""
    file = tmp_path / "hall.json"
    file.write_text(json.dumps(HALL))
    return file


def test_findings_are_printed_as_json_in_the_order_of_rule_and_subject(check, hall):
    code, out, err = check(hall, "--on", "2026-04-13", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert [one["rule"] for one in found] == ["OBS-1", "PLA-1", "TRF-3"]
    assert found[1] == {
        "rule": "PLA-1",
        "subject": "emergency",
        "severity": "notice",
        "since": "2026-04-13",
        "due": "2026-09-01",
    }
    assert found[2] == TRF_3


def test_findings_are_printed_for_people_without_json(check, hall):
    code, out, _ = check(hall, "--on", "2026-04-13")
    assert code == 0
    assert "PLA-1  Emergency stay too long (emergency), since 2026-04-13, due 2026-09-01" in out


def test_nothing_found_is_said_to_people_and_an_empty_list_to_programs(check):
    data = json.dumps(document()).encode()
    assert check("-", "--on", "2026-04-13", stdin=data) == (0, "Nothing found on 2026-04-13.\n", "")
    assert check("-", "--on", "2026-04-13", "--json", stdin=data) == (0, "[]\n", "")


def test_without_a_day_it_is_today(check, hall):
    code, out, _ = check(hall, "--json")
    assert code == 0
    assert {"PLA-1", "TRF-3"} <= {one["rule"] for one in json.loads(out)}


def test_an_invalid_document_gives_path_and_sentence_and_exit_code_2(check):
    wrong = document(placements=[place("p1", "2026-02-30")])
    code, out, err = check("-", "--on", "2026-04-13", stdin=json.dumps(wrong).encode())
    assert (code, out) == (2, "")
    assert err == "placements[0].from: The calendar has no such day.\n"


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"\xff", b"[]", b"5", b'"x"'])
def test_what_is_no_document_at_all_gives_a_sentence_and_exit_code_2(check, data):
    code, out, err = check("-", "--json", stdin=data)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("(document): ")


def test_a_file_that_is_not_there_gives_a_sentence_and_exit_code_2(check, tmp_path):
    missing = tmp_path / "none.json"
    assert check(missing) == (2, "", f"{missing}: No such file or directory.\n")
    assert check(tmp_path)[0] == 2
    assert check() == (2, "", "Name a FILE, or - for standard input, or give --jsonl.\n")


@pytest.mark.parametrize("day", ["2026-02-30", "20260213", "tomorrow", ""])
def test_a_day_that_is_none_is_refused(check, hall, day):
    with pytest.raises(SystemExit) as left:
        check(hall, "--on", day)
    assert left.value.code == 2


def line(name, on="2026-04-13", dossier=HALL):
    return json.dumps({"id": name, "on": on, "dossier": dossier}).encode()


def answers(check, *lines):
    code, out, err = check("--jsonl", stdin=b"\n".join(lines))
    assert (code, err) == (0, "")
    return [json.loads(answer) for answer in out.splitlines()]


def test_every_line_is_answered_and_empty_ones_are_skipped(check):
    young = document(alone("2005-11-05"))
    found = answers(check, line("a"), b"", b"  \r", line(2, "2026-11-05", young), line("c"))
    assert [(one["id"], one["on"]) for one in found] == [
        ("a", "2026-04-13"),
        (2, "2026-11-05"),
        ("c", "2026-04-13"),
    ]
    assert [one["rule"] for one in found[1]["findings"]] == ["AFT-1", "AGE-3"]
    assert TRF_3 in found[0]["findings"]


def test_a_bad_line_gets_an_error_and_the_others_go_on(check):
    wrong = document(transfers=[transfer("t1", "B", "2026-01-01", "2026-01-02", "arrived")])
    found = answers(
        check,
        line("a", dossier=wrong),
        b"no json",
        b"[1]",
        line("d", "2026-02-30"),
        line("e", dossier=[]),
        b'{"id": "f", "on": "2026-04-13"}',
        b'{"on": "2026-04-13", "dossier": {}}',
        b'{"id": {"x": NaN}, "on": [], "dossier": {}}',
        b'{"id": "i", "id": "j", "on": "2026-04-13", "dossier": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
        line("\ud800", dossier={"format": "\ud800"}),
        line("z"),
    )
    errors = [(one["id"], one["on"], one["error"]["path"]) for one in found[:-1]]
    assert errors == [
        ("a", "2026-04-13", "transfers[0].arrived_on"),
        (None, None, ""),
        (None, None, ""),
        ("d", "2026-02-30", "on"),
        ("e", "2026-04-13", ""),
        ("f", "2026-04-13", "dossier"),
        (None, "2026-04-13", "id"),
        (None, None, "on"),
        (None, None, "id"),
        (None, None, ""),
        (None, None, ""),
        ("\ud800", "2026-04-13", "format"),
    ]
    assert all(one["error"]["sentence"].endswith(".") for one in found[:-1])
    assert all("findings" not in one for one in found[:-1])
    assert found[-1]["findings"]


def test_lines_may_also_come_from_a_file(check, tmp_path):
    file = tmp_path / "lines.jsonl"
    file.write_bytes(line("a") + b"\n")
    code, out, _ = check("--jsonl", file)
    assert (code, json.loads(out)["id"]) == (0, "a")
    assert check("--jsonl", tmp_path / "none")[0] == 2
