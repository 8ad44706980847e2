"""Responsibility: the baton goes from one to another, and is never with two."""

from datetime import date
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.events import ResponsibilityEnded, ResponsibilityTaken, TransferArrived
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Role
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.models import Responsible, ResponsibleFacts
from caseapp.people import queries as people
from caseapp.reference import queries as reference


def take_over(work: Work, child_id: UUID, account_id: UUID) -> None:
    """Make somebody who works where the child lives responsible from today on.

    A child contact person takes over for oneself; a coordinator gives it to one, or takes it.
    Raises RefusedError when that is not somebody of the present place.
    """
    people.lock(work, child_id)
    if account_id not in {one.id for one in may_hold(work, child_id)}:
        raise RefusedError(Refusal.NOT_AT_THIS_PLACE)
    give(work, child_id, account_id, work.today)


def may_hold(work: Work, child_id: UUID) -> list[accounts.Someone]:
    """Return whom this actor may make responsible: oneself at the own location; a coordinator also others."""
    me = work.actor.account_id
    at = people.here(work, [child_id]).get(child_id)
    location_id = at.location_id if at else None
    own = list(accounts.people(work, [me]).values())
    if work.actor.role is Role.CPK:
        return own if location_id in work.actor.location_ids else []
    there = accounts.cpks(work, [location_id]).get(location_id, []) if location_id else []
    return [one for one in there if one.id != me] + own


def stand_in(work: Work, child_id: UUID, location_id: UUID, on: date) -> bool:
    """Make the contact person of a location responsible for a child that nobody is responsible for.

    For children that a list or a form brings. Returns whether somebody is responsible now.
    """
    people.lock(work, child_id)
    if any(row.to_on is None or row.to_on > on for row in queries.responsible(work, child_id)):
        return True
    contact = _contact_of(work, location_id)
    if contact is not None:
        give(work, child_id, contact, on)
    return contact is not None


def pass_baton(work: Work, event: TransferArrived) -> None:
    """On arrival the baton passes to who accepted before; otherwise it stays where it is. A reaction."""
    if event.child_id is None or event.object_id is None:
        return
    handover = queries.handover(work, event.object_id)
    if handover is None or handover.acknowledged_on is None:
        return
    receiver = receiver_of(work, event.to_location_id, handover.acknowledged_by)
    if receiver is not None:
        give(work, event.child_id, receiver, event.on)


def receiver_of(work: Work, location_id: UUID | None, accepted_by: UUID | None) -> UUID | None:
    """Return who becomes responsible: the contact person who accepted, else that of the location.

    A coordinator who accepted for a location without one is responsible until there is one; who
    stopped working here is not.
    """
    accepted = accepted_by if accepted_by and accounts.stays(work, accepted_by) else None
    who = accounts.people(work, [accepted]).get(accepted) if accepted else None
    if who is not None and who.role is Role.CPK:
        return who.id
    contact = _contact_of(work, location_id) if location_id else None
    return contact or accepted


def give(work: Work, child_id: UUID, account_id: UUID, on: date) -> None:
    """Close who is responsible on a day, then open the next from that day on; both are in the trail.

    When somebody became responsible after that day, the next begins on that later day. Raises
    RefusedError for somebody who does not work here any more.
    """
    no = people.lock(work, child_id)
    if not accounts.stays(work, account_id):
        raise RefusedError(Refusal.NOT_AT_WORK)
    every = queries.responsible(work, child_id)
    last = every[-1] if every else None
    if last is not None and last.account_id == account_id and last.to_on is None:
        return
    if last is not None:
        on = max(on, last.from_on)
        _close(work, last, on)
    row = Responsible(
        id=new_id(), child_id=child_id, child_no=no, account_id=account_id, from_on=on
    )
    work.add(row, facts=ResponsibleFacts())
    work.record(ResponsibilityTaken(object_id=row.id, child_id=child_id, account_id=account_id))


def _close(work: Work, row: Responsible, on: date) -> None:
    if row.to_on is None or row.to_on > on:
        work.revise(row, to_on=on)
        work.flush()
        work.record(ResponsibilityEnded(object_id=row.id, child_id=row.child_id, fields=("to_on",)))


def _contact_of(work: Work, location_id: UUID) -> UUID | None:
    """Return the contact person of a location, when that is somebody who works here still."""
    place = reference.location(work, location_id)
    named = place.contact_account_id if place is not None else None
    return named if named is not None and accounts.stays(work, named) else None
