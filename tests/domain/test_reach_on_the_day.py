"""On the day itself: what begins today is there from now on, not from some moment of today."""

from datetime import date, timedelta
from uuid import UUID

from caseapp.domain.reach import Coming, Holding, Stay, Why, reaching

TODAY = date(2026, 11, 24)
A, B, ONE, TWO, WHO = (UUID(int=number) for number in range(1, 6))
DAY = timedelta(days=1)


def test_a_child_that_moves_today_is_there_and_was_here_from_now_on() -> None:
    for moves, start in ((TODAY, None), (TODAY + DAY, TODAY + DAY)):
        stays = [Stay(ONE, A, "noord", TODAY - 9 * DAY, moves), Stay(TWO, B, "zuid", moves)]
        rows = {(row.why, row.location_id): row for row in reaching(stays, [], [], TODAY)}
        assert rows[Why.HERE, B].start == start
        assert rows[Why.LEFT, A].start == start
        assert rows[Why.LEFT, A].origin_id == TWO
        assert ((Why.HERE, A) in rows) is (moves > TODAY)


def test_who_becomes_responsible_today_is_so_from_now_on() -> None:
    for begins, start in ((TODAY, None), (TODAY + DAY, TODAY + DAY)):
        [row] = reaching([], [], [Holding(ONE, WHO, begins)], TODAY)
        assert row.start == start


def test_who_stops_today_reads_on_from_now_on() -> None:
    left = TODAY - 5 * DAY
    stays = [Stay(ONE, A, "noord", TODAY - 90 * DAY, left), Stay(TWO, B, "zuid", left)]
    for ends, start in ((TODAY, None), (TODAY + DAY, TODAY + DAY)):
        held = [Holding(ONE, WHO, TODAY - 90 * DAY, ends)]
        [row] = (row for row in reaching(stays, [], held, TODAY) if row.until_on and row.account_id)
        assert row.start == start


def test_a_move_opens_on_its_day_or_fourteen_days_before() -> None:
    for ahead, sent, start in ((14, True, None), (15, True, TODAY + DAY), (0, False, None)):
        planned = TODAY + ahead * DAY
        [row] = reaching([], [Coming(ONE, B, None, planned, sent=sent)], [], TODAY)
        assert row.start == start
    [row] = reaching([], [Coming(ONE, None, "zuid", TODAY)], [], TODAY)
    assert (row.location_id, row.region) == (None, "zuid")
