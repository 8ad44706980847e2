"""docs/attacks.md: the 64 attacks, the tests that try them, and how each test was seen red."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from caseapp.settings import ROOT
from tests.score.table import CASES, Case

PAGE: Final = ROOT / "docs" / "attacks.md"
HEAD: Final = """\
<!-- Written by `python -m tests.score attacks` from the tests: change them, not this page. -->

# Attacks and bad input

Each case has a test that tries it, and each was seen to fail with its defence taken away: by a twin, a test
that removes the defence and sees the attack succeed, or once by hand, as told here.

| # | attack | what has to happen | tests | seen red |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """A test that carries the mark of an attack."""

    case: int
    test: str
    twin: str
    seen_red: str


def page(marked: Sequence[Marked] | None = None) -> str:
    """Return the page, from the marks in the tests."""
    by_case = defaultdict(list)
    for each in marks() if marked is None else marked:
        by_case[each.case].append(each)
    return HEAD + "".join(_row(case, by_case[number]) for number, case in CASES.items())


def lacking(marked: Sequence[Marked]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the cases without a test, and those of which no test was ever seen red."""
    tried = {each.case for each in marked if not each.twin}
    red = {each.case for each in marked if each.twin or each.seen_red}
    return tuple(n for n in CASES if n not in tried), tuple(n for n in CASES if n not in red)


def marks(root: Path = ROOT) -> list[Marked]:
    """Read every mark of an attack in the tests, in the order of the files."""
    found = []
    for file in sorted((root / "tests").rglob("test_*.py")):
        text = file.read_text("utf-8")
        if "attack(" in text:
            found += _in_file(ast.parse(text), str(file.relative_to(root)))
    return found


def _in_file(tree: ast.Module, name: str) -> Iterator[Marked]:
    shared = [
        call
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for call in _calls(node.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            calls = [call for each in node.decorator_list for call in _calls(each)]
            for call in (*shared, *calls):
                said = {str(k.arg): str(ast.literal_eval(k.value)) for k in call.keywords}
                number = ast.literal_eval(call.args[0])
                yield Marked(
                    number, f"{name}::{node.name}", said.get("twin", ""), said.get("seen_red", "")
                )


def _calls(node: ast.AST) -> list[ast.Call]:
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.attack"
    ]


def _row(case: Case, marked: Sequence[Marked]) -> str:
    tests = dict.fromkeys(_short(each.test) for each in marked if not each.twin)
    red = [f"{_short(each.test)}: {each.twin}" for each in marked if each.twin]
    red += [f"by hand: {each.seen_red}" for each in marked if each.seen_red]
    cells = (str(case.number), case.attack, case.expected, "<br>".join(tests), "<br>".join(red))
    return "| " + " | ".join(cell.replace("|", "\\|") or "-" for cell in cells) + " |\n"


def _short(test: str) -> str:
    file, name = test.split("::")
    return f"`{file.removeprefix('tests/')}` {name.removeprefix('test_').replace('_', ' ')}"
