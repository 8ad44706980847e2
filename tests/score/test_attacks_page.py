"""The page of the attacks equals the tests."""

from pathlib import Path

import pytest

from tests.score.attacks import PAGE, Marked, lacking, marks, page
from tests.score.table import CASES

FILE = """\
import pytest
pytestmark = pytest.mark.attack(2)

@pytest.mark.attack(1)
def test_nothing_happens() -> None: ...

@pytest.mark.attack(1, twin="the lock is off")
def test_it_opens() -> None: ...

@pytest.mark.parametrize("a", [pytest.param(1, marks=pytest.mark.attack(3, seen_red="by hand"))])
def test_one_of_many(a: int) -> None: ...
"""


def test_the_page_is_what_the_tests_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.score attacks"


def test_the_marks_of_functions_files_and_single_samples_are_read(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(FILE, "utf-8")
    name = "tests/test_x.py::"
    found = [each for each in marks(tmp_path) if each.case != 2]
    assert found == [
        Marked(1, f"{name}test_nothing_happens", "", ""),
        Marked(1, f"{name}test_it_opens", "the lock is off", ""),
        Marked(3, f"{name}test_one_of_many", "", "by hand"),
    ]
    assert len(marks(tmp_path)) - len(found) == 3


@pytest.mark.parametrize("number", [1, 64])
def test_a_case_without_a_test_or_never_seen_red_is_noticed(number: int) -> None:
    others = [n for n in CASES if n != number]
    tests = [Marked(n, f"tests/x.py::test_{n}", "", "") for n in others]
    twins = [Marked(n, f"tests/x.py::test_twin_{n}", "no defence", "") for n in CASES]
    assert lacking(tests + twins) == ((number,), ())
    assert lacking([*tests, Marked(number, "tests/x.py::test_it", "", "")])[1] == tuple(CASES)
