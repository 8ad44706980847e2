"""Days as rules.md 1 counts them."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from caseapp.domain import calendar
from caseapp.domain.codes import BirthStatus, Precision, Region
from caseapp.domain.facts import Birth
from caseapp.domain.term_time import TermTime
from tests.domain.made import d, dossier, place


def birth(day, precision="day"):
    return Birth(d(day), Precision(precision), BirthStatus.DECLARED)


def test_a_period_has_its_first_day_and_not_its_last():
    start, end = d("2026-03-03"), d("2026-03-10")
    days = ("2026-03-02", "2026-03-03", "2026-03-09", "2026-03-10")
    assert [calendar.covers(start, end, d(day)) for day in days] == [False, True, True, False]
    assert calendar.covers(start, None, d("2099-01-01"))
    assert not calendar.covers(start, start, start)
    assert not calendar.covers(None, None, start)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-06-12", 2, "2026-08-12"),
        ("2026-03-31", 18, "2027-09-30"),
    ],
)
def test_a_day_that_a_month_lacks_becomes_its_last(day, months, later):
    assert calendar.plus_months(d(day), months) == d(later)


def test_sums_stop_at_the_ends_of_the_calendar():
    assert calendar.plus_days(date.max, 1) == date.max
    assert calendar.plus_days(date.min, -1) == date.min
    assert calendar.plus_months(date.max, 1) == date.max
    assert calendar.birthday(date.max, 18) == date.max
    assert calendar.working_days_after(date.max, 5) == date.max
    assert calendar.working_days_before(date.min, 5) == date.min
    assert calendar.working_days_after(date.min, 5) == date(1, 1, 8)
    assert calendar.working_days_before(date.max, 5) == date(9999, 12, 24)
    assert calendar.nth_school_day(d("9999-12-30"), 10, Region.NOORD) == date.max


def test_who_is_born_on_29_february_turns_on_1_march_in_other_years():
    assert calendar.birthday(d("2008-02-29"), 18) == d("2026-03-01")
    assert calendar.birthday(d("2008-02-29"), 20) == d("2028-02-29")


@pytest.mark.parametrize(
    ("day", "precision", "first", "last"),
    [
        ("2008-02-10", "day", "2026-02-10", "2026-02-10"),
        ("2008-02-10", "month", "2026-02-01", "2026-03-01"),
        ("2009-02-10", "month", "2027-02-01", "2027-02-28"),
        ("2008-06-17", "year", "2026-01-01", "2026-12-31"),
    ],
)
def test_an_imprecise_birthday_is_a_range(day, precision, first, last):
    assert calendar.birthdays(birth(day, precision), 18) == (d(first), d(last))


def test_the_month_after_begins_on_its_first_day():
    assert calendar.month_after(d("2026-11-20")) == d("2026-12-01")
    assert calendar.month_after(d("2026-12-01")) == d("2027-01-01")


@pytest.mark.parametrize(
    "holiday",
    [
        "2027-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-14",
        "2026-05-25",
        "2026-12-25",
        "2028-12-26",
        "2025-05-05",
        "2030-04-27",
    ],
)
def test_a_public_holiday_is_no_working_day(holiday):
    assert not calendar.is_working_day(d(holiday))


def test_liberation_day_is_a_holiday_only_in_years_divisible_by_five():
    weekdays = [year for year in range(2017, 2027) if date(year, 5, 5).weekday() < 5]
    free = [year for year in weekdays if not calendar.is_working_day(date(year, 5, 5))]
    assert (weekdays[0], free) == (2017, [2020, 2025])


def test_kings_day_on_a_sunday_moves_to_saturday_and_leaves_monday_free_of_it():
    assert date(2025, 4, 27).weekday() == 6
    assert calendar.is_working_day(d("2025-04-28"))


def easter(year):
    """Return Easter Sunday by Gauss' method, as a second opinion."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", range(2014, 2061))
def test_the_free_days_of_a_year_are_exactly_those_of_the_rules(year):
    sunday = easter(year)
    kings = date(year, 4, 27)
    free = {
        date(year, 1, 1),
        sunday - timedelta(2),
        sunday + timedelta(1),
        kings - timedelta(kings.weekday() == 6),
        sunday + timedelta(39),
        sunday + timedelta(50),
        date(year, 12, 25),
        date(year, 12, 26),
    } | ({date(year, 5, 5)} if year % 5 == 0 else set())
    days = (date(year, 1, 1) + timedelta(n) for n in range(365))
    wrong = [
        day
        for day in days
        if calendar.is_working_day(day) is not (day.weekday() < 5 and day not in free)
    ]
    assert wrong == []


