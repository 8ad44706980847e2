"""The first accounts of an installation: a key that works once, within a day, to choose a password with.

Only the hash of the key is kept. Whoever uses it first has it: a second use finds nothing, also in the
same moment. A key that nobody used is replaced by asking again for the same mail address.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, text, update

from caseapp.accounts import queries
from caseapp.accounts.actions import grants, sessions, throttling
from caseapp.accounts.actions.choosing import weakness_of
from caseapp.accounts.actions.staff import open_account, set_password
from caseapp.accounts.models import Account, FirstKey
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.passwords import Weakness
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.domain.second_factor import HALF_WAY_LASTS, Level
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

KEY_LASTS: Final = timedelta(hours=24)
KEY_BYTES: Final = 32
DOOR: Final = Actor(account_id=None, name="first key")


@dataclass(frozen=True, slots=True)
class Use:
    """A try to use a first key, from where and with which browser."""

    key: str = field(repr=False)
    password: str = field(repr=False)
    address: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """The answer: a session at the second step, or why not. All empty: the key does not work."""

    token: str | None = None
    weak: Weakness | None = None
    wait: timedelta | None = None


def open_first(work: Work, role: Role, scope: ScopeKind, name: str, email: str) -> str | None:
    """Open the first account of a kind and return its key; None when there is one already.

    An account whose key was never used gets a new one. Raises RefusedError when the mail address is taken.
    """
    _one_at_a_time(work)
    row = queries.by_email(work, email)
    if row is None or not _is_waiting(work, row, role):
        if queries.was_held(work, role, scope):
            return None
        row = open_account(work, AccountDetails(name, email, role))
        if scope is not ScopeKind.NONE:
            grants.approve_grant(work, grants.ask_grant(work, GrantWish(row.id, scope)))
    return _new_key(work, row)


def use_first_key(machine: "Machine", use: Use, route: str = "") -> Used:
    """Let the first of a kind choose a password and go on to the second step; raises TooBusyError."""
    wait = _counted(machine, use, route)
    if wait is not None:
        return Used(wait=wait)
    found, weak = _looked_at(machine, use)
    if found is None or weak is not None:
        return Used(weak=weak)
    return Used(token=_used(machine, use, found, route))


def _new_key(work: Work, row: Account) -> str:
    key = secrets.token_urlsafe(KEY_BYTES)
    work.session.execute(delete(FirstKey).where(FirstKey.account_id == row.id))
    ends_at = work.now + KEY_LASTS
    made = FirstKey(account_id=row.id, token_hash=queries.hash_of_token(key), ends_at=ends_at)
    work.add(made)
    work.flush()
    return key


def _one_at_a_time(work: Work) -> None:
    """Let a second command wait until the first has written; SQLite has one writer anyway."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("LOCK TABLE first_key IN SHARE ROW EXCLUSIVE MODE"))


def _is_waiting(work: Work, row: Account, role: Role) -> bool:
    unused = select(FirstKey.id).where(FirstKey.account_id == row.id, FirstKey.used_at.is_(None))
    has_key = work.session.scalar(unused.limit(1)) is not None
    return has_key and row.role == role and row.password_hash is None and row.closed_at is None


def _counted(machine: "Machine", use: Use, route: str) -> timedelta | None:
    work = machine.work(DOOR, route=route)
    try:
        verdict = throttling.count_try(work, throttling.keys_of(work, "first key", use.address))
        work.commit()
        return None if verdict.goes_on else verdict.wait
    finally:
        work.session.close()


def _looked_at(machine: "Machine", use: Use) -> tuple[UUID | None, Weakness | None]:
    """Return the key that works, and what is wrong with the password that was chosen."""
    work = machine.work(DOOR, writes=False)
    try:
        found = work.session.execute(
            select(FirstKey.id, Account)
            .join(Account, Account.id == FirstKey.account_id)
            .where(FirstKey.token_hash == queries.hash_of_token(use.key), *_works(work))
        ).one_or_none()
        if found is None:
            return None, None
        return found[0], weakness_of(work, machine.settings, found[1], use.password)
    finally:
        work.session.close()


def _works(work: Work) -> tuple[ColumnElement[bool], ...]:
    return FirstKey.used_at.is_(None), FirstKey.ends_at > work.now


def _used(machine: "Machine", use: Use, key_id: UUID, route: str) -> str | None:
    """Use the key up, set the password and begin a session; None when another was first."""
    hashed = passwords(machine.settings).hash(use.password)
    work = machine.work(DOOR, route=route)
    try:
        account_id = work.session.scalar(
            update(FirstKey)
            .where(FirstKey.id == key_id, *_works(work))
            .values(used_at=work.now)
            .returning(FirstKey.account_id)
            .execution_options(synchronize_session=False)
        )
        row = queries.account(work, account_id) if account_id else None
        if row is None or row.closed_at is not None:
            return None
        set_password(work, row, hashed)
        token, _session = sessions.begun(work, row.id, use.device, HALF_WAY_LASTS, Level.PASSWORD)
        work.commit()
        return token
    finally:
        work.session.close()
