"""Who may ask about a file, until when it is answered, and when its term is over: both sides of each line."""

from datetime import date

import pytest

from caseapp.cli import data_page
from caseapp.domain.codes import BirthStatus, Precision
from caseapp.domain.facts import Birth
from caseapp.domain.privacy_rights import (
    Asker,
    Standing,
    due_on,
    is_soon,
    may_extend,
    standing,
    whose_consent,
)
from caseapp.domain.retention import (
    CountsFrom,
    Kept,
    RetentionError,
    Term,
    Zone,
    over_of,
    read_terms,
)
from caseapp.settings import retention_file

BORN = Birth(date(2014, 5, 20), Precision.DAY, BirthStatus.DECLARED)
TWELVE, SIXTEEN = date(2026, 5, 20), date(2030, 5, 20)
BEFORE_12, BEFORE_16 = date(2026, 5, 19), date(2030, 5, 19)


@pytest.mark.parametrize(
    ("asker", "on", "by_care_law", "by_data_law"),
    [
        (Asker.CHILD, BEFORE_12, False, False),
        (Asker.CHILD, TWELVE, True, False),
        (Asker.CHILD, BEFORE_16, True, False),
        (Asker.CHILD, SIXTEEN, True, True),
        (Asker.PARENT, BEFORE_12, True, True),
        (Asker.PARENT, BEFORE_16, True, True),
        (Asker.PARENT, SIXTEEN, False, False),
        (Asker.GUARDIAN, BEFORE_16, True, True),
        (Asker.GUARDIAN, SIXTEEN, False, False),
        (Asker.OTHER, SIXTEEN, True, True),
    ],
)
def test_each_law_says_by_age_who_may_ask(asker, on, by_care_law, by_data_law):
    found = standing(asker, BORN, on)
    assert found == Standing(by_care_law=by_care_law, by_data_law=by_data_law)
    assert found.may == (by_care_law or by_data_law)


def test_in_doubt_of_the_birth_date_the_child_speaks_for_itself():
    year_only = Birth(date(2014, 1, 1), Precision.YEAR, BirthStatus.DECLARED)
    assert standing(Asker.CHILD, year_only, date(2026, 1, 1)).may
    assert not standing(Asker.CHILD, year_only, date(2025, 12, 31)).may
    assert not standing(Asker.PARENT, year_only, date(2030, 1, 1)).may


def test_consent_for_somebody_else_comes_from_who_may_ask():
    assert whose_consent(BORN, BEFORE_12) == (Asker.PARENT,)
    assert whose_consent(BORN, TWELVE) == (Asker.CHILD, Asker.PARENT)
    assert whose_consent(BORN, SIXTEEN) == (Asker.CHILD,)


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2026, 11, 24), date(2026, 12, 24), date(2027, 2, 24)),
        (date(2026, 11, 25), date(2026, 12, 28), date(2027, 2, 25)),  # Christmas, a weekend
        (date(2026, 10, 31), date(2026, 11, 30), date(2027, 2, 1)),  # no 31st; a Sunday
        (date(2027, 1, 31), date(2027, 3, 1), date(2027, 4, 30)),  # 28 February is a Sunday
        (date(2027, 3, 27), date(2027, 4, 28), date(2027, 6, 28)),  # King's Day; a Sunday
    ],
)
def test_a_month_ends_on_its_day_or_on_the_next_working_day(received, due, extended):
    assert due_on(received) == due
    assert due_on(received, extended=True) == extended


def test_a_request_is_extended_within_its_first_month_only():
    received = date(2026, 11, 24)
    assert may_extend(received, date(2026, 12, 24))
    assert not may_extend(received, date(2026, 12, 25))


def test_an_answer_is_due_soon_from_five_working_days_before():
    due = date(2026, 12, 24)  # a Thursday
    assert is_soon(due, date(2026, 12, 17))
    assert not is_soon(due, date(2026, 12, 16))


def test_the_terms_of_every_zone_stand_in_the_settings():
    terms = read_terms(retention_file())
    assert set(terms) == set(Zone)
    assert terms[Zone.YOUTH_HELP].years == 20
    assert terms[Zone.GUARDIANSHIP].counts_from is CountsFrom.BIRTH
    assert terms[Zone.GUARDIANSHIP].years == 18 + 30
    assert terms[Zone.LOG].years >= 5


@pytest.mark.asvs("14.2.4")
def test_the_page_about_data_tells_the_terms_that_the_list_goes_by():
    terms = read_terms(retention_file())
    assert f"{terms[Zone.YOUTH_HELP].years} years after the last change" in data_page.RECORD
    assert f"{terms[Zone.GUARDIANSHIP].years - 18} years after majority" in data_page.GUARDIANS
    assert "at least 5 years" in data_page.TRAIL
    assert f"{terms[Zone.REQUESTS].years} years" in data_page.KEPT["privacy_request"]


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("youth_help", {"years": 19}),
        ("log", {"years": 4}),
        ("log", {"counts_from": "whim"}),
        ("lists", {"years": 1}),
        ("lists", {"days": 0}),
        ("requests", {"colour": "red"}),
    ],
)
def test_a_term_that_breaks_the_law_or_says_nothing_is_refused(zone, change):
    table = retention_file()
    table[zone] |= change
    with pytest.raises(RetentionError):
        read_terms(table)


def test_a_zone_without_a_term_is_refused():
    table = retention_file()
    del table["log"]
    with pytest.raises(RetentionError):
        read_terms(table)


def test_the_least_term_that_the_law_allows_is_taken():
    table = retention_file()
    table["log"] |= {"years": 5}
    assert read_terms(table)[Zone.LOG].years == 5


def test_a_file_goes_by_its_last_change_and_guardianship_by_the_birthday_of_48():
    terms = read_terms(retention_file())
    alone = Kept(BORN, date(2033, 2, 28), had_guardian=False)
    assert over_of(terms, alone) == {
        Zone.YOUTH_HELP: date(2053, 2, 28),
        Zone.RECEPTION: date(2053, 2, 28),
    }
    guarded = Kept(BORN, date(2033, 2, 28), had_guardian=True)
    assert over_of(terms, guarded)[Zone.GUARDIANSHIP] == date(2062, 5, 20)


def test_of_a_birth_date_that_is_not_exact_the_latest_counts_for_keeping():
    month = Birth(date(2014, 5, 1), Precision.MONTH, BirthStatus.DECLARED)
    terms = read_terms(retention_file())
    over = over_of(terms, Kept(month, date(2033, 1, 1), had_guardian=True))
    assert over[Zone.GUARDIANSHIP] == date(2062, 5, 31)


@pytest.mark.parametrize(
    "today", [date(2049, 2, 28), date(2048, 2, 29), date(2050, 1, 1), date(2050, 3, 31)]
)
def test_the_last_day_from_which_a_term_is_over_is_found_to_the_day(today):
    term = Term(Zone.YOUTH_HELP, CountsFrom.LAST_CHANGE, "law", years=20)
    last = term.began_by(today)
    assert term.over_on(last) <= today
    assert term.over_on(date.fromordinal(last.toordinal() + 1)) > today
