"""An occupancy list against the children that we know."""

from datetime import date

import pytest

from caseapp.domain.codes import Precision, Sex, TransferStatus
from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.intents import (
    AddChild,
    ArriveTransfer,
    ChangeChild,
    CorrectStay,
    RecordUnannouncedMove,
)
from caseapp.domain.lists.known import Stay
from caseapp.domain.lists.values import BirthDay
from caseapp.domain.lists.words import ListKind, Reason
from tests.domain.lists.making import CHILD, ON, OTHER, child, report_on, said, transfer, world

SAME = ("same", [])
CHANGED = ("changed", [])
UNANNOUNCED = ("changed", [("locatie", "unannounced-move")])
MOVED = {"locatie": "B-2", "sinds": "01-10-2026"}


def report(row, **more):
    return report_on(ListKind.OCCUPANCY, row, known=world(child(**more)))


def told(row, **more):
    return said(report(row, **more))[0]


def doubt(column, reason):
    return "doubtful", [(column, reason)]


def test_a_child_that_we_do_not_know_is_new_with_its_stay():
    found = report_on(ListKind.OCCUPANCY, {"v_nummer": OTHER, "geslacht": "X"})
    assert said(found) == [("new", [])]
    (intent,) = found.intents
    assert isinstance(intent, AddChild)
    assert (intent.v_number, intent.location, intent.since) == (OTHER, "A-1", date(2026, 6, 1))
    assert (intent.sex, intent.unaccompanied) == (Sex.UNKNOWN, False)


def test_the_same_card_and_place_are_the_same():
    assert told({}) == SAME
    assert report({}).intents == ()


@pytest.mark.parametrize(
    "row",
    [
        {"voornamen": "SAMÍRA"},
        {"voornamen": ""},
        {"geboortedatum": "00-00-2015"},
        {"geboortedatum": "00-03-2015"},
    ],
)
def test_another_spelling_less_precision_and_nothing_are_the_same(row):
    assert told(row) == SAME


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"geslacht": "V"}, "sex"),
        ({"nationaliteit": "SYR"}, "nationality"),
        ({"taal": "ar"}, "language"),
        ({"gezinsnummer": "G1"}, "family_number"),
        ({"achternaam": "Nasser"}, "family_name"),
        ({"voornamen": "Rana"}, "given_names"),
        ({"eerste_aankomst": "01-05-2026"}, "first_arrival_on"),
    ],
)
def test_what_may_change_changes(row, field):
    found = report(row)
    assert said(found) == [CHANGED]
    (intent,) = found.intents
    assert isinstance(intent, ChangeChild)
    assert set(intent.changes) == {field}
    assert found.rows[0].changes == tuple(row)


def test_names_are_doubted_only_when_both_differ_and_both_sides_have_both():
    both = {"achternaam": "Nasser", "voornamen": "Rana"}
    assert told(both) == doubt("achternaam", "name-differs")
    assert told(both, given_names=None) == CHANGED
    assert told(both | {"voornamen": ""}) == CHANGED


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        (BirthDay(date(2015, 3, 12)), "13-03-2015", True),
        (BirthDay(date(2015, 3, 12)), "00-04-2015", True),
        (BirthDay(date(2015, 3, 12)), "00-00-2014", True),
        (BirthDay(date(2015, 3, 1), Precision.MONTH), "12-03-2015", True),
        (BirthDay(date(2015, 1, 1), Precision.YEAR), "00-03-2015", True),
        (BirthDay(date(2015, 3, 1), Precision.MONTH), "00-03-2015", False),
        (BirthDay(date(2015, 3, 1), Precision.MONTH), "00-00-2015", False),
    ],
)
def test_a_birth_date_may_be_less_precise_than_ours_and_nothing_else(ours, theirs, differs):
    wanted = doubt("geboortedatum", "birth-date-differs") if differs else SAME
    assert told({"geboortedatum": theirs}, birth=ours) == wanted


