"""Random series of lists of which a person takes some doubtful rows: what was taken must be carried out.

As a script: `python -m tests.list_oracle.taken_series [--worlds N] [--first SEED] [--database sqlite]`;
without a database the lists are carried out on a snapshot in memory.
"""

import argparse
import sys
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Protocol

from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.outcomes import Taken
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.report import Report, RowReport
from caseapp.domain.lists.words import ListKind, Reason
from caseapp.domain.policy import Actor
from caseapp.exchange import actions
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from tests import bare_house, house
from tests.list_oracle.world_lists import Listed, lists_of

ACTOR = Actor(account_id=None, name="list-import", everywhere=True)
WAITS = {"doubtful", "refused"}
TOLD = {"new", "changed", "same"}


class Place(Protocol):
    """Where lists come in."""

    def told(self, listed: Listed, taken: Taken) -> Report:
        """Try a list with what a person decided."""

    def applied(self, listed: Listed, taken: Taken) -> Report:
        """Apply a list with what a person decided."""


@dataclass
class InMemory:
    """Lists carried out on a snapshot."""

    known: Known = field(default_factory=Known)

    def told(self, listed: Listed, taken: Taken) -> Report:
        kind = ListKind(listed.kind)
        return examine(kind, listed.data, on=listed.on, known=self.known, taken=taken)

    def applied(self, listed: Listed, taken: Taken) -> Report:
        report = self.told(listed, taken)
        self.known = apply_to(self.known, report.intents)
        return report


@dataclass
class InHouse:
    """Lists carried out in a database."""

    machine: Machine

    def told(self, listed: Listed, taken: Taken) -> Report:
        work = self.machine.work(ACTOR, writes=False)
        try:
            return actions.examine(work, _source(listed, taken)).report
        finally:
            work.session.close()

    def applied(self, listed: Listed, taken: Taken) -> Report:
        source = _source(listed, taken)
        finish = partial(actions.finish_new, source)
        return actions.apply_list(self.machine, ACTOR, source, finish, occasion=new_id()).report


def _source(listed: Listed, taken: Taken) -> actions.Source:
    kind = ListKind(listed.kind)
    source = actions.Source.of_file(kind, listed.data, file="list.csv", on=listed.on)
    return replace(source, taken=taken)


def faults(place: Place, number: int) -> Iterator[str]:
    """Yield what is wrong in one world, in which a person takes some of the rows that can be taken."""
    chance = Random(number)
    for turn, listed in enumerate(lists_of(number), 1):
        waiting = place.told(listed, {})
        share = chance.choice((0.3, 1))
        taken = {
            row.number: row.doubts
            for row in waiting.rows
            if row.takeable and chance.random() < share
        }
        tried = place.told(listed, taken)
        try:
            applied = place.applied(listed, taken)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            found = [f"{type(error).__name__}: {error}"]
        else:
            found = [*_same(tried, applied), *_carried_out(waiting, applied, taken)]
            found += _again(applied, place.told(listed, taken), taken)
        if found:
            yield f"world {number}, list {turn} {listed.kind} {listed.on}, taken {sorted(taken)}:"
            yield from (f"  {line}" for line in found)
            yield listed.data.decode()
            return


def _same(tried: Report, applied: Report) -> Iterator[str]:
    if tried.as_json() != applied.as_json():
        yield "what is applied is not what was tried"


def _carried_out(waiting: Report, applied: Report, taken: Taken) -> Iterator[str]:
    """Yield rows that were taken and still wait, without another reason than what was agreed to."""
    before = {row.number: row for row in waiting.rows}
    # Moves see those before them, and a copy does as its first: these depend on what was decided.
    depends = waiting.kind is ListKind.TRANSFERS
    for row in applied.rows:
        if row.number not in taken and (depends or any(p.column is None for p in row.problems)):
            continue
        if row.number in taken and row.verdict.value not in TOLD:
            if not (depends and _says_why(row, taken[row.number])):
                yield f"row {row.number} was taken and is {row.verdict.value}"
        elif row.number not in taken and before[row.number].verdict != row.verdict:
            yield f"row {row.number} was {before[row.number].verdict.value}, is {row.verdict.value}"


def _says_why(row: RowReport, agreed: Collection[Reason]) -> bool:
    return row.verdict.value == "refused" or not row.takeable or bool(row.doubts - set(agreed))


def _again(applied: Report, again: Report, taken: Taken) -> Iterator[str]:
    """Yield rows that were carried out and change something once more."""
    first = {row.number: row for row in applied.rows}
    for row in again.rows:
        before = first[row.number].verdict.value
        if before in TOLD and row.verdict.value != "same":
            yield f"row {row.number} was {before}, and is {row.verdict.value} again {row.problems}"


def main(arguments: list[str]) -> int:
    """Print the faults of some worlds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--stop", type=int, default=3, help="after so many worlds with faults")
    parser.add_argument("--database", choices=house.ENGINES)
    asked = parser.parse_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        place: Place | None = None
        if asked.database:
            bare = bare_house.build(asked.database, Path(folder), "taken")
            place = InHouse(house.machine_of(bare.settings))
        for number in range(asked.first, asked.first + asked.worlds):
            found = list(faults(place or InMemory(), number))
            print("\n".join(found), end="\n" * bool(found), flush=True)  # noqa: T201 - a command
            wrong += bool(found)
            if wrong >= asked.stop:
                break
    print(f"{wrong} worlds with faults")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
