"""What takes several slices at once: registering a child, and handing over a whole caseload."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.continuity import actions as continuity
from caseapp.domain.events import CaseloadHandedOver
from caseapp.domain.intents.caseload import Passing
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.intents.placements import StayDetails
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.people import actions as people
from caseapp.placements import actions as placements
from caseapp.placements import queries as placements_of

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer


def register(work: Work, details: ChildDetails, location_id: UUID, since: date) -> UUID:
    """Register a child with its first stay; the contact person of the location is responsible from then on.

    Raises KnownVNumberError when a file with this V-number is there, perhaps outside the scope of who asks.
    """
    child = people.register(work, details)
    work.flush()
    placements.record_stay(work, child.id, StayDetails(from_on=since, location_id=location_id))
    work.flush()
    moves.stand_in(work, child.id, location_id, since)
    return child.id


def pass_on(work: Work, said: Passing, *, guarding: bool) -> None:
    """Hand children of one colleague over to others, with the alerts that were theirs to mend.

    `guarding`: as guardian or worker after 18, else as contact person. Each receiver is told once.
    Raises what the two slices refuse.
    """
    if guarding:
        guardianship.pass_on(work, said)
    else:
        moves.hand_over(work, said)
    continuity.follow(work, said.leaver, said.to)
    for account_id, children in Counter(said.to.values()).items():
        work.record(
            CaseloadHandedOver(
                object_id=new_id(),
                from_account_id=said.leaver,
                account_id=account_id,
                children=children,
                reason=said.why.value,
                told=(account_id,),
            )
        )


def arrive_all(work: Work, rows: Sequence["Transfer"], on: date) -> moves.Taken:
    """Write down that many children arrived on a day; nobody before the present stay began."""
    stays = placements_of.for_reach(work, [row.child_id for row in rows])
    since = {child_id: max(stay.start for stay in every) for child_id, every in stays.items()}
    return moves.arrive_all(work, rows, on, since)
