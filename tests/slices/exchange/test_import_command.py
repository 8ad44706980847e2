"""`caseapp import` as somebody types it: what it prints, where, and how it ends."""

import json

import pytest

from caseapp.cli import import_, main
from caseapp.domain.lists.words import ListKind
from tests.bare_house import environment
from tests.domain.lists.making import CHILD, USUAL, written

LOCATION = {"code": "A-1"}
BSN = "123456782"


@pytest.fixture
def command(bare, monkeypatch, tmp_path, capsys):
    """Give the command in an empty house: from rows, or from bytes, to its code and what it prints."""
    for name, value in environment(bare.settings).items():
        monkeypatch.setenv(name, value)

    def run(kind, rows, *options, name="lijst.csv"):
        file = tmp_path / name
        file.write_bytes(rows if isinstance(rows, bytes) else written(ListKind(kind), *rows))
        code = main(["import", kind, str(file), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_with_json_one_object_is_printed_and_nothing_else(command):
    code, out, err = command(
        "locations", [LOCATION, {"soort": "kasteel"}], "--apply", "--json", "--on", "2026-11-02"
    )
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["kind"], told["file"], told["on"]) == ("locations", "lijst.csv", "2026-11-02")
    assert told["counts"] == {"new": 1, "changed": 0, "same": 0, "doubtful": 0, "refused": 1}
    (problem,) = told["rows"][0]["problems"]
    assert (problem["column"], problem["reason"], problem["value"]) == (
        "soort",
        "unknown-code",
        "kasteel",
    )
    assert "soort" in problem["message"]
    assert problem["message"].startswith("“kasteel” ")


def test_without_json_the_report_is_dutch_and_says_row_column_value_and_what_to_do(command):
    command("locations", [LOCATION], "--apply", "--on", "2026-11-02")
    code, out, _err = command(
        "occupancy",
        [{}, {"v_nummer": "0087654321", "locatie": "AZC-ZZZ"}],
        "--dry-run",
        "--on",
        "2026-11-02",
    )
    assert code == 0
    assert "Bezetting, 2 november 2026: lijst.csv" in out
    assert "Dit was een proef: er is niets opgeslagen." in out
    assert "       1  nieuw" in out
    assert "Rij 3: geweigerd" in out
    assert "  locatie “AZC-ZZZ”: Locatie AZC-ZZZ kennen wij niet:" in out


def test_a_child_that_is_not_on_the_list_is_told_at_the_end(command):
    command("locations", [LOCATION], "--apply", "--on", "2026-11-02")
    command("occupancy", [{}], "--apply", "--on", "2026-11-02")
    _code, out, _err = command(
        "occupancy", [{"v_nummer": "0087654321"}], "--apply", "--on", "2026-11-02"
    )
    assert "De geaccepteerde rijen zijn opgeslagen." in out
    assert out.rstrip().endswith(CHILD)
    assert "1 kind woont op een locatie van deze lijst" in out


def test_the_same_file_again_is_said_to_have_come_before(command):
    rows = [LOCATION]
    assert "eerder" not in command("locations", rows, "--apply", "--on", "2026-11-02")[1]
    assert "eerder" in command("locations", rows, "--dry-run", "--on", "2026-11-02")[1]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n", "empty-file"),
        (b"a\x00b", "not-text"),
        (b"\xff\xfea\x00", "unknown-encoding"),
        (b"\xd0\xcf\x11\xe0old", "not-a-workbook"),
        (b"PK\x03\x04nothing", "not-a-workbook"),
        (b"een;twee\n1;2\n", "no-header"),
        (b"v_nummer;achternaam\n1;2\n", "missing-column"),
    ],
)
def test_a_file_that_is_not_this_list_ends_with_2_and_says_why(command, bare, data, code):
    ended, out, _err = command("occupancy", data, "--apply", "--json")
    told = json.loads(out)
    assert (ended, told["error"]["code"], told["rows"]) == (2, code, [])
    assert told["error"]["message"]
    assert set(told["counts"].values()) == {0}
    ended, out, _err = command("occupancy", data, "--dry-run")
    assert ended == 2
    assert told["error"]["message"] in out


def test_a_list_with_too_many_rows_is_not_read(command):
    header = ";".join(USUAL[ListKind.OCCUPANCY])
    rows = "\n".join([header, *("x;" * 8 for _ in range(50_001))])
    ended, out, _err = command("occupancy", rows.encode(), "--apply", "--json")
    assert (ended, json.loads(out)["error"]["code"]) == (2, "too-many-rows")


def test_a_file_that_is_not_there_ends_with_2(command, capsys, tmp_path):
    assert main(["import", "care", str(tmp_path / "none.csv"), "--dry-run"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "none.csv" in printed.err


def test_without_keys_the_command_refuses_and_writes_nothing(command, bare, monkeypatch):
    bare.settings.key_file.unlink()
    ended, out, err = command("locations", [LOCATION], "--apply")
    assert (ended, out) == (78, "")
    assert err


def test_an_account_that_nobody_has_brings_in_nothing(command):
    ended, out, err = command("locations", [LOCATION], "--apply", "--as", "nobody@example.org")
    assert (ended, out) == (import_.NOT_ALLOWED, "")
    assert "mail address" in err


@pytest.mark.parametrize(
    "options", [(), ("--dry-run", "--apply"), ("--apply", "--on", "02-11-2026")]
)
def test_a_command_that_leaves_something_open_is_not_carried_out(command, options):
    with pytest.raises(SystemExit) as ended:
        command("locations", [LOCATION], *options)
    assert ended.value.code == 2


@pytest.mark.parametrize("options", [("--json",), ()])
def test_nothing_that_is_printed_or_logged_holds_a_bsn(command, caplog, options):
    caplog.set_level("DEBUG")
    command("locations", [LOCATION], "--apply", "--on", "2026-11-02")
    names = [name for name in USUAL[ListKind.OCCUPANCY] if name != "gezinsnummer"]
    rows = [{name: BSN} for name in names] + [{"achternaam": f"={BSN}"}, {"v_nummer": f"V{BSN}"}]
    for how in ("--dry-run", "--apply", "--apply"):
        on = ("--on", "2026-11-02", *options)
        code, out, err = command("occupancy", rows, how, *on, name=f"lijst {BSN}.csv")
        assert code == 0
        assert "perhaps-bsn" in out or "Dit lijkt een BSN" in out
        assert BSN not in out + err + caplog.text
