"""Proving the second factor: at the second step of signing in, and once more for a dangerous act.

A try is counted in a transaction of its own, before anything is looked at: in the session, which gives
five, and in the windows of the throttle. Each proof is used up by one statement that only one can win.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import update

from caseapp.accounts import queries
from caseapp.accounts.actions import factors, passkeys, sessions, throttling
from caseapp.accounts.models import Account, Factor, UserSession
from caseapp.domain.events import (
    RecoveryCodeUsed,
    SecondStepProved,
    SecondStepRefused,
    SignedIn,
)
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import TRIES, Level, Wrong, step_of
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

DOOR: Final = Actor(account_id=None, name="second step")


class With(StrEnum):
    """What somebody proves it with."""

    CODE = "code"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Proof:
    """A try to prove the second factor: in which session, with what, from where."""

    session_id: UUID
    account_id: UUID
    kind: With
    answer: str = field(repr=False)
    address: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """The answer: the token of a session that rose, or why not."""

    token: str | None = None
    session_id: UUID | None = None
    actor: Actor | None = None
    wrong: Wrong | None = None
    wait: timedelta | None = None


def prove(machine: "Machine", proof: Proof, route: str = "") -> Proven:
    """Let a session rise when the proof is right; it has a new token then, and the old one is dead."""
    stopped = _counted(machine, proof, route)
    if stopped is not None:
        return stopped
    work = machine.work(DOOR, route=route)
    try:
        row, who = work.session.get(UserSession, proof.session_id), _who(work, proof)
        if row is None or who is None or row.revoked_at is not None:
            return Proven(wrong=Wrong.SPENT)
        work.actor = queries.actor_of(
            work.session, who, work.now, session_ref=queries.session_ref(work.vault, row.id)
        )
        wrong = CHECKS[proof.kind](work, machine, row, proof.answer)
        if wrong is not None:
            return _refused(work, row, wrong)
        return _let_rise(machine, work, row, who, proof)
    finally:
        work.session.close()


def _counted(machine: "Machine", proof: Proof, route: str) -> Proven | None:
    """Count a try; return why it may not go on."""
    work = machine.work(DOOR, route=route)
    try:
        tried = (
            update(UserSession)
            .where(UserSession.id == proof.session_id, UserSession.revoked_at.is_(None))
            .values(tries=UserSession.tries + 1)
            .returning(UserSession.tries)
            .execution_options(synchronize_session=False)
        )
        tries = work.session.execute(tried).scalar_one_or_none()
        verdict = throttling.count_try(work, _keys(work, proof))
        if verdict.first:
            work.record(SecondStepRefused(object_id=proof.session_id, told=(proof.account_id,)))
        work.commit()
    finally:
        work.session.close()
    if tries is None or tries > TRIES:
        return Proven(wrong=Wrong.SPENT)
    return None if verdict.goes_on else Proven(wait=verdict.wait)


def _keys(work: Work, proof: Proof) -> throttling.Keys:
    """Return the windows of the second step, apart from those of the password."""
    who = f"second step {proof.account_id}"
    return throttling.keys_of(work, who, proof.address, proof.mark)


def _who(work: Work, proof: Proof) -> Account | None:
    who = queries.account(work, proof.account_id)
    return who if who is not None and who.closed_at is None else None


def _refused(work: Work, row: UserSession, wrong: Wrong) -> Proven:
    work.undo()
    work.record(SecondStepRefused(object_id=row.id, told=(row.account_id,)))
    work.commit()
    return Proven(wrong=wrong)


def rise(machine: "Machine", work: Work, session_id: UUID, address: str, mark: str) -> Proven:
    """Let a session rise in which a new factor was proved just now, and save that factor with it."""
    row = work.session.get(UserSession, session_id)
    who = queries.account(work, row.account_id) if row is not None else None
    if row is None or who is None:
        return Proven(wrong=Wrong.SPENT)
    proof = Proof(session_id, who.id, With.CODE, "", address, mark)
    return _let_rise(machine, work, row, who, proof)


def _let_rise(
    machine: "Machine", work: Work, row: UserSession, who: Account, proof: Proof
) -> Proven:
    was_full = row.level == Level.FULL
    lasts = timedelta(hours=machine.settings.session_hours)
    new = sessions.risen(work, row, lasts)
    if new is None:  # ended in the meantime
        return Proven(wrong=Wrong.SPENT)
    token, risen = new
    ref = queries.session_ref(work.vault, risen.id)
    work.actor = queries.actor_of(work.session, who, work.now, session_ref=ref)
    throttling.forgive(work, _keys(work, proof))
    if not was_full:
        welcome(work, who, proof.address, proof.mark)
    event = SecondStepProved if was_full else SignedIn
    work.record(event(object_id=risen.id))
    work.commit()
    return Proven(token, risen.id, work.actor)


def welcome(work: Work, who: Account, address: str, mark: str) -> None:
    """Remember from where, with which browser and when somebody came in who proved both factors."""
    throttling.welcome(work, throttling.keys_of(work, who.reachable.email, address, mark))
    seen = update(Account).where(Account.id == who.id).values(last_seen_at=work.now)
    work.session.execute(seen.execution_options(synchronize_session=False))


def _check_code(work: Work, _machine: "Machine", row: UserSession, typed: str) -> Wrong | None:
    app = queries.app_of(work, row.account_id)
    if app is None:
        return Wrong.NOT_RIGHT
    return use_code(work, app, typed)


def use_code(work: Work, app: Factor, typed: str) -> Wrong | None:
    """Use up the code of an app; return why it cannot be."""
    beside = queries.step_shown(app, typed, work.now)
    if beside is None:
        return Wrong.NOT_RIGHT
    if beside != 0:
        return Wrong.CLOCK
    return None if factors.use_step(work, app, step_of(work.now)) else Wrong.USED


def _check_recovery(work: Work, _machine: "Machine", row: UserSession, typed: str) -> Wrong | None:
    used = factors.use_recovery_code(work, row.account_id, typed)
    if used is None or row.level == Level.FULL:
        return Wrong.NOT_RIGHT
    work.record(RecoveryCodeUsed(object_id=used, told=(row.account_id,)))
    return None


Check = Callable[[Work, "Machine", UserSession, str], Wrong | None]
CHECKS: Final[Mapping[With, Check]] = {
    With.CODE: _check_code,
    With.PASSKEY: passkeys.check,
    With.RECOVERY: _check_recovery,
}
