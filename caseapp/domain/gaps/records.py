"""What can be missing in the records of a child, and how each could be filled in."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from caseapp.domain.calendar import covers
from caseapp.domain.care_codes import EndReason, SchoolType
from caseapp.domain.case import ended
from caseapp.domain.codes import PlacementKind, Region
from caseapp.domain.facts import CareLine, Placement, SchoolRecord
from caseapp.domain.gaps.child import ELSEWHERE
from caseapp.domain.gaps.lack import Filled, Filling, Look

LARGEST_GROUP: Final = 10_000
NEAR_A_MOVE_DAYS: Final = 14
"""Care that ended so near to a move may have been broken off by it (product.md 2)."""

_NO_LESSONS: Final = frozenset({SchoolType.VVE, SchoolType.EXEMPT})
_ANY_PLACE: Final = (PlacementKind.TGO, PlacementKind.POA)
"""Of all kinds of places those about which some rule says most."""


def place(look: Look) -> Filling:
    """Let a minor who was never anywhere, and is not known to be elsewhere, live in reception."""
    case = look.case
    if case.placements or not case.minor:
        return
    if any(covers(one.start, one.end, look.today) for one in case.whereabouts):
        return
    for kind in _ANY_PLACE:
        stay = _stay(kind, case.first_arrival or look.earliest, None, Region.MIDDEN)
        yield Filled(replace(look.dossier, placements=(*look.dossier.placements, stay)))


def earlier_place(look: Look) -> Filling:
    """Let a child that came into reception before its first stay on record have lived elsewhere till then."""
    stays, arrived = look.case.placements, look.case.first_arrival
    if stays and arrived is not None and arrived < stays[0].start:
        stay = _stay(PlacementKind.TGO, arrived, stays[0].start, stays[0].region)
        yield Filled(replace(look.dossier, placements=(stay, *look.dossier.placements)))


def _stay(kind: PlacementKind, start: date, end: date | None, region: Region) -> Placement:
    return Placement(ELSEWHERE, ELSEWHERE, kind, "", region, start, end)


def group_size(look: Look) -> Filling:
    """Let the group where an unaccompanied minor lives be as large as it can be."""
    here = look.case.current
    if here is not None and here.group_size is None and look.case.alone:
        yield _changed(look, "placements", here.id, group_size=LARGEST_GROUP)


def announced_day(look: Look) -> Filling:
    """Let a move of which only a list told be announced today, or on its own day when that is past."""
    for transfer in look.case.underway:
        if transfer.id in look.beside.guessed:
            told = min(look.today, transfer.planned_on)
            yield _changed(look, "transfers", transfer.id, announced_on=told)


def school_start(look: Look) -> Filling:
    """Let lessons have begun with the enrolment, else as early as they can have; a waiting list has none."""
    for record in look.case.school:
        if record.attending_from is None and record.type not in _NO_LESSONS and not _waits(record):
            first = record.enrolled_on or look.earliest
            yield _changed(look, "school", record.id, attending_from=first)


def _waits(record: SchoolRecord) -> bool:
    return record.waiting_list_since is not None and record.enrolled_on is None


def care_start(look: Look) -> Filling:
    """Let care have started of which we know that it is given: the child was seen, or has medicine."""
    for line in look.case.care:
        if line.started_on is None and not ended(line, look.today) and _is_given(line):
            first = min(line.contacts_on, default=line.referred_on)
            yield _changed(look, "care", line.id, started_on=first)


def _is_given(line: CareLine) -> bool:
    return bool(line.contacts_on) or line.medication_until is not None


def care_end_reason(look: Look) -> Filling:
    """Let care that ended near a move, nobody said why, have been broken off by it."""
    for line in look.case.care:
        day = line.ended_on
        if day is None or line.end_reason is not None:
            continue
        if any(abs((move.day - day).days) <= NEAR_A_MOVE_DAYS for move in look.case.moves):
            yield _changed(look, "care", line.id, end_reason=EndReason.MOVED)


def action_day(look: Look) -> Filling:
    """Let what was agreed have had to be done on the day of the observation."""
    for seen in look.case.observations:
        action = seen.action
        if action is not None and action.due_on is None and action.done_on is None:
            agreed = replace(action, due_on=seen.on)
            yield _changed(look, "observations", seen.id, action=agreed)


def _changed(look: Look, records: str, key: str, **known: Any) -> Filled:
    """Return the dossier with more known of one record."""
    every = getattr(look.dossier, records)
    changed = tuple(replace(one, **known) if one.id == key else one for one in every)
    lists: dict[str, Any] = {records: changed}
    return Filled(replace(look.dossier, **lists), key)
