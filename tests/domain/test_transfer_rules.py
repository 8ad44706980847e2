"""Examples of the rules about moving."""

from tests.domain.made import alone, during, findings, place, told, transfer

# 9 November 2026 is a Monday: two working days before it is Thursday the 5th.
PLAN = transfer("t1", "B", "2026-10-15", "2026-11-09", "confirmed")
HERE = [place("A", "2026-01-01")]


def test_trf_1_fires_two_working_days_before_the_move():
    assert told("TRF-1", "2026-11-05", transfers=[PLAN], placements=HERE) == [
        ("t1", "warning", "2026-11-05", "2026-11-09")
    ]


def test_trf_1_is_silent_three_working_days_before_the_move():
    assert told("TRF-1", "2026-11-04", transfers=[PLAN]) == []


def test_trf_1_fires_critical_from_the_day_of_the_move():
    days = ("2026-11-08", "2026-11-09")
    found = [findings("TRF-1", on, transfers=[PLAN])[0].severity.value for on in days]
    assert found == ["warning", "critical"]


def test_trf_1_fires_since_a_later_announcement():
    late = transfer("t1", "B", "2026-11-07", "2026-11-09")
    assert told("TRF-1", "2026-11-07", transfers=[late])[0][2] == "2026-11-07"


def test_trf_1_is_silent_once_the_handover_is_accepted_but_not_by_a_day_to_come():
    accepted = PLAN | {"handover": {"sent_on": "2026-11-01", "acknowledged_on": "2026-11-06"}}
    assert told("TRF-1", "2026-11-05", transfers=[accepted])
    assert told("TRF-1", "2026-11-06", transfers=[accepted]) == []


ARRIVED = transfer("t1", "B", "2026-10-15", "2026-11-09", "arrived", arrived_on="2026-11-11")
MOVED = [place("A", "2026-01-01", "2026-11-11"), place("B", "2026-11-11")]


def test_trf_1_fires_on_an_arrived_transfer_by_its_arrival():
    assert told("TRF-1", "2026-11-12", transfers=[ARRIVED], placements=MOVED) == [
        ("t1", "critical", "2026-11-09", "2026-11-11")
    ]


def test_trf_1_fires_on_an_arrival_to_come_as_still_planned():
    assert told("TRF-1", "2026-11-10", transfers=[ARRIVED], placements=HERE) == [
        ("t1", "critical", "2026-11-05", "2026-11-09")
    ]


def test_trf_1_is_silent_on_an_arrival_that_led_elsewhere():
    onward = [*MOVED[:1], place("B", "2026-11-11", "2026-11-20"), place("C", "2026-11-20")]
    and_back = [
        *onward[:2],
        place("C", "2026-11-20", "2026-11-25"),
        place("B2", "2026-11-25", at="B"),
    ]
    assert told("TRF-1", "2026-11-19", transfers=[ARRIVED], placements=onward)
    assert told("TRF-1", "2026-11-20", transfers=[ARRIVED], placements=onward) == []
    assert told("TRF-1", "2026-11-26", transfers=[ARRIVED], placements=and_back) == []


def test_trf_1_is_silent_on_a_cancelled_transfer_and_on_one_to_the_same_place():
    cancelled = PLAN | {"status": "cancelled"}
    nowhere = PLAN | {"to_location": "A"}
    assert told("TRF-1", "2026-11-09", transfers=[cancelled]) == []
    assert told("TRF-1", "2026-11-09", transfers=[nowhere]) == []


def test_trf_2_fires_two_days_after_the_planned_day():
    assert told("TRF-2", "2026-11-11", transfers=[PLAN]) == [("t1", "warning", "2026-11-11", None)]


def test_trf_2_is_silent_one_day_after_the_planned_day_and_after_arrival():
    assert told("TRF-2", "2026-11-10", transfers=[PLAN]) == []
    assert told("TRF-2", "2026-11-11", transfers=[ARRIVED]) == []


def test_trf_2_fires_critical_for_a_child_alone_until_18():
    left = [PLAN | {"status": "departed"}]
    for birth, severity in (("2008-11-12", "critical"), ("2008-11-11", "warning")):
        found = told("TRF-2", "2026-11-11", alone(birth), transfers=left)
        assert found == [("t1", severity, "2026-11-11", None)]


