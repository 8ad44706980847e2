"""Which child is this address about, and may you see it?"""

from uuid import UUID

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight, sight_of


def the_child(work: Work, child_id: UUID) -> Sight | None:
    """Return the child, with as much of the file as this actor may see; the look is recorded."""
    return _seen(work, sight_of(work, child_id))


def the_open_child(work: Work, child_id: UUID) -> Sight | None:
    """Return a child whose whole file is open to this actor now: for forms and whatever writes."""
    return _seen(work, sight_of(work, child_id, Sees.ALL))


def the_child_to_receive(work: Work, child_id: UUID) -> Sight | None:
    """Return a child that is here or coming: who accepts must be able to read the handover first."""
    sight = sight_of(work, child_id, Sees.HANDOVER)
    return _seen(work, sight)


def _seen(work: Work, sight: Sight | None) -> Sight | None:
    if sight is not None:
        work.saw("child-read", [sight.id], fields=(sight.sees.value,))
    return sight
