"""Languages: Dutch first, English complete; which one a page is in, and who decides."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale
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


class PageWords(Domain):
    """The catalogue of a page, found once for all its hundreds of words: a page is in one language."""

    def get_translations(self) -> Translations | NullTranslations:
        """Return the catalogue in the language of this page; outside a page the words as they are."""
        find: Callable[[], Translations | NullTranslations] = super().get_translations
        if not has_app_context():
            return find()
        if "words" not in g:
            g.words = find()
        return cast("Translations | NullTranslations", g.words)


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

    babel = Babel(  # type: ignore[no-untyped-call]
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(catalogues),
        locale_selector=select,
    )
    words: Any = PageWords()  # type: ignore[no-untyped-call]
    babel.domain_instance = words
    install: Any = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(
        gettext=lambda text: words.get_translations().ugettext(text),
        ngettext=lambda one, more, n: words.get_translations().ungettext(one, more, n),
        newstyle=True,
    )
    return babel


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
