"""Examples of the rules about school."""

from tests.domain.made import born, findings, place, school, told

OLD_LAW = {"application_lodged_on": "2026-06-11"}
NEW_LAW = {"application_lodged_on": "2026-06-12"}


def test_sch_1_fires_when_half_of_the_time_has_gone():
    # 11 June to 11 September are 92 days: half is 46, three quarters 69.
    assert told("SCH-1", "2026-07-27", OLD_LAW) == [
        ("school-access", "notice", "2026-07-27", "2026-09-11")
    ]


def test_sch_1_is_silent_the_day_before_half():
    assert told("SCH-1", "2026-07-26", OLD_LAW) == []


def test_sch_1_fires_as_a_warning_at_three_quarters_and_critical_at_the_end():
    days = ("2026-08-18", "2026-08-19", "2026-09-10", "2026-09-11")
    found = [findings("SCH-1", on, OLD_LAW)[0].severity.value for on in days]
    assert found == ["notice", "warning", "warning", "critical"]


def test_sch_1_fires_earlier_for_who_lodged_under_the_new_law():
    # 61 days: half is 30.5, rounded up to 31; three quarters 45.75, to 46.
    assert told("SCH-1", "2026-07-12", NEW_LAW) == []
    assert told("SCH-1", "2026-07-13", NEW_LAW) == [
        ("school-access", "notice", "2026-07-13", "2026-08-12")
    ]
    assert findings("SCH-1", "2026-07-27", NEW_LAW)[0].severity.value == "notice"
    assert findings("SCH-1", "2026-07-28", NEW_LAW)[0].severity.value == "warning"


def test_sch_1_fires_from_the_arrival_when_lodging_is_unknown_or_to_come():
    for child in (
        {"first_arrival_on": "2026-06-11"},
        {"first_arrival_on": "2026-06-11", "application_lodged_on": "2027-01-01"},
    ):
        assert told("SCH-1", "2026-07-27", child)[0][2:] == ("2026-07-27", "2026-09-11")


def test_sch_1_is_silent_when_neither_lodging_nor_arrival_is_known():
    assert told("SCH-1", "2026-12-01") == []


def test_sch_1_is_silent_from_the_first_day_at_school():
    record = [school("s1", "2026-09-01", "2026-09-10")]
    assert told("SCH-1", "2026-08-31", OLD_LAW, school=record)
    assert told("SCH-1", "2026-09-01", OLD_LAW, school=record) == []
    assert told("SCH-1", "2026-12-01", OLD_LAW, school=record) == []


def test_sch_1_fires_when_only_preschool_or_a_waiting_list_is_on_record():
    records = [
        school("s1", "2026-06-20", kind="VVE"),
        school("s2", waiting_list_since="2026-06-20"),
    ]
    assert told("SCH-1", "2026-09-01", OLD_LAW, school=records)


def test_sch_1_is_silent_while_an_exemption_lasts():
    record = [school("s1", "2026-06-20", "2026-09-01", kind="EXEMPT")]
    assert told("SCH-1", "2026-08-31", OLD_LAW, school=record) == []
    assert told("SCH-1", "2026-09-01", OLD_LAW, school=record)


def test_sch_1_fires_counting_from_the_start_of_compulsory_age():
    # Five on 20 August 2026: compulsory from 1 September; until 1 November are 61 days.
    child = NEW_LAW | {"birth": born("2021-08-20")}
    assert told("SCH-1", "2026-10-01", child) == []
    assert told("SCH-1", "2026-10-02", child) == [
        ("school-access", "notice", "2026-10-02", "2026-11-01")
    ]


def test_sch_1_is_silent_from_18_on_by_the_last_possible_day():
    child = NEW_LAW | {"birth": born("2008-01-01", "year")}
    assert told("SCH-1", "2026-12-30", child)
    assert told("SCH-1", "2026-12-31", child) == []


# Thursday 15 October 2026; the autumn holiday in the middle is 17 to 25 October.
MOVED = [
    place("p1", "2026-03-09", "2026-10-15", region="zuid", town="GM9901"),
    place("p2", "2026-10-15", town="GM9904"),
]
LEFT = [school("s1", "2026-04-01", "2026-10-15", municipality="GM9901")]


def test_sch_2_fires_on_the_fifth_school_day_after_a_move():
    assert told("SCH-2", "2026-10-28", placements=MOVED, school=LEFT) == [
        ("p2", "warning", "2026-10-15", "2026-11-04")
    ]


def test_sch_2_is_silent_on_the_fourth_school_day():
    assert told("SCH-2", "2026-10-27", placements=MOVED, school=LEFT) == []


def test_sch_2_fires_critical_on_the_tenth_school_day():
    days = ("2026-11-03", "2026-11-04")
    found = [findings("SCH-2", on, placements=MOVED, school=LEFT)[0].severity.value for on in days]
    assert found == ["warning", "critical"]