def test_amv_and_clocks_do_not_change_in_silence():
    assert told({"amv": "J"}) == doubt("amv", "amv-differs")
    assert told({"asielaanvraag": "02-05-2026"}) == doubt("asielaanvraag", "clock-date-differs")
    arrival = {"eerste_aankomst": "02-05-2026"}
    clocked = told(arrival, first_arrival_on=date(2026, 5, 1))
    assert clocked == doubt("eerste_aankomst", "clock-date-differs")
    assert told({"sinds": "02-06-2026"}) == doubt("sinds", "clock-date-differs")
    assert told({"sinds": "31-05-2026"}) == doubt("sinds", "clock-date-differs")
    assert told({}, application_lodged_on=None) == CHANGED


@pytest.mark.parametrize(
    ("location", "closed"), [("OLD", True), ("SOON", True), ("C-3", False), ("A-1", False)]
)
def test_a_place_must_be_open_on_the_day_of_the_list(location, closed):
    row = {"v_nummer": OTHER, "locatie": location}
    wanted = doubt("locatie", "location-closed") if closed else ("new", [])
    assert told(row) == wanted


@pytest.mark.parametrize(("since", "older"), [("01-06-2026", True), ("02-06-2026", False)])
def test_another_place_must_be_later_than_ours(since, older):
    row = {"locatie": "B-2", "sinds": since}
    assert told(row) == (doubt("sinds", "older-than-ours") if older else UNANNOUNCED)


def test_a_move_that_nobody_told_is_recorded_from_our_place():
    found = report(MOVED)
    assert said(found) == [UNANNOUNCED]
    assert found.intents == (RecordUnannouncedMove(2, CHILD, "A-1", "B-2", date(2026, 10, 1)),)


def test_the_earliest_open_transfer_to_that_place_arrives():
    found = report(
        MOVED,
        transfers=(
            transfer(day=date(2026, 12, 1)),
            transfer(day=date(2026, 11, 5), status=TransferStatus.DEPARTED),
            transfer(day=date(2026, 9, 5), status=TransferStatus.CANCELLED),
            transfer(to="C-3", day=date(2026, 9, 5)),
        ),
    )
    assert said(found) == [("changed", [("locatie", "transfer-arrived")])]
    assert found.intents == (ArriveTransfer(2, CHILD, "B-2 2026-11-05", "B-2", date(2026, 10, 1)),)


@pytest.mark.parametrize(("since", "older"), [("31-08-2026", True), ("01-09-2026", False)])
def test_after_a_stay_that_ended_the_next_may_begin_on_that_day(since, older):
    row = {"locatie": "B-2", "sinds": since}
    found = told(row, stay=Stay(None, date(2026, 9, 1), ended=True))
    assert found == (doubt("sinds", "older-than-ours") if older else UNANNOUNCED)


def test_a_child_without_any_stay_moved_in_from_nowhere_known():
    found = report({}, stay=None)
    assert said(found) == [UNANNOUNCED]
    assert found.intents[0].from_location is None


def test_all_that_applies_is_told():
    row = MOVED | {"amv": "J", "geboortedatum": "13-03-2015", "locatie": "OLD"}
    assert told(row) == (
        "doubtful",
        [
            ("locatie", "location-closed"),
            ("geboortedatum", "birth-date-differs"),
            ("amv", "amv-differs"),
            ("locatie", "unannounced-move"),
        ],
    )


def test_children_of_the_places_on_the_list_that_it_does_not_mention_are_told():
    known = world(
        child(),
        child(OTHER),
        child("0000000003", stay=Stay("B-2", date(2026, 6, 1))),
        child("0000000004", stay=Stay("C-3", date(2026, 6, 1))),
        child("0000000005", stay=None),
        child("0000000006"),
    )
    rows = (
        {},
        {"v_nummer": "0000000006", "sinds": "gisteren"},
        {"v_nummer": "kapot", "locatie": "B-2"},
    )
    found = report_on(ListKind.OCCUPANCY, *rows, known=known)
    assert found.not_on_list == ("0000000003", OTHER)


def test_the_place_before_the_list_counts_for_who_is_missing_from_it():
    known = world(child(), child(OTHER, stay=Stay("B-2", date(2026, 6, 1))))
    found = report_on(ListKind.OCCUPANCY, MOVED, known=known)
    assert found.not_on_list == (OTHER,)


