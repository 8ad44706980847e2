"""SECURITY.md promises nothing that no test holds."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.meta.tree import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def promises(page: str) -> Iterator[tuple[str, str]]:
    """Yield each line of a table that promises something, and what stands in its last cell."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[-1] != "held by":
            yield cells[0], cells[-1]


def unheld(page: str) -> list[str]:
    """Return the promises of a page that no test of ours holds."""
    return [promise for promise, held in promises(page) if not _is_test(held)]


def _is_test(held: str) -> bool:
    named = TEST.fullmatch(held)
    if named is None or not (ROOT / "tests" / named[1]).exists():
        return False
    tree = ast.parse((ROOT / "tests" / named[1]).read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == named[2] for node in tree.body)


def test_every_promise_names_a_test_that_is_there() -> None:
    assert len(list(promises(PAGE))) > 40
    assert unheld(PAGE) == []


@pytest.mark.parametrize(
    "held", ["-", "`meta/test_nowhere.py::test_x`", "`meta/test_layers.py::test_that_was_renamed`"]
)
def test_a_promise_that_nothing_holds_is_noticed(held: str) -> None:
    assert unheld(f"| a name | {held} |") == ["a name"]


def test_every_thing_that_can_be_taken_is_told() -> None:
    taken = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert len(taken) >= 14
    for part in PAGE.split("\n### ")[1:]:
        assert "| does not get | held by |" in part, part.splitlines()[0]


def test_files_that_the_page_leads_to_are_there() -> None:
    assert [name for name in re.findall(r"\]\(([^)]+)\)", PAGE) if not (ROOT / name).exists()] == []
