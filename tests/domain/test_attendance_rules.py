"""Examples of the rules about the days at school that a child misses."""

import pytest

from tests.domain.made import alone, born, findings, place, school, told

# In the middle the autumn holiday of 2026 is 17 to 25 October: the week of Monday the 19th has no
# school day. On Monday 9 November the four latest school weeks begin on the 9th and the 2nd of
# November and on the 26th and the 12th of October.


def absent(name, on, hours=8, *, authorised=False):
    """Return an absence of a day."""
    return {"id": name, "on": on, "hours": hours, "authorised": authorised}


def reported(name, on):
    """Return a report of absence."""
    return {"id": name, "on": on}


def missed(on, *absences, child=None, reports=(), places=()):
    """Return what SCH-3 says on a day about these absences."""
    return told(
        "SCH-3",
        on,
        child,
        absences=list(absences),
        absence_reports=list(reports),
        placements=list(places),
    )


TWICE = (absent("a1", "2026-11-03"), absent("a2", "2026-11-05"))


def test_sch_3_fires_on_16_hours_in_four_school_weeks():
    assert missed("2026-11-05", *TWICE) == [("absence", "warning", "2026-11-05", "2026-11-12")]


def test_sch_3_is_silent_below_16_hours_and_before_the_day():
    assert missed("2026-11-05", absent("a1", "2026-11-03", 7.75), TWICE[1]) == []
    assert missed("2026-11-04", *TWICE) == []
    assert missed("2026-11-05") == []


def test_sch_3_fires_adding_up_quarters_of_an_hour():
    quarters = [absent(f"a{n:02}", "2026-11-03", 0.25) for n in range(63)]
    assert missed("2026-11-03", *quarters) == []
    assert missed("2026-11-03", *quarters, absent("b", "2026-11-03", 0.25))


def test_sch_3_fires_since_the_first_absence_that_made_it_enough():
    more = (absent("a3", "2026-11-06"), absent("a0", "2026-10-27", 2))
    assert missed("2026-11-09", *TWICE, *more)[0][2:] == ("2026-11-05", "2026-11-12")


def test_sch_3_fires_over_a_holiday_in_between_and_is_silent_when_the_week_is_too_long_ago():
    early = (absent("a1", "2026-10-12"), absent("a2", "2026-11-02"))
    assert missed("2026-11-15", *early)
    assert missed("2026-11-16", *early) == []


def test_sch_3_is_silent_on_absences_within_a_week_without_school_days():
    holiday = (absent("a1", "2026-10-20"), absent("a2", "2026-11-02"))
    assert missed("2026-11-02", *holiday) == []
    north = [place("p1", "2026-01-01", region="noord")]
    assert missed("2026-11-02", *holiday, places=north)


def test_sch_3_fires_on_absences_in_the_weekend_of_a_school_week():
    sunday = (absent("a1", "2026-10-18"), absent("a2", "2026-11-02"))
    assert missed("2026-11-09", *sunday)
    assert missed("2026-11-16", *sunday) == []


def test_sch_3_fires_by_weeks_that_begin_on_a_monday_even_when_that_is_no_school_day():
    # Whit Monday is 25 May 2026; the week of 27 April is a holiday.
    spring = (absent("a1", "2026-04-24"), absent("a2", "2026-05-12"))
    assert missed("2026-05-24", *spring)
    assert missed("2026-05-25", *spring) == []


def test_sch_3_is_silent_about_absences_until_the_latest_report_that_was_made():
    for on, silent in (
        ("2026-11-02", False),
        ("2026-11-03", True),
        ("2026-11-05", True),
        ("2026-11-09", True),
        ("2026-11-10", False),
    ):
        found = missed("2026-11-09", *TWICE, reports=[reported("r2", on)])
        assert (found == []) is silent, on
    early = [reported("r2", "2026-11-05"), reported("r9", "2026-10-01")]
    assert missed("2026-11-09", *TWICE, reports=early) == []


def test_sch_3_is_silent_on_authorised_absence():
    leave = absent("a2", "2026-11-05", authorised=True)
    assert missed("2026-11-05", TWICE[0], leave) == []


def test_sch_3_is_silent_when_the_child_need_not_be_at_school():
    assert missed("2026-11-05", *TWICE, child={"birth": born("2008-11-05")}) == []
    assert missed("2026-11-05", *TWICE, child={"birth": born("2008-11-06")})
    assert missed("2026-11-05", *TWICE, child={"birth": born("2021-11-01")}) == []
    free = [school("s2", "2026-11-05", kind="EXEMPT")]
    lists = {"absences": list(TWICE), "school": free}
    assert told("SCH-3", "2026-11-05", **lists) == []


def test_sch_3_carries_the_hours_of_the_four_weeks_rounded_down():
    more = (absent("a3", "2026-11-06", 1.75), absent("a0", "2026-10-01"))
    (found,) = findings("SCH-3", "2026-11-06", absences=[*TWICE, *more])
    assert found.detail == {"hours": 17, "weeks": 4}


def test_sch_3_is_silent_in_the_first_weeks_of_the_calendar():
    old = [absent("a1", "0001-01-02", 12), absent("a2", "0001-01-03", 12)]
    child = {"birth": born("0001-01-01")}
    assert told("SCH-3", "0001-01-05", child, absences=old) == []


# Lodged on Monday 31 August 2026, the first school day after the summer in the middle: the 20th
# school day is Friday 25 September, the 40th, after the holiday, Friday 30 October.
LODGED = {"application_lodged_on": "2026-08-31"}


def test_sch_4_fires_on_the_21st_school_day_without_school():
    assert told("SCH-4", "2026-09-28", LODGED) == [("lost-days", "warning", "2026-09-28", None)]


