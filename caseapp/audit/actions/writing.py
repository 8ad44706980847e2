"""Writing the trail: in the same transaction as the change, before the answer to a look."""

import base64
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Table

from caseapp import VERSION
from caseapp.audit.actions.beginning import begin, mark, write_tied
from caseapp.audit.actions.chaining import EVENT, SEQ, Tail, is_set_back, let_go, lock_tail
from caseapp.audit.models import AuditEventChild, Past
from caseapp.audit.queries.classes import data_class
from caseapp.domain.events import Action, Event
from caseapp.domain.policy import BREAK_GLASS, Actor, HeldGrant, ScopeKind
from caseapp.domain.policy_version import policy_version
from caseapp.domain.trail import Mark
from caseapp.kernel import chain, digests
from caseapp.kernel.bulk import insert_all
from caseapp.kernel.db import new_id
from caseapp.kernel.raw import RawRow
from caseapp.kernel.replay import insert_raw
from caseapp.kernel.work import Sighting, Work

LONGEST_FIELDS: Final = 1000
SYSTEM_RULE: Final = "system"
_EVENT_CHILD: Final = cast("Table", AuditEventChild.__table__)


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
    seen = [entry.child_ids if isinstance(entry, Sighting) else () for entry in entries]
    written = _divided(entries, work.written)
    rows = [_row(work, entry) for entry in entries]
    tail = _held(work)
    write_tied(work, tail, list(zip(rows, seen, written, strict=True)))
    let_go(work, tail)
    seen_rows = [
        {"seq": row["seq"], "child_id": child_id}
        for row, some in zip(rows, seen, strict=True)
        for child_id in dict.fromkeys(some)
    ]
    if seen_rows:
        insert_all(work, AuditEventChild, seen_rows)


def _held(work: Work) -> Tail:
    """Lock the end of the trail; the first who does so begins the chain, and a clock that was set shows."""
    tail = lock_tail(work)
    if tail.hash is None:
        begin(work, tail)
    if is_set_back(tail, work.now):
        mark(work, tail, Mark.SET_BACK, {"before": tail.at})
        tail.at = None
    tail.at = max(tail.at or work.now, work.now)
    return tail


def _divided(entries: Sequence[Event | Sighting], written: digests.Digests) -> list[bytes | None]:
    """Give each written row to the last event about it; what no event is about goes with the last event."""
    events = [at for at, entry in enumerate(entries) if isinstance(entry, Event)]
    about = {(entries[at].object, entries[at].object_id): at for at in events}
    last = events[-1] if events else len(entries) - 1
    given = defaultdict(list)
    for key, value in written.items():
        given[about.get(key, last)].append((key, value))
    return [digests.packed(given[at]) if at in given else None for at in range(len(entries))]


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


def take_in(work: Work, rehearsed: Iterable[Lines]) -> None:
    """Write lines of a rehearsed trail with the next numbers of the real one, tied to what stands there."""
    tail = _held(work)
    for lines in rehearsed:
        seen = defaultdict(list)
        for seq, child_id in lines.children:
            seen[seq].append(child_id)
        tied = [_tied(tail, row, seen) for row in lines.events]
        insert_raw(work.session.connection(), EVENT, tied)
        shift = tail.seq - lines.events[-1][SEQ] if lines.events else 0
        moved = [(seq + shift, child_id) for seq, child_id in lines.children]
        insert_raw(work.session.connection(), _EVENT_CHILD, moved)
    let_go(work, tail)


def _tied(tail: Tail, row: RawRow, seen: Mapping[int, Sequence[str]]) -> RawRow:
    """Return a line of a rehearsal, tied to what stands in the real trail before it."""
    children = chain.children_digest(seen[row[SEQ]]) if row[SEQ] in seen else None
    return tail.tied(row, children, row[-1])


def _row(work: Work, entry: Event | Sighting) -> dict[str, Any]:
    actor, access = work.actor, work.access
    about = _of_event(entry) if isinstance(entry, Event) else _of_sighting(entry)
    grant = _grant_for(actor, _children_of(entry))
    return {
        "id": new_id(),
        "at": work.now,
        "account_id": actor.account_id,
        "actor_name": None if actor.account_id else actor.name,
        "role": actor.role,
        "on_behalf_of": actor.on_behalf_of,
        "session_ref": actor.session_ref,
        "grant_id": grant.id if grant else None,
        "emergency_ref": grant.id if grant and grant.origin == BREAK_GLASS else None,
        "route": work.route or None,
        "trace_id": work.trace_id or (str(work.occasion) if work.occasion else None),
        "organisation": actor.organisation,
        "access_point": access.point,
        "data_class": data_class(entry.object, tuple(entry.fields)),
        "rule": f"{access.rule or SYSTEM_RULE} {policy_version()}",
        "source": access.source.value,
        "app_version": VERSION,
        "span_id": access.span_id,
    } | about


def _children_of(entry: Event | Sighting) -> tuple[UUID, ...]:
    if isinstance(entry, Sighting):
        return entry.child_ids
    return (entry.child_id,) if entry.child_id else ()


def _grant_for(actor: Actor, child_ids: Sequence[UUID]) -> HeldGrant | None:
    """Return the grant by which somebody comes to these children: one over such a child before all others."""
    theirs = {str(child_id) for child_id in child_ids}
    over_one = (g for g in actor.grants if g.scope is ScopeKind.CHILD and g.place in theirs)
    standing = (g for g in actor.grants if g.scope is not ScopeKind.CHILD)
    return next(over_one, None) or next(standing, None)


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
