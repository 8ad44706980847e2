"""What is decided at 16, 18, 21 and 23, on both sides of each day on which it changes."""

from datetime import date

import pytest

from caseapp.domain.care_codes import Regime
from caseapp.domain.case import Case
from caseapp.domain.codes import BirthStatus, Precision
from caseapp.domain.facts import Birth, Child, Dossier, Support
from caseapp.domain.limits import limits_from
from caseapp.domain.runway import Milestone, Standing, milestones
from caseapp.settings import limits_file

BORN = date(2010, 3, 14)
LIMITS = limits_from(limits_file())


def road(
    today: date,
    *support: Support,
    plan: date | None = None,
    declined: date | None = None,
    precision: Precision = Precision.DAY,
) -> tuple[Milestone, ...]:
    """Return the road of a child born on 14 March 2010."""
    child = Child(
        ref="k",
        v_number="1",
        given_names="Noor",
        birth=Birth(BORN, precision, BirthStatus.DECLARED),
        unaccompanied=True,
        transition_plan_on=plan,
        support_declined_on=declined,
    )
    return milestones(Case(Dossier(child, support=support), today), LIMITS.on(today))


def reception(start: date, end: date | None = None) -> Support:
    """Return extended reception."""
    return Support("u1", Regime.VERLENGDE_OPVANG, start, end)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 9, 13), Standing.LATER),
        (date(2026, 9, 14), Standing.MISSING),
        (date(2028, 3, 13), Standing.MISSING),
        (date(2028, 3, 14), Standing.PASSED),
    ],
)
def test_the_plan_is_missed_from_16_and_a_half_until_18(today: date, standing: Standing) -> None:
    assert road(today)[0].standing is standing


def test_a_plan_counts_from_its_own_day() -> None:
    day = date(2026, 10, 1)
    assert road(day, plan=day)[0] == Milestone(16, road(day)[0].days, Standing.DECIDED, on=day)
    assert road(date(2026, 9, 30), plan=day)[0].standing is Standing.MISSING


@pytest.mark.parametrize(
    ("today", "standing"),
    [(date(2027, 9, 13), Standing.LATER), (date(2027, 9, 14), Standing.MISSING)],
)
def test_support_is_missed_from_17_and_a_half(today: date, standing: Standing) -> None:
    assert road(today)[1].standing is standing


@pytest.mark.parametrize(
    ("start", "standing"),
    [(date(2027, 12, 15), Standing.DECIDED), (date(2027, 12, 14), Standing.MISSING)],
)
def test_support_counts_when_it_begins_at_most_90_days_before_18(
    start: date, standing: Standing
) -> None:
    assert road(date(2028, 1, 2), reception(start))[1].standing is standing


def test_after_18_only_support_of_today_counts() -> None:
    ended = reception(date(2028, 3, 14), date(2029, 1, 1))
    assert road(date(2028, 12, 31), ended)[1].regimes == (Regime.VERLENGDE_OPVANG,)
    assert road(date(2029, 1, 1), ended)[1].standing is Standing.MISSING


@pytest.mark.parametrize(
    ("today", "standing"),
    [(date(2028, 6, 30), Standing.DECLINED), (date(2028, 7, 1), Standing.MISSING)],
)
def test_what_was_declined_is_asked_again_after_half_a_year(
    today: date, standing: Standing
) -> None:
    assert road(today, declined=date(2027, 12, 31))[1].standing is standing


@pytest.mark.parametrize(
    ("today", "standing"),
    [(date(2030, 12, 13), Standing.LATER), (date(2030, 12, 14), Standing.MISSING)],
)
def test_what_goes_on_after_21_is_looked_for_90_days_before(
    today: date, standing: Standing
) -> None:
    assert road(today, reception(date(2028, 3, 14)))[2].standing is standing


def test_support_that_covers_birthday_21_goes_on() -> None:
    help_on = Support("u2", Regime.VERLENGDE_JEUGDHULP, date(2031, 3, 14))
    assert road(date(2031, 1, 1), help_on)[2].regimes == (Regime.VERLENGDE_JEUGDHULP,)
    late = Support("u2", Regime.VERLENGDE_JEUGDHULP, date(2031, 3, 15))
    assert road(date(2031, 1, 1), late)[2].standing is Standing.MISSING


@pytest.mark.parametrize(
    ("today", "standing"),
    [(date(2033, 3, 13), Standing.LATER), (date(2033, 3, 14), Standing.PASSED)],
)
def test_the_road_ends_at_23(today: date, standing: Standing) -> None:
    assert road(today)[3].standing is standing


def test_a_birth_date_of_a_year_gives_a_range() -> None:
    days = road(date(2026, 1, 1), precision=Precision.YEAR)[1].days
    assert days == (date(2028, 1, 1), date(2028, 12, 31))
