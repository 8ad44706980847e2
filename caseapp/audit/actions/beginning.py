"""How the chain begins: with a signed record that holds a digest of all that stood there before."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, select

from caseapp.audit.actions.chaining import EVENT, Tail
from caseapp.audit.models import AuditEvent
from caseapp.audit.queries.earlier import AT_ONCE, earlier
from caseapp.domain.events import Action
from caseapp.domain.trail import Mark
from caseapp.kernel import chain, digests
from caseapp.kernel.bulk import insert_all
from caseapp.kernel.db import Base, new_id
from caseapp.kernel.raw import raw
from caseapp.kernel.work import Work

TRAIL: Final = "trail"
_GIVEN: Final = tuple(
    (name, EVENT.columns.keys().index(name))
    for name in ("seq", "key_version", "canonical", "prev_hash", "hash", "row_digests")
)


def begin(work: Work, tail: Tail) -> None:
    """Write the first record of the chain, and the digests of the rows of files that there are.

    Nothing on a copy of some children, whose own records are tied where they come to stand.
    """
    if tail.seq and work.session.execute(select(EVENT.c.seq).limit(1)).first() is None:
        return
    before = earlier(work)
    said = {"earlier": before.records, "digest": before.digest, "seq": tail.seq + 1}
    mark(work, tail, Mark.BEGUN, said)
    if before.records:
        adopt(work, tail)


def adopt(work: Work, tail: Tail) -> None:
    """Tell what all rows of files are now: of those before the chain, or before the years that go."""
    for some in _adopted(work):
        mark(work, tail, Mark.ADOPTED, {"rows": len(some)}, digests.packed(some))


def mark(
    work: Work,
    tail: Tail,
    what: Mark,
    said: dict[str, object],
    row_digests: bytes | None = None,
    **about: Any,
) -> None:
    """Write a record about the trail itself; one that begins a chain is signed."""
    if what.is_signed:
        version, signature = work.vault.trail.sign(chain.statement(what, **said))
        said = said | {"key": version, "signature": signature.hex()}
    row = {
        "id": new_id(),
        "at": work.now,
        "code": what.value,
        "action": Action.EXECUTE,
        "outcome": "ok",
        "actor_name": TRAIL,
        "object": "audit_event",
        "fields": chain.written_fields(said),
        "source": work.access.source,
        **about,
    }
    write_tied(work, tail, [(row, (), row_digests)])


def write_tied(
    work: Work, tail: Tail, lines: Sequence[tuple[dict[str, Any], tuple[Any, ...], bytes | None]]
) -> None:
    """Tie records, given with the children of their lists and the digests of rows, and insert them."""
    for row, seen, row_digests in lines:
        plain = raw([row.get(name) for name in chain.COLUMNS])
        children = chain.children_digest(child.hex for child in seen)
        tied = tail.tied(plain, children, row_digests)
        row.update(_given(tied))
    insert_all(work, AuditEvent, [row for row, _seen, _digests in lines])


def _given(tied: Sequence[Any]) -> dict[str, Any]:
    """Return the columns that only tying gives a record."""
    return {name: tied[at] for name, at in _GIVEN}


def _adopted(work: Work) -> Iterator[list[tuple[tuple[str, Any], bytes]]]:
    """Yield the digests of all rows of files that there are, some at a time."""
    for table in Base.metadata.sorted_tables:
        if digests.told(table):
            rows = _rows(work, table)
            while some := list(islice(rows, AT_ONCE)):
                yield some


def _rows(work: Work, table: Table) -> Iterator[tuple[tuple[str, Any], bytes]]:
    every = select(table).order_by(table.c.id).execution_options(yield_per=AT_ONCE)
    for row in work.session.execute(every).mappings():
        yield (str(table.name), row["id"]), digests.digest(table, dict(row))
