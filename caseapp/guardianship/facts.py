"""Guardianship, plans, support and the runway as the rules read them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain import facts as domain
from caseapp.guardianship.models import Guardianship, Plan, Runway, Support
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its guardianship, plans and support; `runway` holds two days of the child itself.

    Raises Unreadable.
    """
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"guardianship": (), "plans": (), "support": ()} for child_id in child_ids
    }
    columns = (Guardianship.account_id, Guardianship.from_on, Guardianship.to_on)
    held = list(opened(work, Guardianship, "facts", child_ids, *columns))
    names = accounts.names(work, {row[3] for row in held if row[3]})
    for child_id, key, facts, account_id, start, end in held:
        who = names.get(account_id) if account_id else facts.name
        guardian = domain.Guardianship(str(key), start, end, who, facts.kind)
        found[child_id]["guardianship"] += (guardian,)
    for child_id, key, facts in opened(work, Plan, "facts", child_ids):
        found[child_id]["plans"] += (domain.Plan(str(key), facts.on, facts.kind),)
    days = (Support.from_on, Support.to_on)
    for child_id, key, facts, start, end in opened(work, Support, "facts", child_ids, *days):
        given = domain.Support(str(key), facts.regime, start, end, facts.organisation)
        found[child_id]["support"] += (given,)
    for child_id, _, facts in opened(work, Runway, "facts", child_ids):
        found[child_id]["runway"] = facts
    return found
