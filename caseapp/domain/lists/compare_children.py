"""An occupancy list against the children that we know."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from caseapp.domain.lists.among_rows import OPEN
from caseapp.domain.lists.intents import (
    AddChild,
    ArriveTransfer,
    ChangeChild,
    CorrectStay,
    Intent,
    RecordUnannouncedMove,
)
from caseapp.domain.lists.known import KnownChild, KnownTransfer, Stay
from caseapp.domain.lists.outcomes import Outcome, Setting, column_names, filled
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.texts import folded
from caseapp.domain.lists.values import BirthDay, Value
from caseapp.domain.lists.words import Reason, Severity, Verdict

Fault = tuple[str, Reason]

CARD: Final = (
    "family_name",
    "given_names",
    "birth",
    "sex",
    "nationality",
    "language",
    "unaccompanied",
    "family_number",
    "application_lodged_on",
    "first_arrival_on",
)
"""The fields of a child's card that a list may change, or fill."""

_CLOCKS: Final = ("application_lodged_on", "first_arrival_on")
_NAMES: Final = frozenset({"family_name", "given_names"})


def compare_children(rows: Sequence[Row], setting: Setting) -> Iterator[tuple[Row, Outcome]]:
    """Yield what each row says against what we knew before the list."""
    for row in rows:
        child = setting.child(row)
        closed = tuple(_closed(row, setting))
        yield row, _new(row, closed) if child is None else _known(row, child, closed)


def _closed(row: Row, setting: Setting) -> Iterator[Problem]:
    if setting.is_closed(row.text("location"), setting.on):
        yield row.problem("location", Severity.DOUBTFUL, Reason.LOCATION_CLOSED)


def _new(row: Row, closed: tuple[Problem, ...]) -> Outcome:
    return Outcome(Verdict.NEW, closed, intents=(filled(AddChild, row),))


def _known(row: Row, child: KnownChild, closed: tuple[Problem, ...]) -> Outcome:
    changes = _changes(row, child)
    doubts = [row.problem(name, Severity.DOUBTFUL, reason) for name, reason in _doubts(row, child)]
    place = _place(row, child)
    columns = column_names(row, (*changes, *place.changes))
    intents = (*_card(row, child, changes), *place.intents)
    return Outcome(
        Verdict.CHANGED if intents else Verdict.SAME,
        (*closed, *doubts, *place.problems),
        columns,
        intents,
        place.takeable,
    )


def _card(row: Row, child: KnownChild, changes: Mapping[str, Value]) -> tuple[Intent, ...]:
    return (ChangeChild(row.number, child.v_number, changes),) if changes else ()


def _changes(row: Row, child: KnownChild) -> dict[str, Value]:
    """Return what the row says otherwise than the card; empty cells say nothing."""
    said = ((name, row.values[name]) for name in CARD if name in row.values)
    return {name: value for name, value in said if not _agree(name, value, child)}


def _agree(name: str, value: Value, child: KnownChild) -> bool:
    ours = getattr(child, name)
    if isinstance(value, BirthDay):
        return value.fits(ours)
    if name in _NAMES and isinstance(value, str):
        return ours is not None and folded(value) == folded(ours)
    return bool(value == ours)


def _doubts(row: Row, child: KnownChild) -> Iterator[Fault]:
    """Yield what must not change in silence."""
    for check in (_birth, _name, _amv, _clocks):
        yield from check(row, child)


def _birth(row: Row, child: KnownChild) -> Iterator[Fault]:
    birth = row.birth()
    if birth is not None and not birth.fits(child.birth):
        yield "birth", Reason.BIRTH_DATE_DIFFERS


def _name(row: Row, child: KnownChild) -> Iterator[Fault]:
    """Both names other, both known on both sides: it may be another child."""
    pairs = [(row.text(name), getattr(child, name)) for name in ("family_name", "given_names")]
    if all(theirs and ours and folded(theirs) != folded(ours) for theirs, ours in pairs):
        yield "family_name", Reason.NAME_DIFFERS


def _amv(row: Row, child: KnownChild) -> Iterator[Fault]:
    if row.values.get("unaccompanied", child.unaccompanied) != child.unaccompanied:
        yield "unaccompanied", Reason.AMV_DIFFERS


def _clocks(row: Row, child: KnownChild) -> Iterator[Fault]:
    for name in _CLOCKS:
        theirs, ours = row.day(name), getattr(child, name)
        if None not in {theirs, ours} and theirs != ours:
            yield name, Reason.CLOCK_DATE_DIFFERS


def _place(row: Row, child: KnownChild) -> Outcome:
    """Compare where the child is; another place is a move that we did not know of."""
    location, since, stay = row.text("location"), row.day("since"), child.stay
    if location is None or since is None:
        return Outcome(Verdict.SAME)
    if stay is not None and stay.location == location and not stay.ended:
        return Outcome(Verdict.SAME) if stay.since == since else _other_since(row, stay, since)
    if stay is not None and not stay.lies_behind(since):
        older = row.problem("since", Severity.DOUBTFUL, Reason.OLDER_THAN_OURS)
        return Outcome(Verdict.CHANGED, (older,), takeable=False)
    return _moved(row, child)


def _other_since(row: Row, stay: Stay, since: date) -> Outcome:
    """Doubt another first day of the stay that we have; it cannot be taken before the stay before it."""
    doubt = row.problem("since", Severity.DOUBTFUL, Reason.CLOCK_DATE_DIFFERS)
    intent = filled(CorrectStay, row)
    return Outcome(Verdict.CHANGED, (doubt,), ("since",), (intent,), stay.may_begin(since))


def _moved(row: Row, child: KnownChild) -> Outcome:
    location, since = row.values["location"], row.values["since"]
    expected = _expected(child, location)
    if expected is not None:
        reason = Reason.TRANSFER_ARRIVED
        intent: Intent = filled(
            ArriveTransfer, row, ref=expected.ref, to_location=location, on=since
        )
    else:
        reason = Reason.UNANNOUNCED_MOVE
        intent = filled(
            RecordUnannouncedMove, row, from_location=child.place, to_location=location, on=since
        )
    note = row.problem("location", Severity.NOTED, reason)
    return Outcome(Verdict.CHANGED, (note,), ("location", "since"), (intent,))


def _expected(child: KnownChild, location: Value) -> KnownTransfer | None:
    """Return the earliest open transfer to a place."""
    open_ones = [t for t in child.transfers if t.status in OPEN and t.to_location == location]
    return min(open_ones, key=lambda transfer: transfer.planned_on, default=None)
