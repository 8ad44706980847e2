"""Absence is logged, reported by the school, corrected and taken back; the weeks say what counts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from caseapp.audit import queries as audit
from caseapp.domain.events import AbsenceRecorded, AbsenceReported
from caseapp.domain.intents.schooling import AbsenceDetails, AbsencePeriod, ReportDetails
from caseapp.domain.school_weeks import latest_school_weeks, monday_of
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.schooling import actions, facts, queries
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

MONDAY = date(2026, 11, 23)
WEEK = AbsencePeriod(date(2026, 11, 16), date(2026, 11, 22), 5.5, authorised=False)
"""A week with its weekend, in the term of the north."""


def page(world: World, *rest: object) -> str:
    """Return an address about the absence of the child."""
    return "/".join(("", "kinderen", str(world.mine), "verzuim", *map(str, rest)))


def days_of(work: Work, world: World) -> list[tuple[date, float]]:
    """Return the days and hours as the rules read them, and let the database go."""
    found = facts.gather(work, [world.mine])[world.mine]["absences"]
    work.session.rollback()
    return sorted((one.on, one.hours) for one in found)


def logged(house: Machine, world: World, said: AbsencePeriod = WEEK) -> list[UUID]:
    """Log a period and return the keys of its days."""
    with acting(house, world, "cpk") as work:
        return [row.id for row in actions.log_absences(work, world.mine, said)]


def test_a_period_becomes_one_absence_for_each_school_day(
    as_: As, work: Work, world: World
) -> None:
    sent = {"on": "16-11-2026", "until": "22-11-2026", "hours": "5,5", "authorised": "no"}
    answer = as_("cpk").post(page(world, "nieuw"), sent | {"reason": "zqx-away"})
    assert (answer.status_code, answer.location) == (303, f"/kinderen/{world.mine}/school")
    assert days_of(work, world)[1:] == [(date(2026, 11, day), 5.5) for day in range(16, 21)]
    last = next(one for one in facts.absences(work, world.mine).missed)
    assert (last.facts.on, last.facts.reason) == (date(2026, 11, 20), "zqx-away")


def test_one_day_needs_no_last_day(as_: As, work: Work, world: World) -> None:
    sent = {"on": "23-11-2026", "hours": "3", "authorised": "yes"}
    assert as_("cpk").post(page(world, "nieuw"), sent).status_code == 303
    assert days_of(work, world)[-1] == (MONDAY, 3)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("until", "15-11-2026", "The last day lies before the first day."),
        ("hours", "0", "The number must be 0.25 or more."),
        ("hours", "12,25", "The number must be 12 or less."),
        ("hours", "1,1", "Use steps of 0,25."),
        ("authorised", "", "Choose yes or no."),
    ],
)
def test_the_form_refuses_what_cannot_be_and_keeps_what_was_typed(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    before = days_of(work, world)
    sent = {
        "on": "16-11-2026",
        "hours": "5",
        "authorised": "no",
        "reason": "zqx-kept",
        field: typed,
    }
    text = as_("cpk", language="en").post(page(world, "nieuw"), sent).get_data(as_text=True)
    assert words in text
    assert "zqx-kept" in text
    assert days_of(work, world) == before


@pytest.mark.parametrize(
    ("until", "words"), [("24-10-2026", ""), ("25-10-2026", "Write down at most one month")]
)
def test_a_month_at_a_time_is_the_most(as_: As, world: World, until: str, words: str) -> None:
    sent = {"on": "23-9-2026", "until": until, "hours": "5", "authorised": "yes"}
    answer = as_("cpk", language="en").post(page(world, "nieuw"), sent)
    assert answer.status_code == (200 if words else 303) or "stands already" in answer.text
    assert words in answer.get_data(as_text=True)


def test_a_weekend_is_no_absence(as_: As, work: Work, world: World) -> None:
    weekend = replace(WEEK, on=date(2026, 11, 21), until=date(2026, 11, 22))
    with pytest.raises(actions.NoSchoolDayError):
        actions.log_absences(work, world.mine, weekend)
    work.undo()
    sent = {"on": "21-11-2026", "until": "22-11-2026", "hours": "5", "authorised": "no"}
    text = as_("cpk", language="en").post(page(world, "nieuw"), sent).get_data(as_text=True)
    assert "There was no school then" in text


def test_the_future_is_refused_by_the_action_too(work: Work, world: World) -> None:
    coming = replace(WEEK, until=date(2026, 11, 25))
    with pytest.raises(actions.NotYetError):
        actions.log_absences(work, world.mine, coming)
    with pytest.raises(actions.NotYetError):
        actions.record_report(work, world.mine, ReportDetails(date(2026, 11, 25)))


def test_a_day_counts_once(as_: As, house: Machine, work: Work, world: World) -> None:
    logged(house, world)
    with pytest.raises(actions.AlreadyAbsentError) as twice:
        actions.log_absences(work, world.mine, replace(WEEK, on=date(2026, 11, 20)))
    assert twice.value.day == date(2026, 11, 20)
    work.undo()
    sent = {"on": "20-11-2026", "hours": "5", "authorised": "no"}
    text = as_("cpk", language="en").post(page(world, "nieuw"), sent).get_data(as_text=True)
    assert "On 20-11-2026 an absence stands already." in text


def test_an_absence_is_corrected_and_what_stood_there_is_shown(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key = logged(house, world)[0]
    client = as_("cpk", language="en")
    sent = {"on": "16-11-2026", "hours": "2,5", "authorised": "yes", "version": 1}
    assert client.post(page(world, key), sent).status_code == 303
    assert (date(2026, 11, 16), 2.5) in days_of(work, world)
    assert [was.facts.hours for was in audit.past_of(work, "absence", key)] == [5.5]
    work.session.rollback()
    text = client.get(page(world, key)).get_data(as_text=True)
    assert "What stood here before" in text
    assert "5,5" in text


def test_a_mistake_counts_no_more_and_can_be_put_back(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key = logged(house, world)[0]
    client = as_("cpk", language="en")
    sent = {"on": "16-11-2026", "hours": "5,5", "authorised": "no", "version": 1}
    client.post(page(world, key), sent | {"taken_back": "yes"})
    assert date(2026, 11, 16) not in dict(days_of(work, world))
    chapter = client.get(f"/kinderen/{world.mine}/school").get_data(as_text=True)
    assert "taken back" in chapter
    assert logged(house, world, replace(WEEK, until=date(2026, 11, 16)))
    refused = client.post(page(world, key), sent | {"version": 2}).get_data(as_text=True)
    assert "an absence stands already" in refused
    assert (
        client.post(page(world, key), sent | {"version": 2, "on": "23-11-2026"}).status_code == 303
    )
    assert (MONDAY, 5.5) in days_of(work, world)


def test_a_lost_race_shows_both(as_: As, house: Machine, work: Work, world: World) -> None:
    key = logged(house, world)[0]
    row = queries.absence(work, world.mine, key)
    assert row is not None
    actions.correct_absence(work, row, 1, AbsenceDetails(WEEK.on, 1, authorised=True))
    work.commit()
    sent = {"on": "16-11-2026", "hours": "4", "authorised": "no", "version": 1}
    text = as_("cpk", language="en").post(page(world, key), sent).get_data(as_text=True)
    assert "Someone else has just changed this." in text
    with pytest.raises(LostRaceError):
        actions.correct_absence(work, row, 1, AbsenceDetails(WEEK.on, 2, authorised=True))


def test_a_report_of_the_school_is_saved_corrected_and_taken_back(
    as_: As, work: Work, world: World
) -> None:
    client = as_("cpk", language="en")
    sent = {"on": "20-11-2026", "note": "zqx-reported"}
    assert client.post(page(world, "melding"), sent).status_code == 303
    row = next(row for row in queries.reports(work, world.mine) if row.facts.note == sent["note"])
    key = row.id
    work.session.rollback()
    client.post(page(world, "melding", key), sent | {"on": "19-11-2026", "version": 1})
    reports = facts.gather(work, [world.mine])[world.mine]["absence_reports"]
    assert max(one.on for one in reports) == date(2026, 11, 19)
    work.session.rollback()
    text = client.get(page(world, "melding", key)).get_data(as_text=True)
    assert "20-11-2026" in text
    client.post(page(world, "melding", key), sent | {"version": 2, "taken_back": "yes"})
    reports = facts.gather(work, [world.mine])[world.mine]["absence_reports"]
    assert max(one.on for one in reports) == date(2026, 10, 9)


def test_the_weeks_count_what_came_after_the_last_report(
    house: Machine, work: Work, world: World
) -> None:
    logged(house, world)
    logged(house, world, replace(WEEK, on=MONDAY, until=MONDAY, authorised=True))
    found = facts.absences(work, world.mine)
    assert [(week.monday, week.without, week.with_leave) for week in found.weeks[:2]] == [
        (MONDAY, 0, 5.5),
        (date(2026, 11, 16), 27.5, 0),
    ]
    assert found.counted == 27.5
    work.session.rollback()
    with acting(house, world, "cpk") as told:
        actions.record_report(told, world.mine, ReportDetails(date(2026, 11, 18)))
    assert facts.absences(work, world.mine).counted == 11


def test_the_repair_says_what_it_is_about_and_leads_back_to_the_child(
    as_: As, house: Machine, world: World
) -> None:
    logged(house, world)
    client = as_("cpk", language="en")
    address = page(world, "melding?signalering=SCH-3")
    assert "27.5 hours without leave" in client.get(address).get_data(as_text=True)
    answer = client.post(address, {"on": "24-11-2026"})
    assert answer.location == f"/kinderen/{world.mine}"


def test_pressing_save_twice_logs_once(as_: As, work: Work, world: World) -> None:
    client, key = as_("cpk"), "ab" * 16
    sent = {"on": "23-11-2026", "hours": "3", "authorised": "yes", "once": key}
    answers = [client.post(page(world, "nieuw"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [day for day, _ in days_of(work, world)].count(MONDAY) == 1


def test_each_intention_is_on_the_trail(work: Work, world: World) -> None:
    rows = actions.log_absences(work, world.mine, WEEK)
    report = actions.record_report(work, world.mine, ReportDetails(TODAY))
    work.settle()
    logs = [e.object_id for e in work.trail if isinstance(e, AbsenceRecorded)]
    told = [e.object_id for e in work.trail if isinstance(e, AbsenceReported)]
    assert (logs, told) == ([row.id for row in rows], [report.id])


def test_the_place_that_the_child_left_sees_no_later_absence(
    as_: As, house: Machine, world: World
) -> None:
    logged(house, world)
    text = as_("cpk_beside", language="en").get(f"/kinderen/{world.mine}/school").text
    assert "zqx-absence-reason" in text
    assert "20-11-2026" not in text


@pytest.mark.parametrize(
    ("who", "status"), [("cpk", 200), ("coordinator", 200), ("guardian", 403), ("cpk_far", 404)]
)
def test_who_keeps_school_logs_absence(as_: As, world: World, who: str, status: int) -> None:
    for part in ("nieuw", "melding"):
        assert as_(who).get(page(world, part)).status_code == status


def test_a_school_week_holds_a_school_day() -> None:
    holiday = {date(2026, 11, 16), date(2026, 11, 17)}
    weeks = latest_school_weeks(
        date(2026, 11, 23), 2, lambda day: day.weekday() < 2 and day not in holiday
    )
    assert weeks == [MONDAY, date(2026, 11, 9)]
    assert monday_of(date(2026, 11, 29)) == MONDAY
    assert latest_school_weeks(TODAY, 3, lambda _day: False) == []
