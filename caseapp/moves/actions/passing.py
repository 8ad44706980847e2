"""Handing over a whole caseload: many children of one colleague go to others, in one act.

For good, and taken back by the same act. All children change hands, or none; each is locked first.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.accounts.queries import Someone
from caseapp.domain.events import ResponsibilityEnded, ResponsibilityTaken
from caseapp.domain.intents.caseload import Passing
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import ScopeKind
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.models import Responsible, ResponsibleFacts
from caseapp.people import queries as people


def may_receive(work: Work, leaver: UUID, child_ids: Collection[UUID]) -> dict[UUID, list[Someone]]:
    """Return for each child who can take it over from a colleague, by name.

    Who works where the child lives, who works where the colleague does, and whoever hands it over.
    """
    here = people.here(work, child_ids)
    places = {at.location_id for at in here.values() if at.location_id}
    own = _places_of(work, leaver)
    there = accounts.cpks(work, places | own)
    near = [one for place in own for one in there.get(place, [])]
    me = accounts.people(work, [work.actor.account_id]).values()
    found = {}
    for child_id in child_ids:
        at = here.get(child_id)
        local = there.get(at.location_id, []) if at and at.location_id else []
        every = {one.id: one for one in (*local, *near, *me) if one.id != leaver}
        found[child_id] = sorted(every.values(), key=lambda one: (one.name, str(one.id)))
    return found


def hand_over(work: Work, said: Passing) -> None:
    """Make others responsible for children of one colleague, from today on.

    Also for those whom nobody is responsible for since that colleague stopped. Raises RefusedError when
    a child is not that colleague's any more, or a receiver cannot have it.
    """
    numbers = people.lock_all(work, said.to)
    held = {row.child_id: row for row in queries.held_by(work, [said.leaver])}
    left = {row.child_id: row for row in queries.left_by(work, said.leaver)}
    _refuse(work, said, left | held)
    ending = [held[child_id] for child_id in said.to if child_id in held]
    until = {row.child_id: row.to_on for row in ending}
    begin = {row.child_id: max(row.from_on, work.today) for row in ending}
    for row in ending:
        work.revise(row, to_on=begin[row.child_id])
        ended = ResponsibilityEnded(object_id=row.id, child_id=row.child_id, fields=("to_on",))
        work.record(ended)
    work.flush()
    facts = ResponsibleFacts(why=said.why.value)
    for child_id, account_id in said.to.items():
        row = Responsible(
            id=new_id(),
            child_id=child_id,
            child_no=numbers[child_id],
            account_id=account_id,
            from_on=begin.get(child_id, work.today),
            to_on=until.get(child_id),
        )
        work.add(row, facts=facts)
        taken = ResponsibilityTaken(object_id=row.id, child_id=child_id, account_id=account_id)
        work.record(taken)


def _refuse(work: Work, said: Passing, held: Mapping[UUID, Responsible]) -> None:
    if not all(child_id in held for child_id in said.to):
        raise RefusedError(Refusal.NOT_THEIRS)
    if not all(accounts.stays(work, one) for one in sorted(set(said.to.values()))):
        raise RefusedError(Refusal.NOT_AT_WORK)
    receivers = may_receive(work, said.leaver, said.to)
    for child_id, account_id in said.to.items():
        if account_id not in {one.id for one in receivers[child_id]}:
            raise RefusedError(Refusal.NOT_AT_THIS_PLACE)


def _places_of(work: Work, account_id: UUID) -> set[UUID]:
    """Return the locations where a colleague works now."""
    rights = accounts.valid_of(work, [account_id]).get(account_id, [])
    return {
        UUID(one.scope_id)
        for one in rights
        if one.scope_kind == ScopeKind.LOCATION and one.scope_id
    }
