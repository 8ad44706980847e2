"""Which worker has a list, and how far it is: short transactions, so that nobody waits for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_, select, update

from caseapp.domain.events import ListFailed
from caseapp.domain.lists.course import RunState
from caseapp.exchange.models import ListRun
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

Opener = Callable[[], Work]

OPEN: Final = (RunState.WAITING, RunState.LOOKING, RunState.APPLYING, RunState.UNDOING)
"""States in which a worker has to do something."""

SELDOM: Final = timedelta(seconds=1)
"""So often progress is written down at most."""


MEANWHILE: Final = "meanwhile"
"""The code of a list that was not written because somebody else wrote at the same time."""

NOBODY: Final[Mapping[str, Any]] = dict.fromkeys(
    ("claim", "leased_until", "stage", "done", "total")
)
"""What a run says of its worker when it has none."""


WRITING: Final = "writing"
PATIENCE: Final = 5
"""Leases that the one transaction of a list may take: nothing can be said while it lasts."""


_LATER: Final = {RunState.APPLYING: RunState.READY, RunState.UNDOING: RunState.APPLIED}
_FAILED: Final = {RunState.UNDOING: RunState.APPLIED}
"""How far a list is again when it met something else, and when it failed for good."""


class OustedError(RuntimeError):
    """Another worker has this list now, or somebody withdrew it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A list that this worker has, until its lease ends."""

    run_id: UUID
    id: UUID
    lease: timedelta
    state: RunState
    """What is to be done: it is looked at, applied or undone."""

    @property
    def applies(self) -> bool:
        """Whether people let it be applied."""
        return self.state is RunState.APPLYING


def claim(work: Work, lease: timedelta) -> Claim | None:
    """Take the oldest list that waits for a worker, or that a worker left behind; None when there is none.

    One statement decides, so that two workers never get the same list; who comes second tries the next.
    """
    while (run_id := work.session.scalar(_first_free(work.now))) is not None:
        state = _take(work, run_id, mine := new_id(), work.now + lease)
        if state is not None:
            return Claim(run_id, mine, lease, RunState(state))
    return None


def _first_free(now: datetime) -> Any:
    return select(ListRun.id).where(_is_free(now)).order_by(ListRun.at, ListRun.id).limit(1)


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Return the predicate: something is to be done, and no worker has it that is still there."""
    waits = ListRun.state.in_([state.value for state in OPEN])
    return waits & or_(ListRun.leased_until.is_(None), ListRun.leased_until <= now)


def _take(work: Work, run_id: UUID, mine: UUID, until: datetime) -> str | None:
    """Claim a list and return its state; None when another worker was first."""
    looked_at = ListRun.state == RunState.WAITING.value
    return work.session.scalar(
        update(ListRun)
        .where(ListRun.id == run_id, _is_free(work.now))
        .values(
            claim=mine,
            leased_until=until,
            state=case((looked_at, RunState.LOOKING.value), else_=ListRun.state),
        )
        .returning(ListRun.state)
        .execution_options(synchronize_session=False)
    )


def keep_hold(work: Work, claim: Claim, values: Mapping[str, Any]) -> None:
    """Change a run that this worker has, and prolong its lease; raises OustedError when it has it no more."""
    held = work.session.execute(
        update(ListRun)
        .where(ListRun.id == claim.run_id, ListRun.claim == claim.id)
        .values({"leased_until": work.now + claim.lease, **values})
        .execution_options(synchronize_session=False)
    )
    if not held.rowcount:  # type: ignore[attr-defined]
        raise OustedError


def leave_ready(work: Work, claim: Claim) -> None:
    """Leave a list to people, who decide and let it be applied; raises OustedError."""
    _let_go(work, claim, RunState.READY)


def leave_failed(work: Work, claim: Claim, error: Mapping[str, str]) -> None:
    """Leave a list with the code of what went wrong, and what its sentence needs; raises OustedError."""
    _let_go(work, claim, _FAILED.get(claim.state, RunState.FAILED), error=dict(error))
    work.record(ListFailed(object_id=claim.run_id, fields=(error["code"],)))


def leave_for_later(work: Work, claim: Claim) -> None:
    """Leave a list that met something else: people let it be applied again, or a worker looks later.

    Raises OustedError.
    """
    error = {"code": MEANWHILE}
    if claim.state in _LATER:
        _let_go(work, claim, _LATER[claim.state], error=error)
    else:
        _let_go(work, claim, RunState.WAITING, error=error, leased_until=work.now + claim.lease)
    work.record(ListFailed(object_id=claim.run_id, fields=(MEANWHILE,)))


def _let_go(work: Work, claim: Claim, state: RunState, **more: Any) -> None:
    keep_hold(
        work, claim, {**NOBODY, "error": None, "undone_by": None, "state": state.value, **more}
    )


@dataclass(slots=True)
class Progress:
    """Writes down how far a worker is with a list: each stage, and not more often than every second."""

    open_work: Opener
    claim: Claim
    stage: str = ""
    last: datetime | None = field(default=None)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say how much of a stage is done. Raises OustedError; never call it with a transaction open."""
        work = self.open_work()
        is_due = self.last is None or work.now - self.last >= SELDOM
        if not is_due and stage == self.stage:
            return
        try:
            keep_hold(
                work,
                self.claim,
                {
                    "stage": stage,
                    "done": done,
                    "total": total,
                    "leased_until": self._until(work, stage),
                },
            )
            work.commit()
        finally:
            work.session.close()
        self.stage, self.last = stage, work.now

    def _until(self, work: Work, stage: str) -> datetime:
        """Return until when this worker has the list, if it says nothing more: long while it writes."""
        return work.now + self.claim.lease * (PATIENCE if stage == WRITING else 1)
