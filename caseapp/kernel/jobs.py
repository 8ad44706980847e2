"""Work that comes back by the clock: whose turn it is, so that two workers never do one thing twice."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Float,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    or_,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.domain.policy import Actor
from caseapp.kernel import clock
from caseapp.kernel.access import Access, Source
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.db import Base, new_id, plain
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work

log = logging.getLogger("caseapp.jobs")

Opener = Callable[[], Work]
Task = Callable[[Opener, Machine], object]

MINUTE: Final = timedelta(minutes=1)
QUEUED: Final = "C: names of jobs that wait for the worker"


@dataclass(frozen=True, slots=True)
class Job:
    """A task with a name, and when it comes back: every so often, or at an hour of the Dutch day."""

    name: str
    when: timedelta | time
    run: Task
    lease: timedelta | None = timedelta(minutes=10)
    """How long a worker may take; after that another takes the turn over. None: nobody needs the turn,
    because each thing that there is to do has a claim of its own."""

    def slot(self, now: datetime) -> datetime:
        """Return the moment from which the present turn counts: the same for every worker."""
        if isinstance(self.when, timedelta):
            step = int(self.when.total_seconds())
            return datetime.fromtimestamp(now.timestamp() // step * step, tz=now.tzinfo)
        local = now.astimezone(clock.AMSTERDAM)
        begins = datetime.combine(local.date(), self.when, tzinfo=clock.AMSTERDAM)
        if begins > local:
            begins = datetime.combine(
                local.date() - timedelta(days=1), self.when, tzinfo=clock.AMSTERDAM
            )
        return begins.astimezone(now.tzinfo)


class JobTurn(Base):
    """Which turn of a job was begun last, by whom, and whether it was done."""

    __tablename__ = "job_turn"

    job: Mapped[str] = plain("K: name of a job", length=40, primary_key=True)
    slot: Mapped[datetime | None] = mapped_column()
    claim: Mapped[UUID | None] = mapped_column()
    leased_until: Mapped[datetime | None] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
    failed_at: Mapped[datetime | None] = mapped_column()


def run(job: Job, machine: Machine) -> bool:
    """Do a job when its turn has come and no other worker has it; return whether it was done here.

    A worker that was killed loses its turn when its lease ends. A job that fails is logged by its name
    and the kind of its error, and comes back at its next turn.
    """
    if job.lease is None:
        return _do(job, machine)
    claim = _take(job, machine)
    if claim is None:
        return False
    is_done = _do(job, machine)
    _end(machine, job, claim, failed_at=None if is_done else machine.now())
    return is_done


def _do(job: Job, machine: Machine) -> bool:
    try:
        job.run(lambda: opened(machine, job.name), machine)
    except Exception as error:  # noqa: BLE001 (one job that fails must not stop the others)
        log.error("job %s failed: %s", job.name, type(error).__name__)  # noqa: TRY400 (no values in logs)
        return False
    return True


def opened(machine: Machine, name: str) -> Work:
    """Begin a unit of work of a job, which works over all children."""
    work = machine.work(Actor(account_id=None, name=name, everywhere=True), route=f"job {name}")
    work.access = Access(Source.WORKER)
    return work


def last_done(work: Work, name: str) -> datetime | None:
    """Return when a job was done last; nothing when it never was."""
    row = work.session.get(JobTurn, name)
    return row.done_at if row else None


def _take(job: Job, machine: Machine) -> UUID | None:
    """Claim the turn with one statement that only one worker can win; return the claim."""
    work = opened(machine, job.name)
    slot, claim = job.slot(work.now), new_id()
    insert_new(work, JobTurn, [{"job": job.name}])
    won = _set(
        work,
        job,
        _is_free(slot, work.now),
        slot=slot,
        claim=claim,
        leased_until=work.now + (job.lease or MINUTE),
        done_at=None,
    )
    work.commit()
    work.session.close()
    return claim if won else None


def _is_free(slot: datetime, now: datetime) -> ColumnElement[bool]:
    """Return the predicate: never begun, done in an earlier turn, or left behind by a worker that is gone."""
    earlier = JobTurn.done_at.is_not(None) & (JobTurn.slot < slot)
    left = JobTurn.done_at.is_(None) & (JobTurn.leased_until <= now)
    return or_(JobTurn.slot.is_(None), earlier, left)


def _end(machine: Machine, job: Job, claim: UUID, failed_at: datetime | None) -> None:
    work = opened(machine, job.name)
    _set(work, job, JobTurn.claim == claim, done_at=work.now, failed_at=failed_at)
    work.commit()
    work.session.close()


def _set(work: Work, job: Job, where: ColumnElement[bool], **values: Any) -> bool:
    done = work.session.execute(
        update(JobTurn).where(JobTurn.job == job.name, where).values(**values)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _text(name: str, **options: Any) -> Column[Any]:
    return Column(name, Text, info={"clear": QUEUED}, nullable=False, **options)


def _number(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


def _data(name: str) -> Column[Any]:
    return Column(name, LargeBinary, nullable=False)


def _key() -> Column[Any]:
    return Column("id", BigInteger, Identity(), primary_key=True)


QUEUE: Final = (
    Table("huey_kv", Base.metadata, _text("queue", primary_key=True), _text("key", primary_key=True),
          _data("value")),
    Table("huey_schedule", Base.metadata, _key(), _text("queue"), _data("data"),
          _number("timestamp", Float(53)), Index(None, "queue", "timestamp")),
    Table("huey_task", Base.metadata, _key(), _text("queue"), _data("data"),
          _number("priority", Float(53), server_default="0"), Index(None, "queue", "priority", "id")),
    Table("huey_counter", Base.metadata, _text("queue", primary_key=True),
          _text("key", primary_key=True), _number("value", BigInteger, server_default="0")),
)  # fmt: skip
"""The tables of huey's PostgresStorage: the application's role may make none. SQLite leaves them empty."""
