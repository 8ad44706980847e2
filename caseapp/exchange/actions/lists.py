"""A list held against what we know: the dry run, that writes nothing but its audit row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from caseapp.domain.events import ListTried
from caseapp.domain.lists.outcomes import Taken
from caseapp.domain.lists.pipeline import ListRead, compare, read, read_again
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.table import Table
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.kernel.work import Work

Say: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how many of how many are done."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Say nothing of the progress."""


class MayNotBringError(PermissionError):
    """Somebody may not bring in this kind of list."""


@dataclass(frozen=True, slots=True)
class Source:
    """A list that somebody brings: its bytes, or its table when it was read before.

    `taken` has, by row number, the doubts that a person decided to take.
    """

    kind: ListKind
    content: bytes | Table
    file: str
    on: date
    file_hash: bytes
    taken: Taken = field(default_factory=dict)

    @classmethod
    def of_file(cls, kind: ListKind, data: bytes, *, file: str, on: date) -> "Source":
        """Return a list of which nothing was read yet."""
        return cls(kind, data, file, on, sha256(data).digest())

    def read(self, locations: Mapping[str, object]) -> ListRead:
        """Return what the list says by itself."""
        if isinstance(self.content, bytes):
            return read(self.kind, self.content, on=self.on, locations=locations, file=self.file)
        return read_again(self.kind, self.content, on=self.on, locations=locations, file=self.file)


@dataclass(frozen=True, slots=True)
class Examined:
    """A list held against what we know: what it says, its report, and what applying it needs."""

    source: Source
    said: ListRead
    report: Report
    snapshot: queries.Snapshot
    shown: tuple[UUID, ...]
    """The children of whom the report says something."""
    before: datetime | None = None
    """When this very file came in last as this list."""


def examine(work: Work, source: Source, say: Say = silent) -> Examined:
    """Hold a list against what we know, without writing anything.

    Raises MayNotBringError, and Unreadable when something that has to be compared does not open.
    """
    if not queries.may_bring(work.actor, source.kind):
        raise MayNotBringError
    there = queries.places(work, source.kind)
    say("reading", 0, 0)
    said = source.read(there.known)
    say("comparing", 0, len(said.rows))
    snapshot = queries.known(work, said, there)
    report = compare(said, snapshot.known, source.taken)
    earlier = queries.run_of_file(work, source.kind, source.file_hash)
    return Examined(
        source,
        said,
        report,
        snapshot,
        shown=_shown(said, report, snapshot.keys),
        before=earlier.at if earlier is not None else None,
    )


def note_trial(work: Work, examined: Examined) -> None:
    """Write in the trail that somebody tried a list, and of which children the report says something."""
    note_shown(work, examined)
    work.record(ListTried(list_kind=examined.report.kind.value))


def note_shown(work: Work, examined: Examined) -> None:
    """Note of which children the report says something, if of any."""
    if examined.shown:
        work.saw("list-report", examined.shown)


def _shown(said: ListRead, report: Report, keys: Mapping[str, UUID]) -> tuple[UUID, ...]:
    told = {row.number for row in report.rows if row.problems}
    named = [row.mentions for row in said.rows if row.number in told and row.mentions is not None]
    found = (keys.get(v_number) for v_number in (*named, *report.not_on_list))
    return tuple(dict.fromkeys(key for key in found if key is not None))
