"""For whom somebody looks at a child that the own rights do not reach: the colleague on leave."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.policy import Actor, Sees
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work
from caseapp.people.models import Reach
from caseapp.people.queries.sight import reaches


def on_behalf_of(work: Work, child_ids: Collection[UUID]) -> UUID | None:
    """Return the colleague whose rights alone open one of these children; None: the own rights do.

    Costs nothing for who stands in for nobody.
    """
    lenders = tuple(dict.fromkeys(g.lent_by for g in work.actor.grants if g.lent_by))
    beyond = set(child_ids)
    if not lenders or not beyond or work.actor.on_own_rights.is_national:
        return None
    beyond -= _reached(work, work.actor.on_own_rights, beyond)
    if len(lenders) == 1:
        return lenders[0] if beyond else None
    return next((one for one in lenders if _reached(work, _as(work.actor, one), beyond)), None)


def _as(actor: Actor, lender: UUID) -> Actor:
    """Return what one colleague lends, and nothing else."""
    lent = tuple(g for g in actor.grants if g.lent_by == lender)
    whole = lender if lender in actor.stands_in else None
    return replace(actor, account_id=whole, grants=lent, stands_in=())


def _reached(work: Work, actor: Actor, child_ids: Collection[UUID]) -> set[UUID]:
    if actor.is_national:
        return set(child_ids)
    found: set[UUID] = set()
    wanted = sorted(child_ids)
    for start in range(0, len(wanted), AT_ONCE):
        part = among(work, Reach.child_id, wanted[start : start + AT_ONCE])
        rows = select(Reach.child_id).where(part, reaches(actor, work.now, Sees.HEADER))
        found.update(work.session.scalars(rows))
    return found
