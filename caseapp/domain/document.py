"""The dossier document: a child's facts as JSON, and back (rules.md 3)."""

from typing import Final, cast

from caseapp.domain.confidential import without_towns
from caseapp.domain.facts import Dossier
from caseapp.domain.json_text import JsonTextError, read_json
from caseapp.domain.readers import DocumentError, pairs
from caseapp.domain.shapes import DOSSIER

__all__ = ["FORMAT", "DocumentError", "load", "parse", "write"]

FORMAT: Final = "caseapp-dossier/1"


def load(data: bytes) -> Dossier:
    """Read a dossier from JSON in UTF-8; raises DocumentError with the path and a sentence."""
    try:
        return parse(read_json(data))
    except JsonTextError as error:
        raise DocumentError("", str(error)) from None


def parse(value: object) -> Dossier:
    """Read a dossier from a decoded document; raises DocumentError with the path and a sentence."""
    given = dict(pairs(value))
    if "format" not in given:
        raise DocumentError("format", "This is missing.")
    written = given.pop("format")
    if type(written) is not str or written != FORMAT:
        raise DocumentError("format", f"This must be {FORMAT}.")
    return cast("Dossier", DOSSIER.read(given))


def write(dossier: Dossier) -> dict[str, object]:
    """Return the document of a dossier; what is unknown or empty is left out, and towns of secret places."""
    return {"format": FORMAT} | DOSSIER.write(without_towns(dossier))
