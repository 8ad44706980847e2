"""What a move would break, held against the same days without it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from caseapp.domain.continuity import assess
from caseapp.domain.document import parse
from caseapp.domain.impact import THOUGHT_OF, Fact, Group, Topic, impact_of
from caseapp.domain.impact.worlds import arrived
from caseapp.domain.rules.rule import Severity
from tests.domain import random_dossiers
from tests.domain.intended import ATTENDS, DAY, LIVES, NEAR, TODAY, going, hurt, of, sibling
from tests.domain.made import LIMITS, alone, d, dossier, during, line, place, school, transfer


def test_a_child_with_nothing_to_lose_is_calm():
    found = of(child={"birth": {"date": "2024-03-14", "precision": "day", "status": "declared"}})
    assert (found.breaks, found.attention, found.group) == ((), (), Group.CALM)
    assert found.harm == 0
    assert found.moves == 1


def test_running_care_that_is_bound_to_the_place_breaks():
    found = of(care=[line("c1", "2026-02-13", started_on="2026-03-10")])
    [item] = found.breaks
    assert (item.about, item.subject, item.topic) == ("CAR-1", f"c1@{THOUGHT_OF}", Topic.CARE)
    assert item.severity is Severity.CRITICAL
    assert item.detail["care"] == "GGZ"
    assert found.group is Group.FIRST


def test_a_dentist_can_wait():
    found = of(care=[line("c1", "2026-02-13", kind="DENTAL", started_on="2026-03-10")])
    assert found.breaks == ()
    assert hurt(found)["CAR-1"] == "warning"


@pytest.mark.parametrize(
    ("started", "breaks"), [("2026-12-14", True), ("2026-12-15", False), (None, False)]
)
def test_care_breaks_only_when_it_runs_on_the_eve(started, breaks):
    more = {"started_on": started} if started else {}
    found = of(today=DAY, care=[line("c1", "2026-02-13", **more)])
    assert ("CAR-1" in hurt(found)) is breaks


def test_care_that_is_not_bound_to_the_place_goes_along():
    free = line("c1", "2026-02-13", kind="JGZ", place_bound=False, started_on="2026-03-10")
    found = of(care=[free])
    assert found.breaks == ()
    assert Fact.CARE_GOES_ALONG in [one.about for one in found.good]


@pytest.mark.parametrize(
    ("booked", "breaks", "rebook"),
    [("2026-12-14", True, False), ("2026-12-15", False, True), ("2026-12-17", False, True)],
)
def test_an_appointment_on_or_after_the_day_is_to_be_booked_anew(booked, breaks, rebook):
    care = [line("c1", "2026-02-13", started_on="2026-03-10", next_contact_on=booked)]
    found = of(care=care)
    assert ("CAR-1" in hurt(found)) is breaks
    assert (Fact.APPOINTMENT in hurt(found)) is rebook


def test_an_appointment_of_care_that_has_ended_is_not_booked_anew():
    care = [
        line(
            "c1", "2026-02-13", started_on="2026-03-10", ended_on="2026-12-01",
            end_reason="completed", next_contact_on="2026-12-17",
        )
    ]  # fmt: skip
    assert Fact.APPOINTMENT not in hurt(of(care=care))


def test_a_place_on_a_waiting_list_is_at_risk():
    found = of(care=[line("c1", "2026-11-13", kind="PARAMEDIC")])
    assert hurt(found)["CAR-3"] == "warning"
    assert found.worst_of(Topic.WAITING).detail["care"] == "PARAMEDIC"
    assert found.group is Group.ARRANGE


def test_a_school_in_another_municipality_is_lost_and_a_near_one_stays():
    assert hurt(of(school=[ATTENDS]))["SCH-2"] == "warning"
    near = of(going(NEAR), school=[ATTENDS])
    assert "SCH-2" not in hurt(near)
    assert Fact.SCHOOL_STAYS in [one.about for one in near.good]


def test_a_place_at_the_new_school_in_time_goes_well():
    coming = school("s2", "2026-12-16", municipality="GM9903")
    found = of(school=[ATTENDS, coming])
    assert "SCH-2" not in hurt(found)
    [item] = [one for one in found.good if one.about == Fact.SCHOOL_PLACE]
    assert item.due == d("2026-12-16")


def test_no_school_is_asked_for_a_child_of_two():
    small = {"birth": {"date": "2024-03-14", "precision": "day", "status": "declared"}}
    assert all(one.topic is not Topic.SCHOOL for one in of(child=small).attention)


def test_brothers_and_sisters_who_stay_behind_break():
    found = of(family_members=[sibling()])
    assert hurt(found)["PLA-5"] == "critical"
    assert found.worst_of(Topic.FAMILY).detail["name"] == "Adam"


def test_brothers_and_sisters_who_move_along_stay_together():
    found = of(going(along=frozenset({"broer"})), family_members=[sibling()])
    assert "PLA-5" not in hurt(found)
    assert Fact.FAMILY_ALONG in [one.about for one in found.good]


def test_a_move_to_where_a_sister_lives_mends():
    found = of(family_members=[sibling(at="C")])
    assert "PLA-5" not in hurt(found)
    assert {(one.about, one.subject) for one in found.good} >= {
        (Fact.MENDED, "PLA-5"),
        (Fact.FAMILY_THERE, "broer"),
    }


@pytest.mark.parametrize(
    ("moves", "expected"),
    [(["2026-03-02"], "warning"), (["2026-03-02", "2026-06-15"], "critical"), ([], None)],
)
def test_the_move_is_counted_with_those_of_the_last_year(moves, expected):
    days = ["2026-01-05", *moves]
    ends = [*moves, None]
    lived = [
        place(f"p{n}", start, end, at=f"L{n}")
        for n, (start, end) in enumerate(zip(days, ends, strict=True))
    ]
    found = of(placements=lived)
    assert hurt(found).get("PLA-2") == expected
    assert found.moves == len(moves) + 1


def test_a_third_move_is_told_though_a_second_was_a_warning_already():
    lived = [
        place("p0", "2026-01-05", "2026-03-02", at="L0"),
        place("p1", "2026-03-02", "2026-06-15", at="L1"),
        place("p2", "2026-06-15", "2026-09-01", at="L2"),
        place("p3", "2026-09-01", at="L3"),
    ]
    found = of(placements=lived)
    assert hurt(found)["PLA-2"] == "critical"
    assert found.worst_of(Topic.MOVES).detail["moves"] == 4


def test_what_is_broken_already_is_not_blamed_on_the_move():
    lived = [
        place("p0", "2026-01-05", "2026-11-09", at="L0", town="GM9902"),
        place("p1", "2026-11-09", at="A"),
    ]
    care = [line("c1", "2026-02-13", started_on="2026-03-10", contacts_on=["2026-11-02"])]
    found = of(placements=lived, care=care)
    assert "CAR-1" not in hurt(found)
    assert [one.about for one in found.already] == ["CAR-1"]


def test_what_time_alone_would_break_is_not_blamed_on_the_move():
    child = alone() | {"application_lodged_on": "2025-11-03"}
    guarded = [during("g1", "2026-11-16")]
    found = of(going(on=d("2026-12-22")), child=child, guardianship=guarded)
    assert "GUA-2" not in hurt(found)


def test_a_planned_move_on_record_gives_the_same_as_one_thought_of():
    care = [line("c1", "2026-02-13", started_on="2026-03-10")]
    written = transfer("t1", "C", "2026-11-20", DAY.isoformat())
    on_record = of(going(transfer_id="t1"), care=care, school=[ATTENDS], transfers=[written])
    thought_of = of(care=care, school=[ATTENDS])
    assert hurt(on_record) == hurt(thought_of)
    assert on_record.moves == thought_of.moves


def test_a_move_whose_day_has_passed_is_looked_at_as_if_it_were_done_today():
    late = of(going(on=d("2026-11-20")), care=[line("c1", "2026-02-13", started_on="2026-03-10")])
    assert late.day == TODAY
    assert hurt(late)["CAR-1"] == "critical"


def test_two_weeks_in_a_large_place_are_too_long_for_a_child_of_13_alone():
    lived = [place("p1", "2026-01-05", at="A", kind="NIDOS_FAM")]
    child = alone(birth="2013-05-10")
    found = of(placements=lived, child=child)
    assert "AMV-1" in hurt(found)
    older = of(placements=lived, child=alone(birth="2010-05-10"))
    assert "AMV-1" not in hurt(older)


def test_what_the_rules_find_on_the_day_of_arrival_is_what_they_find_when_it_has_come():
    care = [
        line("c1", "2026-02-13", started_on="2026-03-10"),
        line("c2", "2026-11-13", kind="PARAMEDIC"),
    ]
    facts = dossier(None, **LIVES, care=care, family_members=[sibling()])
    found = impact_of(facts, going(), TODAY, LIMITS)
    real = assess(arrived(facts, going(), DAY), DAY, LIMITS)
    told = {(one.about, one.subject) for one in (*found.breaks, *found.attention)}
    assert {one.identity for one in real if one.rule in {"CAR-1", "CAR-3", "PLA-5"}} <= told


def test_a_closed_file_breaks_nothing():
    care = [line("c1", "2026-02-13", started_on="2026-03-10")]
    found = of(child={"closed_on": "2026-11-01"}, care=care)
    assert (found.breaks, found.attention) == ((), ())


def test_worst_first_within_a_part():
    care = [
        line("c2", "2026-11-13", kind="PARAMEDIC"),
        line("c3", "2026-10-13", started_on="2026-10-20", next_contact_on="2026-12-17"),
    ]
    found = of(care=care, school=[ATTENDS])
    harms = [one.harm for one in found.attention]
    assert harms == sorted(harms, reverse=True)
    assert found.harm == sum(harms)


def test_the_day_itself_puts_no_child_in_another_group():
    found = of(going(on=TODAY + timedelta(days=1), announced="2026-11-24"), school=[])
    assert all(one.topic is Topic.DAY for one in found.breaks)
    assert found.group is not Group.FIRST


@settings(max_examples=100, deadline=None)
@given(random_dossiers.documents)
def test_any_dossier_has_an_impact_whatever_the_order_of_its_records(written):
    facts = parse(written)
    backwards = parse({k: v[::-1] if isinstance(v, list) else v for k, v in written.items()})
    today = random_dossiers.TODAY
    move = going(on=today + timedelta(days=20), announced=today.isoformat())
    assert impact_of(facts, move, today, LIMITS) == impact_of(backwards, move, today, LIMITS)
