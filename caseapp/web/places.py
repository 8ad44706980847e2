"""Choosing a location in a form: names under the name of their region."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from caseapp.domain.codes import Region
from caseapp.web.choices import Option
from caseapp.web.labels import REGIONS


@dataclass(frozen=True, slots=True)
class Place:
    """A location under the name that the reader may know."""

    id: UUID
    name: str
    region: str


class NamedPlace(Protocol):
    """A location, as far as a list to choose from needs it."""

    @property
    def id(self) -> UUID:
        """Return the key."""

    @property
    def name(self) -> str:
        """Return the name."""

    @property
    def region(self) -> str:
        """Return the code of the region."""


def location_options(places: Iterable[NamedPlace]) -> list[Option]:
    """Return locations to choose from, in regions; within one, in the order given."""
    ordered = sorted(places, key=attrgetter("region"))
    return [Option(str(one.id), one.name, group=REGIONS[Region(one.region)]) for one in ordered]
