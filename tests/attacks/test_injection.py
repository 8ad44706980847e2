"""Texts that want to be code: for a database, browser, template, sheet, pattern (attacks 1 to 5, 14)."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any, Final

import html5lib
import pytest
from flask import Flask
from jinja2 import Environment
from sqlalchemy import inspect

from caseapp.kernel.machine import Machine
from caseapp.settings import ROOT
from caseapp.web import sheets
from tests.strict_client import HTML_NAMESPACE, StrictClient

As = Callable[..., StrictClient]
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

SQL: Final = (
    "'",
    "''",
    "' OR '1'='1",
    "1; DROP TABLE child",
    "') OR 1=1 --",
    "%",
    "_",
    "\\",
    "1 UNION SELECT 1",
    "' AND SLEEP(5) --",
    "'||pg_sleep(5)||'",
    "${1}",
    ":name",
    "?",
    "/*",
    '"',
)
HTML: Final = (
    "<script>zqx()</script>",
    '"><img src=x onerror=zqx()>',
    "'><svg/onload=zqx()>",
    "</title><script>zqx()",
    "javascript:zqx()",
    "</textarea><script>zqx()</script>",
    "<!--",
    "]]>",
    '" autofocus onfocus=zqx() x="',
    "{{7*7}}",
    "{% for x in y %}",
    "${7*7}",
    "%(name)s",
    "{0.__class__}",
    "&lt;b&gt;",
    "\u2028zqx",
)
SEARCHED: Final = "/kinderen/zoeken"


@pytest.mark.attack(1)
@pytest.mark.asvs("1.2.4", "1.2.9")
def test_what_is_asked_for_is_never_a_statement(as_: As, house: Machine) -> None:
    client = as_("coordinator")
    asked = {"/kinderen": "locatie", "/signaleringen": "stuk", "/verhuizingen": "richting"}
    for number, word in enumerate(SQL):
        assert client.post(SEARCHED, {"q": word}).status_code in {200, 400}
        path, name = list(asked.items())[number % len(asked)]
        answer = client.client.get(path, query_string={name: word})
        assert answer.status_code in {200, 303, 400, 404}
    assert inspect(house.engine).has_table("child")


def built_statements(root: Path) -> Iterator[str]:
    """Yield where a statement is put together from text and values."""
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "text":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.JoinedStr | ast.BinOp):
                    yield f"{file.relative_to(root)}:{node.lineno}"


SLICES: Final = tuple(
    each.parent.name for each in sorted((ROOT / "caseapp").glob("*/views.py"))
) + tuple(each.parent.name for each in sorted((ROOT / "caseapp").glob("*/views")))


@pytest.mark.attack(1)
@pytest.mark.asvs("1.2.4")
def test_no_page_puts_a_statement_together() -> None:
    assert len(SLICES) > 10
    assert [one for name in SLICES for one in built_statements(ROOT / "caseapp" / name)] == []


@pytest.mark.attack(1, twin="a statement is put together from what was typed")
def test_a_statement_that_is_put_together_is_seen(tmp_path: Path) -> None:
    written = "text(f\"SELECT * FROM child WHERE name = '{name}'\")\ntext('a' + name)\ntext('a')\n"
    (tmp_path / "one.py").write_text(written, "utf-8")
    assert len(list(built_statements(tmp_path))) == 2


def alive(html: str) -> list[str]:
    """Return what a browser would run on a page that our own pages never have."""
    found = []
    for element in html5lib.parse(html).iter():
        name = str(element.tag).removeprefix(HTML_NAMESPACE)
        found += [f"{name} {key}" for key in element.keys() if str(key).startswith("on")]  # noqa: SIM118
        found += [
            "link" for key in ("href", "src") if (element.get(key) or "").startswith("javascript:")
        ]
        if name == "script" and not element.get("src"):
            found.append("script")
        if name == "img" and element.get("src") == "x":
            found.append("img")
    return found


@pytest.mark.attack(2)
@pytest.mark.attack(3)
@pytest.mark.attack(4)
@pytest.mark.asvs("1.2.1", "1.2.2", "1.2.3", "1.1.2", "1.3.7", "1.3.10", "3.2.2")
@ON_SQLITE
def test_what_was_typed_is_shown_as_it_was_typed_and_runs_nowhere(as_: As) -> None:
    client = as_("coordinator")
    for word in HTML:
        answer = client.post(SEARCHED, {"q": word})
        assert answer.status_code in {200, 400}
        assert alive(answer.text) == []
        assert "49" not in re.findall(r'value="(49)"', answer.text)


@pytest.mark.attack(2, twin="a page does not escape what was typed")
@ON_SQLITE
def test_a_page_that_does_not_escape_is_seen(
    as_: As, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh: Any = app.jinja_env.overlay(autoescape=False)
    shown = fresh.from_string('<p>{{ word }}</p><a href="{{ word }}">x</a>')
    escaped = app.jinja_env.from_string("<p>{{ word }}</p>")
    assert all(alive(f"<!doctype html>{escaped.render(word=word)}") == [] for word in HTML)
    assert any(alive(f"<!doctype html>{shown.render(word=word)}") for word in HTML)


@pytest.mark.attack(4, twin="what was typed is a template")
def test_a_text_that_is_a_template_would_be_worked_out() -> None:
    plain = Environment(autoescape=True)
    assert plain.from_string("{{ word }}").render(word="{{7*7}}") == "{{7*7}}"
    assert plain.from_string("{{7*7}}").render() == "49"


def formulas(texts: tuple[str, ...]) -> list[str]:
    """Return the texts that a program of sheets takes for a formula."""
    return [one for one in texts if sheets.harmless(one)[0] in sheets.ACTS]


ACTING: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")


@pytest.mark.attack(5)
@pytest.mark.asvs("1.2.10")
def test_no_text_acts_in_a_sheet() -> None:
    assert formulas(ACTING) == []


@pytest.mark.attack(5, twin="a text is put into a cell as it is")
def test_a_text_as_it_is_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "harmless", lambda words: words)
    assert formulas(ACTING) == list(ACTING)


def patterns(root: Path) -> Iterator[str]:
    """Yield every pattern that our code compiles."""
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


LONG: Final = tuple(sign * 20_000 + "!" for sign in ("a", "1", "-", " ", '"', ".", "=", "0 ", "a@"))


def slow(pattern: str, texts: tuple[str, ...] = LONG) -> bool:
    """Say whether a pattern needs more than half a second for some long text."""
    compiled = re.compile(pattern)
    begun = process_time()
    for one in texts:
        compiled.match(one)
    return process_time() - begun > 0.5


@pytest.mark.attack(14)
@pytest.mark.asvs("1.3.12")
def test_no_pattern_of_ours_takes_long_over_a_long_text() -> None:
    ours = set(patterns(ROOT / "caseapp"))
    assert len(ours) > 20
    assert [one for one in ours if slow(one)] == []


@pytest.mark.attack(14, twin="a pattern that repeats a repetition")
def test_a_pattern_that_takes_long_is_seen() -> None:
    assert slow("(a+)+$", ("a" * 26 + "!",))
