"""Whether the trail is whole: its records, its checkpoints, its end, and the rows of files."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, Engine

from caseapp.audit.queries import raw_trail
from caseapp.audit.queries.earlier import earlier
from caseapp.audit.queries.looking import EVERYTHING, Look
from caseapp.audit.queries.rows_now import RowsNow
from caseapp.domain.trail import Outcome, Problem, Wrong
from caseapp.kernel import checkpoints
from caseapp.kernel.checkpoints import CLOSED, Checkpoint, Line
from caseapp.kernel.work import Work

MOST: Final = 100
"""So many problems are named; with more, all that stands before is called broken."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the trail found."""

    outcome: Outcome
    since: int
    upto: int
    records: int
    """Records that were looked at."""
    is_full: bool
    problems: tuple[Problem, ...] = ()
    known: tuple[Problem, ...] = ()
    """What a signed record of an earlier break names already."""
    checkpoints: int = 0
    last_good: int | None = None

    @property
    def first_bad(self) -> int | None:
        """Return the lowest number at which something is wrong."""
        return min((one.seq for one in self.problems), default=None)


def verify(work: Work, file: Path, since: int | None = None) -> Found:
    """Look at the whole trail and at the rows of files, or at the records since a number alone.

    `since` goes back to a checkpoint that we signed; without one the whole trail is looked at. All is
    read as it stood at one moment, while others go on writing.
    """
    lines = checkpoints.read(file, work.vault.trail)
    ours = [line.checkpoint for line in lines if line is not None and line.is_ours]
    start = _start(ours, since)
    look = Look(work, {one.seq: one for one in ours if start is None or one.seq > start.seq})
    is_full = start is None or start.kind == CLOSED
    if is_full:
        look.rows = RowsNow()
    if start is not None:
        look.expected, look.before = start.seq + 1, bytes.fromhex(start.hash)
        look.counted, look.is_chained = start.records, True
    _strange_lines(look, lines)
    with _one_moment(work) as db:
        if start is None:
            look.stood_before = tuple(map(str, earlier(work)))
        upto = _records(look, db)
        if look.rows is not None:
            look.problems += look.rows.problems(work)
    return _found(look, start.seq if start else 0, upto, is_full=is_full)


def _start(ours: Sequence[Checkpoint], since: int | None) -> Checkpoint | None:
    """Return the checkpoint from which to look: the last closed year, or the newest before a number."""
    closed = [one for one in ours if one.kind == CLOSED]
    before = [one for one in ours if since is not None and one.seq <= since]
    return max(closed + before, key=lambda one: one.seq, default=None)


@contextmanager
def _one_moment(work: Work) -> Iterator[Connection]:
    """Read all as it stands at one moment; the work has done nothing before, and begins anew after."""
    work.session.rollback()
    bind = cast("Engine", work.session.get_bind())
    if bind.dialect.name == "postgresql":
        work.session.bind = bind.execution_options(isolation_level="REPEATABLE READ")
    try:
        with work.beyond("is the trail whole"):
            yield work.session.connection()
    finally:
        work.session.rollback()
        work.session.bind = bind


def _strange_lines(look: Look, lines: Iterable[Line | None]) -> None:
    """Say which lines of the file of checkpoints are none, or were not signed by us."""
    for number, line in enumerate(lines, start=1):
        if line is None or not line.is_ours:
            look.problems.append(Problem(0, Wrong.SIGNATURE, f"checkpoint in line {number}"))


def _records(look: Look, db: Connection) -> int:
    """Look at every record and at the end of the trail, and return the last number."""
    ends = raw_trail.head(db)
    last = raw_trail.last(db)
    start = upto = look.expected - 1
    for some, seen in raw_trail.ahead(db, start, last):
        look.at(some, seen)
        upto = some[-1][0]
    if ends is None or ends != (upto, look.before if look.is_chained else None):
        look.problems.append(Problem(upto, Wrong.HEAD))
    look.problems += (
        Problem(seq, Wrong.CHECKPOINT, "gone") for seq in look.checkpoints.keys() - look.met
    )
    return upto


def _found(look: Look, since: int, upto: int, *, is_full: bool) -> Found:
    known = {one for one in look.problems if any(_names(of, one) for of in look.breaks)}
    new = sorted(set(look.problems) - known)
    outcome = Outcome.BROKEN if new else Outcome.OK
    if not new and not look.checkpoints and since == 0:
        outcome = Outcome.UNSURE
    first = min((one.seq for one in new), default=upto + 1)
    return Found(
        outcome=outcome,
        since=since,
        upto=upto,
        records=look.looked_at,
        is_full=is_full,
        problems=tuple(new),
        known=tuple(sorted(known)),
        checkpoints=len(look.checkpoints),
        last_good=max((seq for seq in look.good if seq < first), default=None),
    )


def name_of(problem: Problem) -> str:
    """Return the short name by which the record of a break names a problem."""
    told = f"{problem.seq} {problem.wrong} {problem.where}"
    return sha256(told.encode()).hexdigest()[:8]


def _names(of: tuple[int, frozenset[str]], problem: Problem) -> bool:
    seq, names = of
    return problem.seq < seq and bool(names & {EVERYTHING, name_of(problem)})
