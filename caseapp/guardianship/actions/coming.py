"""Guardianships, plans, support and runways of many documents at once."""

from collections.abc import Sequence
from typing import Any

from caseapp.domain import facts
from caseapp.domain.incoming import Incoming, record_id
from caseapp.guardianship.actions.following import guardian_reach, support_reach
from caseapp.guardianship.models import (
    Guardianship,
    GuardianshipFacts,
    Plan,
    PlanFacts,
    Runway,
    RunwayFacts,
    Support,
    SupportFacts,
)
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.people import actions as people


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write guardianships, plans, support and runways of many documents, and the reach of who follows."""
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    held = [_guardianship_row(work, d, one) for d in incoming for one in d.dossier.guardianship]
    insert_all(work, Guardianship, held)
    made = [_plan_row(work, d, one) for d in incoming for one in d.dossier.plans]
    insert_all(work, Plan, made)
    given = [_support_row(work, d, one) for d in incoming for one in d.dossier.support]
    insert_all(work, Support, given)
    insert_all(work, Runway, [row for d in incoming for row in _runway_rows(work, d)])
    guardians = (
        (
            row["child_id"],
            guardian_reach(row["account_id"], row["id"], row["from_on"], row["to_on"]),
        )
        for row in held
    )
    workers = (
        (
            row["child_id"],
            support_reach(row["worker_account_id"], row["id"], row["from_on"], row["to_on"]),
        )
        for row in given
    )
    people.take_in_reach(work, [*guardians, *workers])


def _guardianship_row(work: Work, document: Incoming, one: facts.Guardianship) -> dict[str, Any]:
    account_id = document.accounts.get(f"guardianship/{one.id}")
    return sealed_row(
        work,
        Guardianship,
        document.child_id,
        document.key("guardianship", one.id),
        child_no=document.child_no,
        account_id=account_id,
        from_on=one.start,
        to_on=one.end,
        facts=GuardianshipFacts(None if account_id else one.guardian, one.kind),
    )


def _plan_row(work: Work, document: Incoming, one: facts.Plan) -> dict[str, Any]:
    key = document.key("plans", one.id)
    return sealed_row(work, Plan, document.child_id, key, facts=PlanFacts(one.on, one.kind))


def _support_row(work: Work, document: Incoming, one: facts.Support) -> dict[str, Any]:
    return sealed_row(
        work,
        Support,
        document.child_id,
        document.key("support", one.id),
        worker_account_id=document.accounts.get(f"support/{one.id}"),
        from_on=one.start,
        to_on=one.end,
        facts=SupportFacts(one.regime, one.organisation),
    )


def _runway_rows(work: Work, document: Incoming) -> list[dict[str, Any]]:
    child = document.dossier.child
    if child.transition_plan_on is None and child.support_declined_on is None:
        return []
    said = RunwayFacts(child.transition_plan_on, child.support_declined_on)
    key = record_id(document.child_id, "runway", "")
    return [sealed_row(work, Runway, document.child_id, key, facts=said)]
