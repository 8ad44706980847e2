"""Lists that wait for a worker: looked at as who brought them, applied when people say so, or undone."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy.exc import IntegrityError, OperationalError

from caseapp.accounts import queries as accounts
from caseapp.domain.lists.course import RunState
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange import queries
from caseapp.exchange.actions import MayNotBringError, Source, apply_list, examine
from caseapp.exchange.actions.claiming import (
    NOBODY,
    WRITING,
    Claim,
    OustedError,
    Progress,
    claim,
    keep_hold,
    leave_failed,
    leave_for_later,
)
from caseapp.exchange.actions.forgetting import forget
from caseapp.exchange.actions.keeping import finish_claimed, keep_looked, sealed_rows
from caseapp.exchange.actions.undoing import HinderedError, forget_removed, undo
from caseapp.kernel import clock
from caseapp.kernel.jobs import opened
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, Work

log = logging.getLogger("caseapp.lists")

JOB: Final = "lists"
ROUTE: Final = f"job {JOB}"
MEANWHILE: Final = (LostRaceError, IntegrityError, OperationalError)
"""Somebody else wrote at the same time, or the database was away: trying again may do."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A list as somebody brought it, and that person with the rights that hold now."""

    actor: Actor
    source: Source


def lists(machine: Machine) -> None:
    """Do what there is to do for each list, the oldest first; what goes wrong with one is told on it."""
    while (mine := _next(machine)) is not None:
        try:
            _do(machine, mine)
        except OustedError:
            log.warning("a list went to another worker")
        except MEANWHILE:
            _leave(machine, partial(leave_for_later, claim=mine))
        except Exception as error:  # noqa: BLE001 (one list that fails must not stop the others)
            _leave(machine, partial(leave_failed, claim=mine, error=_told(error)))


def _next(machine: Machine) -> Claim | None:
    lease = timedelta(seconds=machine.settings.list_lease_seconds)
    with _opened(machine) as work:
        mine = claim(work, lease)
        work.commit()
    return mine


def _told(error: Exception) -> dict[str, str]:
    """Return the code of what went wrong; what nobody foresaw is logged by its kind, never with values."""
    if isinstance(error, MayNotBringError):
        return {"code": "not-allowed"}
    if isinstance(error, HinderedError):
        return {"code": "built-on"}
    if isinstance(error, Unreadable):
        return {"code": "unreadable", "reference": error.reference}
    log.error("a list failed: %s", type(error).__name__)
    return {"code": "unexpected"}


def _leave(machine: Machine, leave: Callable[[Work], None]) -> None:
    """Let go of a list; one that another worker has by now is left to that one."""
    with _opened(machine) as work, suppress(OustedError):
        leave(work)
        work.commit()


def _do(machine: Machine, mine: Claim) -> None:
    if mine.state is RunState.UNDOING:
        _undo(machine, mine)
        return
    with _opened(machine, writes=False) as work:
        brought = _brought(work, mine)
    say = Progress(partial(opened, machine, JOB), mine)
    if mine.applies:
        finish = partial(finish_claimed, mine)
        apply_list(
            machine, brought.actor, brought.source, finish,
            occasion=mine.run_id, say=say, route=ROUTE,
        )  # fmt: skip
    else:
        _look(machine, mine, brought, say)


def _brought(work: Work, mine: Claim) -> Brought:
    """Return a list and who brought it, with the rights of now; raises MayNotBringError and Unreadable."""
    run = queries.brought(work, mine.run_id)
    table = queries.table(work, run) if run else None
    if run is None or table is None:
        raise OustedError
    account = accounts.account(work, run.account_id) if run.account_id else None
    if account is None:
        raise MayNotBringError
    source = Source(
        ListKind(run.list_kind),
        table,
        run.file_name,
        run.on_day,
        run.file_hash,
        queries.taken(work, run) if mine.applies else {},
    )
    return Brought(accounts.actor_of(work.session, account, work.now), source)


def _undo(machine: Machine, mine: Claim) -> None:
    """Undo a list as who asked for it, with the rights of now; then destroy the keys of children that go."""
    Progress(partial(opened, machine, JOB), mine)(WRITING, 0, 0)
    with _opened(machine) as work:
        run = queries.brought(work, mine.run_id)
        asked_by = run.undone_by if run else None
        account = accounts.account(work, asked_by) if asked_by else None
        if run is None or account is None:
            raise MayNotBringError
        work.act_as(accounts.actor_of(work.session, account, work.now))
        keep_hold(work, mine, {})
        undo(work, run)
        for name in NOBODY:
            setattr(run, name, None)
        work.commit()
    with _opened(machine) as work:
        forget_removed(work)


def _look(machine: Machine, mine: Claim, brought: Brought, say: Progress) -> None:
    """Hold a list against what we know, and keep its report: sealed first, then written in one go."""
    with _opened(machine, brought.actor, writes=False) as work:
        report = examine(work, brought.source, say).report
        rows = sealed_rows(work, mine.run_id, report)
    say("keeping", 0, len(rows))
    with _opened(machine, brought.actor) as work:
        keep_looked(work, mine, report, rows)
        work.commit()


def forget_old(machine: Machine) -> None:
    """Destroy the keys of lists that are older than the policy says, each in a transaction of its own."""
    with _opened(machine) as work:
        first_kept = work.today - timedelta(days=machine.settings.list_key_days)
        for run_id in queries.overdue(work, clock.midnight(first_kept)):
            forget(work, run_id)
            work.commit()


@contextmanager
def _opened(machine: Machine, actor: Actor | None = None, *, writes: bool = True) -> Iterator[Work]:
    """Give a unit of work of the job, or of somebody; what was not committed is dropped."""
    system = Actor(account_id=None, name=JOB, everywhere=True)
    work = machine.work(actor or system, writes=writes, route=ROUTE)
    try:
        yield work
    finally:
        work.session.rollback()
        work.session.close()
        work.vault.forget()
