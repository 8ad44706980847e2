"""Says which alert an address is about, and whether you may see it or do something with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.queries import Listed
from caseapp.domain.gaps import Lack
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child, the_open_child
from caseapp.reference import queries as reference
from caseapp.web.gap_words import BY_SLUG

if TYPE_CHECKING:
    from caseapp.continuity.models import Alert, LoadAlert
    from caseapp.reference.models import Location


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """An alert of a child, as this actor may see both."""

    child: Sight
    alert: Listed


@dataclass(frozen=True, slots=True)
class AlertInHand:
    """An alert with which this actor may do something: the whole file of the child is open."""

    child: Sight
    row: "Alert"


def the_alert(work: Work, child_id: UUID, alert_id: UUID) -> AlertSeen | None:
    """Return an alert of a child in scope, or one that this actor was told of."""
    child = the_child(work, child_id)
    alert = queries.one_of(work, child, alert_id) if child is not None else None
    return AlertSeen(child, alert) if child is not None and alert is not None else None


def the_alert_in_hand(work: Work, child_id: UUID, alert_id: UUID) -> AlertInHand | None:
    """Return an alert of a child whose whole file is open, for whatever writes."""
    child = the_open_child(work, child_id)
    row = queries.alert(work, child_id, alert_id) if child is not None else None
    return AlertInHand(child, row) if child is not None and row is not None else None


@dataclass(frozen=True, slots=True)
class LimitAt:
    """A number of a rule, as it holds today."""

    rule: str
    name: str
    number: int
    by_lodging: bool


def the_limit(work: Work, rule: str, name: str) -> LimitAt | None:
    """Return a limit by its rule and its name; limits are about nobody, so all are in scope."""
    number = work.limits.on(work.today).get(rule, {}).get(name)
    if number is None:
        return None
    by_lodging = any(block.by_lodging for block in work.limits.blocks if block.rule == rule)
    return LimitAt(rule, name, number, by_lodging)


def the_load(work: Work, load_id: UUID) -> "LoadAlert | None":
    """Return an alert over many children of the desks of this actor."""
    return queries.load_alert(work, load_id)


def the_lack(_work: Work, slug: str) -> Lack | None:
    """Return the fact that an address names; whose children lack it follows from the scope of the list."""
    return BY_SLUG.get(slug)


def the_place(work: Work, location_id: UUID) -> "Location | None":
    """Return a location of this actor: by right, or because a child in scope lives there."""
    place = reference.location(work, location_id)
    if place is None or not reference.knows(work, place):
        return None
    actor = work.actor
    mine = actor.is_national or place.id in actor.location_ids or place.region in actor.regions
    return place if mine or queries.any_lives_at(work, place.id) else None
