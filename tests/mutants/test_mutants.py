"""The machine that makes faults works, and says so when tests notice nothing; a tiny sample of the real one."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants import paper, trying
from tests.mutants.changes import mutated, sites
from tests.mutants.guarded import GUARDED
from tests.mutants.sampling import Tried
from tests.mutants.trying import Suite

SOURCE = '''"""A module."""


def is_old(age: int, *, late: bool = False) -> bool:
    """Say whether."""
    if age < 0:
        raise ValueError(f"no age: {age}")
    return age > 65 or not late
'''


def test_each_place_of_a_module_gives_its_faults_and_words_give_none() -> None:
    assert [site.name for site in sites(ast.parse(SOURCE))] == [
        "is_old: False -> True",
        "is_old: age < 0 -> age <= 0",
        "is_old: 0 -> 1",
        "is_old: return age > 65 or not late -> return None",
        "is_old: age > 65 or not late -> age > 65 and (not late)",
        "is_old: age > 65 -> age >= 65",
        "is_old: 65 -> 66",
        "is_old: not late -> late",
    ]


def test_arguments_items_and_calls_are_left_out_one_by_one() -> None:
    source = "def f(x):\n    x.go(1, key=x)\n    return [x, x]\n"
    says = [site.says for site in sites(ast.parse(source))]
    assert "x.go(1, key=x) -> pass" in says
    assert "x.go(1, key=x) -> without 1" in says
    assert "x.go(1, key=x) -> without key=x" in says
    assert "[x, x] -> without x" in says
    assert "[x, x] -> without x (2)" in says


def test_every_fault_changes_the_module_and_has_a_name_of_its_own() -> None:
    for module, tests in GUARDED.items():
        suite = Suite.of(module, tests)
        every = sites(ast.parse(suite.source))
        assert len({site.name for site in every}) == len(every), module
        assert all((trying.ROOT / test).exists() for test in tests), module
    whole = ast.unparse(ast.parse(SOURCE))
    for number in range(len(sites(ast.parse(SOURCE)))):
        assert ast.unparse(mutated(SOURCE, number)) != whole


def small(folder: Path, asserted: str, opening: str = "import small_house") -> list[str]:
    """Let the machine look at a small module with one test, in a process of its own."""
    (folder / "small_house.py").write_text(SOURCE, "utf-8")
    (folder / "test_small.py").write_text(
        f"{opening}\n\n\ndef test_it():\n    assert {asserted}\n", "utf-8"
    )
    code = (
        "import pathlib, sys, hypothesis, pytest, xdist; from tests.mutants import trying;"
        "from tests.mutants.changes import mutated; root = pathlib.Path(sys.argv[1]);"
        "sys.path.insert(0, str(root)); trying.ROOT = root;"
        "suite = trying.Suite.of('small_house', ['test_small.py'], root); trying.check(suite);"
        "print(*[trying.is_noticed(suite, trying.instead(suite, mutated(suite.source, n)))"
        " for n in (4, 5)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=trying.ROOT, capture_output=True,
        text=True, check=False, env={**os.environ, "PYTEST_ADDOPTS": f"--rootdir={folder}"},
    )  # fmt: skip
    return (done.stdout.splitlines() or done.stderr.splitlines())[-1].split()


def test_a_fault_is_noticed_by_a_test_that_feels_it_and_lives_where_none_does(
    tmp_path: Path,
) -> None:
    asserted = "not small_house.is_old(65, late=True) and small_house.is_old(66)"
    assert small(tmp_path, asserted) == ["False", "True"]


def test_tests_that_always_pass_notice_nothing(tmp_path: Path) -> None:
    assert small(tmp_path, "small_house") == ["False", "False"]


def test_tests_that_do_not_load_the_module_or_fail_by_themselves_are_refused(
    tmp_path: Path,
) -> None:
    assert " ".join(small(tmp_path, "True", "import sys")).endswith("do not load it")
    assert " ".join(small(tmp_path, "False")).endswith("fail without any fault")


def trial(*ends: bool) -> dict[str, list[Tried]]:
    return {"caseapp.house": [Tried(f"f: {at}", at, end) for at, end in enumerate(ends)]}


def test_nine_of_ten_is_enough_and_what_lives_needs_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nine, eight = trial(*[True] * 9, False), trial(*[True] * 8, False, False)
    assert paper.faults(nine) == ["no reason: caseapp.house f: 9"]
    reasons = {"caseapp.house": {"f: 9": "the same thing", "f: 8": "the same thing"}}
    monkeypatch.setattr(paper, "REASONS", reasons)
    assert paper.faults(nine) == []
    assert paper.faults(eight) == ["caseapp.house: 8 of 10 killed"]
    assert "| caseapp.house | 10 | 9 | 90 % |" in paper.text(nine, 1)
    assert "- `caseapp.house` `f: 9`: the same thing" in paper.text(nine, 1)


@pytest.mark.slow
def test_a_few_faults_of_who_reaches_whom_are_noticed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants", "--module", "caseapp.domain.reach",
         "--each", "3", "--seed", "7", "--state", str(tmp_path / "state.json")],
        cwd=trying.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "3 mutants of 1 modules: 3 killed."
