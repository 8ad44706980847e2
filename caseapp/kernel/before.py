"""What rows were before a unit of work changed them, and the digest of what they are after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import LoaderCallableStatus, Session

from caseapp.kernel import digests
from caseapp.kernel.seals import Envelope

if TYPE_CHECKING:
    from caseapp.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Before:
    """What a row was before it changed: clear values, and the old envelopes byte for byte."""

    table: str
    row_id: UUID
    child_id: UUID | None
    version: int
    clear: Mapping[str, Any]
    sealed: Mapping[str, bytes]


def watch(session: Session) -> None:
    """Note from now on what the rows were that this session changes, and what they are then."""
    event.listen(session, "before_flush", _note_what_was)
    event.listen(session, "after_flush", _note_what_is)


def _note_what_was(session: Session, _context: object, _instances: object) -> None:
    """Keep the before-image of every changed row that keeps its past."""
    work: Work = session.info["work"]
    for row in session.dirty:
        if getattr(type(row), "__keeps_past__", False) and session.is_modified(row):
            work.past.append(_before(row))


def _note_what_is(session: Session, _context: object) -> None:
    """Keep the digest of every row of a file that was written."""
    written = cast("Work", session.info["work"]).written
    for row in (*session.new, *session.dirty):
        if digests.told(type(row).__table__):
            state = inspect(row)
            columns = ((one.columns[0].name, one.key) for one in state.mapper.column_attrs)
            now = {name: state.dict.get(key) for name, key in columns}
            digests.note(written, type(row).__table__, [now])
    for row in session.deleted:
        digests.note_gone(written, type(row).__table__, [row.id] if hasattr(row, "id") else ())


def _before(row: Any) -> Before:
    """Read what a row was from its loaded state."""
    state = inspect(row)
    clear: dict[str, Any] = {}
    sealed: dict[str, bytes] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        value = (
            history.deleted[0]
            if history.deleted
            else state.committed_state.get(attribute.key, state.dict.get(attribute.key))
        )
        if isinstance(value, LoaderCallableStatus):  # new in this work, and never set: it was empty
            value = None
        name = attribute.columns[0].name
        if isinstance(value, Envelope):
            sealed[name] = bytes(value)
        elif attribute.key.endswith("_envelope") or attribute.columns[0].info.get("no_past"):
            continue
        else:
            clear[name] = value
    subject = getattr(row, type(row).__subject__, None)
    return Before(row.__tablename__, row.id, subject, clear.get("version", 0), clear, sealed)
