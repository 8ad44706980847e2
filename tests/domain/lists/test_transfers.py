"""A list of transfers against those that we know, and against where each child is."""

from datetime import date

import pytest

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.intents import AddTransfer, ChangeTransfer
from caseapp.domain.lists.known import Stay
from caseapp.domain.lists.words import ListKind, Reason
from tests.domain.lists.making import CHILD, ON, child, report_on, said, transfer, world

NEW = ("new", [])
SAME = ("same", [])
CHANGED = ("changed", [])
ARRIVED = {"datum": "01-10-2026", "status": "aangekomen"}
STATUSES = ("gepland", "bevestigd", "vertrokken", "aangekomen", "geannuleerd")


def report(*rows, **more):
    return report_on(ListKind.TRANSFERS, *rows, known=world(child(**more)))


def told(*rows, **more):
    return said(report(*rows, **more))[-1]


def doubt(column, reason):
    return "doubtful", [(column, reason)]


def test_a_transfer_of_a_child_that_we_do_not_know_is_refused():
    assert told({"v_nummer": "0099999999"}) == ("refused", [("v_nummer", "unknown-child")])


def test_a_new_transfer_takes_the_day_of_the_list_when_nobody_told_its_announcement():
    found = report({"van": "", "reden": "sluiting"})
    assert said(found) == [NEW]
    assert found.intents == (
        AddTransfer(
            row=2,
            v_number=CHILD,
            from_location="A-1",
            to_location="B-2",
            planned_on=date(2026, 11, 20),
            announced_on=ON,
            announced_known=False,
            reason="sluiting",
            status=TransferStatus.PLANNED,
            turns_over=False,
        ),
    )


def test_an_announcement_is_not_put_after_the_day_of_the_move():
    assert report(ARRIVED).intents[0].announced_on == date(2026, 10, 1)
    assert report({"aangekondigd": "01-10-2026"}).intents[0].announced_known


def test_a_known_transfer_is_the_same_and_empty_cells_say_nothing():
    ours = (transfer(reason="sluiting"),)
    assert told({"van": "", "reden": ""}, transfers=ours) == SAME


@pytest.mark.parametrize(
    "row", [{"van": "C-3"}, {"reden": "anders"}, {"aangekondigd": "01-10-2026"}]
)
def test_another_field_at_the_same_status_changes(row):
    assert told(row, transfers=(transfer(reason="sluiting"),)) == CHANGED


@pytest.mark.parametrize("ours", list(TransferStatus))
@pytest.mark.parametrize("theirs", STATUSES)
def test_a_status_only_goes_forward(ours, theirs):
    day = date(2026, 10, 1)
    row = {"datum": "01-10-2026", "status": theirs}
    order = (0, 1, 2, 3, 3)
    before, after = order[list(TransferStatus).index(ours)], order[STATUSES.index(theirs)]
    same = list(TransferStatus).index(ours) == STATUSES.index(theirs)
    wanted = SAME if same else CHANGED if after > before else doubt("status", "status-goes-back")
    assert told(row, transfers=(transfer(day=day, status=ours),)) == wanted


def test_nobody_can_take_a_status_that_goes_back():
    ours = (transfer(status=TransferStatus.DEPARTED),)
    known = world(child(transfers=ours))
    taken = {2: {Reason.STATUS_GOES_BACK}}
    found = report_on(ListKind.TRANSFERS, {}, known=known, taken=taken)
    assert (found.rows[0].verdict.value, found.intents) == ("doubtful", ())


@pytest.mark.parametrize(
    ("row", "closed"),
    [
        ({"naar": "C-3", "datum": "30-11-2026"}, False),
        ({"naar": "C-3", "datum": "01-12-2026"}, True),
        ({"naar": "SOON", "datum": "02-11-2026"}, True),
        ({"naar": "SOON", "datum": "03-11-2026"}, False),
        ({"naar": "OLD", "status": "geannuleerd"}, False),
    ],
)
def test_the_place_must_be_open_on_the_day_unless_the_move_is_off(row, closed):
    assert told(row) == (doubt("naar", "location-closed") if closed else NEW)


@pytest.mark.parametrize("status", ["gepland", "bevestigd", "vertrokken"])
def test_an_open_move_begins_where_the_child_is(status):
    row = {"status": status, "datum": "02-11-2026"}
    assert told(row) == NEW
    assert told(row | {"van": "C-3"}) == doubt("van", "from-differs")
    assert told(row | {"van": "", "naar": "A-1"}) == ("refused", [("naar", "same-location")])
    assert told(row | {"van": "C-3", "naar": "A-1"}) == doubt("van", "from-differs")


def test_a_cancelled_move_may_have_begun_anywhere():
    assert told({"status": "geannuleerd", "van": "C-3"}) == NEW


def test_a_move_that_does_not_tell_its_begin_is_doubted_when_nobody_knows_it():
    assert told({"van": ""}, stay=None) == doubt("van", "from-differs")


@pytest.mark.parametrize("origin", ["", "A-1", "C-3"])
def test_arrived_where_the_child_is_already_turns_nothing_over(origin):
    stay = Stay("B-2", date(2026, 10, 20), came_from="C-3")
    found = report(ARRIVED | {"van": origin}, stay=stay)
    assert said(found) == [NEW]
    assert not found.intents[0].turns_over
    assert found.intents[0].from_location == (origin or "C-3")


