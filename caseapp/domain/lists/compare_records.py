"""Locations, care lines and school records against those that we know."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from caseapp.domain.care_codes import CareKind
from caseapp.domain.lists.among_rows import first_day
from caseapp.domain.lists.intents import (
    AddCare,
    AddLocation,
    AddSchool,
    ChangeCare,
    ChangeLocation,
    ChangeSchool,
)
from caseapp.domain.lists.known import KnownCare, KnownChild, KnownLocation, KnownSchool
from caseapp.domain.lists.outcomes import Outcome, Setting, column_names, filled, unknown_child
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.texts import folded
from caseapp.domain.lists.values import Value
from caseapp.domain.lists.words import Reason, Severity, Verdict

_LOCATION: Final = (
    "name",
    "kind",
    "operator",
    "municipality",
    "region",
    "capacity",
    "group_size",
    "open_from",
    "open_to",
)
_CARE: Final = (
    "provider",
    "intake_on",
    "started_on",
    "next_contact_on",
    "medication_until",
    "place_bound",
    "ended_on",
)
_SCHOOL: Final = (
    "brin",
    "municipality",
    "waiting_list_since",
    "enrolled_on",
    "attending_from",
    "end",
    "hours_per_week",
)


def compare_locations(rows: Sequence[Row], setting: Setting) -> Iterator[tuple[Row, Outcome]]:
    """Yield what each row says of a location."""
    for row in rows:
        known = setting.known.locations.get(row.text("code") or "")
        if known is None:
            yield row, Outcome(Verdict.NEW, intents=(filled(AddLocation, row),))
        else:
            yield row, _location(row, known)


def _location(row: Row, known: KnownLocation) -> Outcome:
    """Compare a location; with our own opening day it cannot close before it opens either."""
    changes = _changes(row, known, _LOCATION)
    intent = filled(ChangeLocation, row, changes=changes)
    opens = row.day("open_from") or known.open_from
    closes = row.day("open_to") or known.open_to
    if changes and opens is not None and closes is not None and closes < opens:
        wrong = row.problem("open_to", Severity.REFUSED, Reason.END_BEFORE_START)
        return Outcome(Verdict.REFUSED, (wrong,), takeable=False)
    return _changed(row, changes, intent)


def compare_care(rows: Sequence[Row], setting: Setting) -> Iterator[tuple[Row, Outcome]]:
    """Yield what each row says of a line of care."""
    for row in rows:
        child = setting.child(row)
        yield row, unknown_child(row) if child is None else _care(row, child, setting)


def _care(row: Row, child: KnownChild, setting: Setting) -> Outcome:
    key = (row.values["kind"], row.values["referred_on"])
    known = next((line for line in child.care if (line.kind, line.referred_on) == key), None)
    if known is None:
        return _new_care(row, child, setting)
    changes = _changes(row, known, _CARE)
    seen = row.day("last_contact_on")
    contact = None if seen in known.contacts_on else seen
    named = dict(changes) if contact is None else changes | {"last_contact_on": contact}
    intent = filled(ChangeCare, row, ref=known.ref, changes=changes, contact_on=contact)
    return _changed(row, named, intent)


def _new_care(row: Row, child: KnownChild, setting: Setting) -> Outcome:
    bound = row.values.get("place_bound", CareKind(str(row.values["kind"])).breaks_at_a_move)
    contact = row.values.get("last_contact_on")
    intent = filled(AddCare, row, place_bound=bound, contact_on=contact)
    return Outcome(Verdict.NEW, tuple(_set_back(row, child, setting)), intents=(intent,))


def _set_back(row: Row, child: KnownChild, setting: Setting) -> Iterator[Problem]:
    """Doubt a later referral that takes the place of one that still runs: the clock restarted."""
    referred = row.day("referred_on") or date.min
    if row.day("ended_on") is None and any(
        line.ended_on is None
        and line.kind == row.values["kind"]
        and line.referred_on < referred
        and (child.v_number, line.kind, line.referred_on) not in setting.keys
        for line in child.care
    ):
        yield row.problem("referred_on", Severity.DOUBTFUL, Reason.CLOCK_DATE_DIFFERS)


def compare_schools(rows: Sequence[Row], setting: Setting) -> Iterator[tuple[Row, Outcome]]:
    """Yield what each row says of a period at a school; one period of ours answers to one row."""
    answered: set[tuple[str, str]] = set()
    for row in sorted(rows, key=lambda row: (setting.waits(row), first_day(row), row.number)):
        child = setting.child(row)
        if child is None:
            yield row, unknown_child(row)
            continue
        free = (r for r in child.school if (child.v_number, r.ref) not in answered)
        known = _period(row, free)
        if known is not None:
            answered.add((child.v_number, known.ref))
        yield row, _school(row, known)


def _school(row: Row, known: KnownSchool | None) -> Outcome:
    if known is None:
        return Outcome(Verdict.NEW, intents=(filled(AddSchool, row),))
    changes = _changes(row, known, _SCHOOL)
    return _changed(row, changes, filled(ChangeSchool, row, ref=known.ref, changes=changes))


def _period(row: Row, records: Iterable[KnownSchool]) -> KnownSchool | None:
    """Return our record of the same school and kind whose period overlaps most nearly."""
    begin, school = first_day(row), (folded(row.text("name") or ""), row.values["type"])
    overlapping = (
        record
        for record in records
        if (folded(record.name), record.type) == school and _overlap(row, record)
    )
    return min(
        overlapping, key=lambda r: (abs(r.first_day - begin), r.first_day, r.ref), default=None
    )


def _overlap(row: Row, record: KnownSchool) -> bool:
    """Say whether neither period ends on or before the first date of the other."""
    begin, end, ours = first_day(row), row.day("end") or date.max, record.end or date.max
    # A row that ends on its first day ends our record there, and would be a new one when it comes again.
    return end == ours or (end > record.first_day and ours > begin)


def _changes(
    row: Row, known: KnownLocation | KnownCare | KnownSchool, names: Sequence[str]
) -> dict[str, Value]:
    """Return the filled fields that differ from ours; a provider by its folded name."""
    said = ((name, row.values[name]) for name in names if name in row.values)
    return {name: value for name, value in said if not _agree(name, value, getattr(known, name))}


def _agree(name: str, value: Value, ours: Value | None) -> bool:
    if name == "provider" and isinstance(value, str) and isinstance(ours, str):
        return folded(value) == folded(ours)
    return value == ours


def _changed(
    row: Row, changes: dict[str, Value], intent: ChangeLocation | ChangeCare | ChangeSchool
) -> Outcome:
    if not changes:
        return Outcome(Verdict.SAME)
    return Outcome(Verdict.CHANGED, (), column_names(row, changes), (intent,))
