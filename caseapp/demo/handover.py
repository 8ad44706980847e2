"""How a child was moved: transfers that match the stays, handovers, and who was responsible."""

from itertools import pairwise
from typing import Any

from caseapp.demo import figures
from caseapp.demo.cast import Document, Location
from caseapp.demo.staff import responsible_organisation
from caseapp.demo.stage import ENTRANCE, NIDOS, QUIET, Life, Stage, Stay
from caseapp.demo.texts import PROMISES, TERM_REASON
from caseapp.domain.codes import PlacementKind

LONGEST_NOTICE = 45
LATELY = 21  # days in which a handover may still wait for its acceptance
REASONS = {
    PlacementKind.POL: "procedure_step",
    PlacementKind.POA: "procedure_step",
    PlacementKind.AZC: "procedure_step",
    PlacementKind.GLO: "rejected",
    PlacementKind.DSL: "status_holder_housing",
    PlacementKind.GEM: "status_holder_housing",
    PlacementKind.BO: "protection_indication",
    PlacementKind.KWV_AZC: "age",
    PlacementKind.NIDOS_FAM: "small_scale_placement",
    PlacementKind.NIDOS_KWG: "permit_to_nidos",
    PlacementKind.NIDOS_KWE: "permit_to_nidos",
}


def placement(stage: Stage, stay: Stay, number: int) -> Document:
    """Write a stay."""
    place = stay.place
    written: Document = {
        "id": f"p{number}",
        "location": place.name,
        "kind": place.kind.value,
        "operator": place.operator.value,
        "municipality": place.municipality,
        "region": place.region.value,
        "from": stage.days.iso(stay.start),
        "reason": _reason(place, number),
    }
    if place.group_size is not None:
        written["group_size"] = place.group_size
    if stay.end is not None:
        written["to"] = stage.days.iso(stay.end)
    return written


def _reason(place: Location, number: int) -> str:
    if number == 1:
        return "first_reception"
    return REASONS.get(place.kind, "capacity" if number % 2 else "location_closes")


def notice_days(stage: Stage) -> int:
    """Draw how many days before a move it was announced."""
    drawn = stage.dice.lognormal(figures.NOTICE_MEDIAN, figures.NOTICE_SIGMA)
    return min(int(drawn), LONGEST_NOTICE)


def moves(stage: Stage, life: Life, elder: list[Document]) -> list[Document]:
    """Write an arrived transfer for every move; the handover of a late one may be open.

    `elder` holds those of a brother or sister: who moved together has one story.
    """
    stays = life.stays
    shared = {(each["planned_on"], each["to_location"]): each for each in elder}
    written: list[Document] = []
    for number, (left, came) in enumerate(pairwise(stays), 1):
        same = shared.get((stage.days.iso(came.start), came.place.name))
        if same is None:
            written.append(_arrived(stage, life, left, came, number))
        else:
            written.append({**same, "id": f"t{number}", "handover": dict(same["handover"])})
    if written and not elder and accepted(written[-1]) and stage.dice.chance(0.04):
        written.append(_cancelled(stage, life))
    return written


def accepted(transfer: Document) -> bool:
    """Say whether the receiving side has accepted the handover."""
    return "acknowledged_on" in transfer["handover"]


def _arrived(stage: Stage, life: Life, left: Stay, came: Stay, number: int) -> Document:
    dice, iso, day = stage.dice, stage.days.iso, came.start
    announced = max(left.start, day - notice_days(stage))
    handover: dict[str, Any] = {"sent_on": iso(max(announced, day - dice.between(1, 5)))}
    late = came.end is None and day > stage.now - LATELY and came.place.region != QUIET
    if not (late and dice.chance(figures.UNACCEPTED)):
        handover["acknowledged_on"] = iso(max(announced, day - dice.between(0, 2)))
        if left.place.kind not in ENTRANCE:
            handover["items"] = _items(stage, life, open_one=came.end is None)
    return {
        "id": f"t{number}",
        "from_location": left.place.name,
        "to_location": came.place.name,
        "announced_on": iso(announced),
        "planned_on": iso(day),
        "arrived_on": iso(day),
        "status": "arrived",
        "reason": _reason(came.place, number + 1),
        "term_time_reason": TERM_REASON,
        "handover": handover,
    }


def _items(stage: Stage, life: Life, *, open_one: bool) -> list[Document]:
    topics = ["contact", "wish_of_child"]
    if life.turns(5) <= stage.now:
        topics[1] = "school"
    if life.alone:
        topics.append("guardian_visit")
    items = [
        {"id": f"i{number}", "topic": topic, "text": PROMISES[topic], "outcome": "continues"}
        for number, topic in enumerate(topics, 1)
    ]
    if open_one and stage.dice.chance(0.06):
        del items[-1]["outcome"]
    return items


def _cancelled(stage: Stage, life: Life) -> Document:
    last, iso = life.last, stage.days.iso
    day = stage.days.weekday(max(last.start + 6, stage.now - stage.dice.between(5, 60)))
    to = stage.place(PlacementKind.NO, youth=life.alone, other=last.place)
    return {
        "id": "t90",
        "from_location": last.place.name,
        "to_location": to.name,
        "announced_on": iso(min(stage.now, max(last.start, day - 8))),
        "planned_on": iso(day),
        "status": "cancelled",
        "reason": "capacity",
    }


def planned(stage: Stage, here: Location, to: Location, announced: int, day: int) -> Document:
    """Write a transfer that is still to come, its handover not yet sent."""
    iso = stage.days.iso
    return {
        "id": "t91",
        "from_location": here.name,
        "to_location": to.name,
        "announced_on": iso(announced),
        "planned_on": iso(day),
        "status": "planned",
        "reason": "capacity",
    }


def responsible(stage: Stage, life: Life, transfers: list[Document]) -> list[Document]:
    """Write who was responsible: the contact person of each place, from the day of accepting on.

    A handover not accepted leaves it with the sender. Fills `life.responsible`.
    """
    stays = life.stays
    open_end = stays[-1].end
    if len(stays) > 1:
        latest = next(each for each in transfers if each["id"] == f"t{len(stays) - 1}")
        if not accepted(latest):
            stays = [*stays[:-2], Stay(stays[-2].place, stays[-2].start, open_end)]
    # With the last one it stays even when the child is missing: somebody is always responsible.
    stays = [*stays[:-1], Stay(stays[-1].place, stays[-1].start)]
    written = [_worker(stage, life, stay, number) for number, stay in enumerate(stays, 1)]
    quiet = life.last.place.region == QUIET
    if open_end is None and not quiet and stage.dice.chance(figures.NOBODY_RESPONSIBLE):
        left = stage.now - stage.dice.between(1, 6)
        if left > stays[-1].start:
            written[-1]["to"] = stage.days.iso(left)
    return written


def _worker(stage: Stage, life: Life, stay: Stay, number: int) -> Document:
    place = stay.place
    key, role = stage.contact(place, life.family or life.number), "cpk"
    if place.kind in NIDOS and life.guardians:
        key, role = str(next(reversed(life.guardians.values()))), "guardian"
    record = f"r{number}"
    life.responsible[record] = key
    written: Document = {
        "id": record,
        "name": stage.names[key],
        "role": role,
        "organisation": responsible_organisation(place.operator).value,
        "from": stage.days.iso(stay.start),
    }
    if stay.end is not None:
        written["to"] = stage.days.iso(stay.end)
    return written
