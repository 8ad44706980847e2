"""Examples of the rules about a missing child."""

import pytest

from tests.domain.made import alone, during, findings, told


def missing(start, end=None, state="missing", **more):
    return [during("w1", start, end, state=state, **more)]


def test_saf_1_fires_from_the_first_day():
    assert told("SAF-1", "2026-09-14", whereabouts=missing("2026-09-14")) == [
        ("w1", "critical", "2026-09-14", "2026-09-14")
    ]


def test_saf_1_is_silent_before_it_and_from_the_day_the_child_is_back():
    away = missing("2026-09-14", "2026-09-17")
    assert told("SAF-1", "2026-09-13", whereabouts=away) == []
    assert told("SAF-1", "2026-09-16", whereabouts=away)
    assert told("SAF-1", "2026-09-17", whereabouts=away) == []


@pytest.mark.parametrize(
    "state", ["with_relatives", "returned_abroad", "in_hospital", "in_detention", "other"]
)
def test_saf_1_is_silent_on_other_whereabouts(state):
    assert told("SAF-1", "2026-09-14", whereabouts=missing("2026-09-14", state=state)) == []
    assert told("SAF-2", "2026-09-20", whereabouts=missing("2026-09-14", state=state)) == []


def test_saf_1_fires_for_each_record_that_is_open_and_for_young_adults_too():
    twice = [*missing("2026-09-14"), during("w2", "2026-09-16", state="missing")]
    found = told("SAF-1", "2026-09-16", {"birth": alone("2005-11-05")["birth"]}, whereabouts=twice)
    assert [one[0] for one in found] == ["w1", "w2"]


def test_saf_2_fires_the_day_after_when_nobody_reported_it():
    assert told("SAF-2", "2026-09-15", whereabouts=missing("2026-09-14")) == [
        ("w1", "critical", "2026-09-15", "2026-09-15")
    ]


def test_saf_2_is_silent_on_the_first_day_of_a_child_with_family():
    assert told("SAF-2", "2026-09-14", whereabouts=missing("2026-09-14")) == []


def test_saf_2_fires_on_the_first_day_of_a_child_that_came_alone():
    assert told("SAF-2", "2026-09-14", alone(), whereabouts=missing("2026-09-14")) == [
        ("w1", "critical", "2026-09-14", "2026-09-14")
    ]
    grown = alone("2008-09-14")
    assert told("SAF-2", "2026-09-14", grown, whereabouts=missing("2026-09-14")) == []
    assert told("SAF-2", "2026-09-15", grown, whereabouts=missing("2026-09-14"))


def test_saf_2_is_silent_from_the_day_of_the_report_and_once_the_child_is_back():
    reported = missing("2026-09-14", police_report_on="2026-09-17")
    assert told("SAF-2", "2026-09-16", whereabouts=reported)
    assert told("SAF-2", "2026-09-17", whereabouts=reported) == []
    back = missing("2026-09-14", "2026-09-17")
    assert told("SAF-2", "2026-09-16", whereabouts=back)
    assert told("SAF-2", "2026-09-17", whereabouts=back) == []


def test_saf_1_carries_the_report_once_it_was_made():
    reported = missing("2026-09-14", police_report_on="2026-09-17")
    (before,) = findings("SAF-1", "2026-09-16", whereabouts=reported)
    (after,) = findings("SAF-1", "2026-09-17", whereabouts=reported)
    assert "reported_on" not in before.detail
    assert str(after.detail["reported_on"]) == "2026-09-17"
