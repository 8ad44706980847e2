"""What an applied list wrote, for whoever keeps it: the children, and each row of those that we knew before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from caseapp.domain.lists.course import How
from caseapp.domain.lists.report import Report
from caseapp.exchange.actions.rehearsing import Rehearsed
from caseapp.kernel.db import Base
from caseapp.kernel.raw import RawRow, told
from caseapp.kernel.rehearsal import child_column
from caseapp.kernel.seals import Envelope

FOLLOWS: Final = frozenset({
    "alert", "alert_spell", "alert_step", "gap", "notice", "past", "reach", "told",
})  # fmt: skip
"""Tables that follow from the facts and are worked out anew: an undo does not ask what they were."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that a list added, changed or took away, with what it was; its values by column.

    `clear` and `sealed` are empty for a row that was added; envelopes stand byte for byte.
    """

    table: str
    row_id: UUID
    child_id: UUID | None
    how: How
    version: int | None
    clear: dict[str, Any]
    sealed: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Applied:
    """A list that has been carried out, in the transaction that writes it."""

    report: Report
    added: frozenset[UUID]
    changed: frozenset[UUID]
    changes: Iterable[Changed]
    """Of children that we knew before, and of locations; to be gone through once."""


def added_children(rehearsed: Rehearsed) -> set[UUID]:
    """Return the children that a list began a file of."""
    return {UUID(row[0]) for row in rehearsed.difference.added.get("child", ())}


def changes_of(rehearsed: Rehearsed) -> Iterator[Changed]:
    """Yield the rows that are of no new child, each with what it was."""
    new = added_children(rehearsed)
    for name, rows in rehearsed.difference.added.items():
        if name not in FOLLOWS:
            made = (_changed(name, row, None, How.ADDED) for row in rows)
            yield from (one for one in made if one.child_id not in new)
    for change in rehearsed.difference.changed:
        if change.table not in FOLLOWS:
            how = How.GONE if change.after is None else How.CHANGED
            yield _changed(change.table, change.after or change.before, change.before, how)


def _changed(name: str, row: RawRow, before: RawRow | None, how: How) -> Changed:
    table = Base.metadata.tables[name]
    now = told(table, row)
    was = told(table, before) if before is not None else {}
    column = child_column(table)
    return Changed(
        table=name,
        row_id=now["id"],
        child_id=None if column is None else now[column.name],
        how=how,
        version=now.get("version"),
        clear={key: value for key, value in was.items() if not isinstance(value, Envelope)},
        sealed={key: bytes(value) for key, value in was.items() if isinstance(value, Envelope)},
    )
