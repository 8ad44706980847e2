"""Importing a module does nothing but define things (A5)."""

import subprocess
import sys
from pathlib import Path

from tests.meta import listen
from tests.meta.tree import ROOT


def heard(folder: Path, package: str) -> list[str]:
    """Import every module of a package in a fresh interpreter; return what it opened."""
    done = subprocess.run(
        [sys.executable, listen.__file__, str(folder), package],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


def test_importing_every_module_opens_no_file_socket_or_database() -> None:
    assert heard(ROOT, "caseapp") == []


def test_a_loud_import_is_heard(tmp_path: Path) -> None:
    package = tmp_path / "twin"
    package.mkdir()
    for name, text in {
        "__init__": "import json, email.message",
        "reads": "from pathlib import Path\nTEXT = Path(__file__).read_text()",
        "stores": "import sqlite3\nDB = sqlite3.connect(':memory:')",
        "calls": "import socket\nS = socket.socket()\nS.close()",
        "quiet": "from zoneinfo import ZoneInfo\nZONE = ZoneInfo('Europe/Amsterdam')",
    }.items():
        (package / f"{name}.py").write_text(text, "utf-8")
    found = heard(tmp_path, "twin")
    assert [line.split(" (")[0] for line in found] == [
        "twin/calls.py:2 socket.__new__",
        "twin/reads.py:2 open",
        "twin/stores.py:2 sqlite3.connect",
        "twin/stores.py:2 sqlite3.connect/handle",
    ]
