"""Giving rows back what they were before a list: those that it added go, those that it changed come back."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from uuid import UUID

from caseapp.domain.lists.course import How
from caseapp.exchange.models import ListChange
from caseapp.kernel import restoring
from caseapp.kernel.rehearsal import CHILD
from caseapp.kernel.restoring import Rows
from caseapp.kernel.work import Work

Keys: TypeAlias = dict[str, set[UUID]]


def restore(work: Work, changes: Sequence[ListChange]) -> set[UUID]:
    """Undo what a list wrote of some children; return the locations of stays that are as they were.

    Each row that comes back has a version that nobody saw before; what it was until now is kept in the past.
    """
    _rewrite(work, [one for one in changes if one.table_name == CHILD])
    others = [one for one in changes if one.table_name != CHILD]
    added = _keys(one for one in others if one.how == How.ADDED.value)
    known = [one for one in others if one.how != How.ADDED.value]
    taken = restoring.take_out(work, _joined(added, _keys(known)))
    before = _before(known, taken)
    back = restoring.standing(_over(taken, before), added)
    _note(work, taken, back)
    restoring.lay_back(work, back)
    return {row["location_id"] for row in before.get("placement", {}).values()} - {None}


def _rewrite(work: Work, changes: Sequence[ListChange]) -> None:
    """Give the children themselves back what they were: too much refers to them to go and come."""
    now = {CHILD: restoring.rows_of(work, CHILD, [one.row_id for one in changes])}
    before = _before(changes, now)
    _note(work, now, before)
    restoring.overwrite(work, CHILD, list(before.get(CHILD, {}).values()))


def _before(changes: Iterable[ListChange], now: Rows) -> Rows:
    """Return what rows were, with a version after the one that they have now."""
    found: Rows = {}
    for one in changes:
        row = restoring.read_back(one.table_name, one.clear_values, one.sealed_values)
        present = now.get(one.table_name, {}).get(one.row_id, row)
        found.setdefault(one.table_name, {})[one.row_id] = row | {"version": present["version"] + 1}
    return found


def _note(work: Work, now: Rows, later: Rows) -> None:
    """Keep in the past what does not stay as it is."""
    for name, rows in now.items():
        if restoring.is_fact(name):
            for key, row in rows.items():
                if later.get(name, {}).get(key) != row:
                    restoring.note_before(work, name, row)


def _keys(changes: Iterable[ListChange]) -> Keys:
    found: Keys = {}
    for one in changes:
        found.setdefault(one.table_name, set()).add(one.row_id)
    return found


def _joined(one: Keys, other: Keys) -> Keys:
    return {name: one.get(name, set()) | other.get(name, set()) for name in {*one, *other}}


def _over(rows: Rows, others: Rows) -> Rows:
    """Return rows, with others in place of those of the same key."""
    names = {*rows, *others}
    return {name: rows.get(name, {}) | others.get(name, {}) for name in names}
