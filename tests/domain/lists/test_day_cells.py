"""Cells that hold a day: each form, and both sides of each boundary."""

from datetime import date

import pytest

from caseapp.domain.codes import Precision
from caseapp.domain.lists.cells import READERS, Reach
from caseapp.domain.lists.columns import Holds
from caseapp.domain.lists.texts import plain
from caseapp.domain.lists.values import BirthDay
from caseapp.domain.lists.words import Reason
from tests.domain.lists.making import ON

REACH = Reach(ON, ())


def read(holds, cell):
    return READERS[holds](REACH)(plain(cell), cell)


def value(holds, cell):
    found = read(holds, cell)
    return found.reason or found.value


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("01-06-2026", date(2026, 6, 1)),
        ("1-6-2026", date(2026, 6, 1)),
        ("2026-06-01", date(2026, 6, 1)),
        ("01-06-2026 00:00", date(2026, 6, 1)),
        ("2026-06-01T23:59:59.000Z", date(2026, 6, 1)),
        (date(2026, 6, 1), date(2026, 6, 1)),
        ("01-06-26", Reason.BAD_DATE),
        ("01/06/2026", Reason.BAD_DATE),
        ("01.06.2026", Reason.BAD_DATE),
        ("1 juni 2026", Reason.BAD_DATE),
        ("06-25-2026", Reason.BAD_DATE),
        ("29-02-2026", Reason.BAD_DATE),
        ("29-02-2028", date(2028, 2, 29)),
        ("00-00-0000", Reason.BAD_DATE),
        ("00-06-2026", Reason.BAD_DATE),
        ("14-12-20226", Reason.BAD_DATE),
        ("2026-6-1", Reason.BAD_DATE),
        ("01-06-2026 25:00", Reason.BAD_DATE),
        ("46000", Reason.BAD_DATE),
        (46000.0, Reason.DATE_FROM_NUMBER),
        (46000.5, Reason.DATE_FROM_NUMBER),
        (29220.0, Reason.BAD_DATE),
        (29221.0, Reason.IMPLAUSIBLE_DATE),
        (54788.0, Reason.IMPLAUSIBLE_DATE),
        (54789.0, Reason.BAD_DATE),
        (12.0, Reason.BAD_DATE),
        ("31-12-1989", Reason.IMPLAUSIBLE_DATE),
        ("01-01-1990", date(1990, 1, 1)),
        ("02-11-2029", date(2029, 11, 2)),
        ("03-11-2029", Reason.IMPLAUSIBLE_DATE),
    ],
)
def test_a_day_is_read_or_told_why_not(cell, told):
    assert value(Holds.DAY, cell) == told


def test_the_number_of_a_day_is_excels():
    assert read(Holds.DAY, 46054.0).value == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("02-11-2026", date(2026, 11, 2)),
        ("03-11-2026", Reason.FUTURE_DATE),
        ("02-11-2029", Reason.FUTURE_DATE),
        ("03-11-2029", Reason.IMPLAUSIBLE_DATE),
    ],
)
def test_what_has_to_lie_in_the_past_does(cell, told):
    assert value(Holds.PAST_DAY, cell) == told


def test_a_location_may_stay_open_for_ever():
    assert value(Holds.FAR_DAY, "31-12-9999") == date(9999, 12, 31)
    assert value(Holds.FAR_DAY, "31-12-1989") is Reason.IMPLAUSIBLE_DATE


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("12-03-2015", BirthDay(date(2015, 3, 12))),
        ("00-00-2009", BirthDay(date(2009, 1, 1), Precision.YEAR)),
        ("00-05-2009", BirthDay(date(2009, 5, 1), Precision.MONTH)),
        ("2009-00-00", BirthDay(date(2009, 1, 1), Precision.YEAR)),
        ("2009-05-00", BirthDay(date(2009, 5, 1), Precision.MONTH)),
        ("00-00-2009 00:00", BirthDay(date(2009, 1, 1), Precision.YEAR)),
        ("15-00-2009", Reason.BAD_DATE),
        ("00-13-2009", Reason.BAD_DATE),
        ("00-00-0000", Reason.BAD_DATE),
        ("00-5-2009", Reason.BAD_DATE),
        (40000.0, Reason.DATE_FROM_NUMBER),
        ("02-11-2026", BirthDay(ON)),
        ("03-11-2026", Reason.FUTURE_DATE),
        ("00-11-2026", BirthDay(date(2026, 11, 1), Precision.MONTH)),
        ("00-12-2026", Reason.FUTURE_DATE),
        ("01-01-2050", Reason.FUTURE_DATE),
        ("02-11-2003", Reason.NOT_FOLLOWED),
        ("03-11-2003", BirthDay(date(2003, 11, 3))),
        ("00-10-2003", Reason.NOT_FOLLOWED),
        ("00-11-2003", BirthDay(date(2003, 11, 1), Precision.MONTH)),
        ("00-00-2003", BirthDay(date(2003, 1, 1), Precision.YEAR)),
        ("00-00-2002", Reason.NOT_FOLLOWED),
        ("12-03-1975", Reason.NOT_FOLLOWED),
    ],
)
def test_a_birth_date_has_its_precision_and_belongs_to_one_we_follow(cell, told):
    assert value(Holds.BIRTH, cell) == told
