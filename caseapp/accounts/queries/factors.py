"""Reading second factors: which an account has, and what a proof of one is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

import pyotp
from sqlalchemy import func, select

from caseapp.accounts.models import Account, Factor, RecoveryCode
from caseapp.domain.second_factor import (
    CHALLENGE_LASTS,
    DIGITS,
    NEIGHBOURS,
    STEP,
    FactorKind,
    plain_code,
    step_of,
)
from caseapp.kernel.work import Work

if TYPE_CHECKING:
    from caseapp.accounts.models import UserSession

SECONDS_A_MINUTE: Final = 60
ISSUER: Final = "Caseapp"


@dataclass(frozen=True, slots=True)
class Passkey:
    """What a passkey told when it was made; the public key in base64url of its COSE form."""

    credential_id: bytes
    public_key: str
    sign_count: int


def factors_of(work: Work, account_id: UUID) -> Sequence[Factor]:
    """Return the second factors of an account that are ready, the oldest first."""
    return work.session.scalars(
        select(Factor)
        .where(Factor.account_id == account_id, Factor.confirmed_at.is_not(None))
        .order_by(Factor.confirmed_at, Factor.id)
    ).all()


def factor_of(work: Work, account_id: UUID, factor_id: UUID) -> Factor | None:
    """Return a factor of this account that is ready; None for anybody else's."""
    row = work.session.get(Factor, factor_id)
    is_own = row is not None and row.account_id == account_id and row.confirmed_at is not None
    return row if is_own else None


def app_of(work: Work, account_id: UUID) -> Factor | None:
    """Return the code app of an account."""
    apps = [one for one in factors_of(work, account_id) if one.kind == FactorKind.APP]
    return apps[0] if apps else None


def passkeys_of(work: Work, account_id: UUID) -> list[Factor]:
    """Return the passkeys of an account."""
    return [one for one in factors_of(work, account_id) if one.kind == FactorKind.PASSKEY]


def app_in_hand(work: Work, account_id: UUID, session_id: UUID) -> Factor | None:
    """Return the code app that is being set up in this session; no other session sees it."""
    return work.session.scalars(
        select(Factor).where(
            Factor.account_id == account_id,
            Factor.confirmed_at.is_(None),
            Factor.made_in == session_id,
        )
    ).first()


def totp_of(row: Factor) -> pyotp.TOTP:
    """Return what reckons the codes of an app."""
    return pyotp.TOTP(row.material, digits=DIGITS, interval=int(STEP.total_seconds()))


def code_at(row: Factor, now: datetime) -> str:
    """Return the code that an app shows at a moment."""
    return totp_of(row).at(now)


def step_shown(row: Factor, typed: str, now: datetime) -> int | None:
    """Return which half minute a code belongs to: 0 the present one, else how far beside it; None: none.

    Only 0 opens anything; the neighbours are there to say that a clock is off.
    """
    totp, code = totp_of(row), plain_code(typed)
    at = step_of(now) * int(STEP.total_seconds())
    near = [
        offset
        for offset in (0, *NEIGHBOURS)
        if pyotp.utils.strings_equal(totp.at(at + offset * int(STEP.total_seconds())), code)
    ]
    return near[0] if near else None


def address_of_app(work: Work, row: Factor) -> str:
    """Return the address that a code app reads from the picture: house, account and key."""
    who = work.session.get(Account, row.account_id)
    name = who.reachable.email if who is not None else ""
    return totp_of(row).provisioning_uri(name=name, issuer_name=ISSUER)


def is_known_passkey(work: Work, key: Passkey) -> bool:
    """Say whether this very passkey was added before, by anybody."""
    known = select(Factor.id).where(Factor.credential_id == key.credential_id)
    return work.session.scalar(known.limit(1)) is not None


def hash_of_recovery_code(account_id: UUID, typed: str) -> bytes:
    """Return what the database keeps of a recovery code: the hash of 118 random bits."""
    return sha256(account_id.bytes + plain_code(typed).encode()).digest()


def recovery_codes_left(work: Work, account_id: UUID) -> int:
    """Return how many recovery codes are still good."""
    left = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return work.session.scalar(left) or 0


def challenge_of(row: "UserSession", now: datetime) -> bytes | None:
    """Return what a passkey has to sign in this session; None when nothing was asked, or too long ago."""
    if row.challenge is None or row.challenge_at is None:
        return None
    return row.challenge if now - row.challenge_at < CHALLENGE_LASTS else None


def minute(now: datetime) -> int:
    """Return the number of a minute, to tell of the same thing once a minute."""
    return int(now.timestamp()) // SECONDS_A_MINUTE