def test_sch_2_is_silent_once_a_school_near_a_new_one_or_the_kept_one_is_attended():
    for record, silent in (
        (school("s2", "2026-10-01", municipality="GM9904"), True),
        (school("s2", "2026-10-14", municipality="GM9902"), False),
        (school("s2", "2026-10-15", municipality="GM9902"), True),
        (school("s2", "2026-04-01", kept_after_move_on="2026-10-14"), False),
        (school("s2", "2026-04-01", kept_after_move_on="2026-10-15"), True),
        (school("s2", "2026-04-01", kept_after_move_on="2026-10-29"), False),
        (school("s2", "2026-10-20", "2026-10-28", municipality="GM9904"), False),
        (school("s2", "2026-10-29", municipality="GM9904"), False),
        (school("s2", "2026-10-20", municipality="GM9904", kind="VVE"), False),
    ):
        found = told("SCH-2", "2026-10-28", placements=MOVED, school=[*LEFT, record])
        assert (found == []) is silent, record


def test_sch_2_is_silent_for_who_never_attended_and_without_a_move():
    assert told("SCH-2", "2026-10-28", placements=MOVED) == []
    assert told("SCH-2", "2026-10-28", placements=MOVED[:1], school=LEFT) == []


def test_sch_2_is_silent_when_the_latest_move_did_not_begin_the_stay():
    short = place("p3", "2026-10-16", "2026-10-17", town="GM9905")
    assert told("SCH-2", "2026-10-28", placements=[*MOVED, short], school=LEFT) == []


def test_sch_2_fires_counting_the_holidays_of_the_region_of_each_day():
    # In the north the autumn holiday was 10 to 18 October: the fifth school day is the 23rd.
    north = [MOVED[0], place("p2", "2026-10-15", town="GM9904", region="noord")]
    assert told("SCH-2", "2026-10-22", placements=north, school=LEFT) == []
    assert told("SCH-2", "2026-10-23", placements=north, school=LEFT)
    # The same location counts as in the middle from 19 October on: two holidays in a row.
    split = [
        MOVED[0],
        place("p2", "2026-10-15", "2026-10-19", at="B", town="GM9904", region="noord"),
        place("p3", "2026-10-19", at="B", town="GM9904", region="midden"),
    ]
    assert told("SCH-2", "2026-10-29", placements=split, school=LEFT) == []
    assert told("SCH-2", "2026-10-30", placements=split, school=LEFT) == [
        ("p2", "warning", "2026-10-15", "2026-11-06")
    ]


TOV = [school("s1", "2026-02-27", kind="TNV_TOV")]


def test_sch_5_fires_after_six_months_of_temporary_schooling():
    assert told("SCH-5", "2026-08-27", school=TOV) == [("s1", "warning", "2026-08-27", None)]


def test_sch_5_is_silent_the_day_before_and_when_it_has_ended():
    assert told("SCH-5", "2026-08-26", school=TOV) == []
    ended = [school("s1", "2026-02-27", "2026-08-28", kind="TNV_TOV")]
    assert told("SCH-5", "2026-08-27", school=ended)
    assert told("SCH-5", "2026-08-28", school=ended) == []


def test_sch_5_fires_on_the_last_day_of_a_shorter_month():
    record = [school("s1", "2026-03-31", kind="ON_LOCATION")]
    assert told("SCH-5", "2026-09-29", school=record) == []
    assert told("SCH-5", "2026-09-30", school=record)[0][2] == "2026-09-30"


def test_sch_5_fires_counting_from_the_first_of_a_run_of_both_types():
    records = [
        school("s0", waiting_list_since="2026-01-01", kind="PO_nieuwkomers"),
        school("s1", "2026-01-05", "2026-03-01", kind="ON_LOCATION"),
        school("s2", "2026-01-20", "2026-02-01", kind="VVE"),
        school("s3", "2026-04-01", kind="TNV_TOV"),
    ]
    assert told("SCH-5", "2026-07-04", school=records) == []
    assert told("SCH-5", "2026-07-05", school=records) == [("s3", "warning", "2026-07-05", None)]


def test_sch_5_is_silent_about_a_run_that_another_school_broke():
    records = [
        school("s1", "2026-01-05", "2026-03-01", kind="ON_LOCATION"),
        school("s2", "2026-03-01", "2026-04-01", kind="PO_regulier"),
        school("s3", "2026-04-01", kind="TNV_TOV"),
    ]
    assert told("SCH-5", "2026-09-30", school=records) == []
    assert told("SCH-5", "2026-10-01", school=records)[0][2] == "2026-10-01"


def test_sch_5_fires_for_each_record_that_is_attended():
    records = [
        school("s1", "2026-01-05", kind="ON_LOCATION"),
        school("s2", "2026-02-01", kind="TNV_TOV"),
        school("s3", "2026-02-01", kind="PO_regulier"),
    ]
    assert [one[0] for one in told("SCH-5", "2026-07-05", school=records)] == ["s1", "s2"]


