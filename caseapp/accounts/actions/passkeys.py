"""Passkeys: what a browser is asked, and whether what it signed is right (Web Authentication, level 2).

The server sends a challenge that is good once and for five minutes. Only this address may have asked for
the signature, and the device has to have seen its owner: by finger, face or a code of its own.
"""

import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from sqlalchemy import update
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from caseapp.accounts import queries
from caseapp.accounts.models import Factor, UserSession
from caseapp.domain.second_factor import CHALLENGE_LASTS, Wrong
from caseapp.kernel.work import Work
from caseapp.settings import Settings

if TYPE_CHECKING:
    from caseapp.accounts.models import Account
    from caseapp.kernel.machine import Machine

CHALLENGE_BYTES: Final = 32
MILLI: Final = 1000
TIMEOUT: Final = int(CHALLENGE_LASTS.total_seconds()) * MILLI
HOUSE: Final = "Caseapp"
BAD: Final = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises for an answer that is not right, or not even an answer."""


def ask_for_new(work: Work, settings: Settings, session_id: UUID, who: "Account") -> str:
    """Return as JSON what a browser needs to make a passkey, and keep what it has to sign."""
    options = webauthn.generate_registration_options(
        rp_id=_host(settings),
        rp_name=HOUSE,
        user_id=who.id.bytes,
        user_name=who.reachable.email,
        user_display_name=who.name,
        challenge=_new_challenge(work, session_id),
        timeout=TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_known(work, who.id),
    )
    return webauthn.options_to_json(options)


def ask(work: Work, settings: Settings, session_id: UUID, account_id: UUID) -> str:
    """Return as JSON what a browser needs to let a passkey sign, and keep what it has to sign."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(settings),
        challenge=_new_challenge(work, session_id),
        timeout=TIMEOUT,
        allow_credentials=_known(work, account_id),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def read_new(
    work: Work, settings: Settings, session_id: UUID, answer: str
) -> queries.Passkey | None:
    """Return the passkey that a browser made; None when it did not sign what was asked."""
    row = work.session.get(UserSession, session_id)
    challenge = _used_up(work, row) if row is not None else None
    if challenge is None:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(settings),
            expected_origin=_origin(settings),
            require_user_verification=True,
        )
    except BAD:
        return None
    key = bytes_to_base64url(made.credential_public_key)
    return queries.Passkey(made.credential_id, key, made.sign_count)


def check(work: Work, machine: "Machine", row: UserSession, answer: str) -> Wrong | None:
    """Say why what a passkey signed is not right; None: it is, and its counter went up."""
    challenge = _used_up(work, row)
    if challenge is None:
        return Wrong.PASSKEY
    try:
        credential_id = parse_authentication_credential_json(answer).raw_id
        factor = _owned(work, row.account_id, credential_id)
        if factor is None:
            return Wrong.PASSKEY
        signed = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(machine.settings),
            expected_origin=_origin(machine.settings),
            credential_public_key=base64url_to_bytes(factor.material),
            credential_current_sign_count=factor.sign_count,
            require_user_verification=True,
        )
    except BAD:
        return Wrong.PASSKEY
    return None if _count(work, factor, signed.new_sign_count) else Wrong.PASSKEY


def _owned(work: Work, account_id: UUID, credential_id: bytes) -> Factor | None:
    keys = queries.passkeys_of(work, account_id)
    return next((one for one in keys if one.credential_id == credential_id), None)


def _count(work: Work, factor: Factor, signs: int) -> bool:
    """Take the counter of a passkey over; one that does not go up may be a copy. 0: it counts nothing."""
    is_higher = (Factor.sign_count < signs) | ((Factor.sign_count == 0) & (signs == 0))
    done = (
        update(Factor)
        .where(Factor.id == factor.id, is_higher)
        .values(sign_count=signs, used_at=work.now)
        .returning(Factor.id)
        .execution_options(synchronize_session=False)
    )
    return work.session.execute(done).first() is not None


def _new_challenge(work: Work, session_id: UUID) -> bytes:
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    kept = update(UserSession).where(UserSession.id == session_id)
    work.session.execute(
        kept.values(challenge=challenge, challenge_at=work.now).execution_options(
            synchronize_session=False
        )
    )
    return challenge


def _used_up(work: Work, row: UserSession) -> bytes | None:
    """Return what had to be signed, and let it be good for nothing more: of two, one gets it."""
    challenge = queries.challenge_of(row, work.now)
    if challenge is None:
        return None
    used = (
        update(UserSession)
        .where(UserSession.id == row.id, UserSession.challenge == challenge)
        .values(challenge=None, challenge_at=None)
        .returning(UserSession.id)
        .execution_options(synchronize_session=False)
    )
    return challenge if work.session.execute(used).first() is not None else None


def _known(work: Work, account_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=one.credential_id)
        for one in queries.passkeys_of(work, account_id)
        if one.credential_id is not None
    ]


def _host(settings: Settings) -> str:
    return urlsplit(settings.base_url).hostname or ""


def _origin(settings: Settings) -> str:
    parts = urlsplit(settings.base_url)
    return f"{parts.scheme}://{parts.netloc}"