def test_a_person_may_take_a_doubt_and_only_that_doubt():
    row = {"sinds": "02-06-2026", "amv": "J"}
    waiting = report(row).rows[0]
    assert waiting.takeable
    assert waiting.doubts == {Reason.AMV_DIFFERS, Reason.CLOCK_DATE_DIFFERS}
    half = report_on(ListKind.OCCUPANCY, row, taken={2: {Reason.AMV_DIFFERS}})
    assert half.rows[0].verdict.value == "doubtful"
    assert half.intents == ()
    whole = report_on(ListKind.OCCUPANCY, row, taken={2: waiting.doubts})
    assert whole.rows[0].verdict.value == "changed"
    assert whole.intents == (
        ChangeChild(2, CHILD, {"unaccompanied": True}),
        CorrectStay(2, CHILD, date(2026, 6, 2)),
    )
    known = apply_to(world(child()), whole.intents)
    assert known.children[CHILD].stay == Stay("A-1", date(2026, 6, 2))


@pytest.mark.parametrize(
    ("since", "possible"), [("30-04-2026", False), ("01-05-2026", True), ("02-06-2026", True)]
)
def test_another_first_day_can_be_taken_unless_it_lies_before_the_stay_before(since, possible):
    stay = Stay("A-1", date(2026, 6, 1), came_from="B-2", not_before=date(2026, 5, 1))
    known = world(child(stay=stay))
    waiting = report_on(ListKind.OCCUPANCY, {"sinds": since}, known=known).rows[0]
    assert waiting.takeable is possible
    taken = {2: waiting.doubts}
    found = report_on(ListKind.OCCUPANCY, {"sinds": since}, known=known, taken=taken)
    assert found.rows[0].verdict.value == ("changed" if possible else "doubtful")
    assert len(found.intents) == possible


def test_an_unreadable_cell_of_a_row_that_is_taken_stays_empty():
    row = {"v_nummer": OTHER, "geslacht": "J"}
    found = report_on(ListKind.OCCUPANCY, row, taken={2: {Reason.UNKNOWN_CODE}})
    assert found.rows[0].verdict.value == "new"
    assert found.intents[0].sex is None


def test_nobody_can_take_what_cannot_be_carried_out():
    older = {"locatie": "B-2", "sinds": "01-05-2026"}
    assert not report(older).rows[0].takeable
    found = report_on(ListKind.OCCUPANCY, older, taken={2: {Reason.OLDER_THAN_OURS}})
    assert (found.rows[0].verdict.value, found.intents) == ("doubtful", ())
    bsn = {"v_nummer": "123456782"}
    found = report_on(ListKind.OCCUPANCY, bsn, taken={2: {Reason.PERHAPS_BSN}})
    assert (found.rows[0].verdict.value, found.intents) == ("doubtful", ())
    assert not found.rows[0].takeable


def test_the_day_of_the_list_decides_and_not_the_day_on_which_it_comes():
    assert report_on(ListKind.OCCUPANCY, {"sinds": "03-11-2026"}, on=ON).rows[0].problems
    later = report_on(ListKind.OCCUPANCY, {"sinds": "03-11-2026"}, on=date(2026, 11, 3))
    assert said(later) == [doubt("sinds", "clock-date-differs")]


def test_who_takes_an_unreadable_cell_sees_what_else_there_will_be_to_say():
    row = {"geslacht": "J", "amv": "J", "locatie": "OLD", "sinds": "01-07-2026"}
    found = report(row)
    assert said(found) == [doubt("geslacht", "unknown-code")]
    waiting = found.rows[0]
    assert [one.reason for one in waiting.further] == [Reason.LOCATION_CLOSED, Reason.AMV_DIFFERS]
    assert waiting.takeable
    assert len(found.as_json()["rows"][0]["problems"]) == 1
    taken = report_on(ListKind.OCCUPANCY, row, taken={2: waiting.doubts})
    assert (taken.rows[0].verdict.value, taken.rows[0].further) == ("changed", ())
    half = report_on(ListKind.OCCUPANCY, row, taken={2: {Reason.UNKNOWN_CODE}})
    assert half.rows[0].verdict.value == "doubtful"
