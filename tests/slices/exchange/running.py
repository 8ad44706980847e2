"""Bringing in a list as people do it in the browser, and the worker that does the rest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange import queries
from caseapp.exchange.actions import decide, start_applying, submit
from caseapp.exchange.jobs import lists
from caseapp.exchange.models import ListRow, ListRun
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.acting import acting
from tests.domain.lists.making import ON, written
from tests.world import NOW, World


@dataclass(frozen=True, slots=True)
class Desk:
    """A house with its world, in which lists are brought in."""

    house: Machine
    world: World

    def submit(
        self, who: str, kind: ListKind, *rows: dict[str, str], name: str = "list.csv"
    ) -> UUID:
        """Upload a list, as somebody, and return its run."""
        data = written(kind, *rows)
        with acting(self.house, self.world, who) as work:
            run = submit(
                work,
                kind,
                read_table(kind, data),
                file_name=name,
                on=ON,
                file_hash=sha256(data).digest(),
            )
        return run.id

    def work_off(self, after: timedelta = timedelta()) -> None:
        """Let a worker do all that waits, some time later."""
        lists(self.at(after))

    def at(self, after: timedelta) -> Machine:
        """Return the house some time later."""
        return replace(self.house, now=lambda: NOW + after)

    def decide(self, who: str, run_id: UUID, decision: Decision | None, *numbers: int) -> int:
        """Decide about rows, as somebody."""
        with acting(self.house, self.world, who) as work:
            return decide(work, work.session.get_one(ListRun, run_id), numbers, decision)

    def release(self, who: str, run_id: UUID) -> bool:
        """Let a list be applied, as somebody."""
        with acting(self.house, self.world, who) as work:
            return start_applying(work, work.session.get_one(ListRun, run_id))

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Give a unit of work that reads everything."""
        work = self.house.work(Actor(None, "test", everywhere=True), writes=False)
        try:
            yield work
        finally:
            work.session.close()

    def of(self, run_id: UUID, read: Callable[[Work, ListRun], Any]) -> Any:
        """Return what somebody who sees everything reads of a run."""
        with self.reading() as work:
            return read(work, work.session.get_one(ListRun, run_id))

    def state(self, run_id: UUID) -> tuple[str, dict[str, str] | None]:
        """Return how far a run is, and what went wrong."""
        return self.of(run_id, lambda _work, run: (run.state, run.error))

    def counts(self, run_id: UUID) -> dict[str, int]:
        """Return how many rows of a run came to each verdict, without those of which there are none."""
        counted = self.of(run_id, lambda _work, run: run.counts)
        return {verdict: number for verdict, number in counted.items() if number}

    def rows(self, run_id: UUID) -> list[queries.ShownRow]:
        """Return the rows of a run."""
        return self.of(run_id, queries.rows)

    def all_of(self, model: Any, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of all rows of a table."""
        with self.reading() as work:
            wanted = select(*(getattr(model, name) for name in columns))
            return [tuple(row) for row in work.session.execute(wanted)]

    def decisions(self, run_id: UUID) -> dict[int, str | None]:
        """Return what is decided, by row."""
        with self.reading() as work:
            wanted = select(ListRow.number, ListRow.decision).where(ListRow.run_id == run_id)
            return {row.number: row.decision for row in work.session.execute(wanted)}
