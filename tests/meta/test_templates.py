"""Templates compile, are used, import what they call, and hold no script, style or raw text (P5)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, TemplateSyntaxError

from caseapp.web.errors import PAGES
from tests.meta.tree import PACKAGE, ROOT

FOLDER = ROOT / "templates"
IMPORT = re.compile(r"{%-?\s*from\s+\"([^\"]+)\"\s+import\s+([^%]+?)(?:\s+with context)?\s*-?%}")
NAMED = re.compile(r"\"([\w/.-]+\.html)\"")
FORBIDDEN = {
    "text that is not escaped": re.compile(r"\|\s*safe\b|{%-?\s*autoescape"),
    "a script in the page": re.compile(
        r"<script(?![^>]*\bsrc=)|\bon[a-z]+=\"|javascript:", re.IGNORECASE
    ),
    "style in the page": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "an attribute without quotes": re.compile(r"\s(?:href|src|action|value|class|id)={{"),
    "settings": re.compile(r"{{\s*config\b"),
    "something from another house": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE),
}


def names(folder: Path) -> dict[str, str]:
    """Return the text of every template by its name."""
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


def broken(environment: Environment, templates: dict[str, str]) -> Iterator[str]:
    """Yield each template that does not compile."""
    for name, text in templates.items():
        try:
            environment.parse(text, name)
        except TemplateSyntaxError as error:
            yield f"{name}: {error}"


def unused(templates: dict[str, str], package: Path) -> set[str]:
    """Return the templates that no view and no other template names."""
    named = {f"errors/{status}.html" for status in PAGES}
    for text in templates.values():
        named.update(NAMED.findall(text))
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    return set(templates) - named


def idle_imports(templates: dict[str, str]) -> Iterator[str]:
    """Yield each macro that a template imports and never calls."""
    for name, text in templates.items():
        for source, wanted in IMPORT.findall(text):
            rest = IMPORT.sub("", text)
            for one in wanted.split(","):
                called = one.strip().split(" as ")[-1].strip()
                if not re.search(rf"\b{called}\s*\(", rest):
                    yield f"{name}: {called} of {source}"


def forbidden(templates: dict[str, str]) -> Iterator[str]:
    """Yield what no page may hold."""
    for name, text in templates.items():
        bare = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
        yield from (f"{name}: {what}" for what, sign in FORBIDDEN.items() if sign.search(bare))


def test_templates_compile_and_are_used(built: Flask) -> None:
    templates = names(FOLDER)
    assert len(templates) > 60
    assert list(broken(built.jinja_env, templates)) == []
    assert unused(templates, PACKAGE) == set()


def test_templates_import_only_what_they_call() -> None:
    assert list(idle_imports(names(FOLDER))) == []


@pytest.mark.attack(3)
@pytest.mark.asvs("1.2.1", "1.1.2")
def test_templates_hold_no_script_no_style_and_nothing_unescaped() -> None:
    assert list(forbidden(names(FOLDER))) == []


@pytest.mark.attack(3, twin="a template with a script and an unescaped value")
def test_a_bad_template_is_noticed(built: Flask, tmp_path: Path) -> None:
    templates = {
        "a.html": '{% from "b.html" import idle, busy %}{{ busy() }}',
        "b.html": '{{ name | safe }}<p onclick="go()" class={{ x }}>{{ config.KEY }}',
        "c.html": "{% if %}",
        "lost.html": '<script>x</script><a style="x" href="https://a.example">',
    }
    assert [line.split(":")[0] for line in broken(built.jinja_env, templates)] == ["c.html"]
    (tmp_path / "views.py").write_text('A = ["a.html", "c.html"]', "utf-8")
    assert unused(templates, tmp_path) == {"lost.html"}
    assert list(idle_imports(templates)) == ["a.html: idle of b.html"]
    assert [line.split(": ")[0] for line in forbidden(templates)] == ["b.html"] * 4 + [
        "lost.html"
    ] * 3
