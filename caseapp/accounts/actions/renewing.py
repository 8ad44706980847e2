"""Changing one's own password: the old one first, then a good new one, then every session anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.accounts import queries
from caseapp.accounts.actions import sessions, throttling
from caseapp.accounts.actions.choosing import weakness_of
from caseapp.accounts.actions.staff import set_password
from caseapp.domain.passwords import Weakness, is_too_long
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import Level
from caseapp.kernel.passwords import passwords

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine


@dataclass(frozen=True, slots=True)
class Change:
    """A wish for another password, by whom, from where and with which browser."""

    actor: Actor
    account_id: UUID
    old: str
    new: str
    address: str
    device: str = ""
    level: Level = Level.FULL
    proved_at: datetime | None = None
    """How far the session is from which it is wished: the new one is no further."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The answer: a new token, or why not. All empty: the old password was not right."""

    token: str | None = None
    weak: Weakness | None = None
    wait: timedelta | None = None


def change_password(machine: "Machine", wish: Change, route: str = "") -> Changed:
    """Change a password; all sessions end and this browser gets a new one; raises TooBusyError."""
    verdict = _counted(machine, wish, route)
    if not verdict.goes_on:
        return Changed(wait=verdict.wait)
    kept, weak = _known(machine, wish)
    hasher = passwords(machine.settings)
    if is_too_long(wish.old) or not hasher.verify(kept, wish.old):
        return Changed()
    if weak is None and wish.new == wish.old:
        weak = Weakness.WELL_KNOWN
    if weak is not None:
        return Changed(weak=weak)
    return Changed(token=_renewed(machine, wish, hasher.hash(wish.new), route))


def _counted(machine: "Machine", wish: Change, route: str) -> throttling.Verdict:
    work = machine.work(wish.actor, route=route)
    try:
        keys = throttling.keys_of(work, str(wish.account_id), wish.address)
        verdict = throttling.count_try(work, keys)
        work.commit()
        return verdict
    finally:
        work.session.close()


def _known(machine: "Machine", wish: Change) -> tuple[str | None, Weakness | None]:
    """Return the hash of the password there is, and what is wrong with the one that is wished."""
    work = machine.work(Actor(None, "door"), writes=False)
    try:
        row = queries.account(work, wish.account_id)
        if row is None:
            return None, None
        return row.password_hash, weakness_of(work, machine.settings, row, wish.new)
    finally:
        work.session.close()


def _renewed(machine: "Machine", wish: Change, hashed: str, route: str) -> str | None:
    work = machine.work(wish.actor, route=route)
    try:
        row = queries.account(work, wish.account_id)
        if row is None:
            return None
        set_password(work, row, hashed)
        throttling.forgive(work, throttling.keys_of(work, str(wish.account_id), wish.address))
        lasts = timedelta(hours=machine.settings.session_hours)
        token, new = sessions.begun(work, row.id, wish.device, lasts, wish.level)
        new.proved_at = wish.proved_at
        work.commit()
        return token
    finally:
        work.session.close()