def test_trf_3_fires_on_the_day_that_responsibility_ended():
    workers = [during("r1", "2026-01-01", "2026-11-01"), during("r2", "2026-02-01", "2026-03-01")]
    assert told("TRF-3", "2026-11-01", placements=HERE, responsible=workers) == [
        ("responsible", "critical", "2026-11-01", None)
    ]


def test_trf_3_is_silent_on_the_last_day_of_responsibility_and_without_a_place():
    workers = [during("r1", "2026-01-01", "2026-11-01")]
    assert told("TRF-3", "2026-10-31", placements=HERE, responsible=workers) == []
    assert told("TRF-3", "2026-11-01", responsible=workers) == []


def test_trf_3_fires_since_the_place_began_when_nobody_was_ever_responsible():
    coming = [during("r1", "2026-12-01")]
    assert told("TRF-3", "2026-11-01", placements=HERE, responsible=coming) == [
        ("responsible", "critical", "2026-01-01", None)
    ]


def promised(*items, **more):
    """Return the arrived transfer with a handover of these items."""
    return ARRIVED | more | {"handover": {"items": [*items]}}


def item(name, outcome=None):
    """Return a promise that is open, or settled."""
    made = {"id": name, "topic": "wish_of_child", "text": "zwemles"}
    return made | ({"outcome": outcome} if outcome else {})


# Five working days after Wednesday 11 November are Wednesday the 18th.
def test_trf_4_fires_on_each_open_promise_five_working_days_after_arrival():
    move = promised(item("i1"), item("i2", "continues"), item("i3"))
    assert told("TRF-4", "2026-11-18", transfers=[move], placements=MOVED) == [
        ("t1:i1", "warning", "2026-11-18", "2026-11-18"),
        ("t1:i3", "warning", "2026-11-18", "2026-11-18"),
    ]


def test_trf_4_is_silent_on_the_fourth_working_day_and_when_all_is_settled():
    assert told("TRF-4", "2026-11-17", transfers=[promised(item("i1"))], placements=MOVED) == []
    settled = promised(item("i1", "ended"))
    assert told("TRF-4", "2026-11-18", transfers=[settled], placements=MOVED) == []
    assert told("TRF-4", "2026-11-18", transfers=[ARRIVED], placements=MOVED) == []


def test_trf_4_is_silent_before_arrival_and_when_both_ends_are_one_place():
    left = PLAN | {"status": "departed", "handover": {"items": [item("i1")]}}
    assert told("TRF-4", "2026-12-01", transfers=[left], placements=HERE) == []
    coming = promised(item("i1"), arrived_on="2026-12-02")
    assert told("TRF-4", "2026-12-01", transfers=[coming], placements=MOVED) == []
    same = promised(item("i1"), from_location="B")
    assert told("TRF-4", "2026-12-01", transfers=[same], placements=MOVED) == []


def test_trf_4_is_silent_when_the_child_went_on_to_another_place():
    onward = [*MOVED[:1], place("B", "2026-11-11", "2026-11-20"), place("C", "2026-11-20")]
    move = promised(item("i1"))
    assert told("TRF-4", "2026-11-19", transfers=[move], placements=onward)
    assert told("TRF-4", "2026-11-20", transfers=[move], placements=onward) == []
    and_back = [
        *onward[:2],
        place("C", "2026-11-20", "2026-11-25"),
        place("D", "2026-11-25", at="B"),
    ]
    assert told("TRF-4", "2026-11-26", transfers=[move], placements=and_back) == []
    nowhere = [*MOVED[:1], place("B", "2026-11-11", "2026-11-18")]
    assert told("TRF-4", "2026-11-18", transfers=[move], placements=nowhere) == []


def test_trf_4_carries_the_gist_of_the_promise():
    long = item("i2") | {"text": "Zwemles.\nElke woensdag om drie uur, " + "met de fiets " * 9}
    first, second = findings(
        "TRF-4", "2026-11-18", transfers=[promised(item("i1"), long)], placements=MOVED
    )
    assert first.detail == {"topic": "wish_of_child", "promise": "zwemles"}
    assert str(second.detail["promise"]).startswith("Zwemles. Elke woensdag om drie uur")
    assert len(str(second.detail["promise"])) <= 60
