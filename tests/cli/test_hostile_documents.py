"""Documents made to do harm, for `caseapp check` and `caseapp dossier import`: a sentence, never a crash."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from caseapp.cli import main
from caseapp.domain.document import DocumentError, load
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from tests import bare_house
from tests.hostile_lists.held import changed, held
from tests.world import document

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 200_000,
    "brackets that close": b"[" * 50_000 + b"]" * 50_000,
    "NaN": b'{"format": NaN}',
    "Infinity": b"[-Infinity]",
    "a number beyond all": b'{"format": 1e400}',
    "a number without end": b'{"a": ' + b"9" * 5_000 + b"}",
    "half a pair": b'{"format": "caseapp-dossier/1", "\\ud800": "\\udfff"}',
    "half a pair in bytes": b'{"a": "\xed\xa0\x80"}',
    "a key twice": b'{"format": "caseapp-dossier/1", "format": "x"}',
    "very many keys": b"{" + b",".join(b'"%d": 1' % n for n in range(200_000)) + b"}",
    "another encoding": "{}".encode("utf-16"),
    "nothing": b"",
    "no object": b"null",
    "NUL": b"\0" * 1_000,
    "a long text": b'{"format": "' + b"x" * 5_000_000 + b'"}',
    "too large": b" " * 16_000_001,
}
ODD = (
    None, True, -1, 0, 2**63, 1e308, "", "\ud800", "a\0b", "\u202e", "x" * 100_000, "9" * 400, "0001-01-01",
    "9999-12-31", "2026-02-30", [], {}, [[]], "123456782", "\x1b[31m", "=1+1",
)  # fmt: skip
DRAWN = 150


@pytest.mark.attack(12)
@pytest.mark.asvs("1.5.2", "2.2.1")
@pytest.mark.parametrize("name", list(TEXTS))
def test_a_text_that_is_no_document_gives_a_sentence(tmp_path, capsys, name):
    file = tmp_path / "document.json"
    file.write_bytes(TEXTS[name])
    for command in (
        ["check", str(file)],
        ["check", "--json", str(file)],
        ["dossier", "import", str(file)],
    ):
        assert main(command) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_line_that_is_no_document_is_answered_among_others(tmp_path, capsys, name):
    good = {"id": 1, "on": "2026-11-24", "dossier": _document()}
    file = tmp_path / "lines"
    file.write_bytes(TEXTS[name] + b"\n" + json.dumps(good).encode() + b"\n")
    assert main(["check", "--jsonl", str(file)]) == 0
    *others, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert last["id"] == 1
    assert "findings" in last
    assert all("error" in other for other in others)


def _document():
    found = document("mine")
    found.pop("accounts")
    return json.loads(json.dumps(found).replace(found["child"]["v_number"], "0099887766"))


def _leaves(value, path=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield (*path, key)
        if isinstance(one, (dict, list)):
            yield from _leaves(one, (*path, key))


def _with(path, odd):
    found = place = _document()
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = odd
    return json.dumps(found).encode()


def test_a_document_with_an_odd_value_anywhere_comes_in_or_is_refused(house):
    dice, paths, came = Random(4), list(_leaves(_document())), {"in": 0, "refused": 0}
    for _ in range(DRAWN):
        data = _with(dice.choice(paths), dice.choice(ODD))
        work = house.work(Actor(None, "test", everywhere=True))
        try:
            import_documents(work, [Arriving(load(data))])
            came["in"] += 1
        except DocumentError:
            came["refused"] += 1
        finally:
            work.session.close()
    assert min(came.values()) > 0


@pytest.mark.asvs("2.3.3")
def test_a_document_that_is_refused_writes_nothing(house, tmp_path, monkeypatch):
    for name, value in bare_house.environment(house.settings).items():
        monkeypatch.setenv(name, value)
    file = tmp_path / "document.json"
    before = held(house)
    for path in (("child", "v_number"), ("placements", 0, "from"), ("format",)):
        file.write_bytes(_with(path, "\ud800"))
        assert main(["dossier", "import", str(file)]) == 2
    assert changed(before, held(house)) == []


def test_what_a_pipe_cannot_show_is_told_all_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "caseapp", "check", "-"], cwd=ROOT, capture_output=True, check=False,
        input=TEXTS["half a pair"], env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not known" in done.stderr
