"""Lists in: a dry run that writes nothing but its audit row, and applying all accepted rows or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from caseapp.domain.events import ListApplied, ListTried
from caseapp.domain.lists.outcomes import Taken
from caseapp.domain.lists.pipeline import ListRead, compare, read
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.exchange.actions.carrying import Say, carry_out
from caseapp.exchange.models import ListRun
from caseapp.kernel.db import new_id
from caseapp.kernel.keystore import SubjectKind
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.people import actions as people


def _silent(_done: int, _of: int) -> None:
    """Say nothing of the progress."""


class MayNotBringError(PermissionError):
    """Somebody may not bring in this kind of list."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A list held against what we know: its report, and what applying it needs."""

    report: Report
    snapshot: queries.Snapshot
    file_hash: bytes
    shown: tuple[UUID, ...]
    """The children of whom the report says something."""
    before: datetime | None = None
    """When this very file came in last as this list."""


def examine(
    work: Work, kind: ListKind, data: bytes, *, file_name: str, on: date, taken: Taken | None = None
) -> Examined:
    """Hold a list against what we know, without writing anything.

    `taken` has, by row number, the doubts that a person decided to take. Raises MayNotBringError,
    and Unreadable when something that has to be compared does not open.
    """
    if not queries.may_bring(work.actor, kind):
        raise MayNotBringError
    there = queries.places(work, kind)
    said = read(kind, data, on=on, locations=there.known, file=file_name)
    snapshot = queries.known(work, said, there)
    report = compare(said, snapshot.known, taken)
    digest = sha256(data).digest()
    earlier = queries.run_of_file(work, kind, digest)
    return Examined(
        report,
        snapshot,
        digest,
        shown=_shown(said, report, snapshot.keys),
        before=earlier.at if earlier is not None else None,
    )


def note_trial(work: Work, examined: Examined) -> None:
    """Write in the trail that somebody tried a list, and of which children the report says something."""
    _note_shown(work, examined)
    work.record(ListTried(list_kind=examined.report.kind.value))


def bring_in(
    work: Work, kind: ListKind, data: bytes, *, file_name: str, on: date, say: Say = _silent
) -> Examined:
    """Examine a list and apply its accepted rows, while nobody else applies one or registers a child.

    Raises what examine and apply raise; nothing is saved before the commit of this work.
    """
    people.next_numbers(work, 0)
    examined = examine(work, kind, data, file_name=file_name, on=on)
    apply(work, examined, say)
    return examined


def apply(work: Work, examined: Examined, say: Say = _silent) -> None:
    """Carry out what the accepted rows say, and keep that the list came in; a file with an error does nothing.

    Doubtful and refused rows are left out. Raises LostRaceError when what was examined changed since.
    """
    report = examined.report
    if report.error is not None:
        return
    carry_out(work, report, examined.snapshot, say)
    run = ListRun(
        id=new_id(),
        list_kind=report.kind.value,
        file_hash=examined.file_hash,
        on_day=report.on,
        account_id=work.actor.account_id,
        at=work.now,
        counts={verdict.value: number for verdict, number in report.counts.items()},
    )
    work.vault.make_keys([run.id], SubjectKind.IMPORT, [Domain.IMPORT])
    work.add(run, file_name=report.file)
    _note_shown(work, examined)
    work.record(ListApplied(object_id=run.id, list_kind=report.kind.value))


def _note_shown(work: Work, examined: Examined) -> None:
    """Note of which children the report says something, if of any."""
    if examined.shown:
        work.saw("list-report", examined.shown)


def _shown(said: ListRead, report: Report, keys: Mapping[str, UUID]) -> tuple[UUID, ...]:
    told = {row.number for row in report.rows if row.problems}
    named = [row.mentions for row in said.rows if row.number in told and row.mentions is not None]
    found = (keys.get(v_number) for v_number in (*named, *report.not_on_list))
    return tuple(dict.fromkeys(key for key in found if key is not None))
