"""Intents carried out on a snapshot, as the database carries them out on its tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.intents import (
    AddCare,
    AddChild,
    AddLocation,
    AddSchool,
    AddTransfer,
    ArriveTransfer,
    ChangeCare,
    ChangeChild,
    ChangeLocation,
    ChangeSchool,
    ChangeTransfer,
    CorrectStay,
    Intent,
    RecordUnannouncedMove,
)
from caseapp.domain.lists.known import (
    Known,
    KnownCare,
    KnownChild,
    KnownLocation,
    KnownSchool,
    KnownTransfer,
    Stay,
)


def apply_to(known: Known, intents: Iterable[Intent]) -> Known:
    """Return what we know after intents have been carried out in their order."""
    locations, children = dict(known.locations), dict(known.children)
    for intent in intents:
        if isinstance(intent, AddLocation):
            locations[intent.code] = _copied(KnownLocation, intent)
        elif isinstance(intent, ChangeLocation):
            locations[intent.code] = _changed(locations[intent.code], intent.changes)
        elif isinstance(intent, AddChild):
            children[intent.v_number] = _new_child(intent)
        else:
            children[intent.v_number] = applied(children[intent.v_number], intent)
    return Known(locations, children)


def applied(child: KnownChild, intent: Intent) -> KnownChild:
    """Return a child after something about it was carried out."""
    return _STEPS[type(intent)](child, intent)


def _copied(made: Any, intent: Intent, **given: object) -> Any:
    """Make a record of an intent: the fields that both have, and what is given."""
    there = set(intent.__dataclass_fields__)
    names = (name for name in made.__dataclass_fields__ if name in there)
    return made(**({name: getattr(intent, name) for name in names} | given))


def _changed(record: Any, changes: Mapping[str, object]) -> Any:
    return replace(record, **changes)


def _new_child(intent: AddChild) -> KnownChild:
    child: KnownChild = _copied(KnownChild, intent, stay=Stay(intent.location, intent.since))
    return child


def _card(child: KnownChild, intent: ChangeChild) -> KnownChild:
    return replace(child, **dict[str, Any](intent.changes))


def _stay(child: KnownChild, intent: CorrectStay) -> KnownChild:
    stay = child.stay
    return child if stay is None else replace(child, stay=replace(stay, since=intent.since))


def _turned_over(child: KnownChild, location: str, day: Any) -> KnownChild:
    since = None if child.stay is None else child.stay.since
    return replace(child, stay=Stay(location, day, came_from=child.place, not_before=since))


def _with_transfer(child: KnownChild, ref: str, changes: Mapping[str, object]) -> KnownChild:
    transfers = tuple(_changed(t, changes) if t.ref == ref else t for t in child.transfers)
    return replace(child, transfers=transfers)


def _arrive(child: KnownChild, intent: ArriveTransfer) -> KnownChild:
    arrived = _with_transfer(child, intent.ref, {"status": TransferStatus.ARRIVED})
    return _turned_over(arrived, intent.to_location, intent.on)


def _unannounced(child: KnownChild, intent: RecordUnannouncedMove) -> KnownChild:
    transfer = KnownTransfer(
        ref=f"{intent.to_location} {intent.on} unannounced",
        to_location=intent.to_location,
        planned_on=intent.on,
        status=TransferStatus.ARRIVED,
        from_location=intent.from_location,
    )
    moved = replace(child, transfers=(*child.transfers, transfer))
    return _turned_over(moved, intent.to_location, intent.on)


def _add_transfer(child: KnownChild, intent: AddTransfer) -> KnownChild:
    ref = f"{intent.to_location} {intent.planned_on}"
    announced = intent.announced_on if intent.announced_known else None
    transfer = _copied(KnownTransfer, intent, ref=ref, announced_on=announced)
    moved = replace(child, transfers=(*child.transfers, transfer))
    if not intent.turns_over:
        return moved
    return _turned_over(moved, intent.to_location, intent.planned_on)


def _change_transfer(child: KnownChild, intent: ChangeTransfer) -> KnownChild:
    moved = _with_transfer(child, intent.ref, intent.changes)
    if not intent.turns_over:
        return moved
    return _turned_over(moved, intent.to_location, intent.planned_on)


def _add_care(child: KnownChild, intent: AddCare) -> KnownChild:
    contacts = frozenset(filter(None, [intent.contact_on]))
    ref = f"{intent.kind} {intent.referred_on}"
    line = _copied(KnownCare, intent, ref=ref, contacts_on=contacts)
    return replace(child, care=(*child.care, line))


def _change_care(child: KnownChild, intent: ChangeCare) -> KnownChild:
    def changed(line: KnownCare) -> KnownCare:
        contacts = line.contacts_on | frozenset(filter(None, [intent.contact_on]))
        found: KnownCare = _changed(line, {**intent.changes, "contacts_on": contacts})
        return found

    care = tuple(changed(line) if line.ref == intent.ref else line for line in child.care)
    return replace(child, care=care)


def _add_school(child: KnownChild, intent: AddSchool) -> KnownChild:
    record = _copied(KnownSchool, intent, ref=f"school {len(child.school)}")
    return replace(child, school=(*child.school, record))


def _change_school(child: KnownChild, intent: ChangeSchool) -> KnownChild:
    school = tuple(_changed(r, intent.changes) if r.ref == intent.ref else r for r in child.school)
    return replace(child, school=school)


_STEPS: Final[Mapping[type[Intent], Callable[[KnownChild, Any], KnownChild]]] = {
    ChangeChild: _card,
    CorrectStay: _stay,
    ArriveTransfer: _arrive,
    RecordUnannouncedMove: _unannounced,
    AddTransfer: _add_transfer,
    ChangeTransfer: _change_transfer,
    AddCare: _add_care,
    ChangeCare: _change_care,
    AddSchool: _add_school,
    ChangeSchool: _change_school,
}
