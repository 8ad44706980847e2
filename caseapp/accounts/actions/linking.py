"""Signing in through the identity provider of the organisation: linked once, then by issuer and subject.

An account is linked by its owner, who proved the password and our second factor just before; never because a
mail address is the same. Rights, sessions and their ends stay ours.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import delete, select

from caseapp.accounts import queries
from caseapp.accounts.actions import sessions
from caseapp.accounts.actions.proving import welcome
from caseapp.accounts.models import Account, LinkedIdentity
from caseapp.domain.events import IdentityLinked, IdentityUnlinked, PasswordGiven, SignedIn
from caseapp.domain.policy import Actor
from caseapp.domain.second_factor import HALF_WAY_LASTS, Level
from caseapp.kernel.oidc import Identity, Trip
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.kernel.machine import Machine

TRIP_LASTS: Final = timedelta(minutes=10)
STATE_BYTES: Final = 32
DOOR: Final = Actor(account_id=None, name="identity provider")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who comes back from the provider: as whom, from where, with which browser."""

    identity: Identity
    address: str
    device: str = ""
    session_before: UUID | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A session that has begun; full only when the provider proved a second factor."""

    token: str
    level: Level


def new_trip(work: Work) -> Trip:
    """Return the secrets of a new way to the provider and back."""
    return trip_of(work, secrets.token_urlsafe(STATE_BYTES))


def trip_of(work: Work, state: str) -> Trip:
    """Return the secrets that belong to a state; nobody works them out without the keys of this house."""
    nonce, verifier = (
        work.vault.index("oidc", name, state).hex() for name in ("nonce", "verifier")
    )
    return Trip(state, nonce, verifier)


def arrive(machine: "Machine", arrival: Arrival, route: str = "") -> Arrived | None:
    """Let in whose account is linked with this identity; None when none is, or it is closed."""
    work = machine.work(DOOR, route=route)
    try:
        row = _linked(work, arrival.identity)
        if row is None or row.closed_at is not None:
            return None
        proved_at = arrival.identity.proved_at
        level = Level.PASSWORD if proved_at is None else Level.FULL
        lasts = timedelta(hours=machine.settings.session_hours)
        most = lasts if proved_at else HALF_WAY_LASTS
        token, session = sessions.begun(work, row.id, arrival.device, most, level)
        session.proved_at = proved_at
        if arrival.session_before is not None:
            sessions.sign_out(work, arrival.session_before)
        ref = queries.session_ref(work.vault, session.id)
        work.actor = Actor(row.id, row.name, organisation=row.organisation, session_ref=ref)
        if proved_at is not None:
            welcome(work, row, arrival.address, arrival.mark)
        event = SignedIn if proved_at else PasswordGiven
        work.record(event(object_id=session.id))
        work.commit()
        return Arrived(token, level)
    finally:
        work.session.close()


def link_identity(work: Work, account_id: UUID, identity: Identity) -> bool:
    """Link an account with who its owner is at the provider; False when somebody else is that already."""
    linked = _linked(work, identity)
    if linked is not None:
        return linked.id == account_id
    index = _index(work, identity)
    work.session.execute(delete(LinkedIdentity).where(LinkedIdentity.account_id == account_id))
    work.add(LinkedIdentity(account_id=account_id, subject_index=index, linked_at=work.now))
    work.record(IdentityLinked(object_id=account_id, told=(account_id,)))
    return True


def unlink_identity(work: Work, account_id: UUID) -> None:
    """End the link of an account; signing in with password and second factor goes on."""
    ended = work.session.execute(
        delete(LinkedIdentity)
        .where(LinkedIdentity.account_id == account_id)
        .returning(LinkedIdentity.id)
    ).all()
    if ended:
        work.record(IdentityUnlinked(object_id=account_id, told=(account_id,)))


def is_linked(work: Work, account_id: UUID) -> bool:
    """Say whether an account is linked with an identity at the provider."""
    asked = select(LinkedIdentity.id).where(LinkedIdentity.account_id == account_id)
    return work.session.scalar(asked.limit(1)) is not None


def _linked(work: Work, identity: Identity) -> Account | None:
    asked = select(Account).join(LinkedIdentity, LinkedIdentity.account_id == Account.id)
    return work.session.scalars(
        asked.where(LinkedIdentity.subject_index == _index(work, identity))
    ).one_or_none()


def _index(work: Work, identity: Identity) -> bytes:
    """Return the keyed hash by which an identity is known: another issuer's subject is another."""
    return work.vault.index("identity", identity.issuer, identity.subject)
