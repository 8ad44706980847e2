"""Examples of the rules about care."""

from tests.domain.made import findings, line, place, told, transfer

# The move is on Monday 14 September 2026; ten working days later is Monday 28 September.
MOVED = [place("p1", "2025-09-01", "2026-09-14"), place("p2", "2026-09-14")]
THERAPY = line("c1", "2025-11-03", started_on="2026-03-02", contacts_on=["2026-09-07"])


def care(rule, on, *lines, placements=MOVED):
    return told(rule, on, placements=placements, care=list(lines))


def test_car_1_fires_on_the_day_of_the_move():
    assert care("CAR-1", "2026-09-14", THERAPY) == [
        ("c1@p2", "warning", "2026-09-14", "2026-09-28")
    ]


def test_car_1_is_silent_the_day_before_the_move():
    assert care("CAR-1", "2026-09-13", THERAPY) == []


def test_car_1_fires_critical_ten_working_days_after_the_move():
    assert care("CAR-1", "2026-09-27", THERAPY)[0][1] == "warning"
    assert care("CAR-1", "2026-09-28", THERAPY)[0][1] == "critical"


def test_car_1_fires_critical_when_the_medicine_has_run_out():
    medicine = THERAPY | {"medication_until": "2026-09-20"}
    assert care("CAR-1", "2026-09-20", medicine) == [
        ("c1@p2", "warning", "2026-09-14", "2026-09-20")
    ]
    assert care("CAR-1", "2026-09-21", medicine)[0][1] == "critical"
    later = THERAPY | {"medication_until": "2026-12-01"}
    assert care("CAR-1", "2026-09-20", later)[0][3] == "2026-09-28"


def test_car_1_is_silent_when_not_place_bound_or_not_running_on_the_eve():
    for other, silent in (
        (THERAPY | {"place_bound": False}, True),
        (line("c1", "2025-11-03"), True),
        (line("c1", "2025-11-03", started_on="2026-09-14"), True),
        (line("c1", "2025-11-03", started_on="2026-09-13"), False),
        (THERAPY | {"ended_on": "2026-09-13", "end_reason": "completed"}, True),
    ):
        assert (care("CAR-1", "2026-09-20", other) == []) is silent, other


def test_car_1_is_silent_once_the_line_has_really_ended():
    for reason, silent in (("completed", True), ("other", True), ("moved", False)):
        done = THERAPY | {"ended_on": "2026-09-18", "end_reason": reason}
        assert care("CAR-1", "2026-09-17", done)
        assert (care("CAR-1", "2026-09-18", done) == []) is silent
    assert care("CAR-1", "2026-09-18", THERAPY | {"ended_on": "2026-09-18"}) == []


def test_car_1_is_silent_from_a_contact_on_or_after_the_move():
    seen = THERAPY | {"contacts_on": ["2026-09-07", "2026-09-18"]}
    assert care("CAR-1", "2026-09-17", seen)
    assert care("CAR-1", "2026-09-18", seen) == []
    assert care("CAR-1", "2026-09-18", THERAPY | {"contacts_on": ["2026-09-14"]}) == []


def test_car_1_is_silent_while_an_appointment_is_today_or_later():
    booked = THERAPY | {"next_contact_on": "2026-09-18"}
    assert care("CAR-1", "2026-09-18", booked) == []
    assert care("CAR-1", "2026-09-19", booked)


def test_car_1_is_silent_when_a_line_that_continues_it_started_or_has_an_appointment():
    referred = line("c2", "2026-09-15", continues="c1")
    further = line("c3", "2026-09-15", continues="c2")
    for others, silent in (
        ([referred], False),
        ([referred | {"started_on": "2026-09-20"}], True),
        ([referred | {"started_on": "2026-09-21"}], False),
        ([referred | {"next_contact_on": "2026-09-20"}], True),
        ([referred | {"next_contact_on": "2026-09-19"}], False),
        ([referred, further | {"started_on": "2026-09-20"}], True),
        ([referred | {"continues": "c9", "started_on": "2026-09-20"}], False),
    ):
        assert (care("CAR-1", "2026-09-20", THERAPY, *others) == []) is silent, others


def test_car_1_fires_since_the_first_move_after_the_last_contact():
    moves = [
        place("p1", "2025-09-01", "2026-02-02"),
        place("p2", "2026-02-02", "2026-06-01"),
        place("p3", "2026-06-01", "2026-09-14"),
        place("p4", "2026-09-14"),
    ]
    for contacts, since, due in (
        (["2026-05-31"], "2026-06-01", "2026-06-15"),
        (["2026-06-01"], "2026-09-14", "2026-09-28"),
        ([], "2026-02-02", "2026-02-16"),
    ):
        broken = line("c1", "2025-10-01", started_on="2025-12-01", contacts_on=contacts)
        found = care("CAR-1", "2026-09-14", broken, placements=moves)
        assert [one[0] for one in found] == ["c1@p4"]
        assert found[0][2:] == (since, due)


