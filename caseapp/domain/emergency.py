"""Looking into a file beside the own scope when a child cannot wait: who may, for how long, and who judges.

The table NEIGHBOURS is the rule of security.md 3.2 worked out: an emergency is next door, never across the
country, and whoever sees every child already has no use for it.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from caseapp.domain.codes import Region
from caseapp.domain.policy import Actor, Role

LASTS: Final = timedelta(hours=3)
SHORTEST_REASON: Final = 20
"""Characters: a reason that says something."""

REVIEW_DAYS: Final = 5
"""Working days in which somebody else judges it."""

OFTEN: Final = 3
"""More than so many by one person in seven days are told of as such."""

WEEK: Final = timedelta(days=7)


class Why(StrEnum):
    """Why somebody could not wait for those who see the child."""

    DANGER = "danger"
    MEDICAL = "medical"
    MISSING = "missing"
    AT_THE_DOOR = "at_the_door"
    NOBODY_REACHED = "nobody_reached"


class Judgement(StrEnum):
    """What the reviewer made of it."""

    RIGHT = "right"
    """It was needed."""
    ELSEWHERE = "elsewhere"
    """It was meant well, and there was another way."""
    WRONG = "wrong"
    """It was not needed: this goes on outside this system."""


TOUCHES: Final[Mapping[Region, frozenset[Region]]] = {
    Region.NOORD: frozenset({Region.NOORD, Region.MIDDEN}),
    Region.MIDDEN: frozenset({Region.NOORD, Region.MIDDEN, Region.ZUID}),
    Region.ZUID: frozenset({Region.MIDDEN, Region.ZUID}),
}
"""Which regions lie next to which; a region lies next to itself."""


def is_next_door(
    actor: Actor, own_regions: frozenset[str], region: str | None, *, has_guardian: bool
) -> bool:
    """Say whether somebody's own scope lies next to a child that lives in this region.

    `own_regions`: for a contact person those of the own locations, for a coordinator those of the own
    rights. A contact person: a child of another place in the same region. A coordinator of a region: a
    child of a region that touches it. The guardians' team leader and a guardian: a child that has a
    guardian, or had one (guardians work across the country and answer for one another). National: never.
    """
    if actor.is_national or region is None:
        return False
    if actor.role is Role.GUARDIAN or actor.is_guardianship_desk:
        return has_guardian
    if actor.role is Role.CPK:
        return region in own_regions
    if actor.role is Role.COORDINATOR:
        return any(Region(region) in TOUCHES[Region(own)] for own in own_regions)
    return False
