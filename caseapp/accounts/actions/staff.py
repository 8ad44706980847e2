"""Opening, correcting and closing accounts, and setting passwords."""

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select, update

from caseapp.accounts import queries
from caseapp.accounts.actions import grants, sessions
from caseapp.accounts.models import Account, Grant, Reachable
from caseapp.domain.events import AccountClosed, AccountCorrected, AccountOpened, PasswordSet
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import OPENS_DOSSIERS, Role, ScopeKind
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.reference import actions as reference

if TYPE_CHECKING:
    from caseapp.reference.models import Location

INITIAL_LASTS: Final = timedelta(days=7)
INITIAL_GROUPS: Final = 4
INITIAL_GROUP: Final = 4
CLEAR_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody confuses when reading them aloud."""


def open_account(work: Work, details: AccountDetails) -> Account:
    """Open an account, without a password yet.

    A role that opens no dossiers gets its right at once; another has to be asked for and approved.
    Raises RefusedError when the mail address has an account.
    """
    _refuse_known(work, details.email, None)
    account_id = new_id()
    work.vault.make_keys([account_id], subject_kind="account", domains=(Domain.ACCOUNT,))
    row = Account(
        id=account_id,
        name=details.name,
        organisation=details.organisation,
        role=details.role,
        phone=details.phone,
        email_index=queries.email_index(work, details.email),
        language=details.language,
    )
    work.add(row, reachable=Reachable(details.email, details.phone))
    work.flush()
    work.record(AccountOpened(object_id=account_id))
    _give_standing_right(work, row)
    return row


def correct_account(work: Work, row: Account, version: int, details: AccountDetails) -> None:
    """Correct who somebody is; another role ends all rights and sessions of the role before.

    Raises LostRaceError, and RefusedError for a mail address of another account, a closed account,
    the own role, or when the last administrator or national coordinator would go.
    """
    _refuse_known(work, details.email, row)
    _refuse_closed(row)
    new_role = details.role is not Role(row.role)
    if new_role:
        if work.actor.account_id == row.id:
            raise RefusedError(Refusal.FOR_ONESELF)
        grants.refuse_without_successor(work, row)
    changed = work.revise(
        row,
        version,
        name=details.name,
        organisation=details.organisation,
        phone=details.phone,
        role=details.role.value,
        email_index=queries.email_index(work, details.email),
        reachable=Reachable(details.email, details.phone),
    )
    if changed:
        work.record(AccountCorrected(object_id=row.id, fields=changed))
    if new_role:
        _end_all(work, row)
        _give_standing_right(work, row)


def close_account(work: Work, row: Account) -> None:
    """Close an account: its sessions and rights end at once.

    Raises RefusedError for the own account, and for the last administrator or national coordinator.
    """
    _refuse_closed(row)
    if work.actor.account_id == row.id:
        raise RefusedError(Refusal.FOR_ONESELF)
    grants.refuse_without_successor(work, row)
    work.revise(row, closed_at=work.now)
    work.record(AccountClosed(object_id=row.id))
    _end_all(work, row)


def choose_contact(work: Work, place: "Location", version: int, account_id: UUID | None) -> None:
    """Say which contact person answers for the children of a location when nobody else does.

    Raises LostRaceError, and RefusedError for somebody who has no right there.
    """
    there = queries.cpks(work, [place.id]).get(place.id, [])
    if account_id is not None and account_id not in {one.id for one in there}:
        raise RefusedError(Refusal.NO_SUCH_PLACE)
    reference.set_contact(work, place, version, account_id)


def new_initial_password() -> str:
    """Return a password to be told once and replaced at the first sign-in (79 bits)."""
    return "-".join(
        "".join(secrets.choice(CLEAR_LETTERS) for _ in range(INITIAL_GROUP))
        for _ in range(INITIAL_GROUPS)
    )


def set_password(work: Work, row: Account, hashed: str, *, initial: bool = False) -> None:
    """Set the hash of a password; all sessions of the account end.

    An initial password works for a week, and only to replace it. Raises RefusedError when closed.
    """
    _refuse_closed(row)
    until = work.now + INITIAL_LASTS if initial else None
    work.session.execute(
        update(Account)
        .where(Account.id == row.id)
        .values(password_hash=hashed, initial_until=until)
        .execution_options(synchronize_session=False)
    )
    work.session.refresh(row, ["password_hash", "initial_until"])
    sessions.end_sessions(work, row.id)
    told = (row.id,) if work.actor.account_id is not None else ()
    work.record(PasswordSet(object_id=row.id, told=told, spell=queries.minute(work.now)))


def _give_standing_right(work: Work, row: Account) -> None:
    if Role(row.role) not in OPENS_DOSSIERS:
        grants.give(work, row, GrantWish(row.id, ScopeKind.NONE))


def _end_all(work: Work, row: Account) -> None:
    sessions.end_sessions(work, row.id)
    open_rights = select(Grant).where(Grant.account_id == row.id, Grant.revoked_at.is_(None))
    for grant in work.session.scalars(open_rights).all():
        grants.take_back(work, grant)


def _refuse_known(work: Work, email: str, row: Account | None) -> None:
    known = queries.by_email(work, email)
    if known is not None and (row is None or known.id != row.id):
        raise RefusedError(Refusal.KNOWN_EMAIL)


def _refuse_closed(row: Account) -> None:
    if row.closed_at is not None:
        raise RefusedError(Refusal.CLOSED)