def test_working_days_are_counted_over_weekends_and_holidays_both_ways():
    # Good Friday 3 April and Easter Monday 6 April 2026.
    assert calendar.working_days_after(d("2026-04-01"), 2) == d("2026-04-07")
    assert calendar.working_days_before(d("2026-04-07"), 2) == d("2026-04-01")
    assert calendar.working_days_after(d("2026-04-04"), 1) == d("2026-04-07")
    assert calendar.working_days_before(d("2026-11-08"), 1) == d("2026-11-06")


SUMMER_2026 = {
    Region.NOORD: ("2026-07-04", "2026-08-16"),
    Region.MIDDEN: ("2026-07-18", "2026-08-30"),
    Region.ZUID: ("2026-07-11", "2026-08-23"),
}


@pytest.mark.parametrize("region", Region)
def test_school_stops_for_the_summer_of_its_region(region):
    first, last = map(d, SUMMER_2026[region])
    assert (first.weekday(), last.weekday()) == (5, 6)
    assert calendar.is_school_day(first - timedelta(1), region)
    assert calendar.school_days(first, last, region) == 0
    assert calendar.is_school_day(last + timedelta(1), region)


@pytest.mark.parametrize("region", Region)
def test_every_school_holiday_runs_from_a_saturday_to_a_sunday(region):
    days = set(
        country_holidays(
            "NL", years=range(2014, 2031), subdiv=region.capitalize(), categories=("school",)
        )
    )
    between = {day for day in days if date(2015, 1, 1) <= day <= calendar.LAST_PUBLISHED}
    starts = {day.weekday() for day in between if day - timedelta(1) not in days}
    ends = {day.weekday() for day in between if day + timedelta(1) not in days}
    assert (starts, ends) == ({5}, {6})


def test_no_school_holiday_is_known_beyond_the_last_year_published():
    assert calendar.is_school_day(d("2030-12-27"), Region.MIDDEN)
    assert not calendar.is_school_day(d("2029-12-27"), Region.MIDDEN)
    assert calendar.is_school_day(d("2031-08-01"), Region.ZUID)
    assert not calendar.is_school_day(d("2030-08-01"), Region.ZUID)


def test_school_days_count_both_ends_and_go_on_over_the_new_year():
    assert calendar.school_days(d("2026-10-15"), d("2026-10-28"), Region.MIDDEN) == 5
    assert calendar.school_days(d("2026-12-18"), d("2027-01-04"), Region.MIDDEN) == 2
    assert calendar.nth_school_day(d("2026-12-18"), 2, Region.MIDDEN) == d("2027-01-04")
    assert calendar.school_days(d("2026-10-16"), d("2026-10-15"), Region.MIDDEN) == 0


def test_the_region_of_a_day_is_that_of_its_place_else_the_latest_earlier_else_midden():
    stays = [
        place("p1", "2026-01-01", "2026-02-01", region="zuid"),
        place("p2", "2026-01-15", "2026-01-20", region="noord"),
        place("p3", "2026-03-01", region="noord"),
    ]
    term = TermTime(dossier(placements=stays).placements)
    found = {
        day: term.region_on(d(day)).value
        for day in (
            "2025-12-31",
            "2026-01-01",
            "2026-01-16",
            "2026-01-20",
            "2026-02-10",
            "2026-03-01",
        )
    }
    assert list(found.values()) == ["midden", "zuid", "noord", "zuid", "noord", "noord"]


def test_the_school_days_of_a_child_are_those_of_each_region_in_turn():
    stays = [
        place("p1", "2026-01-01", "2026-07-14", region="noord"),
        place("p2", "2026-07-14", region="midden"),
    ]
    term = TermTime(dossier(placements=stays).placements)
    # The north has been free since 4 July; the middle is at school until Friday the 17th.
    assert term.school_days(d("2026-07-01"), d("2026-07-31")) == 3 + 4
    assert term.nth_school_day(d("2026-07-01"), 4) == d("2026-07-14")
    assert term.nth_school_day(d("2026-07-01"), 3) == d("2026-07-03")
    assert term.school_days(d("2026-07-01"), d("2026-07-14")) == 4
    assert term.nth_school_day(d("2026-07-01"), 8) == d("2026-08-31")
    assert not term.is_school_day(d("2026-07-13"))
    assert term.is_school_day(d("2026-07-14"))