@pytest.mark.parametrize(
    ("row", "wanted", "turns"),
    [
        ({}, NEW, True),
        ({"van": ""}, NEW, True),
        ({"van": "C-3"}, doubt("van", "from-differs"), True),
        ({"datum": "01-06-2026"}, doubt("datum", "older-than-ours"), False),
        ({"datum": "02-06-2026"}, NEW, True),
    ],
)
def test_an_arrival_turns_the_placement_over_when_it_follows_ours(row, wanted, turns):
    found = report_on(
        ListKind.TRANSFERS,
        ARRIVED | row,
        taken={2: {Reason.FROM_DIFFERS, Reason.OLDER_THAN_OURS}},
    )
    assert told(ARRIVED | row) == wanted
    assert found.intents[0].turns_over is turns


def test_an_open_transfer_of_ours_that_arrived_turns_over_too():
    ours = (transfer(day=date(2026, 10, 1)),)
    found = report(ARRIVED, transfers=ours)
    assert said(found) == [CHANGED]
    assert found.intents == (
        ChangeTransfer(
            row=2,
            v_number=CHILD,
            ref="B-2 2026-10-01",
            to_location="B-2",
            planned_on=date(2026, 10, 1),
            changes={"status": TransferStatus.ARRIVED},
            turns_over=True,
        ),
    )


def test_each_transfer_of_a_child_sees_those_before_it_by_day():
    later = {"van": "B-2", "naar": "C-3", "datum": "10-11-2026"}
    assert said(report(later, ARRIVED)) == [NEW, NEW]
    assert said(report(later))[0] == doubt("van", "from-differs")


def test_a_transfer_that_is_not_taken_moves_nobody():
    later = {"van": "B-2", "naar": "C-3", "datum": "10-11-2026"}
    first = ARRIVED | {"van": "C-3"}
    assert said(report(later, first))[0] == doubt("van", "from-differs")


def test_a_transfer_that_cannot_be_carried_out_moves_nobody_whoever_takes_it():
    ours = (transfer(day=date(2026, 10, 1), status=TransferStatus.CANCELLED),)
    later = {"van": "B-2", "naar": "C-3", "datum": "10-11-2026"}
    found = report_on(
        ListKind.TRANSFERS,
        later,
        ARRIVED,
        known=world(child(transfers=ours)),
        taken={3: {Reason.STATUS_GOES_BACK}},
    )
    assert said(found)[0] == doubt("van", "from-differs")


def test_a_chain_once_more_is_the_same():
    rows = ({"van": "B-2", "naar": "C-3", "datum": "10-11-2026"}, ARRIVED)
    first = report(*rows)
    known = apply_to(world(child()), first.intents)
    stay = Stay("B-2", date(2026, 10, 1), came_from="A-1", not_before=date(2026, 6, 1))
    assert known.children[CHILD].stay == stay
    assert said(report_on(ListKind.TRANSFERS, *rows, known=known)) == [SAME, SAME]


def test_a_move_that_nobody_told_is_known_when_a_list_tells_it_later():
    moved = {"locatie": "B-2", "sinds": "01-10-2026"}
    found = report_on(ListKind.OCCUPANCY, moved)
    known = apply_to(world(child()), found.intents)
    assert said(report_on(ListKind.TRANSFERS, ARRIVED, known=known)) == [SAME]


def test_a_child_that_has_left_for_one_place_cannot_leave_for_another():
    left = transfer("B-2", date(2026, 10, 19), TransferStatus.DEPARTED)
    other = {"van": "", "naar": "C-3", "datum": "20-10-2026", "status": "vertrokken"}
    assert told(other, transfers=(left,)) == doubt("van", "from-differs")
    assert told(other | {"status": "gepland"}, transfers=(left,)) == NEW
    assert told(other, transfers=()) == NEW


def test_nobody_can_take_a_second_leaving_and_a_wrong_begin_can_be_taken():
    left = transfer("B-2", date(2026, 10, 19), TransferStatus.DEPARTED)
    other = {"van": "", "naar": "C-3", "datum": "20-10-2026", "status": "vertrokken"}
    found = report(other, transfers=(left,))
    assert not found.rows[0].takeable
    taken = {2: found.rows[0].doubts}
    known = world(child(transfers=(left,)))
    found = report_on(ListKind.TRANSFERS, other, known=known, taken=taken)
    assert (found.rows[0].verdict.value, found.intents) == ("doubtful", ())
    assert report({"van": "C-3", "status": "vertrokken", "datum": "20-10-2026"}).rows[0].takeable


def test_of_a_move_that_was_cancelled_and_came_about_untold_each_is_known():
    off = transfer("B-2", date(2026, 10, 1), TransferStatus.CANCELLED)
    moved = {"locatie": "B-2", "sinds": "01-10-2026"}
    found = report_on(ListKind.OCCUPANCY, moved, known=world(child(transfers=(off,))))
    known = apply_to(world(child(transfers=(off,))), found.intents)
    for status, wanted in (
        ("geannuleerd", SAME),
        ("aangekomen", SAME),
        ("gepland", ("doubtful", [("status", "status-goes-back"), ("van", "from-differs")])),
    ):
        row = ARRIVED | {"status": status}
        assert said(report_on(ListKind.TRANSFERS, row, known=known)) == [wanted]


def test_an_announcement_that_we_only_assumed_changes_once_a_list_tells_it():
    told_later = {"aangekondigd": "02-11-2026"}
    known = apply_to(world(child()), report({}).intents)
    assert said(report_on(ListKind.TRANSFERS, {}, known=known)) == [SAME]
    found = report_on(ListKind.TRANSFERS, told_later, known=known)
    assert said(found) == [CHANGED]
    known = apply_to(known, found.intents)
    assert said(report_on(ListKind.TRANSFERS, told_later, known=known)) == [SAME]
