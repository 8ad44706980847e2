"""Writing the trail: in the same transaction as the change, before the answer to a look."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from caseapp.audit.models import AuditEvent, AuditEventChild, AuditHead, Past
from caseapp.domain.events import Action, Event
from caseapp.kernel.bulk import insert_all
from caseapp.kernel.db import new_id
from caseapp.kernel.raw import RawRow
from caseapp.kernel.work import Sighting, TrailError, Work

CANONICAL = (
    "seq", "id", "at", "code", "action", "outcome", "account_id", "actor_name", "role", "on_behalf_of",
    "session_ref", "child_id", "object", "object_id", "fields", "grant_id", "route", "trace_id", "children",
)  # fmt: skip
LONGEST_FIELDS = 1000
_NAMES = tuple(AuditEvent.__table__.columns.keys())


def write(work: Work) -> None:
    """Write the trail and the before-images of this work; the head is locked last, so numbers have no gaps.

    Raises TrailError when the head of the trail is missing.
    """
    if work.past:
        insert_all(work, Past, [_past_row(work, before) for before in work.past])
    if not work.trail:
        return
    rows = [_row(work, entry) for entry in work.trail]
    children = [entry.child_ids if isinstance(entry, Sighting) else () for entry in work.trail]
    for seq, row, seen in zip(take_numbers(work, len(rows)), rows, children, strict=True):
        row["seq"] = seq
        row["canonical"] = canonical(row, seen)
    insert_all(work, AuditEvent, rows)
    seen_rows = [
        {"seq": row["seq"], "child_id": child_id}
        for row, seen in zip(rows, children, strict=True)
        for child_id in dict.fromkeys(seen)
    ]
    if seen_rows:
        insert_all(work, AuditEventChild, seen_rows)


def take_numbers(work: Work, many: int) -> range:
    """Lock the head of the trail until the end of this work and return the next numbers.

    Raises TrailError when the head is missing.
    """
    last = work.session.execute(
        update(AuditHead)
        .where(AuditHead.id == 1)
        .values(seq=AuditHead.seq + many)
        .returning(AuditHead.seq)
    ).scalar_one_or_none()
    if last is None:
        raise TrailError("The head of the trail is missing.")
    return range(last - many + 1, last + 1)


def renumbered(events: Sequence[RawRow], first: int) -> Iterator[RawRow]:
    """Yield records of a rehearsed trail, as raw rows, with the numbers that they have in the real one."""
    for number, row in enumerate(events, first):
        told = dict(zip(_NAMES, row, strict=True))
        was, now = (b'"seq":%d,' % seq for seq in (told["seq"], number))
        told |= {"seq": number, "canonical": told["canonical"].replace(was, now, 1)}
        yield tuple(told.values())


def canonical(row: Mapping[str, Any], children: tuple[UUID, ...]) -> bytes:
    """Return the bytes of a record over which the chain will run: fixed names, sorted, no white space."""
    values = {name: _plain(row.get(name)) for name in CANONICAL}
    values["children"] = sorted(str(child) for child in set(children))
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _row(work: Work, entry: Event | Sighting) -> dict[str, Any]:
    actor = work.actor
    about = _of_event(entry) if isinstance(entry, Event) else _of_sighting(entry)
    return {
        "id": new_id(),
        "at": work.now,
        "account_id": actor.account_id,
        "actor_name": None if actor.account_id else actor.name,
        "role": actor.role,
        "on_behalf_of": None,
        "session_ref": actor.session_ref,
        "grant_id": actor.grants[0].id if actor.grants else None,
        "route": work.route or None,
        "trace_id": work.trace_id,
    } | about


def _of_event(event: Event) -> dict[str, Any]:
    return {
        "code": _kebab(type(event).__name__),
        "action": event.action,
        "outcome": "ok",
        "child_id": event.child_id,
        "object": event.object,
        "object_id": event.object_id,
        "fields": ",".join(event.fields)[:LONGEST_FIELDS] or None,
    }


def _of_sighting(seen: Sighting) -> dict[str, Any]:
    one = seen.child_ids[0] if len(seen.child_ids) == 1 else None
    return {
        "code": seen.code,
        "action": Action.READ,
        "outcome": seen.outcome,
        "child_id": one,
        "object": seen.object,
        "object_id": seen.object_id,
        "fields": ",".join(seen.fields)[:LONGEST_FIELDS] or None,
    }


def _past_row(work: Work, before: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "table_name": before.table,
        "row_id": before.row_id,
        "version": before.version,
        "child_id": before.child_id,
        "at": work.now,
        "by": work.actor.account_id,
        "clear_values": {name: _plain(value) for name, value in before.clear.items()},
        "sealed_values": {
            name: base64.b64encode(value).decode() for name, value in before.sealed.items()
        },
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return value


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip(
        "-"
    )
