"""Examples of the rules about the first weeks."""

from tests.domain.made import born, line, told

ARRIVED = {"first_arrival_on": "2026-09-01"}
INTAKE = line("c1", "2026-09-01", kind="GZA_INTAKE", place_bound=False)
YOUTH = line("c1", "2026-09-01", kind="JGZ", place_bound=False)


def test_car_5_fires_two_days_after_the_arrival():
    assert told("CAR-5", "2026-09-03", ARRIVED) == [
        ("medical-intake", "warning", "2026-09-03", "2026-09-03")
    ]


def test_car_5_is_silent_the_day_after_the_arrival_and_without_one():
    assert told("CAR-5", "2026-09-02", ARRIVED) == []
    assert told("CAR-5", "2026-12-01") == []
    assert told("CAR-5", "2026-12-01", {"application_lodged_on": "2026-09-01"}) == []


def test_car_5_fires_critical_from_seven_days():
    assert told("CAR-5", "2026-09-07", ARRIVED)[0][1] == "warning"
    assert told("CAR-5", "2026-09-08", ARRIVED)[0][1:] == ("critical", "2026-09-03", "2026-09-03")


def test_car_5_is_silent_once_an_intake_started_even_if_it_was_broken_off():
    for change, silent in (
        ({}, False),
        ({"intake_on": "2026-09-02"}, False),
        ({"started_on": "2026-09-05"}, True),
        ({"started_on": "2026-09-06"}, False),
        ({"started_on": "2026-09-02", "ended_on": "2026-09-03", "end_reason": "moved"}, True),
        ({"started_on": "2026-09-05", "kind": "GZA"}, False),
        ({"started_on": "2026-09-05", "referred_on": "2026-09-06"}, False),
    ):
        assert (told("CAR-5", "2026-09-05", ARRIVED, care=[INTAKE | change]) == []) is silent


def test_car_5_fires_for_a_young_adult_too():
    assert told("CAR-5", "2026-09-03", ARRIVED | {"birth": born("2005-11-05")})


def test_car_6_fires_42_days_after_the_arrival():
    assert told("CAR-6", "2026-10-13", ARRIVED) == [
        ("jgz-intake", "warning", "2026-10-13", "2026-10-13")
    ]


def test_car_6_is_silent_41_days_after_the_arrival():
    assert told("CAR-6", "2026-10-12", ARRIVED) == []
    assert told("CAR-6", "2026-12-01") == []


def test_car_6_fires_14_days_after_the_arrival_of_a_child_under_four():
    for birth, since in (("2022-09-02", "2026-09-15"), ("2022-09-01", "2026-10-13")):
        (found,) = told("CAR-6", since, ARRIVED | {"birth": born(birth)})
        assert found == ("jgz-intake", "warning", since, since)
    small = ARRIVED | {"birth": born("2022-09-02")}
    assert told("CAR-6", "2026-09-14", small) == []


def test_car_6_fires_sooner_when_the_child_may_still_be_under_four():
    month = ARRIVED | {"birth": born("2022-09-01", "month")}
    assert told("CAR-6", "2026-09-15", month)
    before = ARRIVED | {"birth": born("2022-08-31", "month")}
    assert told("CAR-6", "2026-10-12", before) == []
    assert told("CAR-6", "2026-10-13", before)


def test_car_6_is_silent_for_adults_and_once_youth_health_care_started():
    for birth, silent in (("2008-10-13", True), ("2008-10-14", False)):
        found = told("CAR-6", "2026-10-13", ARRIVED | {"birth": born(birth)})
        assert (found == []) is silent
    started = YOUTH | {"started_on": "2026-10-13"}
    assert told("CAR-6", "2026-10-13", ARRIVED, care=[started]) == []
    assert told("CAR-6", "2026-10-13", ARRIVED, care=[YOUTH])
    assert told("CAR-6", "2026-10-13", ARRIVED, care=[YOUTH | {"started_on": "2026-10-14"}])


LODGED = {"application_lodged_on": "2026-09-01"}


def test_car_7_fires_30_days_after_the_application():
    assert told("CAR-7", "2026-10-01", LODGED) == [
        ("special-needs", "warning", "2026-10-01", "2026-10-01")
    ]
    assert told("CAR-7", "2026-10-01", ARRIVED)[0][2] == "2026-10-01"


def test_car_7_is_silent_29_days_after_the_application():
    assert told("CAR-7", "2026-09-30", LODGED) == []
    assert told("CAR-7", "2026-12-01") == []


def test_car_7_is_silent_for_adults_and_once_the_needs_were_assessed():
    for change, silent in (
        ({"birth": born("2008-10-01")}, True),
        ({"birth": born("2008-10-02")}, False),
        ({"needs_assessed_on": "2026-10-01"}, True),
        ({"needs_assessed_on": "2026-10-02"}, False),
    ):
        assert (told("CAR-7", "2026-10-01", LODGED | change) == []) is silent, change
