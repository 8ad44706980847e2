"""When somebody is mailed: quiet hours on the clock of the Netherlands, the daily mail, and trying again."""

from datetime import UTC, datetime, timedelta

import pytest

from caseapp.domain.mailing import (
    APART,
    BACK_OFF,
    Choice,
    How,
    Trouble,
    again,
    may_mail,
    quiet_until,
    unread_too_long,
    wanted,
)
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.clock import AMSTERDAM

EVENING = Choice(quiet_from=19 * 60, quiet_to=7 * 60)
DAILY = Choice(How.DAILY)


def local(text: str) -> datetime:
    """Return a moment on the clock in the Netherlands."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def utc(text: str) -> datetime:
    """Return a moment on the clock in the Netherlands, in UTC."""
    return local(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-24 18:59", None),
        ("2026-11-24 19:00", "2026-11-25 07:00"),
        ("2026-11-25 06:59", "2026-11-25 07:00"),
        ("2026-11-25 07:00", None),
        ("2026-12-31 23:30", "2027-01-01 07:00"),
    ],
)
def test_quiet_hours_over_midnight_end_in_the_morning(at: str, until: str | None) -> None:
    assert quiet_until(local(at), 19 * 60, 7 * 60) == (local(until) if until else None)


@pytest.mark.parametrize(("at", "until"), [("11:59", None), ("12:00", "13:30"), ("13:30", None)])
def test_quiet_hours_within_a_day_end_on_that_day(at: str, until: str | None) -> None:
    found = quiet_until(local(f"2026-11-24 {at}"), 12 * 60, 13 * 60 + 30)
    assert found == (local(f"2026-11-24 {until}") if until else None)


def test_equal_ends_are_no_quiet_hours() -> None:
    assert quiet_until(local("2026-11-24 03:00"), 0, 0) is None


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-28", 11), ("2026-10-24", 13), ("2026-11-24", 12)]
)
def test_a_night_on_which_the_clock_changes_ends_at_the_same_hour_on_the_wall(
    day: str, hours: int
) -> None:
    begins = local(f"{day} 19:00")
    ends = quiet_until(begins, 19 * 60, 7 * 60)
    assert ends is not None
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(hours=hours)
    assert (ends.hour, ends.minute) == (7, 0)


def test_the_hour_that_comes_twice_ends_when_it_is_over() -> None:
    again_two = local("2026-10-25 02:15").replace(fold=1)
    ends = quiet_until(again_two, 22 * 60, 2 * 60 + 30)
    assert ends is not None
    assert ends.astimezone(UTC) - again_two.astimezone(UTC) == timedelta(minutes=15)


def test_mails_are_a_quarter_of_an_hour_apart() -> None:
    now = utc("2026-11-24 10:00")
    assert may_mail(EVENING, now, None, AMSTERDAM)
    assert may_mail(EVENING, now, now - APART, AMSTERDAM)
    assert not may_mail(EVENING, now, now - APART + timedelta(seconds=1), AMSTERDAM)


def test_nobody_is_mailed_in_quiet_hours() -> None:
    assert not may_mail(EVENING, utc("2026-11-24 19:00"), None, AMSTERDAM)
    assert may_mail(EVENING, utc("2026-11-24 07:00"), None, AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "last", "may"),
    [
        ("2026-11-24 07:59", "2026-11-23 08:00", False),
        ("2026-11-24 08:00", "2026-11-23 08:00", True),
        ("2026-11-24 08:00", "2026-11-23 23:59", True),
        ("2026-11-24 18:00", "2026-11-24 00:10", False),
        ("2026-11-24 08:00", None, True),
        ("2026-11-24 07:59", None, False),
    ],
)
def test_the_daily_mail_comes_once_a_day_from_eight(now: str, last: str | None, may: bool) -> None:  # noqa: FBT001
    assert may_mail(DAILY, utc(now), utc(last) if last else None, AMSTERDAM) is may


def test_a_daily_mail_waits_for_long_quiet_hours() -> None:
    late = Choice(How.DAILY, 20 * 60, 10 * 60)
    assert not may_mail(late, utc("2026-11-24 09:59"), None, AMSTERDAM)
    assert may_mail(late, utc("2026-11-24 10:00"), None, AMSTERDAM)


def test_who_wants_serious_mails_only_gets_no_others() -> None:
    assert wanted(How.CRITICAL, Severity.CRITICAL)
    assert not wanted(How.CRITICAL, Severity.WARNING)
    assert not wanted(How.CRITICAL, None)
    assert wanted(How.AT_ONCE, None)
    assert wanted(How.DAILY, Severity.NOTICE)


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        ("2026-11-24 10:00", "2026-11-25 09:59", "2026-11-25 10:00"),
        ("2026-11-27 15:00", "2026-11-30 14:59", "2026-11-30 15:00"),  # a weekend between
        ("2026-11-28 11:00", "2026-11-30 10:59", "2026-11-30 11:00"),  # on a Saturday
        ("2026-12-24 09:00", "2026-12-28 08:59", "2026-12-28 09:00"),  # Christmas between
        ("2026-03-27 12:00", "2026-03-30 11:59", "2026-03-30 12:00"),  # the clock goes forward
    ],
)
def test_unread_for_a_working_day_ends_at_the_same_hour_of_the_next(
    at: str, before: str, after: str
) -> None:
    assert not unread_too_long(utc(at), utc(before), AMSTERDAM)
    assert unread_too_long(utc(at), utc(after), AMSTERDAM)


def test_a_try_that_failed_is_followed_by_a_longer_wait_until_the_mail_is_given_up() -> None:
    waits = [again(tries, Trouble.NOT_NOW) for tries in range(1, len(BACK_OFF) + 2)]
    assert waits == [*BACK_OFF, None]
    assert list(BACK_OFF) == sorted(BACK_OFF)


@pytest.mark.parametrize("trouble", [Trouble.REFUSED, Trouble.NO_ADDRESS])
def test_what_no_other_try_can_mend_is_given_up_at_once(trouble: Trouble) -> None:
    assert again(1, trouble) is None
