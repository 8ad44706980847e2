"""A made-up language that puts marks round every text, and a look for letters outside the marks."""

import re
from collections.abc import Iterator
from typing import Any, Final

import html5lib
from babel import Locale
from babel.support import NullTranslations
from flask import Flask

from caseapp.domain.confidential import HIDDEN
from tests.ground_of_rights import EMPTY, SHELTER
from tests.strict_client import HTML_NAMESPACE
from tests.world import DOCUMENTS, LOCATIONS, document

MARKED: Final = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
CODES: Final = re.compile(r"Staff \w+|[\w.]+@example\.org|\b[A-Z]{3,4}-\d\b|\b\d{4}_\w+")
"""People of the world, rules by their code, and steps of the database by their name."""

TOLD: Final = ("placeholder", "aria-label", "title", "alt")
"""Attributes that people hear or read."""

SAME_EVERYWHERE: Final = {"Nederlands", "English", "Caseapp", "COA", "GZA", "SQLite", "PostgreSQL"}
"""The names of the languages in their own words, of the house, of organisations and programs."""

NO_WORDS: Final = {"script", "style", "code", "pre", "kbd"}
"""What is for machines, or to be typed as it stands."""


class Pseudo(NullTranslations):
    """Translations that mark every text instead of translating it."""

    def gettext(self, message: str) -> str:
        """Mark a text."""
        return f"⟦{message}⟧"

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """Mark the form of a text that goes with a number."""
        return f"⟦{singular if num == 1 else plural}⟧"

    def pgettext(self, context: str, message: str) -> str:
        """Mark a text with a context."""
        return f"⟦{message}⟧"

    def npgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        """Mark the form of a text with a context that goes with a number."""
        return self.ngettext(singular, plural, num)

    ugettext, ungettext, upgettext, unpgettext = gettext, ngettext, pgettext, npgettext  # type: ignore[assignment]


def speak(app: Flask) -> None:
    """Let an application speak the made-up language in place of Dutch."""
    with app.app_context():
        app.extensions["babel"].instance.domain_instance.cache["nl", "messages"] = Pseudo()


def be_silent(app: Flask) -> None:
    """Let an application speak Dutch again."""
    with app.app_context():
        app.extensions["babel"].instance.domain_instance.cache.clear()


def data_of_the_world() -> list[str]:
    """Return every text that is data and no words of ours, the longest first."""
    found = {value for path in DOCUMENTS.glob("*.json") for value in _texts(document(path.stem))}
    found |= {
        word for one in (*LOCATIONS, EMPTY) for word in (one.code, one.name, one.municipality)
    }
    found |= {
        "De Regenboog",
        SHELTER,
        "Zqxtogether",
        "Zqxglass of the police who called here",
        "Zqxstatement about the school",
        "Zqxphone",
        "phone",
        HIDDEN,
        "99ZZ",
        "Zqxpromise of a swing",
        "Zqxgiven",
        "Zqxsaid",
        "Zqxanswer",
        "test",
        "list.csv",
        "Samira Haddad",
        "De Eik",
        "GM0114",
    } | SAME_EVERYWHERE
    found |= {name for code, name in Locale("nl").languages.items() if code in found}
    return sorted((one for one in found if LETTERS.search(one)), key=len, reverse=True)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and "_" not in value:
        yield value


def outside(html: str, data: list[str]) -> list[str]:
    """Return the words of a page that stand outside the marks and are no data."""
    pieces = [" ".join(_spoken(html5lib.parse(html))), *_attributes(html)]
    found = []
    for piece in pieces:
        text = CODES.sub(" ", piece)
        while MARKED.search(text):
            text = MARKED.sub(" ", text)
        for word in data:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text)
        found += LETTERS.findall(text)
    return found


def _spoken(element: Any) -> Iterator[str]:
    name = str(element.tag).removeprefix(HTML_NAMESPACE)
    if name not in NO_WORDS and isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _spoken(child)
            yield child.tail or ""


def _attributes(html: str) -> Iterator[str]:
    for element in html5lib.parse(html).iter():
        for name in TOLD:
            if value := element.get(name):
                yield value
