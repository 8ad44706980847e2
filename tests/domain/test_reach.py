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


def test_without_a_handover_the_receiver_knows_who_comes_from_the_day_of_the_move() -> None:
    for ahead, start in ((1, day(1)), (0, None), (-3, None)):
        rows = reaching([], [Coming(ONE, B, "zuid", day(ahead), sent=False)], [], TODAY)
        assert rows == [Reaching(Why.COMING, Sees.HEADER, B, "zuid", origin_id=ONE, start=start)]


def test_who_is_on_the_way_is_known_where_it_goes_whatever_the_day_was_to_be() -> None:
    for sent, sees in ((False, Sees.HEADER), (True, Sees.HANDOVER)):
        rows = reaching([], [Coming(ONE, B, "zuid", day(40), sent=sent, left=True)], [], TODAY)
        assert [(row.sees, row.start) for row in rows] == [(sees, None)]


def test_a_move_to_a_place_of_no_location_reaches_nobody() -> None:
    assert reaching([], [Coming(ONE, None, None, day(2))], [], TODAY) == []


def test_who_is_responsible_sees_all_for_as_long_as_it_lasts() -> None:
    for end, sees in ((1, True), (0, False)):
        rows = reaching([], [], [Holding(TWO, WHO, day(-9), day(end))], TODAY)
        assert bool(rows) is sees
    assert reaching([], [], [Holding(TWO, WHO, day(2))], TODAY)[0].start == day(2)


def test_who_stayed_responsible_after_the_child_left_reads_on_for_30_days_after_that() -> None:
    stays = [stay(A, -90, -60), stay(B, -60)]
    for ended, reads in ((-29, True), (-30, False)):
        rows = why(reaching(stays, [], [Holding(TWO, WHO, day(-90), day(ended))], TODAY), Why.LEFT)
        assert bool(rows) is reads
        if rows:
            assert rows == [
                Reaching(
                    Why.LEFT,
                    Sees.UNTIL_DEPARTURE,
                    account_id=WHO,
                    origin_id=TWO,
                    until_on=day(-60),
                    end=day(ended + 30),
                )
            ]


def test_who_handed_over_on_the_day_of_the_move_or_before_it_reads_as_the_place_does() -> None:
    stays = [stay(A, -90, -5), stay(B, -5)]
    for ended in (-5, -9):
        rows = reaching(stays, [], [Holding(TWO, WHO, day(-90), day(ended))], TODAY)
        assert [row.account_id for row in why(rows, Why.LEFT)] == [None]


def test_who_became_responsible_where_the_child_lives_now_left_nothing() -> None:
    stays = [stay(A, -90, -60), stay(B, -60)]
    for start in (-60, -9):
        rows = reaching(stays, [], [Holding(TWO, WHO, day(start), day(-2))], TODAY)
        assert why(rows, Why.LEFT) == []


def test_responsibility_that_ends_ahead_leaves_reading_for_then() -> None:
    stays = [stay(A, -90, -5), stay(B, -5)]
    rows = why(reaching(stays, [], [Holding(TWO, WHO, day(-90), day(3))], TODAY), Why.LEFT)
    assert [(row.start, row.end) for row in rows if row.account_id] == [(day(3), day(33))]
