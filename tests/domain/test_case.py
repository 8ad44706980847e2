"""What counts on a day, and in what order (rules.md 1)."""

from caseapp.domain.case import Case
from tests.domain.made import (
    alone,
    born,
    contact,
    d,
    dossier,
    during,
    line,
    place,
    school,
    transfer,
)


def case(on, child=None, **lists):
    return Case(dossier(child, **lists), d(on))


def ids(records):
    return [one.id for one in records]


def test_records_stand_by_first_day_then_end_with_open_ends_last_then_id():
    stays = [
        place("d", "2026-01-01"),
        place("c", "2026-01-01", "2026-03-01"),
        place("b", "2026-01-01", "2026-02-01"),
        place("a", "2026-01-01", "2026-02-01"),
        place("z", "2025-12-31"),
    ]
    assert ids(case("2026-06-01", placements=stays).placements) == ["z", "a", "b", "c", "d"]


def test_the_current_placement_is_the_last_in_the_order_of_those_that_cover_the_day():
    stays = [
        place("a", "2026-01-01"),
        place("b", "2026-02-01"),
        place("c", "2026-03-01", "2026-04-01"),
    ]
    assert case("2026-03-31", placements=stays).current.id == "c"
    assert case("2026-04-01", placements=stays).current.id == "b"
    assert case("2025-12-31", placements=stays).current is None


def test_a_stay_is_the_current_placement_and_those_of_its_location_directly_before_it():
    stays = [
        place("a", "2026-01-01", "2026-02-01", at="A"),
        place("b", "2026-02-01", "2026-03-01", at="B"),
        place("c", "2026-03-01", "2026-03-05", at="A"),
        place("e", "2026-03-10", at="A"),
        place("f", "2026-03-12", "2026-03-13", at="A"),
    ]
    child = case("2026-06-01", placements=stays)
    assert ids(child.stay) == ["c", "e"]
    assert [move.day for move in child.moves] == [d("2026-02-01"), d("2026-03-01")]
    assert child.move_that_led_here.placement.id == "c"
    assert child.move_that_led_here.left.id == "b"


def test_a_move_did_not_lead_here_when_the_child_stands_elsewhere_or_never_moved():
    first = place("a", "2026-01-01", at="A")
    away = place("b", "2026-02-01", "2026-02-03", at="B")
    assert case("2026-06-01", placements=[first]).move_that_led_here is None
    assert case("2026-02-02", placements=[first, away]).move_that_led_here.placement.id == "b"
    assert case("2026-06-01", placements=[first, away]).move_that_led_here is None


def test_an_arrival_led_here_unless_a_placement_elsewhere_began_on_or_after_it():
    arrived = transfer("t1", "B", "2026-01-01", "2026-02-01", "arrived", arrived_on="2026-02-01")
    here = place("z", "2026-02-01", at="B")
    for elsewhere, led in (("2026-01-31", True), ("2026-02-01", False), ("2026-02-02", False)):
        stays = [here, place("a", elsewhere, "2026-02-03", at="C")]
        child = case("2026-06-01", placements=stays, transfers=[arrived])
        assert child.led_here(child.transfers[0]) is led
    for to in ("2026-06-01", "2026-06-02"):
        child = case("2026-06-01", placements=[here | {"to": to}], transfers=[arrived])
        assert child.led_here(child.transfers[0]) is (to > "2026-06-01")


def test_records_of_a_later_day_do_not_count():
    child = case(
        "2026-06-01",
        placements=[place("a", "2026-06-01"), place("b", "2026-06-02")],
        transfers=[transfer(f"t{day}", "B", f"2026-06-0{day}", "2026-07-01") for day in (1, 2)],
        responsible=[during("a", "2026-06-01"), during("b", "2026-06-02")],
        whereabouts=[during(f"w{n}", f"2026-06-0{n}", state="other") for n in (1, 2)],
        guardianship=[during("a", "2026-06-01"), during("b", "2026-06-02")],
        support=[during(f"u{n}", f"2026-06-0{n}", regime="other") for n in (1, 2)],
        care=[line("a", "2026-06-01"), line("b", "2026-06-02")],
        contacts=[contact("a", "2026-06-01"), contact("b", "2026-06-02")],
        observations=[
            {"id": f"o{n}", "on": f"2026-06-0{n}", "source": "own", "level": "none"} for n in (1, 2)
        ],
        family_members=[
            {"ref": "a", "relation": "sibling", "location_since": "2026-06-01"},
            {"ref": "b", "relation": "sibling", "location_since": "2026-06-02"},
            {"ref": "c", "relation": "sibling"},
        ],
    )
    assert (ids(child.placements), ids(child.transfers)) == (["a"], ["t1"])
    assert (ids(child.responsible), ids(child.whereabouts)) == (["a"], ["w1"])
    assert (ids(child.guardianship), ids(child.care), ids(child.contacts)) == (["a"], ["a"], ["a"])
    assert (ids(child.support), ids(child.all_support)) == (["u1"], ["u1", "u2"])
    assert ids(child.observations) == ["o1"]
    assert [one.ref for one in child.family] == ["a", "c"]


