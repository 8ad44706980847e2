"""Examples of the rules about birthdays that change who decides."""

import pytest

from tests.domain.made import alone, born, told

# 16 on 10 May 2026; thirty days before it is 10 April, ninety days after it 8 August.
CHILD = {"birth": born("2010-05-10")}


def asked(on):
    return [{"id": "b1", "on": on}]


def test_age_5_fires_thirty_days_before_the_birthday():
    assert told("AGE-5", "2026-04-10", CHILD) == [
        ("consent:16", "notice", "2026-04-10", "2026-05-10")
    ]


def test_age_5_is_silent_before_that_and_from_ninety_one_days_after_the_birthday():
    assert told("AGE-5", "2026-04-09", CHILD) == []
    assert told("AGE-5", "2026-08-08", CHILD)
    assert told("AGE-5", "2026-08-09", CHILD) == []


def test_age_5_fires_as_a_warning_from_the_birthday_on():
    assert told("AGE-5", "2026-05-09", CHILD)[0][1] == "notice"
    assert told("AGE-5", "2026-05-10", CHILD)[0][1] == "warning"


@pytest.mark.parametrize(("age", "birthday"), [(12, "2022-05-10"), (18, "2028-05-10")])
def test_age_5_fires_around_12_and_18_too_also_for_who_came_alone(age, birthday):
    for child in (CHILD, alone("2010-05-10")):
        assert told("AGE-5", birthday, child)[0][0] == f"consent:{age}"
    assert told("AGE-5", birthday.replace("-05-", "-12-"), CHILD) == []


def test_age_5_is_silent_once_it_was_asked_in_the_thirty_days_before_or_after():
    for on, silent in (("2026-04-09", False), ("2026-04-10", True), ("2026-06-01", True)):
        found = told("AGE-5", "2026-06-01", CHILD, consents=asked(on))
        assert (found == []) is silent, on
    assert told("AGE-5", "2026-06-01", CHILD, consents=asked("2026-06-02"))


def test_age_5_fires_from_the_first_to_ninety_days_after_the_last_possible_birthday():
    year = {"birth": born("2010-05-10", "year")}
    assert told("AGE-5", "2025-12-01", year) == []
    assert told("AGE-5", "2025-12-02", year) == [
        ("consent:16", "notice", "2025-12-02", "2026-01-01")
    ]
    assert told("AGE-5", "2026-01-01", year)[0][1] == "warning"
    assert told("AGE-5", "2027-03-31", year)
    assert told("AGE-5", "2027-04-01", year) == []


def test_age_5_fires_by_1_march_for_who_was_born_on_29_february():
    leap = {"birth": born("2008-02-29")}
    assert told("AGE-5", "2026-02-28", leap)[0][1] == "notice"
    assert told("AGE-5", "2026-03-01", leap) == [
        ("consent:18", "warning", "2026-01-30", "2026-03-01")
    ]


# 16 in May 2026; ninety days before the first of May is 31 January.
MONTH = {"birth": born("2010-05-10", "month")}


def test_age_6_fires_ninety_days_before_the_first_possible_birthday():
    assert told("AGE-6", "2026-01-31", MONTH) == [
        ("birth-date:16", "warning", "2026-01-31", "2026-05-01")
    ]


def test_age_6_is_silent_before_that_and_after_the_last_possible_birthday():
    assert told("AGE-6", "2026-01-30", MONTH) == []
    assert told("AGE-6", "2026-05-31", MONTH)
    assert told("AGE-6", "2026-06-01", MONTH) == []


def test_age_6_fires_the_whole_year_when_only_the_year_is_known():
    year = {"birth": born("2010-05-10", "year")}
    assert told("AGE-6", "2025-10-02", year) == []
    assert told("AGE-6", "2025-10-03", year)[0][2:] == ("2025-10-03", "2026-01-01")
    assert told("AGE-6", "2026-12-31", year)
    assert told("AGE-6", "2027-01-01", year) == []


@pytest.mark.parametrize(
    ("age", "on"),
    [(12, "2022-05-01"), (18, "2028-05-01"), (21, "2031-05-01"), (23, "2033-05-30")],
)
def test_age_6_fires_at_each_birthday_that_changes_rights(age, on):
    assert told("AGE-6", on, MONTH)[0][0] == f"birth-date:{age}"


@pytest.mark.parametrize("on", ["2027-05-01", "2029-05-01", "2033-05-31"])
def test_age_6_is_silent_at_other_birthdays_and_when_nobody_follows_any_more(on):
    assert told("AGE-6", on, MONTH) == []


def test_age_6_is_silent_when_the_day_is_known_or_the_birth_date_was_examined():
    assert told("AGE-6", "2026-05-01", CHILD) == []
    for status, silent in (
        ("examined", True),
        ("declared", False),
        ("documented", False),
        ("corrected", False),
    ):
        child = {"birth": MONTH["birth"] | {"status": status}}
        assert (told("AGE-6", "2026-05-01", child) == []) is silent, status
