"""Signing in: the same work and the same answer, whoever knocks.

Counting, looking up and letting in are three units of work, so that no lock is held while a
password is hashed.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import update

from caseapp.accounts import queries
from caseapp.accounts.actions import sessions, throttling
from caseapp.accounts.models import Account
from caseapp.domain.events import PasswordGiven, SignInRefused
from caseapp.domain.passwords import is_too_long
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import Level
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

DOOR = Actor(account_id=None, name="sign-in")


@dataclass(frozen=True, slots=True)
class Knock:
    """A try to sign in: what was typed, from where, with which browser, and the session before."""

    email: str
    password: str
    address: str
    device: str = ""
    session_before: UUID | None = None
    mark: str = ""
    """What the browser got when somebody came in with it before; see marking.py."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that has begun."""

    token: str
    session_id: UUID
    actor: Actor
    language: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """The answer to a knock: let in, refused, or told to wait."""

    entered: Entered | None = None
    wait: timedelta | None = None


def enter(machine: "Machine", knock: Knock, route: str = "") -> Entry:
    """Let somebody in who knows the password; raises TooBusyError when too many are at the door."""
    verdict = _counted(machine, knock, route)
    if not verdict.goes_on:
        return Entry(wait=verdict.wait)
    account_id, kept = _kept(machine, knock)
    is_right = not is_too_long(knock.password) and passwords(machine.settings).verify(
        kept, knock.password
    )
    work = machine.work(DOOR, route=route)
    try:
        if is_right and account_id is not None:
            return Entry(_let_in(machine, work, knock, account_id))
        work.record(SignInRefused(object_id=account_id))
        work.commit()
        return Entry()
    finally:
        work.session.close()


def _counted(machine: "Machine", knock: Knock, route: str) -> throttling.Verdict:
    work = machine.work(DOOR, route=route)
    try:
        keys = throttling.keys_of(work, knock.email, knock.address, knock.mark)
        verdict = throttling.count_try(work, keys)
        if verdict.first:
            work.record(SignInRefused(throttled=True))
        work.commit()
        return verdict
    finally:
        work.session.close()


def _kept(machine: "Machine", knock: Knock) -> tuple[UUID | None, str | None]:
    """Return the account and its hash; no hash when nobody may come in under this mail address."""
    work = machine.work(DOOR, writes=False)
    try:
        who = queries.by_email(work, knock.email)
        if who is None:
            return None, None
        is_open = who.closed_at is None and (
            who.initial_until is None or who.initial_until > work.now
        )
        return who.id, who.password_hash if is_open else None
    finally:
        work.session.close()


def _let_in(machine: "Machine", work: Work, knock: Knock, account_id: UUID) -> Entered | None:
    who = queries.account(work, account_id)
    if who is None or who.closed_at is not None:  # closed while the password was being looked at
        return None
    lasts = timedelta(hours=machine.settings.session_hours)
    token, row = sessions.begun(work, who.id, knock.device, lasts, Level.PASSWORD)
    ref = queries.session_ref(work.vault, row.id)
    work.actor = Actor(who.id, who.name, organisation=who.organisation, session_ref=ref)
    if knock.session_before is not None:
        sessions.sign_out(work, knock.session_before)
    throttling.forgive(work, throttling.keys_of(work, knock.email, knock.address, knock.mark))
    _strengthen(machine, work, who, knock.password)
    work.record(PasswordGiven(object_id=row.id))
    work.commit()
    return Entered(token, row.id, work.actor, who.language, who.initial_until is not None)


def _strengthen(machine: "Machine", work: Work, who: Account, password: str) -> None:
    """Hash anew when the strength in the settings has changed since."""
    hasher = passwords(machine.settings)
    if who.password_hash is not None and hasher.is_outdated(who.password_hash):
        stronger = update(Account).where(Account.id == who.id)
        work.session.execute(
            stronger.values(password_hash=hasher.hash(password)).execution_options(
                synchronize_session=False
            )
        )