def test_days_on_which_something_has_yet_to_happen_are_absent_and_planned_days_stand():
    told = {
        "care": [
            line(
                "c1", "2026-05-01", intake_on="2026-06-02", started_on="2026-06-02",
                contacts_on=["2026-06-01", "2026-06-02"], waiting_kept_on="2026-06-02",
                ended_on="2026-07-01", next_contact_on="2026-07-01", medication_until="2026-07-01",
            )
        ],
        "school": [
            school(
                "s1", "2026-06-02", "2026-07-01", waiting_list_since="2026-06-02",
                enrolled_on="2026-06-02", kept_after_move_on="2026-06-02", outflow_plan_on="2026-06-02",
            )
        ],
        "transfers": [
            transfer(
                "t1", "B", "2026-05-01", "2026-07-01", "arrived", arrived_on="2026-06-02",
                handover={"sent_on": "2026-06-02", "acknowledged_on": "2026-06-02"},
            )
        ],
    }  # fmt: skip
    before, after = case("2026-06-01", **told), case("2026-06-02", **told)
    (care,), (record,), (moved,) = before.care, before.school, before.transfers
    assert (care.intake_on, care.started_on, care.waiting_kept_on) == (None, None, None)
    assert care.contacts_on == (d("2026-06-01"),)
    planned = (
        care.ended_on,
        care.next_contact_on,
        care.medication_until,
        record.end,
        moved.planned_on,
    )
    assert set(planned) == {d("2026-07-01")}
    assert (record.waiting_list_since, record.enrolled_on) == (None, None)
    assert (record.kept_after_move_on, record.outflow_plan_on) == (None, None)
    assert record.attending_from == d("2026-06-02")
    assert (moved.status.value, moved.arrived_on) == ("planned", None)
    assert (moved.handover.sent_on, moved.handover.acknowledged_on) == (None, None)
    assert (after.care, after.transfers) == (
        dossier(**told).care,
        dossier(**told).transfers,
    )
    assert after.school == dossier(**told).school


def test_the_childs_own_days_that_are_to_come_are_absent():
    later = {
        "application_lodged_on": "2026-06-02",
        "first_arrival_on": "2026-05-01",
        "support_declined_on": "2026-06-02",
        "closed_on": "2026-06-02",
    }
    before, after = case("2026-06-01", later), case("2026-06-02", later)
    assert (before.lodged, after.lodged) == (d("2026-05-01"), d("2026-06-02"))
    assert (before.support_declined, after.support_declined) == (None, d("2026-06-02"))
    assert (before.watched, after.watched) == (True, False)


def test_compulsory_age_is_from_the_month_after_5_until_18_and_not_while_exempt():
    child = {"birth": born("2020-06-17", "month")}
    assert [
        case("2026-01-01", child).compulsory_on(d(day)) for day in ("2025-06-30", "2025-07-01")
    ] == [
        False,
        True,
    ]
    assert [
        case("2026-01-01", child).compulsory_on(d(day)) for day in ("2038-06-29", "2038-06-30")
    ] == [
        True,
        False,
    ]
    exempt = [school("s1", "2026-02-01", "2026-03-01", kind="EXEMPT")]
    lasting = case("2026-01-01", child, school=exempt)
    days = ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
    assert [lasting.compulsory_on(d(day)) for day in days] == [True, False, False, True]


def test_who_came_alone_is_alone_until_the_last_possible_birthday_18():
    child = alone("2008-06-17", "year")
    assert case("2026-12-30", child).alone
    assert not case("2026-12-31", child).alone
    assert not case("2026-01-01", {"birth": born("2010-01-01")}).alone
