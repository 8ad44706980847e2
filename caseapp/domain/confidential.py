"""A place that must not be found: the words that stand for its name, and a document without its town."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from caseapp.domain.facts import Dossier

HIDDEN: Final = "vertrouwelijke plek"
"""What stands where the name of such a place would, on pages and in documents; Dutch, as names are."""

NO_TOWN: Final = "GM0000"
"""A municipality code that nobody has (CBS): the format asks for one."""

NUMBERS: Final = 10_000
"""So many numbers follow it, so that two such places are told apart."""


def hidden_name(location_id: UUID) -> str:
    """Return what is said instead of the name of a place; the same each time."""
    return f"{HIDDEN} {location_id.int % NUMBERS:04d}"


def without_towns(dossier: Dossier) -> Dossier:
    """Return a dossier whose stays at such places do not say in which municipality that was."""
    placements = tuple(
        replace(one, municipality=NO_TOWN) if one.location.startswith(HIDDEN) else one
        for one in dossier.placements
    )
    return replace(dossier, placements=placements)
