"""What happens when the trail is found broken: it is told, kept as evidence, and a new chain begins."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.audit.actions.beginning import mark
from caseapp.audit.actions.chaining import let_go, lock_tail
from caseapp.audit.actions.vouching import counted_so_far
from caseapp.audit.models import AuditBreak, AuditCheck
from caseapp.audit.queries import raw_trail
from caseapp.audit.queries.looking import EVERYTHING
from caseapp.audit.queries.verifying import MOST, Found, name_of
from caseapp.domain.events import BreakAcknowledged, TrailBroken, TrailVerified
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.policy import Role
from caseapp.domain.trail import Mark, Outcome, Problem
from caseapp.domain.two_people import Together
from caseapp.kernel import checkpoints
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

AROUND: Final = 5
"""Records before and after one that is wrong, which go into the evidence."""

NAMED: Final = 60
"""So many problems fit into the record of a break by name."""


def note_look(work: Work, found: Found) -> None:
    """Keep that the trail was looked at, and what came of it."""
    row = AuditCheck(
        id=new_id(),
        at=work.now,
        since=found.since,
        upto=found.upto,
        is_full=found.is_full,
        outcome=found.outcome.value,
        first_bad=found.first_bad,
        last_good=found.last_good,
        records=found.records,
    )
    work.add(row)
    work.record(TrailVerified(object_id=row.id, fields=(found.outcome.value,)))


def declare_broken(work: Work, found: Found, file: Path, folder: Path) -> AuditBreak | None:
    """Begin a new chain with a signed record that names what is wrong, keep evidence, and tell.

    Nothing when nothing is wrong that an earlier record does not name. `file` holds the checkpoints,
    `folder` gets the evidence.
    """
    if found.outcome is not Outcome.BROKEN:
        return None
    evidence = _evidence(work, found, file, folder)
    tail = lock_tail(work)
    last = checkpoints.last(file)
    counted = counted_so_far(work, last, tail.seq)
    upto = max(tail.seq, found.upto, last.seq if last else 0)
    gap = f"{tail.seq + 1}-{upto}" if upto > tail.seq else ""
    tail.seq, tail.hash = upto, None
    mark(
        work,
        tail,
        Mark.BROKEN,
        {"seq": upto + 1, "gap": gap, "counted": counted, "problems": _names(found)},
    )
    let_go(work, tail)
    return _kept(work, found, upto + 1, evidence)


def ask_to_acknowledge(work: Work, row: AuditBreak, reason: str) -> None:
    """Ask a second person to let the house do everything again after a break."""
    others = tuple(one for one in officers(work) if one != work.actor.account_id)
    about = content_of(row)
    asked = two_people.ask(work, Together.AUDIT_BREAK, None, about, reason, told=others)
    row.agreement_id = asked.id
    work.flush()


def acknowledge(work: Work, row: AuditBreak) -> None:
    """Let the house do everything again, once a second person agreed; raises RefusedError."""
    work.session.refresh(row, with_for_update=True)
    agreed = accounts.two_people(work, row.agreement_id) if row.agreement_id else None
    if agreed is None or row.acknowledged_at is not None:
        raise RefusedError(Refusal.NOT_APPROVED)
    two_people.use(work, agreed, content_of(row))
    row.first_by, row.second_by = agreed.asked_by, agreed.decided_by
    row.acknowledged_at = work.now
    work.flush()
    work.record(BreakAcknowledged(object_id=row.id, told=officers(work)))


def content_of(row: AuditBreak) -> bytes:
    """Return what two people agree to: this break and no other."""
    return b"break" + row.id.bytes + row.upto.to_bytes(8)


def officers(work: Work) -> tuple[UUID, ...]:
    """Return who is told of a break: privacy officers and administrators."""
    roles = (Role.PRIVACY_OFFICER, Role.ADMINISTRATOR)
    return tuple(one.id for role in roles for one in accounts.of_role(work, role))


def _kept(work: Work, found: Found, upto: int, evidence: Path) -> AuditBreak:
    row = AuditBreak(
        id=new_id(),
        found_at=work.now,
        upto=upto,
        first_bad=found.first_bad,
        last_good=found.last_good,
        kinds=",".join(sorted({one.wrong.value for one in found.problems})),
        evidence=evidence.name,
    )
    work.add(row)
    work.record(TrailBroken(object_id=row.id, told=officers(work)))
    return row


def _names(found: Found) -> str:
    """Return the problems by their short names; with too many, that all before is broken."""
    if len(found.problems) > NAMED:
        return EVERYTHING
    return "+".join(name_of(one) for one in found.problems)


def _evidence(work: Work, found: Found, file: Path, folder: Path) -> Path:
    """Write what was found, and the records around it as they are stored, for their owner's eyes only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"audit-evidence-{work.now:%Y%m%dT%H%M%S}-{new_id().hex[-8:]}.jsonl"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        for line in _told(work, found, file):
            out.write(json.dumps(line, default=_plain) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return path


def _told(work: Work, found: Found, file: Path) -> Iterator[dict[str, Any]]:
    db = work.session.connection()
    yield {"found": asdict(found), "head": raw_trail.head(db)}
    if file.exists():
        yield {"checkpoints": file.read_text("utf-8", "replace").splitlines()[-MOST:]}
    for problem in found.problems[:MOST]:
        yield from _around(work, problem)


def _around(work: Work, problem: Problem) -> Iterator[dict[str, Any]]:
    after = max(0, problem.seq - AROUND - 1)
    for some in raw_trail.records(work.session.connection(), after, problem.seq + AROUND):
        for row in some:
            yield dict(zip(raw_trail.EVENT.columns.keys(), row, strict=True))


def _plain(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
