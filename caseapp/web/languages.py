"""The names of languages, in the language of the page."""

from collections.abc import Iterable

from flask_babel import get_locale


def language_names(codes: Iterable[str]) -> str:
    """Return "Tigrinya, Arabic" for ISO 639 codes; a code that has no name stays as it is."""
    locale = get_locale()
    known = locale.languages if locale is not None else {}
    return ", ".join(str(known.get(code, code)) for code in codes)
