"""Imports point one way, and a slice's tables are its own (A1, A2)."""

import os
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.meta.tree import ROOT, copy_of_the_house

MAY_READ_ALL_TABLES = {"tables", "reporting.queries"}
"""Migrations need every table in one place, and the monitor counts over all of them."""


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts on a tree."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--config", "pyproject.toml"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def strangers_at_tables(package: str) -> list[str]:
    """Return each import of a slice's models by a module of another slice."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    found = []
    for models in sorted(name for name in graph.modules if name.endswith(".models")):
        home = models.removesuffix("models")
        for importer in sorted(graph.find_modules_that_directly_import(models)):
            inside = importer.startswith(home)
            if not inside and importer.removeprefix(f"{package}.") not in MAY_READ_ALL_TABLES:
                found.append(f"{importer} -> {models}")
    return found


def test_the_import_contracts_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("domain/calendar.py", "import sqlalchemy", "The domain is pure"),
        ("kernel/clock.py", "import caseapp.web", "Imports point down"),
        ("care/helpers.py", "", "Every slice has the same grammar"),
        ("web/guard.py", "import cryptography", "Only the vault touches cryptography"),
        ("people/queries.py", "import flask", "never see the web"),
    ],
)
def test_a_broken_contract_is_named(tmp_path: Path, file: str, line: str, contract: str) -> None:
    broken = copy_of_the_house(tmp_path) / "caseapp" / file
    before = broken.read_text("utf-8") if broken.exists() else ""
    broken.write_text(f"{before}\n{line}\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert any(contract in row and "BROKEN" in row for row in done.stdout.splitlines()), (
        done.stdout + done.stderr
    )


def test_tables_are_touched_by_their_own_slice_only() -> None:
    assert strangers_at_tables("caseapp") == []


def test_a_stranger_at_a_table_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file, text in {
        "__init__.py": "",
        "care/__init__.py": "",
        "care/models.py": "",
        "care/queries.py": "from housetwin.care import models",
        "moves/__init__.py": "",
        "moves/actions.py": "from housetwin.care.models import CareLine",
        "tables.py": "import housetwin.care.models",
    }.items():
        path = tmp_path / "housetwin" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert strangers_at_tables("housetwin") == ["housetwin.moves.actions -> housetwin.care.models"]
