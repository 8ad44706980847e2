"""What was built on an applied list since: it can be undone as a whole while there is nothing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.domain.lists.course import How, RunState
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.models import ListRun
from caseapp.exchange.queries import done
from caseapp.kernel.restoring import referred_to
from caseapp.kernel.work import Work, reading_past
from caseapp.moves import queries as moves
from caseapp.people import queries as people
from caseapp.placements import queries as placements

FOLLOWS: Final = frozenset({
    "alert-came-back", "alert-changed", "alert-climbed", "alert-closed", "alert-raised",
    "alert-watched", "handover-deadline-missed", "handover-followed", "handover-opened",
    "notice-handed-up", "notices-read",
})  # fmt: skip
"""What follows from the facts, whoever gave the occasion; and reading."""


class Hinders(StrEnum):
    """Why a list cannot be undone."""

    NOT_APPLIED = "not-applied"
    NOT_KEPT = "not-kept"
    """It came in before there was a record of what a list did."""
    LATER_LIST = "later-list"
    CHANGED_SINCE = "changed-since"
    NAMED_AS_FAMILY = "named-as-family"
    ON_MOVE_LIST = "on-move-list"
    PLACE_IN_USE = "place-in-use"
    PLACE_CHANGED = "place-changed"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that was built on a list: about which child or location, and the first time when and by whom.

    `run_id` is the later list, which has to be undone first; `event` the code of the trail.
    """

    why: Hinders
    child_id: UUID | None = None
    location_id: UUID | None = None
    run_id: UUID | None = None
    event: str | None = None
    at: datetime | None = None
    by: UUID | None = None


@reading_past("what stands in the way of an undo, of whoever the list spoke")
def hindrances(work: Work, run: ListRun) -> list[Hindrance]:
    """Return what was built on a list since it was applied; empty when it can be undone.

    What the system does by itself hinders nothing. The caller says who sees which of the children.
    """
    if run.state not in {RunState.APPLIED.value, RunState.UNDOING.value}:
        return [Hindrance(Hinders.NOT_APPLIED)]
    if run.seq_at is None:
        return [Hindrance(Hinders.NOT_KEPT)]
    look = _places if run.list_kind == ListKind.LOCATIONS.value else _children
    return list(look(work, run, run.seq_at))


def _children(work: Work, run: ListRun, seq: int) -> Iterator[Hindrance]:
    added = done.added(work, run)
    every = {*added, *done.rewritten(work, run)}
    yield from _first_of_each(_changed(work, run, seq, every))
    yield from _named(work, set(added))
    yield from _on_move_lists(work, run, seq, every)


def _changed(
    work: Work, run: ListRun, seq: int, child_ids: Collection[UUID]
) -> Iterator[Hindrance]:
    """Yield what was done to children since, in its order: by people, by documents, by later lists."""
    by_trace = {str(key): key for key in done.applied_after(work, run)}
    for one in audit.done_since(work, seq, child_ids, _undone(work, run)):
        if one.code not in FOLLOWS:
            run_id = by_trace.get(one.trace or "")
            why = Hinders.LATER_LIST if run_id else Hinders.CHANGED_SINCE
            yield Hindrance(why, one.child_id, None, run_id, one.code, one.at, one.by)


def _undone(work: Work, run: ListRun) -> set[UUID]:
    """Return the lists of which nothing counts any more, and this one."""
    return {run.id, *done.undone_after(work, run)}


def _first_of_each(every: Iterable[Hindrance]) -> list[Hindrance]:
    """Leave one of each reason for each child or location, the first."""
    found: dict[tuple[Hinders, UUID | None, UUID | None, UUID | None], Hindrance] = {}
    for one in every:
        found.setdefault((one.why, one.child_id, one.location_id, one.run_id), one)
    return list(found.values())


def _named(work: Work, added: Collection[UUID]) -> Iterator[Hindrance]:
    """Yield the new children whom the file of another names as family."""
    pairs = people.kin(work, added)
    for named in sorted({one for who, one in pairs if one in added and who not in added}):
        yield Hindrance(Hinders.NAMED_AS_FAMILY, named)


def _on_move_lists(
    work: Work, run: ListRun, seq: int, child_ids: Collection[UUID]
) -> Iterator[Hindrance]:
    """Yield the children that were put on a list of moves since: its lines name the list alone."""
    later = audit.done_to_objects(work, seq, "move_list", _undone(work, run))
    made = {one.object_id: one for one in later}
    for child_id, lists in sorted(moves.listed(work, child_ids).items() if made else ()):
        for one in (made[key] for key in sorted(lists & made.keys())):
            yield Hindrance(Hinders.ON_MOVE_LIST, child_id, event=one.code, at=one.at, by=one.by)


def _places(work: Work, run: ListRun, seq: int) -> Iterator[Hindrance]:
    """Yield what was done with new locations, and to all that the list wrote."""
    changes = done.changes_of_places(work, run)
    new = {one.row_id for one in changes if one.how == How.ADDED.value}
    old = {one.row_id for one in changes} - new
    used = referred_to(work, done.PLACES, new) | accounts.places_granted(work, new)
    if run.applied_at is not None:
        used |= placements.settled_since(work, old, run.applied_at)
    yield from (Hindrance(Hinders.PLACE_IN_USE, location_id=one) for one in sorted(used))
    yield from _first_of_each(_places_changed(work, run, seq, new | old))


def _places_changed(
    work: Work, run: ListRun, seq: int, location_ids: Collection[UUID]
) -> Iterator[Hindrance]:
    by_trace = {str(key): key for key in done.applied_after(work, run)}
    for one in audit.done_to_objects(work, seq, done.PLACES, _undone(work, run)):
        if one.object_id in location_ids and one.code not in FOLLOWS:
            run_id = by_trace.get(one.trace or "")
            why = Hinders.LATER_LIST if run_id else Hinders.PLACE_CHANGED
            yield Hindrance(why, None, one.object_id, run_id, one.code, one.at, one.by)