def test_sch_5_is_silent_for_who_need_not_be_at_school():
    for birth, silent in (("2008-08-28", False), ("2008-08-27", True), ("2021-08-01", True)):
        found = told("SCH-5", "2026-08-27", {"birth": born(birth)}, school=TOV)
        assert (found == []) is silent, birth


ISK = [school("s1", "2025-03-10", kind="VO_ISK")]


def test_sch_6_fires_after_18_months_without_a_plan_and_critical_after_24():
    assert told("SCH-6", "2026-09-10", school=ISK) == [("s1", "warning", "2026-09-10", None)]
    assert told("SCH-6", "2027-03-09", school=ISK)[0][1] == "warning"
    assert told("SCH-6", "2027-03-10", school=ISK) == [("s1", "critical", "2026-09-10", None)]


def test_sch_6_is_silent_before_18_months_and_with_a_plan_before_24():
    assert told("SCH-6", "2026-09-09", school=ISK) == []
    planned = [ISK[0] | {"outflow_plan_on": "2026-09-10"}]
    assert told("SCH-6", "2026-09-10", school=planned) == []
    assert told("SCH-6", "2027-03-09", school=planned) == []


def test_sch_6_fires_critical_after_24_months_whatever_the_plan():
    planned = [ISK[0] | {"outflow_plan_on": "2026-09-10"}]
    assert told("SCH-6", "2027-03-10", school=planned) == [("s1", "critical", "2027-03-10", None)]


def test_sch_6_fires_while_a_plan_is_still_to_come():
    planned = [ISK[0] | {"outflow_plan_on": "2026-09-12"}]
    assert told("SCH-6", "2026-09-11", school=planned)
    assert told("SCH-6", "2026-09-12", school=planned) == []


def test_sch_6_fires_counting_from_the_first_class_and_looks_for_a_plan_in_each():
    records = [
        school("s0", waiting_list_since="2025-01-01", kind="VO_ISK"),
        school("s1", "2025-03-10", "2025-09-01", kind="VO_ISK"),
        school("s2", "2025-09-01", "2025-12-01", kind="PRO"),
        school("s3", "2025-12-01", kind="VO_ISK"),
    ]
    assert told("SCH-6", "2026-09-10", school=records) == [("s3", "warning", "2026-09-10", None)]
    for place_of_plan in range(4):
        one = records[place_of_plan] | {"outflow_plan_on": "2025-08-01"}
        others = [record for record in records if record["id"] != one["id"]]
        silent = one["id"] != "s2"
        assert (told("SCH-6", "2026-09-10", school=[one, *others]) == []) is silent, one


def test_sch_6_is_silent_when_the_class_is_not_attended_or_no_longer_compulsory():
    ended = [ISK[0] | {"to": "2026-09-10"}]
    assert told("SCH-6", "2026-09-10", school=ended) == []
    for birth, silent in (("2008-09-11", False), ("2008-09-10", True)):
        found = told("SCH-6", "2026-09-10", {"birth": born(birth)}, school=ISK)
        assert (found == []) is silent, birth


# Five on 20 August 2026: compulsory from 1 September; 60 days before that is 3 July.
NEARLY_5 = {"birth": born("2021-08-20")}


def test_sch_7_fires_60_days_before_compulsory_age():
    assert told("SCH-7", "2026-07-03", NEARLY_5) == [
        ("school-soon", "notice", "2026-07-03", "2026-09-01")
    ]
    assert told("SCH-7", "2026-08-31", NEARLY_5)


def test_sch_7_is_silent_61_days_before_and_from_compulsory_age_on():
    assert told("SCH-7", "2026-07-02", NEARLY_5) == []
    assert told("SCH-7", "2026-09-01", NEARLY_5) == []


def test_sch_7_fires_by_the_first_day_on_which_the_birthday_can_be():
    assert told("SCH-7", "2026-07-03", {"birth": born("2021-08-20", "month")})
    year = {"birth": born("2021-08-20", "year")}
    assert told("SCH-7", "2026-01-31", year) == [
        ("school-soon", "notice", "2025-12-03", "2026-02-01")
    ]
    assert told("SCH-7", "2026-02-01", year) == []


def test_sch_7_is_silent_once_any_school_is_in_sight():
    for record, silent in (
        (school("s1", waiting_list_since="2026-06-01"), True),
        (school("s1", waiting_list_since="2026-09-01"), True),
        (school("s1", "2026-09-01"), True),
        (school("s1", "2026-06-01", "2026-08-02"), True),
        (school("s1", "2026-06-01", "2026-08-01"), False),
        (school("s1", "2026-06-01", kind="VVE"), False),
        (school("s1", "2026-06-01", kind="EXEMPT"), True),
    ):
        found = told("SCH-7", "2026-08-01", NEARLY_5, school=[record])
        assert (found == []) is silent, record
