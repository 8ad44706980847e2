"""A run leaves behind what passed in it; a mark of something that does not exist is not collected."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.meta.tree import ROOT

SETTINGS = f"""\
[pytest]
pythonpath = {ROOT}
addopts = --strict-markers -p no:randomly -p no:cacheprovider
markers =
    asvs
    attack
    guards
"""
FILE = """\
import pytest

@pytest.mark.asvs("1.1.1", "1.1.2")
@pytest.mark.attack(1, twin="nothing stands in its way")
def test_that_passes():
    pass

@pytest.mark.asvs("1.2.1")
def test_that_fails():
    raise AssertionError

@pytest.mark.guards("G1")
def test_that_is_left_out():
    pytest.skip("not here")

@pytest.fixture
def breaking():
    yield
    raise RuntimeError

@pytest.mark.asvs("1.2.2")
def test_of_which_the_end_fails(breaking):
    pass

def test_without_a_mark():
    pass
"""


def run(folder: Path, test: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one file of tests with the plugin, in a process of its own."""
    (folder / "pytest.ini").write_text(SETTINGS, "utf-8")
    (folder / "conftest.py").write_text('pytest_plugins = ("tests.score.plugin",)\n', "utf-8")
    (folder / "test_it.py").write_text(test, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", str(folder), "--rootdir", str(folder), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_run_with_a_worker_leaves_behind_which_marked_tests_passed(tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "score.json"
    done = run(tmp_path, FILE, "-n", "1", "--score", str(kept))
    assert "ASVS 5.0 L1+L2: 2 of 178, L3 picked: 0 of 63" in done.stdout
    outcomes = {name: test["outcome"] for name, test in json.loads(kept.read_text("utf-8")).items()}
    assert outcomes == {
        "test_it.py::test_that_passes": "passed",
        "test_it.py::test_that_fails": "failed",
        "test_it.py::test_that_is_left_out": "skipped",
        "test_it.py::test_of_which_the_end_fails": "failed",
    }


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ('asvs("1.1.99")', "1.1.99 is no requirement of ASVS 5.0"),
        ("attack(65)", "a number from 1 to 64"),
        ('guards("G99")', "G99 is no guard"),
    ],
)
def test_a_mark_of_what_does_not_exist_is_refused(tmp_path: Path, mark: str, told: str) -> None:
    done = run(tmp_path, f"import pytest\n\n@pytest.mark.{mark}\ndef test_it():\n    pass\n")
    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert told in done.stdout
