"""What stays serious and untaken climbs to the national desk (the last column of rules.md 4)."""

from datetime import date
from typing import Any, Final

from caseapp.accounts import queries as accounts
from caseapp.continuity import queries
from caseapp.continuity.models import Alert, AlertStep, Step
from caseapp.domain import calendar
from caseapp.domain.events import AlertClimbed
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import OwnerGroup
from caseapp.kernel.bulk import insert_new
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

WORKING_DAYS: Final = 5
STAYS: Final = frozenset({OwnerGroup.WHEREABOUTS})
"""Of these the national desk is told at once: there is nothing to climb to."""


def climb(work: Work) -> int:
    """Tell the national desk of serious alerts that nobody took for five working days, once a spell.

    Of two that do this at once the database lets one write each step. Returns how many climbed here.
    """
    rules = [rule.code for rule in RULES.values() if rule.owner not in STAYS]
    rows = queries.left_lying(work, rules, _first_day(work.today))
    steps = [_step(work, row) for row in rows]
    insert_new(work, AlertStep, steps)
    ours = queries.steps_among(work, [step["id"] for step in steps])
    told = tuple(one.id for one in accounts.national_desk(work)) if ours else ()
    for row in rows:
        if row.id in ours:
            work.record(
                AlertClimbed(object_id=row.id, child_id=row.child_id, rule=row.rule,
                             severity=row.severity, told=told, spell=row.times)
            )  # fmt: skip
    return len(ours)


def _first_day(today: date) -> date:
    """Return the day before whose end an alert must have been raised to be five working days old."""
    day = today
    while calendar.working_days_after(day, WORKING_DAYS) > today:
        day = calendar.plus_days(day, -1)
    return calendar.plus_days(day, 1)


def _step(work: Work, row: Alert) -> dict[str, Any]:
    return {
        "id": new_id(), "alert_id": row.id, "child_id": row.child_id, "at": work.now,
        "by": work.actor.account_id, "what": Step.CLIMBED, "spell": row.times,
    }  # fmt: skip
