"""What a list tells a naive world: verdicts, problems, who is not on it, and the world after it."""

from collections import Counter
from dataclasses import dataclass, field

from tests.list_oracle import known_children, known_records, known_transfers
from tests.list_oracle.among_rows import key_of, look_among
from tests.list_oracle.shape import Problem, Read, Row
from tests.list_oracle.world_state import World

VERDICTS = ("new", "changed", "same", "doubtful", "refused")


@dataclass
class Told:
    """What is said of a list, and the world in which its accepted rows are known."""

    read: Read
    after: World
    verdicts: dict[int, str] = field(default_factory=dict)
    not_on_list: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each verdict."""
        found = Counter(self.verdicts.values())
        return {verdict: found[verdict] for verdict in VERDICTS}


def tell(read: Read, before: World) -> Told:
    """Return what is said of a list in a world; its rows get the problems of sections 5 and 6."""
    told = Told(read, before.copied())
    if read.kind == "occupancy":
        told.not_on_list = known_children.not_on_list(before, read.rows)
    firsts = look_among(read.kind, read.rows)
    part = [row for row in read.rows if not _stopped(row)]
    LISTS.get(read.kind, _records)(told, before, [r for r in part if r.number not in firsts])
    rows = {row.number: row for row in read.rows}
    for copy, first in firsts.items():
        told.verdicts[copy] = "same"
        rows[copy].problems += _as_the_first(rows[copy], rows[first])
    for row in read.rows:
        for severity in ("doubtful", "refused"):
            if row.is_(severity):
                told.verdicts[row.number] = severity
    return told


def _stopped(row: Row) -> bool:
    return row.is_("refused") or row.is_("doubtful")


def _as_the_first(copy: Row, first: Row) -> list[Problem]:
    """Return what keeps the first of two copies out, and so the other too."""
    said = {(problem.column, problem.reason) for problem in copy.problems}
    return [
        known_children.problem(copy, problem.column, problem.severity, problem.reason)
        for problem in first.problems
        if problem.severity in {"refused", "doubtful"}
        and problem.column is not None
        and (problem.column, problem.reason) not in said
    ]


def _heard(told: Told, row: Row, looked: tuple[list[Problem], str]) -> bool:
    """Note what was found about a row, and return whether it is taken."""
    row.problems += looked[0]
    told.verdicts[row.number] = looked[1]
    return not _stopped(row)


def _children(told: Told, before: World, rows: list[Row]) -> None:
    for row in rows:
        if _heard(told, row, known_children.look(before, told.read.on, row)):
            known_children.take(told.after, row)


def _moves(told: Told, before: World, rows: list[Row]) -> None:
    for row in known_transfers.in_turn(rows):
        if _heard(told, row, known_transfers.look(told.after, row)):
            known_transfers.take(told.after, row)


def _records(told: Told, before: World, rows: list[Row]) -> None:
    kind, after = told.read.kind, told.after
    keys = {key for row in told.read.rows if (key := key_of(kind, row)) is not None}
    # Looked up before anything is taken: known is what was accepted before this list.
    known = known_records.periods_of(after, rows) if kind == "school" else {}
    for row in rows:
        ours = known.get(row.number) if kind == "school" else known_records.held(after, kind, row)
        if _heard(told, row, known_records.look(before, kind, row, ours, keys)):
            known_records.take(after, kind, row, ours)


LISTS = {"occupancy": _children, "transfers": _moves}
