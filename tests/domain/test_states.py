"""How school and care stand on a day, and what of a record was known or changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp.domain.care_codes import CareKind, EndReason, SchoolType
from caseapp.domain.differences import changed_fields, known_until
from caseapp.domain.facts import CareLine, SchoolRecord
from caseapp.domain.states import CareState, SchoolState, care_state, school_state

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SCHOOL = SchoolRecord("s1", SchoolType.VO_ISK)
CARE = CareLine("c1", CareKind.GGZ, place_bound=True, referred_on=date(2026, 2, 13))


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({}, SchoolState.UNCLEAR),
        ({"waiting_list_since": YESTERDAY}, SchoolState.WAITING),
        ({"waiting_list_since": YESTERDAY, "enrolled_on": TODAY}, SchoolState.ENROLLED),
        ({"enrolled_on": TODAY, "attending_from": TOMORROW}, SchoolState.COMING),
        ({"attending_from": TODAY}, SchoolState.ATTENDING),
        ({"attending_from": TODAY, "type": SchoolType.EXEMPT}, SchoolState.EXEMPT),
        ({"attending_from": YESTERDAY, "end": TOMORROW}, SchoolState.ATTENDING),
        ({"attending_from": YESTERDAY, "end": TODAY}, SchoolState.ENDED),
    ],
)
def test_a_school_record_stands_as_its_last_day_says(
    days: dict[str, object], state: SchoolState
) -> None:
    assert school_state(replace(SCHOOL, **days), TODAY) is state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({}, CareState.WAITING),
        ({"started_on": TOMORROW}, CareState.WAITING),
        ({"started_on": TODAY}, CareState.RUNNING),
        ({"started_on": YESTERDAY, "ended_on": TOMORROW}, CareState.RUNNING),
        ({"started_on": YESTERDAY, "ended_on": TODAY}, CareState.ENDED),
        ({"ended_on": TODAY, "end_reason": EndReason.MOVED}, CareState.BROKEN_OFF),
        (
            {"started_on": YESTERDAY, "ended_on": TOMORROW, "end_reason": EndReason.MOVED},
            CareState.RUNNING,
        ),
    ],
)
def test_a_line_of_care_stands_as_the_rules_see_it(
    days: dict[str, object], state: CareState
) -> None:
    assert care_state(replace(CARE, **days), TODAY) is state  # type: ignore[arg-type]


def test_the_names_of_what_changed_are_told_and_no_values() -> None:
    now = replace(SCHOOL, name="De Regenboog", enrolled_on=TODAY)
    assert changed_fields(SCHOOL, now) == ("name", "enrolled_on")
    assert changed_fields(now, now) == ()


def test_who_sees_up_to_a_day_sees_that_day_and_none_after_it() -> None:
    known = replace(CARE, started_on=TODAY, next_contact_on=TOMORROW)
    assert known_until(known, TODAY) == replace(CARE, started_on=TODAY)