def test_sch_4_is_silent_on_the_20th():
    assert told("SCH-4", "2026-09-27", LODGED) == []


def test_sch_4_fires_critical_on_the_41st():
    days = ("2026-11-01", "2026-11-02")
    found = [findings("SCH-4", on, LODGED)[0] for on in days]
    assert [one.severity.value for one in found] == ["warning", "critical"]
    assert [one.detail for one in found] == [{"over": 20}, {"over": 40}]
    assert {str(one.since) for one in found} == {"2026-09-28"}


def test_sch_4_is_silent_while_the_child_attends_and_fires_when_that_ends():
    for record, silent in (
        (school("s1", "2026-10-05"), True),
        (school("s1", "2026-10-05", "2026-10-06"), True),
        (school("s1", "2026-10-05", "2026-10-05"), False),
        (school("s1", "2026-10-06"), False),
        (school("s1", enrolled_on="2026-09-05"), False),
        (school("s1", "2026-10-05", kind="VVE"), False),
    ):
        assert (told("SCH-4", "2026-10-05", LODGED, school=[record]) == []) is silent, record


def test_sch_4_fires_on_days_that_add_up_around_attendance():
    # 10 school days until 11 September, 5 at school, 10 more until 2 October.
    record = [school("s1", "2026-09-14", "2026-09-21")]
    assert told("SCH-4", "2026-10-02", LODGED, school=record) == []
    assert told("SCH-4", "2026-10-05", LODGED, school=record) == [
        ("lost-days", "warning", "2026-10-05", None)
    ]


@pytest.mark.parametrize(
    "records",
    [
        [school("s1", "2026-09-07", "2026-09-21")],
        [school("s1", "2026-09-07", "2026-09-19"), school("s2", "2026-09-14", "2026-09-21")],
        [school("s1", "2026-09-07", "2026-09-21"), school("s2", "2026-09-08", "2026-09-10")],
        [school("s1", "2026-09-07", "2026-09-14"), school("s2", "2026-09-14", "2026-09-21")],
        [school("s1", "2026-09-07", "2026-09-21"), school("s2", "2026-09-30", "2026-09-01")],
        [school("s1", "2026-09-07", "2026-09-21"), school("s2", "2026-10-13")],
        [school("s1", "2026-09-07", "2026-09-21", kind="EXEMPT")],
        [
            school("s1", "2026-09-07", "2026-09-15", kind="EXEMPT"),
            school("s2", "2026-09-14", "2026-09-21"),
        ],
    ],
)
def test_sch_4_fires_counting_each_day_once_however_records_overlap(records):
    # The two weeks from 7 September do not count: the 21st day is 12 October.
    assert told("SCH-4", "2026-10-11", LODGED, school=records) == []
    assert told("SCH-4", "2026-10-12", LODGED, school=records) == [
        ("lost-days", "warning", "2026-10-12", None)
    ]


def test_sch_4_is_silent_while_an_exemption_lasts():
    for end, silent in (("2026-10-13", True), ("2026-10-12", False)):
        record = [school("s1", "2026-10-01", end, kind="EXEMPT")]
        assert (told("SCH-4", "2026-10-12", LODGED, school=record) == []) is silent, end


def test_sch_4_fires_counting_from_lodging_else_from_arrival_and_is_silent_without_both():
    arrived = {"first_arrival_on": "2026-08-31"}
    assert told("SCH-4", "2026-09-28", arrived)
    assert told("SCH-4", "2026-09-27", arrived) == []
    assert told("SCH-4", "2026-11-28") == []
    assert told("SCH-4", "2026-09-28", arrived | {"application_lodged_on": "2026-09-01"}) == []


def test_sch_4_fires_counting_from_the_start_of_compulsory_age():
    # Five on 20 August 2021 + 5: compulsory from 1 September.
    child = LODGED | {"birth": born("2021-08-20")}
    assert told("SCH-4", "2026-09-28", child) == []
    assert told("SCH-4", "2026-09-29", child)[0][2] == "2026-09-29"


def test_sch_4_is_silent_from_18_on_by_the_last_possible_day():
    child = alone("2008-10-05", "month") | LODGED
    assert told("SCH-4", "2026-10-30", child)
    assert told("SCH-4", "2026-10-31", child) == []


def test_sch_4_is_silent_when_the_first_of_the_21_days_is_365_days_ago():
    # The south had no holiday on 20 October 2025, and has one on 19 and 20 October 2026.
    child = {"application_lodged_on": "2025-01-01"}
    lists = {
        "placements": [place("p1", "2025-01-01", region="zuid")],
        "school": [
            school("s1", "2025-01-01", "2025-10-18"),
            school("s2", "2025-11-18", "2026-10-17"),
        ],
    }
    assert told("SCH-4", "2026-10-19", child, **lists) == [
        ("lost-days", "warning", "2025-11-17", None)
    ]
    assert told("SCH-4", "2026-10-20", child, **lists) == []


def test_sch_4_fires_by_the_holidays_of_the_region_of_each_day():
    # From 14 September on 20 school days until 9 October; the next is the 12th, in the north the 19th.
    child = {"application_lodged_on": "2026-09-14"}
    for moved, day in (("2026-10-12", "2026-10-19"), ("2026-10-13", "2026-10-12")):
        stays = [
            place("p1", "2026-01-01", moved, region="zuid"),
            place("p2", moved, region="noord"),
        ]
        assert told("SCH-4", "2026-10-19", child, placements=stays)[0][2] == day
        assert (told("SCH-4", "2026-10-18", child, placements=stays) == []) is (day > "2026-10-18")
