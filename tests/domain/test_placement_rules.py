"""Examples of the rules about where a child lives."""

from tests.domain.made import alone, born, during, findings, place, told, transfer

HALL = [place("p1", "2026-03-02", kind="NO")]


def test_pla_1_fires_on_day_42_in_emergency_places():
    assert told("PLA-1", "2026-04-13", placements=HALL) == [
        ("emergency", "notice", "2026-04-13", "2026-09-01")
    ]


def test_pla_1_is_silent_on_day_41():
    assert told("PLA-1", "2026-04-12", placements=HALL) == []


def test_pla_1_fires_as_a_warning_from_day_91_and_critical_from_day_183():
    days = ("2026-05-31", "2026-06-01", "2026-08-31", "2026-09-01")
    found = [findings("PLA-1", on, placements=HALL)[0].severity.value for on in days]
    assert found == ["notice", "warning", "warning", "critical"]


def test_pla_1_fires_on_days_that_add_up_over_a_stay_elsewhere():
    stays = [
        place("p1", "2026-01-01", "2026-01-31", kind="TGO"),
        place("p2", "2026-01-31", "2026-03-01"),
        place("p3", "2026-03-01", kind="NO"),
    ]
    assert told("PLA-1", "2026-03-12", placements=stays) == []
    assert told("PLA-1", "2026-03-13", placements=stays) == [
        ("emergency", "notice", "2026-03-13", "2026-08-01")
    ]


def test_pla_1_fires_since_the_day_the_sum_was_reached_in_an_earlier_stay():
    stays = [
        place("p1", "2026-01-01", "2026-02-20", kind="NO"),
        place("p2", "2026-02-20", "2026-04-01"),
        place("p3", "2026-04-01", kind="TGO"),
    ]
    assert told("PLA-1", "2026-04-01", placements=stays) == [
        ("emergency", "notice", "2026-02-12", "2026-08-12")
    ]


def test_pla_1_fires_since_the_end_of_a_stay_that_was_just_long_enough():
    stays = [
        place("p1", "2026-01-01", "2026-02-12", kind="NO"),
        place("p2", "2026-02-12", "2026-04-01"),
        place("p3", "2026-04-01", kind="TGO"),
    ]
    assert told("PLA-1", "2026-04-01", placements=stays)[0][2] == "2026-02-12"


def test_pla_1_is_silent_on_stays_that_lasted_no_day():
    stays = [
        place("p0", "2026-01-01", "2026-01-01", kind="NO"),
        place("p2", "2026-02-10", "2026-01-10", kind="NO"),
        *HALL,
    ]
    assert told("PLA-1", "2026-04-12", placements=stays) == []
    assert told("PLA-1", "2026-04-13", placements=stays)[0][2:] == ("2026-04-13", "2026-09-01")


def test_pla_1_is_silent_when_the_current_place_is_no_emergency():
    stays = [place("p1", "2026-01-01", "2026-06-01", kind="NO"), place("p2", "2026-06-01")]
    assert told("PLA-1", "2026-06-01", placements=stays) == []


def test_pla_1_fires_without_regard_for_the_day_the_current_place_ends():
    stays = [place("p1", "2026-03-02", "2026-04-20", kind="NO")]
    assert told("PLA-1", "2026-04-13", placements=stays)[0][3] == "2026-09-01"


MOVES = [
    place("p1", "2024-01-01", "2025-06-01"),
    place("p2", "2025-06-01", "2026-01-01"),
    place("p3", "2026-01-01"),
]


def test_pla_2_fires_at_the_second_move_within_365_days():
    assert told("PLA-2", "2026-05-31", placements=MOVES) == [
        ("moves", "warning", "2026-01-01", None)
    ]


def test_pla_2_is_silent_when_a_move_is_365_days_ago():
    assert told("PLA-2", "2026-06-01", placements=MOVES) == []


def test_pla_2_fires_on_a_move_and_a_planned_transfer_and_critical_on_three():
    planned = transfer("t1", "D", "2026-06-10", "2026-07-01")
    left = transfer("t2", "E", "2026-06-12", "2026-07-01", "departed")
    assert told("PLA-2", "2026-06-20", placements=MOVES, transfers=[planned]) == [
        ("moves", "warning", "2026-06-10", None)
    ]
    assert told("PLA-2", "2026-06-20", placements=MOVES, transfers=[planned, left]) == [
        ("moves", "critical", "2026-06-10", None)
    ]


def test_pla_2_is_silent_on_transfers_that_are_no_other_place_or_not_open():
    transfers = [
        transfer("t1", "p3", "2026-06-10", "2026-07-01"),
        transfer("t2", "A", "2026-06-10", "2026-07-01"),
        transfer("t3", "D", "2026-06-10", "2026-07-01", "cancelled"),
        transfer("t4", "D", "2026-06-21", "2026-07-01"),
    ]
    assert told("PLA-2", "2026-06-20", placements=MOVES, transfers=transfers) == []


def test_pla_2_fires_on_transfers_of_a_child_without_a_current_place():
    gone = [place("p1", "2026-01-01", "2026-02-01")]
    coming = [
        transfer("t1", "p1", "2026-06-10", "2026-07-01"),
        transfer("t2", "D", "2026-06-12", "2026-07-01", "confirmed"),
    ]
    assert told("PLA-2", "2026-06-20", placements=gone, transfers=coming) == [
        ("moves", "warning", "2026-06-12", None)
    ]


