"""The rows of one list against each other."""

from caseapp.domain.lists.words import ListKind
from tests.domain.lists.making import OTHER, child, report_on, said, world

SAME = ("same", [(None, "duplicate-row")])
AGAINST = ("refused", [(None, "contradicting-rows")])
NEW = ("new", [])


def told(kind, *rows):
    return said(report_on(kind, *rows, known=world(child(), child(OTHER))))


def test_the_first_of_the_same_rows_counts_whatever_their_spelling():
    rows = ({"v_nummer": "0099999999"}, {"v_nummer": "99999999", "achternaam": "HADDAD"})
    first, copy = told(ListKind.OCCUPANCY, *rows)
    assert first == NEW
    assert copy == ("same", [("v_nummer", "v-number-repaired"), (None, "duplicate-row")])


def test_filled_against_empty_contradicts_and_a_copy_does_too():
    rows = ({}, {"aanbieder": "Praktijk"}, {})
    assert told(ListKind.CARE, *rows) == [AGAINST] * 3


def test_cells_that_cannot_be_read_are_compared_as_they_stand():
    first, copy = told(ListKind.CARE, {"intake_op": "a"}, {"intake_op": "a"})
    assert first == ("doubtful", [("intake_op", "bad-date")])
    assert copy == ("doubtful", [("intake_op", "bad-date"), (None, "duplicate-row")])
    assert told(ListKind.CARE, {"intake_op": "a"}, {"intake_op": "b"})[1][0] == "refused"


def test_a_refused_row_contradicts_nothing():
    assert told(ListKind.CARE, {}, {"einde": "01-01-2026"})[0] == NEW


def test_a_row_whose_key_cannot_be_read_contradicts_nothing():
    rows = ({"v_nummer": "123456782"}, {"v_nummer": "123456782", "taal": "ar"})
    assert [verdict for verdict, _ in told(ListKind.OCCUPANCY, *rows)] == ["doubtful"] * 2


def test_a_copy_shares_what_keeps_its_first_out():
    unknown = {"v_nummer": "0099999999"}
    first, copy = told(ListKind.CARE, unknown, unknown)
    assert first == ("refused", [("v_nummer", "unknown-child")])
    assert copy == ("refused", [(None, "duplicate-row"), ("v_nummer", "unknown-child")])
    closed = {"v_nummer": "0099999999", "locatie": "OLD"}
    first, copy = told(ListKind.OCCUPANCY, closed, closed)
    assert first == ("doubtful", [("locatie", "location-closed")])
    assert copy == ("doubtful", [(None, "duplicate-row"), ("locatie", "location-closed")])


def test_a_copy_shows_its_own_cell_for_what_keeps_its_first_out():
    rows = ({"v_nummer": "0099999999", "locatie": cell} for cell in ("OLD", "old"))
    shown = [[p.value for p in row.problems] for row in report_on(ListKind.OCCUPANCY, *rows).rows]
    assert shown == [["OLD"], [None, "old"]]


def test_two_school_periods_that_do_not_overlap_are_two_records():
    before = {"start": "01-01-2026", "einde": "01-09-2026"}
    assert told(ListKind.SCHOOL, {}, before) == [NEW, NEW]
    assert told(ListKind.SCHOOL, {}, before | {"einde": "02-09-2026"}) == [AGAINST, AGAINST]


def test_a_school_period_begins_with_its_first_date():
    before = {"start": "01-01-2026", "einde": "01-09-2026"}
    waiting = {"wachtlijst_sinds": "31-08-2026"}
    assert told(ListKind.SCHOOL, before, waiting) == [AGAINST, AGAINST]


def test_one_long_period_contradicts_each_that_it_covers_and_no_other():
    long = {"start": "01-01-2026", "einde": "01-06-2026"}
    inside = {"start": "01-02-2026", "einde": "01-03-2026"}
    later = {"start": "01-04-2026", "einde": "01-05-2026"}
    after = {"start": "01-06-2026"}
    assert told(ListKind.SCHOOL, after, later, inside, long) == [NEW, AGAINST, AGAINST, AGAINST]


def test_the_name_of_a_school_is_compared_without_its_signs():
    assert told(ListKind.SCHOOL, {}, {"school": "de klimóp!"})[1] == SAME


def test_one_child_cannot_go_to_two_places_on_one_day():
    rows = ({"van": "", "naar": "B-2"}, {"van": "", "naar": "C-3"})
    assert told(ListKind.TRANSFERS, *rows) == [AGAINST, AGAINST]
    assert told(ListKind.TRANSFERS, *rows, rows[0]) == [AGAINST] * 3


def test_a_cancelled_move_goes_well_with_another_one():
    rows = ({"naar": "B-2", "status": "geannuleerd"}, {"naar": "C-3"})
    assert told(ListKind.TRANSFERS, *rows) == [NEW, NEW]


def test_planned_and_cancelled_to_one_place_on_one_day_contradict():
    assert told(ListKind.TRANSFERS, {}, {"status": "geannuleerd"}) == [AGAINST, AGAINST]


def test_two_open_moves_from_one_place_contradict():
    rows = ({}, {"naar": "C-3", "datum": "21-11-2026", "status": "bevestigd"})
    assert told(ListKind.TRANSFERS, *rows) == [AGAINST, AGAINST]


def test_moves_from_nowhere_told_and_moves_that_are_over_do_not_share_a_place():
    rows = ({"van": ""}, {"van": "", "naar": "C-3", "datum": "21-11-2026"})
    assert told(ListKind.TRANSFERS, *rows) == [NEW, NEW]
    over = {"status": "aangekomen", "datum": "01-09-2026"}
    assert (None, "contradicting-rows") not in told(ListKind.TRANSFERS, over, rows[1])[1][1]


def test_two_children_do_not_contradict_each_other():
    assert told(ListKind.TRANSFERS, {}, {"v_nummer": OTHER, "naar": "C-3"}) == [NEW, NEW]


def test_an_empty_status_is_planned():
    assert told(ListKind.TRANSFERS, {"status": ""}, {"status": "gepland"}) == [NEW, SAME]


def test_a_location_is_told_by_its_code_in_any_case():
    rows = ({}, {"code": "new-1"}, {"code": "NEW-2", "naam": "De eik"})
    assert told(ListKind.LOCATIONS, *rows) == [NEW, SAME, NEW]