def test_car_1_is_silent_when_the_latest_move_did_not_lead_here():
    short = place("p3", "2026-09-15", "2026-09-16")
    assert care("CAR-1", "2026-09-20", THERAPY, placements=[*MOVED, short]) == []
    gone = [MOVED[0], place("p2", "2026-09-14", "2026-09-18")]
    assert care("CAR-1", "2026-09-17", THERAPY, placements=gone)
    assert care("CAR-1", "2026-09-18", THERAPY, placements=gone) == []


WAITING = line("c1", "2026-03-02")


def test_car_2_fires_28_days_after_the_referral_to_youth_care():
    assert care("CAR-2", "2026-03-30", WAITING) == [("c1", "warning", "2026-03-30", None)]
    assert care("CAR-2", "2026-03-30", WAITING | {"kind": "JEUGDHULP"})


def test_car_2_is_silent_27_days_after_the_referral():
    assert care("CAR-2", "2026-03-29", WAITING) == []


def test_car_2_fires_critical_from_98_days_with_or_without_an_intake():
    assert care("CAR-2", "2026-06-07", WAITING)[0][1] == "warning"
    assert care("CAR-2", "2026-06-08", WAITING) == [("c1", "critical", "2026-03-30", None)]
    seen = WAITING | {"intake_on": "2026-03-10"}
    assert care("CAR-2", "2026-06-07", seen) == []
    assert care("CAR-2", "2026-06-08", seen) == [("c1", "critical", "2026-06-08", None)]


def test_car_2_fires_after_42_and_84_days_for_other_kinds_whatever_the_intake():
    other = WAITING | {"kind": "PARAMEDIC", "intake_on": "2026-03-10"}
    assert care("CAR-2", "2026-04-12", other) == []
    assert care("CAR-2", "2026-04-13", other) == [("c1", "warning", "2026-04-13", None)]
    assert care("CAR-2", "2026-05-24", other)[0][1] == "warning"
    assert care("CAR-2", "2026-05-25", other)[0][1] == "critical"


def test_car_2_fires_counting_from_the_root_of_the_chain():
    broken = WAITING | {"ended_on": "2026-03-16", "end_reason": "moved"}
    again = line("c2", "2026-03-23", continues="c1")
    assert care("CAR-2", "2026-03-29", broken, again) == []
    assert care("CAR-2", "2026-03-30", broken, again) == [("c1", "warning", "2026-03-30", None)]


def test_car_2_fires_counting_only_the_lines_after_the_last_that_started():
    root = line("c1", "2025-01-01", started_on="2025-02-01", intake_on="2025-01-20")
    second = line("c2", "2026-03-02", continues="c1")
    third = line("c3", "2026-03-20", continues="c2")
    assert care("CAR-2", "2026-03-29", root, second, third) == []
    assert care("CAR-2", "2026-03-30", root, second, third) == [
        ("c1", "warning", "2026-03-30", None)
    ]


def test_car_2_is_silent_once_started_or_ended():
    for change, silent in (
        ({"started_on": "2026-04-01"}, True),
        ({"started_on": "2026-04-02"}, False),
        ({"ended_on": "2026-04-01"}, True),
        ({"ended_on": "2026-04-02"}, False),
        ({"ended_on": "2026-04-01", "end_reason": "moved"}, False),
    ):
        assert (care("CAR-2", "2026-04-01", WAITING | change) == []) is silent, change


def test_car_2_fires_when_the_link_is_unknown_to_itself_or_in_a_circle():
    for link in ("c9", "c1"):
        assert care("CAR-2", "2026-03-30", WAITING | {"continues": link})[0][0] == "c1"
    circle = [WAITING | {"continues": "c2"}, line("c2", "2026-03-03", continues="c1")]
    onward = line("c3", "2026-03-20", continues="c2")
    found = care("CAR-2", "2026-03-31", *circle, onward)
    assert [(one[0], one[2]) for one in found] == [("c1", "2026-03-30"), ("c2", "2026-03-31")]


def test_car_2_fires_once_for_a_branched_chain_with_the_gravest():
    root = line("c1", "2026-03-02", ended_on="2026-03-10", end_reason="moved")
    youth = line("c2", "2026-03-11", continues="c1")
    other = line("c3", "2026-03-11", kind="DENTAL", continues="c1")
    assert care("CAR-2", "2026-04-20", root, youth, other) == [
        ("c1", "warning", "2026-03-30", None)
    ]


LIST = line("c1", "2026-05-01", kind="PARAMEDIC")


def test_car_3_fires_on_the_day_of_the_move():
    assert care("CAR-3", "2026-09-14", LIST) == [("c1@p2", "warning", "2026-09-14", "2026-09-28")]


def test_car_3_is_silent_the_day_before_the_move():
    assert care("CAR-3", "2026-09-13", LIST) == []


def test_car_3_fires_critical_ten_working_days_after_the_move():
    assert care("CAR-3", "2026-09-27", LIST)[0][1] == "warning"
    assert care("CAR-3", "2026-09-28", LIST)[0][1] == "critical"


