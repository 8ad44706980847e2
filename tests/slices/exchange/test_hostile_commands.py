"""`caseapp import` with files made to do harm: it ends with 0 or 2, and prints one object and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.cli import main
from caseapp.domain.lists.words import ListKind
from tests import bare_house, house
from tests.hostile_lists.held import changed, held
from tests.hostile_lists.mutations import NAMED, drawn

ROOT = Path(__file__).resolve().parents[3]
TRAIL = {"audit_event", "audit_event_child", "audit_head"}
WORST = (
    "a reference of seven letters",
    "one long text that many cells share",
    "the number '-inf' as a day",
    "a bomb of 90 MB",
    "half a pair",
    "quotes only",
)
QUICK = [
    name
    for name in NAMED
    if not any(
        word in name for word in ("million", "megabyte", "MB", "0,000", "0,001", "very many")
    )
]
"""Files that are made in no time; the others are read in tests/domain/lists, and all of them by the proof."""
NAMES_OF_FILES = (
    "lijst.csv",
    "a\nb.csv",
    "\u202e.csv",
    "é\u0301.csv",
    "'; --.csv",
    "-x.csv",
    "123456782.csv",
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Make an empty house once: nothing is written to it."""
    return bare_house.build("sqlite", tmp_path_factory.mktemp("hostile"), "hostile").settings


@pytest.fixture
def command(settings, monkeypatch, tmp_path, capsys):
    """Give the command: from a kind and bytes to its code, and what it printed."""
    for name, value in bare_house.environment(settings).items():
        monkeypatch.setenv(name, value)

    def run(kind, data, how="--dry-run", name="lijst"):
        file = tmp_path / name
        file.write_bytes(data)
        code = main(["import", kind, str(file), how, "--on", "2026-11-02", "--json"])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def is_one_report(code, out):
    told = json.loads(out)
    return code == (0 if told["error"] is None else 2) and out.count("\n") == 1


def test_any_hostile_file_ends_with_a_report(command, settings):
    machine = house.machine_of(settings)
    before = held(machine)
    for name in QUICK:
        code, out, err = command("care", NAMED[name]())
        assert is_one_report(code, out), name
        assert "Traceback" not in err, name
    assert changed(before, held(machine), TRAIL) == []
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.mark.parametrize("kind", list(ListKind))
def test_hurt_samples_end_with_a_report_for_each_kind(command, kind):
    for number in range(1, 10):
        code, out, err = command(kind.value, drawn(number, 5)[1])
        assert is_one_report(code, out), number
        assert err == "", number


@pytest.mark.parametrize("name", NAMES_OF_FILES)
def test_any_name_of_a_file_is_told_as_it_is(command, name):
    code, out, _err = command("care", NAMED["a page"](), name=name)
    assert is_one_report(code, out)
    assert json.loads(out)["error"]["code"] == "no-header"


@pytest.mark.parametrize("name", ["utf-16", "a bomb of 90 MB", "cells in opposite corners", "NUL"])
def test_applying_a_file_that_is_no_list_writes_nothing(command, settings, name):
    machine = house.machine_of(settings)
    before = held(machine)
    code, out, _err = command("occupancy", NAMED[name](), how="--apply")
    assert (code, is_one_report(code, out)) == (2, True)
    assert changed(before, held(machine)) == []
    machine.engine.dispose()
    machine.keyring.keystore.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_do_not_end_a_real_process(settings, tmp_path, name):
    file = tmp_path / "lijst"
    file.write_bytes(NAMED[name]())
    done = subprocess.run(
        [sys.executable, "-m", "caseapp", "import", "care", str(file), "--dry-run", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, **bare_house.environment(settings)},
    )  # fmt: skip
    assert is_one_report(done.returncode, done.stdout), done.stderr
