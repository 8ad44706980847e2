"""Choosing a location in a form: names under the name of their region."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Protocol
from uuid import UUID

from caseapp.domain.codes import Region
from caseapp.web.choices import Option
from caseapp.web.labels import REGIONS


class NamedPlace(Protocol):
    """A location, as far as a list to choose from needs it."""

    id: UUID
    name: str
    region: str


def location_options(places: Iterable[NamedPlace]) -> list[Option]:
    """Return locations to choose from, in regions; within one, in the order given."""
    ordered = sorted(places, key=attrgetter("region"))
    return [Option(str(one.id), one.name, group=REGIONS[Region(one.region)]) for one in ordered]
