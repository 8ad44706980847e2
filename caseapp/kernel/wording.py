"""The text of a mail: a template of one subject line and a body, in the language of who reads it."""

from functools import cache
from typing import Final

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caseapp.kernel.mail import Text
from caseapp.settings import ROOT

TEMPLATES: Final = ROOT / "templates" / "mail"
CATALOGUES: Final = ROOT / "config" / "words"
ENGLISH: Final = "en"
"""The language of the message ids: it needs no catalogue."""


def text_of(name: str, language: str, **values: object) -> Text:
    """Return what the mail of this name says; its first line is the subject."""
    page = _environment(language).get_template(f"{name}.txt").render(**values)
    subject, _line, body = page.partition("\n")
    return Text(subject.strip(), body.strip() + "\n", language)


@cache
def _environment(language: str) -> Environment:
    """Make the templates of one language; values are put in as they are, for a mail is no page."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (plain text; numbers and our own address only)
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = Translations.load(CATALOGUES, [] if language == ENGLISH else [language])
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    return made
