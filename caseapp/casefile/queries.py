"""Who carries how many children, and what is known of a child when somebody breaks the glass."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.domain.emergency import Why
from caseapp.domain.granting import oversees
from caseapp.domain.intents.emergency import Glass
from caseapp.domain.names import digits_of
from caseapp.domain.policy import Permission, Role, ScopeKind
from caseapp.domain.reach import Why as Round
from caseapp.guardianship import queries as guardianship
from caseapp.kernel.work import Work, reading_past
from caseapp.moves import queries as moves
from caseapp.people import queries as people
from caseapp.reference import queries as reference


@dataclass(frozen=True, slots=True)
class Load:
    """The children that somebody carries: those in the scope of who looks, and how many others."""

    child_ids: Sequence[UUID]
    others: int


def load_of(work: Work, account_id: UUID) -> Load:
    """Return the children of an account in the own scope, and how many it has outside that.

    Also those that nobody is responsible for since this account stopped: they wait to be handed over.
    """
    every = _carried(work, [account_id])[account_id]
    every |= {row.child_id for row in moves.left_by(work, account_id)}
    seen = people.visible_among(work, sorted(every))
    return Load(sorted(seen), len(every - seen))


def count_carried(work: Work, account_id: UUID) -> int:
    """Return how many children an account carries in all, without a name: for who opens no dossiers."""
    return len(_carried(work, [account_id])[account_id])


def carriers(work: Work) -> Counter[UUID]:
    """Return how many children in the own scope each account carries, or left with nobody."""
    scope = people.visible_ids(work.actor, work.now)
    held = moves.count_held(work, scope) + guardianship.count_held(work, scope)
    return held + moves.count_left(work, scope)


@reading_past("how many children a colleague carries, seen or not")
def _carried(work: Work, account_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the children of each account, whoever looks."""
    found: dict[UUID, set[UUID]] = {account_id: set() for account_id in account_ids}
    for row in moves.held_by(work, account_ids):
        if row.account_id is not None:
            found[row.account_id].add(row.child_id)
    for account_id, child_id in guardianship.children_of(work, account_ids):
        found[account_id].add(child_id)
    return found


def may_know_others(work: Work, account_id: UUID) -> bool:
    """Say whether this actor is over somebody's rights, and may know how many children are out of scope."""
    who = accounts.people(work, [account_id]).get(account_id)
    rights = accounts.valid_of(work, [account_id]).get(account_id, [])
    if who is None:
        return False
    return any(
        oversees(work.actor, Role(one.role), ScopeKind(one.scope_kind), region)
        for one in rights
        for region in [_region(work, one.scope_kind, one.scope_id)]
    )


def _region(work: Work, kind: str, place: str | None) -> str | None:
    if kind == ScopeKind.LOCATION and place:
        found = reference.location(work, UUID(place))
        return found.region if found is not None else None
    return place


def asked_glass(work: Work, v_number: str, why: Why, reason: str) -> Glass | None:
    """Return what decides whether somebody may look into the file with this V-number; None: there is none.

    Told at once are the guardian, the coordinators of the region and the privacy officers.
    """
    with work.beyond("whether a file is next door, and who has to be told of a look"):
        child = people.by_v_index(work, work.vault.index("v_number", digits_of(v_number)))
        if child is None:
            return None
        reach = [row for row in people.reach_of(work, child.id) if _holds(row, work.now)]
    guardians = [row.account_id for row in reach if row.why == Round.GUARDIAN and row.account_id]
    reads = work.actor.may(Permission.CHILD_READ)
    seen = people.sight_of(work, child.id) if reads else None
    here = next((row.region for row in reach if row.why == Round.HERE), None)
    return Glass(
        child_id=child.id,
        why=why,
        reason=reason,
        region=here,
        has_guardian=bool(guardians),
        is_seen=seen is not None and seen.open_file,
        told=tuple(dict.fromkeys((*guardians, *accounts.reviewers(work, here)))),
        trail_broken=audit.is_broken(work),
    )


def _holds(row: Any, now: datetime) -> bool:
    return bool(row.from_at <= now and (row.until_at is None or row.until_at > now))