def test_car_3_is_silent_when_kept_started_ended_continued_or_not_place_bound():
    again = line("c2", "2026-09-16", continues="c1")
    for change, others, silent in (
        ({"waiting_kept_on": "2026-09-14"}, [], True),
        ({"waiting_kept_on": "2026-09-13"}, [], False),
        ({"waiting_kept_on": "2026-09-21"}, [], False),
        ({"started_on": "2026-09-20"}, [], True),
        ({"ended_on": "2026-09-20"}, [], True),
        ({"place_bound": False}, [], True),
        ({"referred_on": "2026-09-14"}, [], True),
        ({"referred_on": "2026-09-13"}, [], False),
        ({}, [again], True),
        ({}, [again | {"referred_on": "2026-09-21"}], False),
    ):
        assert (care("CAR-3", "2026-09-20", LIST | change, *others) == []) is silent, change


def test_car_3_fires_since_the_first_move_after_it_was_kept():
    moves = [
        place("p1", "2025-09-01", "2026-06-01"),
        place("p2", "2026-06-01", "2026-09-14"),
        place("p3", "2026-09-14"),
    ]
    for kept, since in (("2026-05-31", "2026-06-01"), ("2026-06-01", "2026-09-14")):
        listed = LIST | {"waiting_kept_on": kept}
        assert care("CAR-3", "2026-09-14", listed, placements=moves)[0][2] == since
    assert care("CAR-3", "2026-09-14", LIST, placements=moves)[0][:3] == (
        "c1@p3", "critical", "2026-06-01"
    )  # fmt: skip


def test_car_1_carries_the_facts_of_its_sentence():
    (found,) = findings("CAR-1", "2026-09-20", placements=MOVED, care=[THERAPY])
    assert found.detail == {"care": "GGZ", "from_location": "p1", "to_location": "p2"}


# Announced on 1 September 2026 for 5 October; fourteen days after it is 19 October.
COMING = transfer("t1", "B", "2026-09-01", "2026-10-05")
MEDICINE = line("c1", "2025-11-03", started_on="2026-03-02", medication_until="2026-10-18")


def runs_out(on, medicine=MEDICINE, *transfers):
    return told("CAR-4", on, care=[medicine], transfers=list(transfers or [COMING]))


def test_car_4_fires_from_the_day_the_move_is_announced():
    assert runs_out("2026-09-01") == [("c1@t1", "critical", "2026-09-01", "2026-10-18")]


def test_car_4_is_silent_before_the_announcement_and_once_the_planned_day_is_past():
    assert runs_out("2026-08-31") == []
    assert runs_out("2026-10-05")
    assert runs_out("2026-10-06") == []


def test_car_4_is_silent_when_the_medicine_lasts_fourteen_days_after_the_move():
    assert runs_out("2026-09-01", MEDICINE | {"medication_until": "2026-10-19"}) == []
    without = {key: value for key, value in MEDICINE.items() if key != "medication_until"}
    assert runs_out("2026-09-01", without) == []


def test_car_4_fires_on_medicine_that_has_run_out_already():
    assert runs_out("2026-09-10", MEDICINE | {"medication_until": "2026-09-01"}) == [
        ("c1@t1", "critical", "2026-09-01", "2026-09-01")
    ]


def test_car_4_is_silent_while_a_check_up_comes_before_the_medicine_is_gone():
    for on, silent in (
        ("2026-09-09", False),
        ("2026-09-10", True),
        ("2026-10-18", True),
        ("2026-10-19", False),
    ):
        found = runs_out("2026-09-10", MEDICINE | {"next_contact_on": on})
        assert (found == []) is silent, on


def test_car_4_fires_since_care_that_started_after_the_announcement():
    later = MEDICINE | {"started_on": "2026-09-10"}
    assert runs_out("2026-09-09", later) == []
    assert runs_out("2026-09-10", later)[0][2] == "2026-09-10"


def test_car_4_is_silent_on_care_that_has_ended_but_not_on_care_broken_off():
    for reason, silent in (("completed", True), ("moved", False)):
        done = MEDICINE | {"ended_on": "2026-09-10", "end_reason": reason}
        assert runs_out("2026-09-09", done)
        assert (runs_out("2026-09-10", done) == []) is silent


def test_car_4_fires_whether_or_not_the_care_is_bound_to_the_place():
    assert runs_out("2026-09-10", MEDICINE | {"place_bound": False})


def test_car_4_is_silent_on_a_move_that_left_arrived_was_cancelled_or_goes_nowhere():
    for change, silent in (
        ({"status": "confirmed"}, False),
        ({"status": "departed"}, True),
        ({"status": "cancelled"}, True),
        ({"status": "arrived", "arrived_on": "2026-09-09"}, True),
        ({"status": "arrived", "arrived_on": "2026-09-11"}, False),
        ({"to_location": "A"}, True),
    ):
        assert (runs_out("2026-09-10", MEDICINE, COMING | change) == []) is silent, change


def test_car_4_fires_for_each_planned_move():
    second = transfer("t2", "C", "2026-09-05", "2026-10-06")
    assert [one[0] for one in runs_out("2026-09-05", MEDICINE, COMING, second)] == [
        "c1@t1", "c1@t2"
    ]  # fmt: skip
