"""Many rows at once: reading the facts of many children, and writing the records of many documents."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from caseapp.kernel.db import Base, Versioned
from caseapp.kernel.seals import Sealed, envelope_of, seal_of
from caseapp.kernel.work import Work

AT_ONCE = 500
"""Children per statement: well under the number of parameters that SQLite takes."""


def opened(
    work: Work, model: type[Any], sealed: str, child_ids: Sequence[UUID], *columns: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield (child_id, row_id, value, *columns) of the rows of many children, in the order of their keys.

    One statement for each 500 children and one look at the keystore; raises Unreadable.
    """
    seal: Sealed[Any] = seal_of(model, sealed)
    statement = select(model.child_id, model.id, envelope_of(model, sealed), *columns)
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        work.vault.prefetch(seal.domain, part)
        rows = work.session.execute(statement.where(model.child_id.in_(part)).order_by(model.id))
        for child_id, row_id, envelope, *rest in rows:
            value = None
            if envelope is not None:
                value = work.vault.open(seal.place(child_id, row_id), envelope, seal.kind)
            yield (child_id, row_id, value, *rest)


def sealed_row(
    work: Work, model: type[Base], subject_id: UUID, row_id: UUID, **values: object
) -> dict[str, Any]:
    """Return the values of a new row for a bulk insert: sealed ones sealed, stamped when people edit it."""
    row: dict[str, Any] = {"id": row_id}
    if model.__subject__ not in {"id", *values}:
        row[model.__subject__] = subject_id
    for name, value in values.items():
        declared = next(
            (vars(parent)[name] for parent in model.__mro__ if name in vars(parent)), None
        )
        if isinstance(declared, Sealed):
            place = declared.place(subject_id, row_id)
            row[f"{name}_envelope"] = (
                None if value is None else work.vault.seal(place, value, declared.kind)
            )
        else:
            row[name] = value
    if issubclass(model, Versioned):
        row |= {"version": 1, "recorded_at": work.now, "recorded_by": work.actor.account_id}
    return row


def insert_all(work: Work, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows with one statement; nothing when there are none.

    Empty values are sent as they are: else every set of filled columns is a statement of its own.
    """
    if rows:
        work.session.execute(insert(model).execution_options(render_nulls=True), rows)
