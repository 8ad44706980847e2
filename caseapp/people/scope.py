"""Says which child an address is about, and whether you may see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.domain.policy import Sees
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight, consent, relative, sight_of

if TYPE_CHECKING:
    from caseapp.people.models import Consent, Relative


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


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A family member on the file of a child whose whole file is open."""

    child: Sight
    row: "Relative"


def the_member(work: Work, child_id: UUID, relative_id: UUID) -> FamilyMember | None:
    """Return a family member, when the child's file is open and the member stands on it."""
    child = the_open_child(work, child_id)
    row = relative(work, child_id, relative_id) if child is not None else None
    return FamilyMember(child, row) if child is not None and row is not None else None


@dataclass(frozen=True, slots=True)
class ConsentOf:
    """A consent on the file of a child whose whole file is open."""

    child: Sight
    row: "Consent"


def the_consent(work: Work, child_id: UUID, consent_id: UUID) -> ConsentOf | None:
    """Return a consent, when the child's file is open and the consent stands on it."""
    child = the_open_child(work, child_id)
    row = consent(work, child_id, consent_id) if child is not None else None
    return ConsentOf(child, row) if child is not None and row is not None else None
