"""Undoing an applied list as a whole, while nothing was built on it: as if it had never come in.

Children that the list added go with all of their rows. Of children that were known before, each row of facts
that the list wrote gets back what it was; what follows from the facts - who sees the child, promises of
handovers, alerts - is worked out anew. The trail keeps everything (ADR 0026).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseapp.continuity import actions as continuity
from caseapp.domain.events import ChildRemoved, ChildRestored, ListUndone
from caseapp.domain.lists.course import How, RunState
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.exchange.actions.lists import MayNotBringError
from caseapp.exchange.actions.restoring import restore
from caseapp.exchange.models import ListRun
from caseapp.exchange.queries import Hindrance, done
from caseapp.kernel.bulk import in_parts
from caseapp.kernel.rehearsal import CHILD
from caseapp.kernel.restoring import lock_rows, read_back, remove_children
from caseapp.kernel.work import LostRaceError, Work, reading_past
from caseapp.notices import actions as notices
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from caseapp.placements import actions as placements
from caseapp.reference import actions as reference
from caseapp.reference import queries as places

KEPT: Final = frozenset({"audit_event", "audit_event_child", "past", "list_child", "list_change"})
"""Tables that keep their rows of a child that is removed: the trail, and what the lists did."""
IN_TURN: Final = frozenset({"promise"})
"""Tables of facts that follow others, and are written by whoever has the turn of a child."""
SWEPT_FOR: Final = timedelta(days=31)
"""How long after an undo keys of removed children are looked for: mostly they are gone at once."""


class HinderedError(RuntimeError):
    """Something was built on the list since."""

    def __init__(self, hindrances: Sequence[Hindrance]) -> None:
        super().__init__()
        self.hindrances = hindrances


@reading_past("what a list did is taken back for whoever it was")
def undo(work: Work, run: ListRun) -> None:
    """Take back all that an applied list did; one that is undone already stays as it is.

    After the commit the keys of removed children are to be destroyed with `forget_removed`. Raises
    MayNotBringError, HinderedError, LostRaceError, Unreadable; then nothing of it may be saved.
    """
    kind = ListKind(run.list_kind)
    if not queries.may_bring(work.actor, kind) or queries.run(work, run.id) is None:
        raise MayNotBringError
    work.session.refresh(run, with_for_update=True)
    if run.state == RunState.UNDONE.value:
        return
    added, rewritten = done.added(work, run), done.rewritten(work, run)
    _take_turns(work, run, added, rewritten)
    found = queries.hindrances(work, run)
    if found:
        raise HinderedError(found)
    work.trace_id = str(run.id)  # its lines belong to the list, and hinder no other
    _remove(work, added)
    for part in in_parts(rewritten):
        _restore(work, run, part)
    _restore_places(work, run)
    run.state, run.undone_at, run.undone_by = RunState.UNDONE.value, work.now, work.actor.account_id
    notices.settle_list(work, run.id)
    work.record(ListUndone(object_id=run.id, list_kind=kind.value))


@reading_past("keys go with the rows that are gone, whoever saw them")
def forget_removed(work: Work) -> int:
    """Destroy the keys of the children that went with lists that were undone, and return how many there were.

    A unit of work of its own, after the commit of the undo: no row is ever left without its key. A child
    that came in again by a document, under the same key, keeps them; one that is coming in waits.
    """
    people.next_numbers(work, 0)
    gone = set(done.removed(work, work.now - SWEPT_FOR))
    gone -= people_of.rows_of(work, sorted(gone)).keys()
    found = sum(work.vault.destroy_keys(part) for part in in_parts(sorted(gone)))
    work.commit()
    return found


def _take_turns(work: Work, run: ListRun, added: Sequence[UUID], rewritten: Sequence[UUID]) -> None:
    """Let nobody build on the list from now on: in the order in which everybody locks, child, facts, turn.

    Who is writing about a child that goes cannot be waited for with its turn in hand: that is a lost race.
    """
    people_of.lock_all(work, [*added, *rewritten])
    written = done.keys_written(work, run)
    for name in sorted(written.keys() - IN_TURN):
        lock_rows(work, name, written[name])
    continuity.hold(work, [*added, *rewritten])
    for name in sorted(written.keys() & IN_TURN):
        lock_rows(work, name, written[name])
    lock_rows(work, CHILD, added, wait=False)


def _remove(work: Work, child_ids: Sequence[UUID]) -> None:
    """Remove children whose files began with the list."""
    remove_children(work, child_ids, KEPT)
    for child_id in child_ids:
        work.record(ChildRemoved(object_id=child_id, child_id=child_id))


def _restore(work: Work, run: ListRun, child_ids: Sequence[UUID]) -> None:
    """Make the facts of some children what they were, and let follow what follows from them."""
    moment = run.applied_at or run.at
    near = {*child_ids, *people_of.naming(work, child_ids)}
    for location_id in sorted(restore(work, done.changes(work, run, child_ids))):
        placements.follow_region(work, location_id)
    work.session.expire_all()
    resumed = continuity.take_back(work, near, moment)
    _let_follow(work, child_ids)
    work.settle()
    continuity.settle_back(work, near, moment, resumed)


def _let_follow(work: Work, child_ids: Sequence[UUID]) -> None:
    """Say that the facts of children are as they were, so that all else follows."""
    rows = people_of.rows_of(work, child_ids)
    for child_id in child_ids:
        alone = rows[child_id].facts.unaccompanied
        work.record(ChildRestored(object_id=child_id, child_id=child_id, unaccompanied=alone))


def _restore_places(work: Work, run: ListRun) -> None:
    """Remove the locations that the list added, and make those that it changed what they were.

    Stays keep what they copied, but for what they learned from the list alone.
    """
    for change in done.changes_of_places(work, run):
        row = places.location(work, change.row_id)
        if row is None:
            raise LostRaceError
        if change.how == How.ADDED.value:
            reference.remove_location(work, row)
            continue
        was = read_back(done.PLACES, change.clear_values, change.sealed_values)
        reference.restore_location(work, row, was | {"version": row.version})
    if run.list_kind == ListKind.LOCATIONS.value:
        for part in in_parts(done.groups_told(work, run)):
            _let_follow(work, placements.forget_group(work, part))
