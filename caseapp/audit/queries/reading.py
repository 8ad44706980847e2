"""Reading the trail: what rows were before they were corrected, and who opened a file."""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from caseapp.audit.models import AuditEvent, AuditHead, Past
from caseapp.domain.events import Action
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.db import Base
from caseapp.kernel.seals import Sealed, Unreadable
from caseapp.kernel.work import Work


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a row was until a correction, who replaced it and when.

    A sealed value that does not open is the Unreadable that tells why; keys are names of columns.
    """

    version: int
    at: datetime
    by: UUID | None
    clear: Mapping[str, Any]
    """Days, moments and ids are text here."""
    sealed: Mapping[str, Any]

    @property
    def facts(self) -> Any:
        """Return what stood in the column `facts`, as nearly every table of the record has it."""
        return self.sealed.get("facts")


def past_of(
    work: Work, table: str, row_id: UUID, columns: Collection[str] = ("facts",)
) -> list[Earlier]:
    """Return what a row was before each correction, the latest first; the caller checked the scope.

    Only the sealed `columns` that are asked for are opened: who may not read one does not name it.
    """
    rows = work.session.scalars(
        select(Past)
        .where(Past.table_name == table, Past.row_id == row_id)
        .order_by(Past.version.desc(), Past.id.desc())
    ).all()
    return [_earlier(work, row, columns) for row in rows]


def _earlier(work: Work, row: Past, columns: Collection[str]) -> Earlier:
    sealed = {
        name: _opened(work, row, name, str(text))
        for name, text in row.sealed_values.items()
        if name in columns
    }
    return Earlier(row.version, row.at, row.by, row.clear_values, sealed)


def _opened(work: Work, row: Past, column: str, text: str) -> Any:
    """Open an old envelope at the place where it stood: its seal is the one of the column today."""
    seal: Sealed[Any] = Base.metadata.tables[row.table_name].c[column].info["seal"]
    try:
        place = seal.place(row.child_id or row.row_id, row.row_id)
        return work.vault.open(place, base64.b64decode(text), seal.kind)
    except Unreadable as fault:
        return fault


@dataclass(frozen=True, slots=True)
class Correction:
    """That a row of a child's file was changed: which table, when, by whom."""

    table: str
    row_id: UUID
    at: datetime
    by: UUID | None


def corrections_of(work: Work, child_id: UUID, most: int) -> list[Correction]:
    """Return the latest corrections in the file of a child; what stood there is read with `past_of`."""
    rows = work.session.execute(
        select(Past.table_name, Past.row_id, Past.at, Past.by)
        .where(Past.child_id == child_id, Past.table_name != "child")
        .order_by(Past.at.desc(), Past.id.desc())
        .limit(most)
    )
    return [Correction(*row) for row in rows]


def last_opened(
    work: Work, child_ids: Collection[UUID], account_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], datetime]:
    """Return when each of these accounts last opened the file of each of these children."""
    if not child_ids or not account_ids:
        return {}
    rows = work.session.execute(
        select(AuditEvent.child_id, AuditEvent.account_id, func.max(AuditEvent.at))
        .where(
            among(work, AuditEvent.child_id, child_ids),
            among(work, AuditEvent.account_id, account_ids),
            AuditEvent.code == "child-read",
        )
        .group_by(AuditEvent.child_id, AuditEvent.account_id)
    )
    return {
        (child_id, account_id): at for child_id, account_id, at in rows if child_id and account_id
    }


def first_opened(work: Work, child_id: UUID, since: datetime) -> dict[UUID, datetime]:
    """Return who opened the file of a child since a moment, and when each of them did so first."""
    rows = work.session.execute(
        select(AuditEvent.account_id, func.min(AuditEvent.at))
        .where(
            AuditEvent.child_id == child_id,
            AuditEvent.at >= since,
            AuditEvent.code == "child-read",
            AuditEvent.account_id.is_not(None),
        )
        .group_by(AuditEvent.account_id)
    )
    return {account_id: at for account_id, at in rows if account_id}


def last_number(work: Work) -> int:
    """Return the number of the last record of the trail."""
    return work.session.execute(select(AuditHead.seq).where(AuditHead.id == 1)).scalar_one()


def changed_since(work: Work, number: int, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children had something written about them after a record of the trail."""
    found: set[UUID] = set()
    for part in in_parts(child_ids):
        mine = among(work, AuditEvent.child_id, part)
        rows = select(AuditEvent.child_id).where(
            mine, AuditEvent.seq > number, AuditEvent.action != Action.READ
        )
        found.update(key for key in work.session.scalars(rows) if key is not None)
    return found


def happened_since(work: Work, number: int, codes: Collection[str]) -> bool:
    """Say whether one of these things happened after a record of the trail."""
    rows = select(AuditEvent.seq).where(AuditEvent.seq > number, AuditEvent.code.in_(codes))
    return work.session.scalars(rows.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class Later:
    """Something that was done after a moment: what, to which object, of which child, when, by whom."""

    code: str
    object_id: UUID | None
    child_id: UUID | None
    at: datetime
    by: UUID | None
    trace: str | None
    """The number of the request, or the key of the list for which it was done."""


def done_since(
    work: Work, seq: int, child_ids: Collection[UUID], apart: Collection[UUID]
) -> list[Later]:
    """Return what was done to these children after a number of the trail, in its order.

    What the system does by itself is left out, and so is what was done for the lists `apart`.
    """
    wanted = _since(seq, apart)
    found: list[Later] = []
    for part in in_parts(sorted(child_ids)):
        rows = work.session.execute(wanted.where(among(work, AuditEvent.child_id, part)))
        found += [Later(*row) for row in rows]
    return found


def done_to_objects(work: Work, seq: int, table: str, apart: Collection[UUID]) -> list[Later]:
    """Return what was done to rows of a table after a number of the trail, as `done_since` does."""
    rows = work.session.execute(_since(seq, apart).where(AuditEvent.object == table))
    return [Later(*row) for row in rows if row.object_id is not None]


def _since(seq: int, apart: Collection[UUID]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        AuditEvent.code,
        AuditEvent.object_id,
        AuditEvent.child_id,
        AuditEvent.at,
        AuditEvent.account_id,
        AuditEvent.trace_id,
    )
    of_others = or_(
        AuditEvent.trace_id.is_(None), AuditEvent.trace_id.not_in([str(one) for one in apart])
    )
    done = AuditEvent.action != Action.READ
    later = AuditEvent.seq > seq
    return select(*columns).where(later, done, of_others, ~_by_the_clock()).order_by(AuditEvent.seq)


def _by_the_clock() -> ColumnElement[bool]:
    """Return the predicate: nobody did it; a job of the worker or the nightly look."""
    route = func.coalesce(AuditEvent.route, "")
    return and_(AuditEvent.account_id.is_(None), or_(route == "nightly", route.startswith("job ")))
