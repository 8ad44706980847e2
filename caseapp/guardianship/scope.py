"""Says which guardianship or support an address is about, and whether you may see or change it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp.domain.policy import Role
from caseapp.guardianship import queries
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child

if TYPE_CHECKING:
    from caseapp.guardianship.models import Guardianship, Plan, Support


@dataclass(frozen=True, slots=True)
class GuardianshipOf:
    """A guardianship of a child whose whole file is open."""

    child: Sight
    row: "Guardianship"


@dataclass(frozen=True, slots=True)
class SupportOf:
    """Support of a young person whose whole file is open."""

    child: Sight
    row: "Support"


@dataclass(frozen=True, slots=True)
class PlanOf:
    """A plan or review about a child whose whole file is open."""

    child: Sight
    row: "Plan"


def the_guardianship(work: Work, child_id: UUID, row_id: UUID) -> GuardianshipOf | None:
    """Return a guardianship of a child in scope; for a guardian only the own one."""
    child = the_open_child(work, child_id)
    row = queries.guardianship(work, child_id, row_id) if child else None
    if child is None or row is None or not may_change(work, row.account_id):
        return None
    return GuardianshipOf(child, row)


def the_support(work: Work, child_id: UUID, row_id: UUID) -> SupportOf | None:
    """Return support of a young person in scope."""
    child = the_open_child(work, child_id)
    row = queries.support(work, child_id, row_id) if child else None
    return SupportOf(child, row) if child and row else None


def the_plan(work: Work, child_id: UUID, plan_id: UUID) -> PlanOf | None:
    """Return a plan or review about a child in scope."""
    child = the_open_child(work, child_id)
    row = queries.plan(work, child_id, plan_id) if child else None
    return PlanOf(child, row) if child and row else None


def may_change(work: Work, account_id: UUID | None) -> bool:
    """Say whether this actor may change the guardianship of this account: a guardian only the own one."""
    return work.actor.role is not Role.GUARDIAN or account_id == work.actor.account_id
