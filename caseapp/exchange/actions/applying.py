"""Applying a list: everything is sealed and judged on copies first, then written in one short transaction.

While the rehearsal lasts nobody waits for it. Killed at any moment before the commit, nothing has been
written; after it, everything (ADR 0028).
"""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from caseapp.audit import queries as audit
from caseapp.domain.lists.intents import AddChild
from caseapp.domain.policy import Actor
from caseapp.exchange.actions.grouping import Group, grouped
from caseapp.exchange.actions.lists import Examined, Say, Source, examine, silent
from caseapp.exchange.actions.rehearsing import APART, HOUSE, Rehearsed, Room
from caseapp.exchange.actions.writing import (
    Finish,
    HouseChangedError,
    MeanwhileError,
    Part,
    Writing,
    rehearsed_part,
)
from caseapp.kernel.machine import Machine
from caseapp.kernel.rehearsal import Rehearsal
from caseapp.kernel.spool import Spool
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import actions as people

ATTEMPTS: Final = 3
"""How often a list is rehearsed anew because places, people or limits changed meanwhile."""

MANY: Final = 1_000
"""Rows from which on it pays to set a list aside in memory."""


def apply_list(
    machine: Machine,
    actor: Actor,
    source: Source,
    finish: Finish,
    *,
    occasion: UUID,
    say: Say = silent,
    route: str = "import",
) -> Examined:
    """Examine a list, carry out its accepted rows, save it all at once, and return how it came out.

    Doubtful rows that nobody decided to take and refused ones are left out; a file with an error does
    nothing. `finish` keeps the run itself in the same transaction, `occasion` is its key. Raises
    MayNotBringError, Unreadable, LostRaceError and errors of the database; then nothing is written.
    """
    with Spool(Rehearsed, machine.settings.instance) as spool, _set_aside():
        for _ in range(ATTEMPTS):
            applying = Applying(machine, actor, source, say, route, occasion, spool, machine.now())
            try:
                return applying.run(finish)
            except HouseChangedError:
                spool.clear()
    raise LostRaceError


@contextmanager
def _set_aside() -> Iterator[None]:
    """Let the collector of memory look again, in the end, at what a list set aside."""
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class Applying:
    """One list on its way from a report to one transaction."""

    machine: Machine
    actor: Actor
    source: Source
    say: Say
    route: str
    occasion: UUID
    spool: Spool[Rehearsed]
    now: datetime

    def run(self, finish: Finish) -> Examined:
        """Rehearse the list and write it."""
        with self._work(writes=False) as work:
            seq = audit.last_number(work)
            examined = examine(work, self.source, self.say)
            groups = list(grouped(work, examined.report.intents, examined.snapshot))
        if examined.report.error is not None:
            return examined
        with closing(Rehearsal(HOUSE, APART)) as stage, self._work() as like:
            room = Room(self.machine, like, self.source.kind, stage)
            parts = self._rehearse(room, groups, examined)
            return self._write(room, parts, examined, seq, finish)

    def _rehearse(self, room: Room, groups: list[Group], examined: Examined) -> list[Part]:
        """Rehearse all groups; each looks at its children at a moment of its own."""
        number = self._numbers(examined)
        if len(examined.said.rows) > MANY:
            gc.collect()
            gc.freeze()  # the list stays in memory till the end: the collector need not look again
        with self._work(writes=False) as real:
            room.stage.furnish(real)
        parts, of = [], len(examined.report.intents)
        done = 0
        for group in groups:
            with self._work(writes=False) as real:
                part = rehearsed_part(room, self.spool, real, group, examined.snapshot, number)
            parts.append(part)
            number += sum(isinstance(intent, AddChild) for intent in group.intents)
            done += len(group.intents)
            self.say("rehearsing", done, of)
        return parts

    def _numbers(self, examined: Examined) -> int:
        """Take numbers for the new children before, so that nobody waits for them; return the first."""
        new = sum(isinstance(intent, AddChild) for intent in examined.report.intents)
        with self._work() as work:
            first = people.next_numbers(work, new)
            work.commit()
        return first

    def _write(
        self, room: Room, parts: list[Part], examined: Examined, seq: int, finish: Finish
    ) -> Examined:
        """Write what was rehearsed; who is faster than our locks lets us begin again with that part anew."""
        anew: frozenset[int] = frozenset()
        while True:
            self.say("writing", 0, 0)
            with self._work() as work:
                writing = Writing(work, room, self.spool, examined, seq, list(parts), anew)
                try:
                    report = writing.write(finish)
                except MeanwhileError as met:
                    anew = met.parts
                    continue
                work.commit()
                return replace(examined, report=report)

    @contextmanager
    def _work(self, *, writes: bool = True) -> Iterator[Work]:
        """Give a unit of work; what was not committed is dropped."""
        work = self.machine.work(self.actor, writes=writes, route=self.route, now=self.now)
        work.occasion, work.trace_id = self.occasion, str(self.occasion)
        try:
            with work.beyond("a list is written for whoever lives there"):
                yield work
        finally:
            work.session.rollback()
            work.session.close()
            work.vault.forget()
