"""Second factors: setting them up, naming and removing them, and the recovery codes on paper."""

import secrets
from typing import Final
from uuid import UUID

import pyotp
from sqlalchemy import delete, select, update

from caseapp.accounts import queries
from caseapp.accounts.models import Account, Factor, RecoveryCode
from caseapp.domain.events import FactorAdded, FactorRemoved, FactorRenamed, RecoveryCodesMade
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.second_factor import (
    RECOVERY_CODES,
    RECOVERY_GROUP,
    RECOVERY_GROUPS,
    RECOVERY_LETTERS,
    FactorKind,
)
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

SEED_LETTERS: Final = 32
"""Letters of base 32: 160 bits."""


def begin_app(work: Work, account_id: UUID, session_id: UUID, name: str) -> Factor:
    """Begin to set up a code app: its seed is shown in this session only, until a code confirms it."""
    work.session.execute(
        delete(Factor).where(Factor.account_id == account_id, Factor.confirmed_at.is_(None))
    )
    row = Factor(
        id=new_id(),
        account_id=account_id,
        kind=FactorKind.APP,
        name=name,
        made_at=work.now,
        made_in=session_id,
    )
    work.add(row, material=pyotp.random_base32(SEED_LETTERS))
    work.flush()
    return row


def begin_passkey(work: Work, account_id: UUID, name: str, key: queries.Passkey) -> Factor:
    """Keep a passkey that was just made, and that has proved itself by that."""
    row = Factor(
        id=new_id(),
        account_id=account_id,
        kind=FactorKind.PASSKEY,
        name=name,
        credential_id=key.credential_id,
        sign_count=key.sign_count,
        made_at=work.now,
    )
    work.add(row, material=key.public_key)
    work.flush()
    confirm(work, row)
    return row


def confirm(work: Work, row: Factor) -> None:
    """Let a factor that was just proved open the second step from now on; a new app replaces the old."""
    if row.kind == FactorKind.APP:
        for old in queries.factors_of(work, row.account_id):
            if old.kind == FactorKind.APP:
                _remove(work, old)
    row.confirmed_at, row.made_in = work.now, None
    work.flush()
    told = (row.account_id,) if work.actor.account_id is not None else ()
    work.record(FactorAdded(object_id=row.id, told=told))


def rename_factor(work: Work, row: Factor, name: str) -> None:
    """Give a factor the name by which its owner knows it."""
    if row.name != name:
        row.name = name
        work.record(FactorRenamed(object_id=row.id, fields=("name",)))


def remove_factor(work: Work, row: Factor) -> None:
    """Take a factor away; raises RefusedError for the last one."""
    work.session.execute(select(Account.id).where(Account.id == row.account_id).with_for_update())
    if [one.id for one in queries.factors_of(work, row.account_id)] == [row.id]:
        raise RefusedError(Refusal.LAST_FACTOR)
    _remove(work, row)


def remove_all(work: Work, account_id: UUID) -> None:
    """Take every factor and recovery code of an account away: it has to set them up anew."""
    work.session.execute(
        delete(Factor).where(Factor.account_id == account_id, Factor.confirmed_at.is_(None))
    )
    for row in queries.factors_of(work, account_id):
        _remove(work, row)
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def new_recovery_codes(work: Work, account_id: UUID) -> list[str]:
    """Make ten recovery codes, to be shown once; the ones before are worth nothing from now on."""
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    work.session.add_all(
        RecoveryCode(
            account_id=account_id,
            hash=queries.hash_of_recovery_code(account_id, code),
            made_at=work.now,
        )
        for code in codes
    )
    work.flush()
    spell = queries.minute(work.now)
    work.record(RecoveryCodesMade(object_id=account_id, told=(account_id,), spell=spell))
    return codes


def use_step(work: Work, row: Factor, step: int) -> bool:
    """Use up a half minute of an app, unless it or a later one was used: one statement, one winner."""
    used = (
        update(Factor)
        .where(Factor.id == row.id, (Factor.last_step.is_(None)) | (Factor.last_step < step))
        .values(last_step=step, used_at=work.now)
        .returning(Factor.id)
        .execution_options(synchronize_session=False)
    )
    return work.session.execute(used).first() is not None


def use_recovery_code(work: Work, account_id: UUID, typed: str) -> UUID | None:
    """Use a recovery code up and return its key; None when there is none, or it was used."""
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.hash == queries.hash_of_recovery_code(account_id, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=work.now)
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    return work.session.execute(used).scalar_one_or_none()


def _remove(work: Work, row: Factor) -> None:
    work.session.delete(row)
    work.flush()
    work.record(FactorRemoved(object_id=row.id, told=(row.account_id,)))


def _new_code() -> str:
    letters = (secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_GROUP * RECOVERY_GROUPS))
    text = "".join(letters)
    size = RECOVERY_GROUP
    return "-".join(text[at : at + size] for at in range(0, len(text), size))
