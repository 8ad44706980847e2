"""MEL-1 on both sides of each of its days, and what may be written in a file of the reporting code."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.rules.rule import Severity
from caseapp.domain.safety import (
    Answer,
    Clause,
    Part,
    Question,
    Refusal,
    SafeHome,
    SafetyRefusedError,
    Written,
    clocks,
    next_step,
    present,
    refuse,
)

MONDAY = date(2026, 11, 2)
TODAY = date(2026, 11, 24)
ANSWERS = tuple(Answer(one, True, "because") for one in Question)


def signs(on=MONDAY, *, acute=False):
    return Written(Part.SIGNS, on, "signs", acute=acute)


def step(part, on=MONDAY, **more):
    return Written(part, on, "note", **more)


def decided(on=MONDAY):
    return step(Part.DECIDE, on, reports=True, helps=True)


def home(reported_on=MONDAY, *more):
    return step(Part.SAFE_HOME, reported_on, safe_home=SafeHome(reported_on, *more))


def late(today, *written):
    return [
        (one.clause, one.severity) for one in clocks(present(written)) if one.has_run_out(today)
    ]


DECIDE = [(Clause.DECIDE, Severity.WARNING)]
ANSWER = [(Clause.ANSWER, Severity.WARNING)]
LOOKS = [(Clause.INVESTIGATION, Severity.WARNING)]


@pytest.mark.parametrize(
    ("today", "found"),
    [(date(2026, 11, 13), []), (date(2026, 11, 16), DECIDE), (date(2027, 1, 4), DECIDE)],
)
def test_no_decision_is_late_from_the_tenth_working_day_after_step_1(today, found):
    assert late(today, signs()) == found
    assert late(today, signs(), decided()) == []


def test_public_holidays_do_not_count_in_the_ten_days():
    before_christmas = signs(date(2026, 12, 14))
    assert late(date(2026, 12, 28), before_christmas) == []
    assert late(date(2026, 12, 29), before_christmas) == DECIDE


def test_acute_danger_asks_for_the_decision_on_the_day_itself():
    acute = signs(acute=True)
    assert late(date(2026, 11, 1), acute) == []
    assert late(MONDAY, acute) == [(Clause.DECIDE_NOW, Severity.CRITICAL)]
    assert late(MONDAY, acute, decided()) == []


def test_signs_that_prove_not_acute_have_the_ten_days_again():
    assert late(MONDAY, signs(acute=True), signs()) == []


@pytest.mark.parametrize(("today", "found"), [(date(2026, 11, 6), []), (date(2026, 11, 9), ANSWER)])
def test_veilig_thuis_is_late_from_the_fifth_working_day_after_the_report(today, found):
    assert late(today, signs(), decided(), home()) == found
    assert late(today, signs(), decided(), home(MONDAY, MONDAY)) == []


@pytest.mark.parametrize(("today", "found"), [(date(2027, 1, 10), []), (date(2027, 1, 11), LOOKS)])
def test_an_investigation_is_late_from_ten_weeks_after_it_began(today, found):
    assert late(today, signs(), decided(), home(MONDAY, MONDAY, "yes", MONDAY)) == found
    assert late(today, signs(), decided(), home(MONDAY, MONDAY, "yes", MONDAY, today)) == []


def test_whatever_is_late_in_an_acute_file_is_critical():
    found = late(date(2027, 2, 1), signs(acute=True), decided(), home())
    assert found == [(Clause.ANSWER, Severity.CRITICAL)]


def test_a_closed_file_and_one_without_a_first_step_have_no_clocks():
    assert late(date(2027, 2, 1), signs(), home(), step(Part.CLOSE)) == []
    assert clocks({}) == ()


def refused(written, new):
    with pytest.raises(SafetyRefusedError) as met:
        refuse(present(written), new, TODAY)
    return met.value.code


FOUR = (signs(), step(Part.CONSULT), step(Part.TALK), step(Part.WEIGH, answers=ANSWERS))


@pytest.mark.parametrize(
    ("written", "new", "code"),
    [
        ([*FOUR, step(Part.CLOSE)], step(Part.TALK), Refusal.CLOSED),
        ([], step(Part.SAFE_HOME), Refusal.NO_STEP_ONE),
        ([signs()], step(Part.TALK), Refusal.STEP_BEFORE),
        (FOUR[:3], step(Part.WEIGH, answers=ANSWERS[:4]), Refusal.NOT_WEIGHED),
        (FOUR, step(Part.DECIDE, reports=True), Refusal.NOTHING_DECIDED),
        ([], signs(date(2026, 11, 25)), Refusal.NOT_YET),
        ([signs()], step(Part.CONSULT, date(2026, 11, 1)), Refusal.BEFORE_SIGNS),
        ([signs(), step(Part.CONSULT)], signs(date(2026, 11, 3)), Refusal.BEFORE_SIGNS),
        ([signs()], home(date(2026, 11, 5), date(2026, 11, 4)), Refusal.OUT_OF_ORDER),
        ([signs()], home(MONDAY, None, None, None, MONDAY), Refusal.OUT_OF_ORDER),
        ([signs()], home(date(2026, 11, 5), None, None, date(2026, 11, 4)), Refusal.OUT_OF_ORDER),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(written, new, code):
    assert refused(written, new) is code


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ([], signs(TODAY)),
        ([signs()], step(Part.CONSULT)),
        (FOUR, decided(TODAY)),
        ([signs(acute=True)], decided()),
        ([signs(), step(Part.CONSULT)], step(Part.CONSULT, TODAY)),
        ([signs()], home(MONDAY, MONDAY, "yes", MONDAY, MONDAY)),
        ([signs()], step(Part.CLOSE)),
    ],
)
def test_the_five_steps_go_in_order_and_may_be_written_again(written, new):
    refuse(present(written), new, TODAY)


def test_the_next_step_is_the_first_that_is_not_written():
    assert next_step({}) is Part.SIGNS
    assert next_step(present(FOUR)) is Part.DECIDE
    assert next_step(present([*FOUR, replace(decided())])) is None