def test_pla_2_fires_on_a_gap_and_a_return_but_not_on_a_gap_at_one_place():
    back = [
        place("p1", "2026-01-01", "2026-02-01", at="A"),
        place("p2", "2026-02-10", "2026-03-01", at="B"),
        place("p3", "2026-03-01", at="A"),
    ]
    same = [
        place("p1", "2026-01-01", "2026-02-01", at="A"),
        place("p2", "2026-02-10", "2026-03-01", at="A"),
        place("p3", "2026-03-01", at="B"),
    ]
    assert told("PLA-2", "2026-04-01", placements=back) == [
        ("moves", "warning", "2026-03-01", None)
    ]
    assert told("PLA-2", "2026-04-01", placements=same) == []


def test_pla_2_is_silent_from_18_on():
    child = {"birth": born("2008-05-31")}
    assert told("PLA-2", "2026-05-30", child, placements=MOVES)
    assert told("PLA-2", "2026-05-31", child, placements=MOVES) == []


HOME = [place("p0", "2026-01-01", "2026-02-01", at="A"), place("p1", "2026-02-01", at="A")]


def sibling(ref="zus", **more):
    return {"ref": ref, "relation": "sibling", "minor": True, "location": "B"} | more


def test_pla_5_fires_on_a_minor_sister_elsewhere_since_the_stay_began():
    assert told("PLA-5", "2026-06-01", placements=HOME, family_members=[sibling()]) == [
        ("sibling:zus", "critical", "2026-01-01", None)
    ]


def test_pla_5_fires_since_the_sister_went_there():
    away = sibling(location_since="2026-05-01")
    assert told("PLA-5", "2026-05-01", placements=HOME, family_members=[away]) == [
        ("sibling:zus", "critical", "2026-05-01", None)
    ]
    assert told("PLA-5", "2026-04-30", placements=HOME, family_members=[away]) == []


def test_pla_5_carries_the_name_of_the_sister_when_that_is_known():
    for more in ({}, {"name": "Hala"}):
        (found,) = findings(
            "PLA-5", "2026-06-01", placements=HOME, family_members=[sibling(**more)]
        )
        assert found.detail == {"relation": "sibling", "member": "zus"} | more


def test_pla_5_is_silent_when_together_unknown_decided_adult_or_no_sibling():
    family = [
        sibling("a", location="A"),
        {"ref": "b", "relation": "sibling", "minor": True},
        sibling("c", apart_reason="Veiligheid"),
        sibling("e", minor=False),
        {"ref": "f", "relation": "sibling", "location": "B"},
        sibling("g", relation="cousin"),
    ]
    assert told("PLA-5", "2026-06-01", placements=HOME, family_members=family) == []


def test_pla_5_is_silent_for_an_adult_and_without_a_place():
    adult = {"birth": born("2008-06-01")}
    assert told("PLA-5", "2026-06-01", adult, placements=HOME, family_members=[sibling()]) == []
    assert told("PLA-5", "2026-06-01", family_members=[sibling()]) == []


GONE = [place("p1", "2026-01-01", "2026-06-01"), place("p2", "2026-02-01", "2026-03-01")]


def test_pla_6_fires_on_the_day_the_last_place_ended():
    assert told("PLA-6", "2026-06-01", placements=GONE) == [
        ("no-placement", "critical", "2026-06-01", None)
    ]


def test_pla_6_is_silent_the_day_before_and_for_a_child_never_placed():
    assert told("PLA-6", "2026-05-31", placements=GONE) == []
    assert told("PLA-6", "2026-06-01", placements=[place("p1", "2026-06-02")]) == []


def test_pla_6_is_silent_while_a_transfer_is_departed_but_not_while_planned():
    for status, silent in (("departed", True), ("planned", False), ("cancelled", False)):
        on_the_way = [transfer("t1", "B", "2026-05-20", "2026-06-01", status)]
        found = told("PLA-6", "2026-06-02", placements=GONE, transfers=on_the_way)
        assert (found == []) is silent


def test_pla_6_is_silent_while_the_child_is_known_to_be_elsewhere():
    for state, silent in (
        ("missing", True),
        ("returned_abroad", True),
        ("with_relatives", True),
        ("in_hospital", False),
        ("in_detention", False),
        ("other", False),
    ):
        away = [during("w1", "2026-06-01", "2026-07-01", state=state)]
        assert (told("PLA-6", "2026-06-30", placements=GONE, whereabouts=away) == []) is silent
        assert told("PLA-6", "2026-07-01", placements=GONE, whereabouts=away)


def test_pla_6_is_silent_after_the_case_is_closed_and_from_23_on():
    for on, closed, silent in (
        ("2026-07-01", "2026-07-02", False),
        ("2026-07-01", "2026-07-01", True),
    ):
        found = told("PLA-6", on, {"closed_on": closed}, placements=GONE)
        assert (found == []) is silent
    old = alone("2003-07-01")
    assert told("PLA-6", "2026-06-30", old, placements=GONE)
    assert told("PLA-6", "2026-07-01", old, placements=GONE) == []
