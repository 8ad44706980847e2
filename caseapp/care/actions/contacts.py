"""The days on which the provider saw a child: written down once each, and taken back when one was a mistake."""

from datetime import date

from caseapp.care import queries
from caseapp.care.actions.refusals import NotSeenError
from caseapp.care.models import CareContact, CareLine, SeenFacts
from caseapp.domain.events import CareCorrected, CareSeen
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work


def note_seen(work: Work, row: CareLine, on: date) -> bool:
    """Put a day on a line, and say whether it was not there; one that was taken back counts again."""
    contact = queries.contact_on(work, row.id, on)
    if contact is None:
        index = queries.day_index(work, row.id, on)
        contact = CareContact(
            id=new_id(), care_line_id=row.id, child_id=row.child_id, day_index=index, counts=True
        )
        work.add(contact, facts=SeenFacts(on))
    elif not work.revise(contact, None, counts=True):
        return False
    work.record(CareSeen(object_id=contact.id, child_id=row.child_id, fields=("on",)))
    return True


def take_back(work: Work, row: CareLine, on: date) -> None:
    """Let a day count no more: the child was not seen then. It stays readable; raises NotSeenError."""
    contact = queries.contact_on(work, row.id, on)
    if contact is None or not work.revise(contact, None, counts=False):
        raise NotSeenError("on", on)
    work.record(CareCorrected(object_id=row.id, child_id=row.child_id, fields=("contacts_on",)))
