"""Who comes and who goes, as a few lines beside Today."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from caseapp.domain.codes import TransferStatus
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.moves.queries import Wanted
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import name_and_age
from caseapp.web.filters import day_near
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer

SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Journey:
    """A move that is not over: "Tomorrow comes", who, from where, and how far the plan is."""

    when: Words
    who: str
    place: Words
    href: str
    note: Words = ""


def journeys(work: Work) -> tuple[list[Journey], int]:
    """Return the first moves at the reader's places, and how many there are."""
    if not work.actor.may(Permission.MOVE_READ):
        return [], 0
    found = moves.listing(work, Wanted(), 1, SHOWN)
    cards = people.cards(work, [row.child_id for row in found.rows])
    places = reference.locations_of(
        work, [end for row in found.rows for end in (row.from_location_id, row.to_location_id)]
    )
    work.saw("list-moves", list(cards))
    return [_journey(work, row, places, cards.get(row.child_id)) for row in found.rows], found.total


def _journey(work: Work, row: "Transfer", places: Any, card: Any) -> Journey:
    """Return one move as its row shows it."""
    ends = {
        key: reference.name_of(work, places[key])
        for key in (row.from_location_id, row.to_location_id)
        if key
    }
    way = _way(work, row, {key: place.region for key, place in places.items()})
    return Journey(
        when=_when(way, row, work),
        who=name_and_age(card, work.today),
        place=_place(way, row, ends),
        href=url_for("moves.transfer", child_id=row.child_id, transfer_id=row.id),
        note=_("Planned, not confirmed yet") if row.status == TransferStatus.PLANNED else "",
    )


def _way(work: Work, row: "Transfer", regions: dict[UUID, str]) -> str:
    """Say whether the child comes to, or goes from, where the reader works; else it just moves."""
    own, at = set(work.actor.location_ids), set(work.actor.regions)

    def is_ours(end: UUID | None) -> bool:
        return end is not None and (end in own or regions.get(end) in at)

    comes, goes = is_ours(row.to_location_id), is_ours(row.from_location_id)
    if comes == goes:
        return "moves"
    return "comes" if comes else "goes"


def _when(way: str, row: "Transfer", work: Work) -> str:
    day = day_near(row.planned_on, work.today)
    said = {
        "comes": _("%(day)s comes", day=day),
        "goes": _("%(day)s goes", day=day),
        "moves": _("%(day)s moves", day=day),
    }[way]
    return said[:1].upper() + said[1:]


def _place(way: str, row: "Transfer", ends: dict[UUID, str]) -> str:
    left = ends.get(row.from_location_id, "") if row.from_location_id else ""
    goes_to = ends.get(row.to_location_id, "") if row.to_location_id else ""
    if way == "comes" and left:
        return _("from %(place)s", place=left)
    return _("to %(place)s", place=goes_to) if goes_to else ""
