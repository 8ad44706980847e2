"""Letting somebody in anew who lost password or second factor: asked by one, agreed to by a coordinator.

Nobody can do this alone for an account that somebody uses: who makes a first password could sign in with it.
An account that was just opened, and that nobody ever signed in to, has a first password anyway.
"""

from typing import Final
from uuid import UUID

from caseapp.accounts import queries
from caseapp.accounts.actions import factors, grants, throttling, two_people
from caseapp.accounts.actions.staff import set_password
from caseapp.accounts.models import Account, TwoPeople
from caseapp.domain.events import SignInReset
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.policy import OPENS_DOSSIERS, Role, ScopeKind
from caseapp.domain.two_people import Together
from caseapp.kernel.work import Work

CONTENT: Final = b"a first password, and every second factor removed"


def is_unused(work: Work, row: Account) -> bool:
    """Say whether nobody ever signed in: the password is a first one and there is no second factor."""
    has_own = row.password_hash is not None and row.initial_until is None
    return not has_own and not queries.has_factor(work.session, row.id)


def ask_reset(work: Work, row: Account, reason: str) -> TwoPeople:
    """Ask to let somebody in anew, and tell who can agree; raises RefusedError for the own account."""
    if work.actor.account_id == row.id:
        raise RefusedError(Refusal.FOR_ONESELF)
    if row.closed_at is not None:
        raise RefusedError(Refusal.CLOSED)
    told = over_whom(work, row)
    return two_people.ask(work, Together.RESET, None, CONTENT, reason, about=row.id, told=told)


def reset(work: Work, row: Account, agreed: TwoPeople | None, hashed: str) -> None:
    """Let somebody in anew: a first password, no second factor, every session ended, and people told.

    Raises RefusedError: for the own account, or without an agreement that is good for this account, which for
    one that opens files has to be a coordinator's.
    """
    if work.actor.account_id == row.id:
        raise RefusedError(Refusal.FOR_ONESELF)
    if not is_unused(work, row):
        _use(work, row, agreed)
        factors.remove_all(work, row.id)
        told = (row.id, *over_whom(work, row))
        work.record(SignInReset(object_id=row.id, told=told, spell=queries.minute(work.now)))
    throttling.relieve(work, row.reachable.email)
    set_password(work, row, hashed, initial=True)


def over_whom(work: Work, row: Account) -> tuple[UUID, ...]:
    """Return the coordinators over an account: of its regions, of the guardians, of the whole country."""
    regions: set[str] = set()
    is_of_guardians = row.role == Role.GUARDIAN
    for grant in queries.grants_of(work, row.id):
        region = grants.region_of(work, ScopeKind(grant.scope_kind), grant.scope_id)
        regions |= {region} if region else set()
        is_of_guardians |= grant.scope_kind == ScopeKind.GUARDIANSHIP
    near = [who for desk in queries.coordinators(work, regions).values() for who in desk]
    near += queries.guardianship_desk(work) if is_of_guardians else []
    found = dict.fromkeys(who.id for who in (*near, *queries.national_desk(work)))
    return tuple(key for key in found if key != row.id)


def _use(work: Work, row: Account, agreed: TwoPeople | None) -> None:
    if agreed is None or agreed.kind != Together.RESET or agreed.about_account != row.id:
        raise RefusedError(Refusal.NOT_APPROVED)
    two_people.use(work, agreed, CONTENT)
    second = queries.account(work, agreed.decided_by) if agreed.decided_by else None
    if Role(row.role) in OPENS_DOSSIERS and (second is None or second.role != Role.COORDINATOR):
        raise RefusedError(Refusal.NO_COORDINATOR)
