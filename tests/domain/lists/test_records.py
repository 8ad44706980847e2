"""Locations, care lines and school records against those that we know."""

from datetime import date

import pytest

from caseapp.domain.care_codes import CareKind
from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.intents import AddCare, AddSchool, ChangeCare, ChangeSchool
from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import CHILD, care, child, report_on, said, school, world

NEW = ("new", [])
SAME = ("same", [])
CHANGED = ("changed", [])
SET_BACK = ("doubtful", [("verwezen_op", "clock-date-differs")])


def told(kind, *rows, **more):
    return said(report_on(kind, *rows, known=world(child(**more))))


@pytest.mark.parametrize("kind", [ListKind.CARE, ListKind.SCHOOL])
def test_a_record_of_a_child_that_we_do_not_know_is_refused(kind):
    refused = ("refused", [("v_nummer", "unknown-child")])
    assert told(kind, {"v_nummer": "0099999999"}) == [refused]


def test_a_location_is_new_then_the_same_then_changed():
    found = report_on(ListKind.LOCATIONS, {"capaciteit": "300"})
    assert said(found) == [NEW]
    known = apply_to(world(), found.intents)
    rows = [{}, {"naam": "De eik"}, {"capaciteit": "301"}, {"open_tot": "31-12-2099"}]
    verdicts = [said(report_on(ListKind.LOCATIONS, row, known=known))[0] for row in rows]
    assert verdicts == [SAME, CHANGED, CHANGED, CHANGED]
    changed = report_on(ListKind.LOCATIONS, {"groepsgrootte": "20"}, known=known)
    assert apply_to(known, changed.intents).locations["NEW-1"].group_size == 20
    assert apply_to(known, changed.intents).locations["NEW-1"].capacity == 300


@pytest.mark.parametrize(
    ("kind", "bound"), [("GZA", False), ("JGZ", False), ("gza intake", False), ("GGZ", True)]
)
def test_care_is_bound_to_its_place_unless_one_system_serves_the_country(kind, bound):
    (intent,) = report_on(ListKind.CARE, {"soort": kind}).intents
    assert isinstance(intent, AddCare)
    assert intent.place_bound is bound


def test_what_the_list_says_of_the_place_goes_before_the_kind():
    (intent,) = report_on(ListKind.CARE, {"soort": "GZA", "plaatsgebonden": "ja"}).intents
    assert intent.place_bound is True


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({}, SAME),
        ({"aanbieder": "praktijk-zoe"}, SAME),
        ({"aanbieder": "Praktijk Vos"}, CHANGED),
        ({"intake_op": "10-09-2026"}, CHANGED),
        ({"laatste_contact": "01-10-2026"}, SAME),
        ({"laatste_contact": "02-10-2026"}, CHANGED),
        ({"laatste_contact": "30-09-2026"}, CHANGED),
        ({"plaatsgebonden": "nee"}, CHANGED),
        ({"einde": "01-11-2026"}, CHANGED),
    ],
)
def test_a_known_line_of_care_is_the_same_or_changed(row, wanted):
    ours = care(provider="Praktijk Zoë", contacts_on=frozenset({date(2026, 10, 1)}))
    assert told(ListKind.CARE, row, care=(ours,)) == [wanted]


def test_an_older_contact_is_kept_beside_ours():
    known = world(child(care=(care(contacts_on=frozenset({date(2026, 10, 1)})),)))
    found = report_on(ListKind.CARE, {"laatste_contact": "30-09-2026"}, known=known)
    assert found.intents == (ChangeCare(2, CHILD, "care 2026-09-01", {}, date(2026, 9, 30)),)
    (line,) = apply_to(known, found.intents).children[CHILD].care
    assert line.contacts_on == {date(2026, 9, 30), date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("rows", "ours", "wanted"),
    [
        ([{}], {"day": date(2026, 8, 1)}, SET_BACK),
        ([{"einde": "01-11-2026"}], {"day": date(2026, 8, 1)}, NEW),
        ([{}], {"day": date(2026, 8, 1), "ended_on": date(2026, 8, 20)}, NEW),
        ([{}], {"day": date(2026, 9, 2)}, NEW),
        ([{"soort": "JEUGDHULP"}], {"day": date(2026, 8, 1)}, NEW),
        ([{"verwezen_op": "01-08-2026"}, {}], {"day": date(2026, 8, 1)}, NEW),
        (
            [{"verwezen_op": "01-08-2026", "einde": "01-01-2026"}, {}],
            {"day": date(2026, 8, 1)},
            NEW,
        ),
    ],
)
def test_a_waiting_time_that_was_set_back_is_doubted(rows, ours, wanted):
    assert told(ListKind.CARE, *rows, care=(care(**ours),))[-1] == wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({}, SAME),
        ({"school": "DE KLIMOP"}, SAME),
        ({"einde": "01-11-2026"}, CHANGED),
        ({"uren_per_week": "22,5"}, SAME),
        ({"uren_per_week": "22"}, CHANGED),
        ({"start": "08-09-2026"}, CHANGED),
        ({"soort": "SBO"}, NEW),
        ({"school": "De Linde"}, NEW),
        ({"start": "01-01-2026", "einde": "01-09-2026"}, NEW),
        ({"start": "01-01-2026", "einde": "02-09-2026"}, CHANGED),
    ],
)
def test_a_school_row_belongs_to_the_period_that_it_overlaps(row, wanted):
    assert told(ListKind.SCHOOL, row, school=(school(hours_per_week=22.5),)) == [wanted]


@pytest.mark.parametrize(("end", "wanted"), [(1, NEW), (2, CHANGED)])
def test_a_period_of_ours_that_ended_by_then_is_another_one(end, wanted):
    ours = school(date(2026, 1, 1), end=date(2026, 9, end))
    assert told(ListKind.SCHOOL, {}, school=(ours,)) == [wanted]


def test_each_row_answers_to_its_own_period():
    ours = (
        school(date(2025, 1, 1), end=date(2025, 6, 1)),
        school(date(2026, 1, 1)),
    )
    rows = ({"start": "01-01-2026"}, {"start": "01-01-2025", "einde": "01-06-2025"})
    assert told(ListKind.SCHOOL, *rows, school=ours) == [SAME, SAME]


def test_a_child_that_came_back_to_a_school_ends_one_period_and_begins_another():
    rows = ({"start": "01-01-2026", "einde": "01-04-2026"}, {"start": "01-09-2026"})
    known = world(child(school=(school(date(2026, 1, 1)),)))
    found = report_on(ListKind.SCHOOL, *rows, known=known)
    assert said(found) == [CHANGED, NEW]
    assert [type(intent) for intent in found.intents] == [ChangeSchool, AddSchool]
    after = apply_to(known, found.intents)
    assert said(report_on(ListKind.SCHOOL, *rows, known=after)) == [SAME, SAME]


def test_a_period_of_no_days_comes_twice_and_is_the_same():
    row = {"einde": "01-09-2026"}
    found = report_on(ListKind.SCHOOL, row)
    known = apply_to(world(child()), found.intents)
    assert said(report_on(ListKind.SCHOOL, row, known=known)) == [SAME]


def test_a_line_that_is_new_is_the_same_once_it_is_known():
    row = {"soort": "tandarts", "laatste_contact": "01-10-2026", "plaatsgebonden": ""}
    found = report_on(ListKind.CARE, row)
    known = apply_to(world(child()), found.intents)
    assert known.children[CHILD].care[0].kind is CareKind.DENTAL
    assert said(report_on(ListKind.CARE, row, known=known)) == [SAME]
