"""Who reaches a child, worked out from its stays, moves and who is responsible."""

from datetime import date, timedelta
from uuid import UUID

from caseapp.domain.policy import Sees
from caseapp.domain.reach import Coming, Holding, Reaching, Stay, Why, reaching

TODAY = date(2026, 11, 24)
A, B, C, ONE, TWO, WHO = (UUID(int=number) for number in range(1, 7))


def day(distance: int) -> date:
    return TODAY + timedelta(days=distance)


def stay(place: UUID | None, start: int, end: int | None = None, **more: object) -> Stay:
    key = UUID(int=1000 + start)
    region = "zuid" if place == B else "noord"
    return Stay(key, place, region, day(start), None if end is None else day(end), **more)


def why(rows: list[Reaching], *kinds: Why) -> list[Reaching]:
    return [row for row in rows if row.why in kinds]


def test_a_child_is_seen_where_it_lives() -> None:
    assert reaching([stay(A, -9)], [], [], TODAY) == [Reaching(Why.HERE, Sees.ALL, A, "noord")]


def test_a_child_whose_last_stay_ended_stays_in_the_scope_of_that_place() -> None:
    assert reaching([stay(A, -9, -2)], [], [], TODAY) == [Reaching(Why.HERE, Sees.ALL, A, "noord")]


def test_a_child_that_is_only_to_come_is_seen_at_once() -> None:
    assert reaching([stay(A, 3)], [], [], TODAY) == [Reaching(Why.HERE, Sees.ALL, A, "noord")]


def test_who_a_child_left_reads_until_departure_for_30_days() -> None:
    for since, reads in ((-29, True), (-30, False)):
        rows = reaching([stay(A, -90, since), stay(B, since, transfer_id=ONE)], [], [], TODAY)
        assert [row.location_id for row in why(rows, Why.HERE)] == [B]
        left = why(rows, Why.LEFT)
        assert bool(left) is reads
        if left:
            assert left[0].until_on == day(since)
            assert (left[0].origin_id, left[0].end) == (ONE, day(since + 30))


def test_a_gap_between_stays_keeps_the_child_where_it_was_until_the_next_begins() -> None:
    rows = reaching([stay(A, -90, -60), stay(B, -5)], [], [], TODAY)
    assert [row.location_id for row in why(rows, Why.HERE)] == [B]
    assert why(rows, Why.LEFT)[0].until_on == day(-5)


def test_another_kind_of_stay_at_one_location_is_no_move() -> None:
    rows = reaching([stay(A, -90, -5), stay(A, -5)], [], [], TODAY)
    assert rows == [Reaching(Why.HERE, Sees.ALL, A, "noord")]


def test_a_stay_that_is_known_ahead_turns_over_by_itself() -> None:
    rows = reaching([stay(A, -90, 4), stay(B, 4)], [], [], TODAY)
    here = [(row.location_id, row.start, row.end) for row in why(rows, Why.HERE)]
    assert here == [(A, None, day(4)), (B, day(4), None)]
    assert [(row.location_id, row.start) for row in why(rows, Why.LEFT)] == [(A, day(4))]


def test_the_receiver_reads_the_handover_from_14_days_before_the_move() -> None:
    for ahead, start in ((14, None), (15, day(1))):
        rows = reaching([], [Coming(ONE, B, "zuid", day(ahead))], [], TODAY)
        assert rows == [Reaching(Why.COMING, Sees.HANDOVER, B, "zuid", origin_id=ONE, start=start)]


def test_a_move_to_a_place_of_no_location_reaches_nobody() -> None:
    assert reaching([], [Coming(ONE, None, None, day(2))], [], TODAY) == []


def test_who_is_responsible_sees_all_for_as_long_as_it_lasts() -> None:
    for end, sees in ((1, True), (0, False)):
        rows = reaching([], [], [Holding(TWO, WHO, day(-9), day(end))], TODAY)
        assert bool(rows) is sees
    assert reaching([], [], [Holding(TWO, WHO, day(2))], TODAY)[0].start == day(2)
