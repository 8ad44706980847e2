"""Writing the trail: in the same transaction as the change, before the answer to a look."""

import base64
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, update

from caseapp.audit.models import AuditEvent, AuditEventChild, AuditHead, Past
from caseapp.domain.events import Action, Event
from caseapp.kernel.bulk import insert_all
from caseapp.kernel.db import new_id
from caseapp.kernel.raw import RawRow
from caseapp.kernel.replay import insert_raw
from caseapp.kernel.work import Sighting, TrailError, Work

CANONICAL = (
    "seq", "id", "at", "code", "action", "outcome", "account_id", "actor_name", "role", "on_behalf_of",
    "session_ref", "child_id", "object", "object_id", "fields", "grant_id", "route", "trace_id", "children",
)  # fmt: skip
LONGEST_FIELDS = 1000
_EVENT = cast("Table", AuditEvent.__table__)
_EVENT_CHILD = cast("Table", AuditEventChild.__table__)
_CANONICAL = _EVENT.columns.keys().index("canonical")


@dataclass(frozen=True, slots=True)
class Lines:
    """Raw rows of a rehearsed trail: events in the order of their numbers, and children that were seen."""

    events: Sequence[RawRow] = ()
    children: Sequence[RawRow] = ()


def write(work: Work) -> None:
    """Write the trail and the before-images of this work; the head is locked last, so numbers have no gaps.

    Raises TrailError when the head of the trail is missing.
    """
    if work.past:
        insert_all(work, Past, [_past_row(work, before) for before in work.past])
    if not work.trail:
        return
    entries = work.trail if work.occasion is None else told_together(work.trail)
    rows = [_row(work, entry) for entry in entries]
    children = [entry.child_ids if isinstance(entry, Sighting) else () for entry in entries]
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


def told_together(entries: Iterable[Event | Sighting]) -> list[Event | Sighting]:
    """Return what happened on one occasion, with one event for all that are alike about a child.

    What a list sets off is told by rule, in the fields of the line: a list of 50,000 children would write
    half a million lines otherwise, while everybody waits for the next number.
    """
    kept: dict[Hashable, Event | Sighting] = {}
    for number, entry in enumerate(entries):
        if isinstance(entry, Sighting) or entry.together is None:
            kept[number] = entry
            continue
        first = kept.get((type(entry), entry.child_id))
        told = first.fields if isinstance(first, Event) else ()
        fields = (*told, getattr(entry, entry.together))
        kept[type(entry), entry.child_id] = replace(entry, object_id=None, fields=fields)
    return list(kept.values())


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


def take_in(work: Work, rehearsed: Iterable[Lines], many: int) -> None:
    """Write lines of a rehearsed trail, so many in all, with the next numbers of the real one."""
    number = take_numbers(work, many).start
    for lines in rehearsed:
        shift = number - lines.events[0][0] if lines.events else 0
        insert_raw(work.session.connection(), _EVENT, [_moved(row, shift) for row in lines.events])
        seen = [(seq + shift, *rest) for seq, *rest in lines.children]
        insert_raw(work.session.connection(), _EVENT_CHILD, seen)
        number += len(lines.events)


def _moved(row: RawRow, shift: int) -> RawRow:
    """Return a line with a later number, also in the bytes over which the chain will run."""
    seq, *rest = row
    was, now = (b'"seq":%d,' % number for number in (seq, seq + shift))
    rest[_CANONICAL - 1] = rest[_CANONICAL - 1].replace(was, now, 1)
    return (seq + shift, *rest)


def canonical(row: Mapping[str, Any], children: tuple[UUID, ...]) -> bytes:
    """Return the bytes of a record over which the chain will run: fixed names, sorted, no white space."""
    values = {name: plain_value(row.get(name)) for name in CANONICAL}
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
        "trace_id": work.trace_id or (str(work.occasion) if work.occasion else None),
    } | about


def _of_event(event: Event) -> dict[str, Any]:
    return {
        "code": code_of(type(event)),
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
        "clear_values": {name: plain_value(value) for name, value in before.clear.items()},
        "sealed_values": envelopes_as_text(before.sealed),
    }


def envelopes_as_text(sealed: Mapping[str, bytes]) -> dict[str, str]:
    """Return envelopes as JSON keeps them, byte for byte."""
    return {name: base64.b64encode(value).decode() for name, value in sealed.items()}


def plain_value(value: object) -> object:
    """Return the value of a clear column as JSON keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return value


def code_of(kind: type[Event]) -> str:
    """Return the code under which a kind of event stands in the trail: account-closed for AccountClosed."""
    name = kind.__name__
    kebab = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
    return kebab.lstrip("-")
