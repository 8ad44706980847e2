"""Days, durations, ages and numbers read as ui.md 6 says, in both languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from caseapp.domain.codes import BirthStatus, Precision
from caseapp.domain.facts import Birth
from caseapp.web import filters
from tests.web.conftest import Reading

TODAY = date(2026, 11, 24)


def born(day: date, precision: Precision = Precision.DAY) -> Birth:
    return Birth(day, precision, BirthStatus.DECLARED)


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("nl", date(2026, 11, 9), "9 november"),
        ("nl", date(2025, 11, 9), "9 november 2025"),
        ("nl", date(2026, 1, 1), "1 januari"),
        ("nl", date(2025, 12, 31), "31 december 2025"),
        ("en", date(2026, 5, 9), "9 May"),
        ("en", date(2027, 1, 9), "9 January 2027"),
    ],
)
def test_a_day_in_a_sentence_names_the_year_only_when_it_is_another(
    reading: Reading, language: str, day: date, words: str
) -> None:
    with reading(language):
        assert filters.day_in_sentence(day, TODAY) == words


@pytest.mark.parametrize(
    ("ahead", "dutch", "english"),
    [
        (-2, "22 nov", "22 Nov"),
        (-1, "gisteren", "yesterday"),
        (0, "vandaag", "today"),
        (1, "morgen", "tomorrow"),
        (2, "do 26 nov", "Thu 26 Nov"),
        (28, "di 22 dec", "Tue 22 Dec"),
        (29, "23 dec", "23 Dec"),
        (38, "1 jan 2027", "1 Jan 2027"),
    ],
)
def test_a_near_day_has_its_weekday_and_the_nearest_three_a_word(
    reading: Reading, ahead: int, dutch: str, english: str
) -> None:
    day = TODAY + timedelta(days=ahead)
    with reading("nl"):
        assert filters.day_near(day, TODAY) == dutch
    with reading("en"):
        assert filters.day_near(day, TODAY) == english


def test_the_day_above_a_page_begins_with_a_capital(reading: Reading) -> None:
    with reading("nl"):
        assert filters.day_heading(TODAY) == "Dinsdag 24 november"
    with reading("en"):
        assert filters.day_heading(TODAY) == "Tuesday 24 November"


def test_a_tile_shows_day_and_month(reading: Reading) -> None:
    with reading("nl"):
        assert filters.month_and_day(date(2026, 3, 1)) == ("1", "mrt")


def test_forms_and_records_show_digits() -> None:
    assert filters.day_form(date(2026, 3, 1)) == "01-03-2026"
    assert filters.day_form(None) == ""
    assert str(filters.day_cell(date(2026, 3, 1))) == '<span class="nowrap">01-03-2026</span>'


def test_a_moment_is_told_in_dutch_time(reading: Reading) -> None:
    summer = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
    with reading("nl"):
        assert filters.moment(summer, date(2026, 7, 3)) == "gisteren 00.05 uur"
    with reading("en"):
        assert filters.moment(summer, date(2026, 7, 3)) == "yesterday 00:05"


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [(0, "0 dagen", "0 days"), (1, "1 dag", "1 day"), (15, "15 dagen", "15 days")],
)
def test_a_duration_is_in_days_and_singular_at_one(
    reading: Reading, count: int, dutch: str, english: str
) -> None:
    with reading("nl"):
        assert filters.days(count) == dutch
    with reading("en"):
        assert filters.days(count) == english


def test_school_days_and_working_days_have_their_own_names(reading: Reading) -> None:
    with reading("nl"):
        assert filters.school_days(1) == "1 schooldag"
        assert filters.school_days(12) == "12 schooldagen"
        assert filters.working_days(1) == "1 werkdag"
        assert filters.working_days(3) == "3 werkdagen"


@pytest.mark.parametrize(
    ("day", "behind_a_name", "in_words"),
    [
        (date(2010, 11, 24), "16", "16 jaar"),
        (date(2010, 11, 25), "15", "15 jaar"),
        (date(2024, 11, 24), "2", "2 jaar"),
        (date(2024, 11, 25), "23 maanden", "23 maanden"),
        (date(2026, 10, 24), "1 maand", "1 maand"),
        (date(2026, 11, 24), "0 maanden", "0 maanden"),
    ],
)
def test_an_age_is_in_years_and_under_two_in_months(
    reading: Reading, day: date, behind_a_name: str, in_words: str
) -> None:
    with reading("nl"):
        assert filters.age(born(day), TODAY) == behind_a_name
        assert filters.age_in_words(born(day), TODAY) == in_words


def test_a_child_of_29_february_is_a_year_older_on_1_march(reading: Reading) -> None:
    leap = born(date(2008, 2, 29))
    with reading("nl"):
        assert filters.age(leap, date(2026, 2, 28)) == "17"
        assert filters.age(leap, date(2026, 3, 1)) == "18"


@pytest.mark.parametrize(
    ("precision", "words", "age"),
    [
        (Precision.DAY, "14-03-2010", "16 jaar"),
        (Precision.MONTH, "maart 2010", "ongeveer 16 jaar"),
        (Precision.YEAR, "2010", "ongeveer 15 jaar"),
    ],
)
def test_a_birth_date_never_shows_a_day_that_nobody_knows(
    reading: Reading, precision: Precision, words: str, age: str
) -> None:
    birth = born(date(2010, 3, 14), precision)
    with reading("nl"):
        assert filters.birth_date(birth) == words
        assert filters.age_in_words(birth, TODAY) == age


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1214, "1.214", "1,214"),
        (7, "7", "7"),
        (1.6, "1,6", "1.6"),
        (Decimal("1214.50"), "1.214,5", "1,214.5"),
        (2.0, "2", "2"),
    ],
)
def test_a_number_has_the_marks_of_its_language(
    reading: Reading, value: float, dutch: str, english: str
) -> None:
    with reading("nl"):
        assert filters.number(value) == dutch
    with reading("en"):
        assert filters.number(value) == english


def test_a_share_is_whole_percents() -> None:
    assert filters.percent(0.714) == "71%"


def test_a_v_number_looks_grouped_and_copies_without_spaces() -> None:
    shown = filters.v_number("9990004310")
    assert shown.striptags() == "9990004310"
    assert shown.count("<span>") == 3


def test_a_v_number_that_is_none_is_only_text() -> None:
    assert "<b>" not in filters.v_number("<b>1234567")


def test_every_filter_stands_under_its_own_name() -> None:
    assert all(name == filter_.__name__ for name, filter_ in filters.FILTERS.items())
