"""Examples of the rules about moves that are coming: not in term time, told in time."""

from tests.domain.made import born, place, school, told, transfer

# The autumn holiday of 2026 is 10 to 18 October in the north, 17 to 25 October in the other regions.
SOUTH = [place("A", "2026-01-01", region="zuid")]


def planned(day, status="planned", **more):
    """Return a transfer announced on 1 September."""
    return transfer("t1", "B", "2026-09-01", day, status, **more)


def test_pla_3_fires_on_a_school_day_until_the_day_itself():
    for on in ("2026-09-01", "2026-10-13"):
        assert told("PLA-3", on, placements=SOUTH, transfers=[planned("2026-10-13")]) == [
            ("t1", "warning", "2026-09-01", "2026-10-13")
        ]


def test_pla_3_is_silent_once_the_day_is_over_and_before_it_is_announced():
    for on in ("2026-10-14", "2026-08-31"):
        assert told("PLA-3", on, placements=SOUTH, transfers=[planned("2026-10-13")]) == []


def test_pla_3_fires_only_on_school_days_of_the_region_where_the_child_lives_today():
    for region, day, silent in (
        ("zuid", "2026-10-16", False),
        ("noord", "2026-10-16", True),
        ("zuid", "2026-10-17", True),
        ("zuid", "2026-10-19", True),
        ("noord", "2026-10-19", False),
        ("zuid", "2026-10-26", False),
        ("zuid", "2027-03-29", True),
    ):
        here = [place("A", "2026-01-01", region=region)]
        found = told("PLA-3", "2026-09-10", placements=here, transfers=[planned(day)])
        assert (found == []) is silent, (region, day)


def test_pla_3_fires_by_the_region_of_the_latest_place_and_in_midden_without_one():
    north = [place("A", "2026-01-01", "2026-09-01", region="noord")]
    monday = [planned("2026-10-12")]
    assert told("PLA-3", "2026-09-10", placements=north, transfers=monday) == []
    assert told("PLA-3", "2026-09-10", transfers=monday)


def test_pla_3_fires_on_every_working_day_after_the_last_published_holidays():
    far = [planned("2030-10-24"), planned("2030-08-01") | {"id": "t2"}]
    assert [one[0] for one in told("PLA-3", "2026-09-10", transfers=far)] == ["t1"]


def test_pla_3_is_silent_for_a_reason_and_unless_it_is_still_a_plan():
    day = "2026-10-13"
    for move, silent in (
        (planned(day, "confirmed"), False),
        (planned(day, "departed"), True),
        (planned(day, "cancelled"), True),
        (planned(day, term_time_reason="De locatie sluit."), True),
        (planned(day) | {"to_location": "A"}, True),
        (planned(day, "arrived", arrived_on="2026-09-10"), True),
        (planned(day, "arrived", arrived_on="2026-09-11"), False),
    ):
        found = told("PLA-3", "2026-09-10", placements=SOUTH, transfers=[move])
        assert (found == []) is silent, move


def test_pla_3_is_silent_when_the_child_need_not_be_at_school_on_that_day():
    day = [planned("2026-10-13")]
    for birth, silent in (
        (born("2021-09-30"), False),
        (born("2021-10-01"), True),
        (born("2021-10-31", "month"), True),
        (born("2021-12-31", "year"), False),
        (born("2008-10-13"), True),
        (born("2008-10-14"), False),
        (born("2008-01-01", "year"), False),
    ):
        found = told("PLA-3", "2026-09-10", {"birth": birth}, placements=SOUTH, transfers=day)
        assert (found == []) is silent, birth
    for end, silent in (("2026-10-13", False), ("2026-10-14", True)):
        free = [school("s1", "2026-09-20", end, kind="EXEMPT")]
        found = told("PLA-3", "2026-09-10", placements=SOUTH, transfers=day, school=free)
        assert (found == []) is silent, end


def test_pla_4_fires_on_less_than_14_days_between_telling_and_moving():
    # Five working days after Thursday 12 November are Thursday the 19th.
    for day, severity in (
        ("2026-11-25", "warning"),
        ("2026-11-19", "warning"),
        ("2026-11-18", "critical"),
        ("2026-11-12", "critical"),
        ("2026-11-10", "critical"),
    ):
        move = [transfer("t1", "B", "2026-11-12", day)]
        assert told("PLA-4", "2026-11-12", transfers=move) == [("t1", severity, "2026-11-12", day)]


def test_pla_4_is_silent_on_14_days():
    move = [transfer("t1", "B", "2026-11-12", "2026-11-26")]
    assert told("PLA-4", "2026-11-12", transfers=move) == []


def test_pla_4_fires_until_the_child_has_arrived():
    for status, silent in (
        ("planned", False),
        ("confirmed", False),
        ("departed", False),
        ("cancelled", True),
    ):
        move = [transfer("t1", "B", "2026-11-12", "2026-11-20", status)]
        assert (told("PLA-4", "2026-12-01", transfers=move) == []) is silent, status
    there = transfer("t1", "B", "2026-11-12", "2026-11-20", "arrived", arrived_on="2026-11-21")
    assert told("PLA-4", "2026-11-20", transfers=[there])
    assert told("PLA-4", "2026-11-21", transfers=[there]) == []


def test_pla_4_is_silent_before_the_announcement_and_when_both_ends_are_one_place():
    move = transfer("t1", "B", "2026-11-12", "2026-11-20")
    assert told("PLA-4", "2026-11-11", transfers=[move]) == []
    assert told("PLA-4", "2026-11-12", transfers=[move | {"to_location": "A"}]) == []
