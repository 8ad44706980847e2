"""Languages: Dutch first, English complete; which one a page is in, and who decides."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale
from flask_babel.speaklater import LazyString

from caseapp.settings import ROOT

Words: TypeAlias = str | LazyString
"""Text for people: ready, or translated at the moment it is shown."""

DEFAULT: Final = "nl"
LANGUAGES: Final = ("nl", "en")
NAMES: Final = {"nl": "Nederlands", "en": "English"}
"""Each language in its own words, so that its speakers find it."""

CATALOGUES: Final = ROOT / "config" / "words"
KEY: Final = "language"


def wire_languages(
    app: Flask, account_language: Callable[[], str | None], catalogues: Path = CATALOGUES
) -> Babel:
    """Connect the catalogues; `account_language` tells what the signed-in person chose before."""

    def select() -> str:
        if not has_request_context():
            return DEFAULT
        return choose(
            session.get(KEY), account_language(), request.accept_languages.best_match(LANGUAGES)
        )

    return Babel(  # type: ignore[no-untyped-call]
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(catalogues),
        locale_selector=select,
    )


def choose(*wishes: str | None) -> str:
    """Return the first wish that is a language of ours, else Dutch."""
    return next((wish for wish in wishes if wish in LANGUAGES), DEFAULT)


def remember(language: str) -> None:
    """Keep the language for this session; a language that we do not have changes nothing."""
    if language in LANGUAGES:
        session[KEY] = language


def language() -> str:
    """Return the code of the language of this page."""
    locale = get_locale()
    return DEFAULT if locale is None else str(locale.language)
