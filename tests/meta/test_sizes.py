"""Files and functions stay small enough to read, and names say what is inside (A4)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.meta.tree import PACKAGE

LONGEST_FILE = 300
LONGEST_FUNCTION = 25
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "service"}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body, without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def too_large(package: Path) -> Iterator[str]:
    """Yield each file, function and name that breaks the measure."""
    for path in sorted(package.rglob("*.py")):
        where = path.relative_to(package.parent)
        text = path.read_text("utf-8")
        if (count := len(text.splitlines())) > LONGEST_FILE:
            yield f"{where}: {count} lines"
        if path.stem in NAMES_THAT_SAY_NOTHING or path.parent.name in NAMES_THAT_SAY_NOTHING:
            yield f"{where}: the name says nothing"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = lines_of(node)
                if size > LONGEST_FUNCTION:
                    yield f"{where}:{node.lineno} {node.name}: {size} lines"


def test_files_and_functions_are_small() -> None:
    assert list(too_large(PACKAGE)) == []


def test_what_is_too_large_is_seen_and_what_just_fits_is_not(tmp_path: Path) -> None:
    def write(name: str, text: str) -> None:
        (tmp_path / "twin").mkdir(exist_ok=True)
        (tmp_path / "twin" / name).write_text(text, "utf-8")

    body = "    x = 1\n"
    write("fits.py", "y = 1\n" * LONGEST_FILE)
    write("grew.py", "y = 1\n" * (LONGEST_FILE + 1))
    write("utils.py", "")
    write("short.py", 'def f():\n    """Say why."""\n' + body * LONGEST_FUNCTION)
    write("long.py", "def f():\n" + body * (LONGEST_FUNCTION + 1))
    assert list(too_large(tmp_path / "twin")) == [
        "twin/grew.py: 301 lines",
        "twin/long.py:1 f: 26 lines",
        "twin/utils.py: the name says nothing",
    ]
