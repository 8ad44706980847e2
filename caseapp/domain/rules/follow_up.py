"""Rules about what follows from an observation: something is agreed, and it is done."""

from collections.abc import Iterator
from datetime import date

from caseapp.domain import calendar
from caseapp.domain.care_codes import Condition, Level, Rating
from caseapp.domain.case import Case
from caseapp.domain.facts import Observation
from caseapp.domain.gist import gist
from caseapp.domain.rules.rule import (
    Detail,
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    rule,
)


@rule("OBS-2", "Concern without action", Strand.OBSERVATION, OwnerGroup.RECORD)
def concerns_lead_to_action(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Something is agreed within a week when there is a concern, at once when it is acute."""
    for seen in child.observations:
        if seen.action is not None or seen.level not in {Level.CONCERN, Level.ACUTE}:
            continue
        acute = seen.level is Level.ACUTE
        since = seen.on if acute else calendar.working_days_after(seen.on, limits["after_wd"])
        if today >= since:
            yield Finding(
                "OBS-2",
                seen.id,
                Severity.CRITICAL if acute else Severity.WARNING,
                since=since,
                due=since,
                detail={"seen_on": seen.on, "level": seen.level.value},
            )


@rule("OBS-3", "Twice insufficient", Strand.OBSERVATION, OwnerGroup.RECORD)
def what_stays_insufficient_is_talked_over(
    child: Case, today: date, limits: Limits
) -> Iterator[Finding]:
    """People meet about a condition for growing up that was twice found to be insufficient."""
    for condition, rated in _rated(child.observations).items():
        since = rated[-1].on
        if any(meeting.on >= since for meeting in child.meetings):
            continue
        if [one.conditions[condition] for one in rated[-2:]] != [Rating.INSUFFICIENT] * 2:
            continue
        due = calendar.working_days_after(since, limits["warning_wd"])
        yield Finding(
            "OBS-3",
            f"condition:{condition.value}",
            Severity.WARNING if today >= due else Severity.NOTICE,
            since=since,
            due=due,
            detail={"condition": condition.value},
        )


def _rated(observations: tuple[Observation, ...]) -> dict[Condition, list[Observation]]:
    """Return by condition the observations that rate it, in their order."""
    rated: dict[Condition, list[Observation]] = {}
    for seen in observations:
        for condition in seen.conditions:
            rated.setdefault(condition, []).append(seen)
    return rated


@rule("OBS-4", "Agreed action overdue", Strand.OBSERVATION, OwnerGroup.RECORD)
def agreed_actions_are_done(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """What was agreed after an observation is done by the day that was agreed."""
    for seen in child.observations:
        action = seen.action
        if action is None or action.due_on is None or action.done_on is not None:
            continue
        if action.due_on >= today:
            continue
        grave = calendar.plus_days(action.due_on, limits["critical_days"])
        detail: Detail = {"action": gist(action.text)} if action.text else {}
        yield Finding(
            "OBS-4",
            seen.id,
            Severity.CRITICAL if today >= grave else Severity.WARNING,
            since=calendar.plus_days(action.due_on, 1),
            due=action.due_on,
            detail=detail,
        )
