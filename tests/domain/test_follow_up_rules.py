"""Examples of the rules about what follows from an observation."""

import pytest

from caseapp.domain.gist import gist
from tests.domain.made import findings, told


def seen(name, on, level="none", **more):
    return {"id": name, "on": on, "source": "own", "level": level} | more


# Noted on Monday 7 September 2026; five working days later is Monday 14 September.
CONCERN = seen("o1", "2026-09-07", "concern")


def test_obs_2_fires_five_working_days_after_a_concern():
    assert told("OBS-2", "2026-09-14", observations=[CONCERN]) == [
        ("o1", "warning", "2026-09-14", "2026-09-14")
    ]


def test_obs_2_is_silent_four_working_days_after_a_concern():
    assert told("OBS-2", "2026-09-13", observations=[CONCERN]) == []


def test_obs_2_fires_at_once_when_it_is_acute():
    acute = CONCERN | {"level": "acute"}
    assert told("OBS-2", "2026-09-06", observations=[acute]) == []
    assert told("OBS-2", "2026-09-07", observations=[acute]) == [
        ("o1", "critical", "2026-09-07", "2026-09-07")
    ]


@pytest.mark.parametrize("level", ["concern", "acute"])
def test_obs_2_is_silent_once_there_is_an_action_whatever_it_says(level):
    for action in ({}, {"text": "Bel de school"}, {"due_on": "2026-12-01"}):
        noted = CONCERN | {"level": level, "action": action}
        assert told("OBS-2", "2026-10-01", observations=[noted]) == []


@pytest.mark.parametrize("level", ["none", "attention"])
def test_obs_2_is_silent_on_a_lower_level(level):
    assert told("OBS-2", "2026-10-01", observations=[CONCERN | {"level": level}]) == []


def rated(name, on, rating="insufficient", condition="education"):
    return seen(name, on, conditions={condition: rating})


# The second on Monday 14 September 2026; ten working days later is Monday 28 September.
TWICE = [rated("o1", "2026-06-01"), rated("o2", "2026-09-14")]


def test_obs_3_fires_on_the_day_of_the_second():
    assert told("OBS-3", "2026-09-14", observations=TWICE) == [
        ("condition:education", "notice", "2026-09-14", "2026-09-28")
    ]


def test_obs_3_is_silent_before_the_second_and_when_one_of_the_two_was_better():
    assert told("OBS-3", "2026-09-13", observations=TWICE) == []
    for n in (0, 1):
        for rating in ("moderate", "sufficient", "good"):
            better = list(TWICE)
            better[n] = rated(f"o{n + 1}", TWICE[n]["on"], rating)
            assert told("OBS-3", "2026-09-14", observations=better) == []


def test_obs_3_fires_as_a_warning_ten_working_days_later():
    assert told("OBS-3", "2026-09-27", observations=TWICE)[0][1] == "notice"
    assert told("OBS-3", "2026-09-28", observations=TWICE)[0][1] == "warning"


def test_obs_3_looks_only_at_the_latest_two_that_rate_the_condition():
    other = rated("o3", "2026-09-15", condition="respect")
    assert told("OBS-3", "2026-09-16", observations=[*TWICE, other])[0][2] == "2026-09-14"
    again = rated("o3", "2026-09-15")
    assert told("OBS-3", "2026-09-16", observations=[*TWICE, again])[0][2] == "2026-09-15"
    good = rated("o3", "2026-09-15", "good")
    assert told("OBS-3", "2026-09-16", observations=[*TWICE, good]) == []
    assert told("OBS-3", "2026-09-14", observations=[*TWICE, good])


def test_obs_3_takes_the_latest_two_of_one_day_by_their_id():
    for good, silent in (("a", False), ("b", True), ("c", True)):
        observations = [
            rated(name, "2026-09-14", "good" if name == good else "insufficient")
            for name in ("c", "a", "b")
        ]
        found = told("OBS-3", "2026-09-14", observations=observations)
        assert (found == []) is silent, good


def test_obs_3_is_silent_from_a_meeting_on_or_after_the_second():
    for on, silent in (("2026-09-13", False), ("2026-09-14", True), ("2026-09-20", True)):
        met = [{"id": "m1", "on": on}]
        found = told("OBS-3", "2026-09-20", observations=TWICE, meetings=met)
        assert (found == []) is silent, on
    later = [{"id": "m1", "on": "2026-09-21"}]
    assert told("OBS-3", "2026-09-20", observations=TWICE, meetings=later)


def test_obs_3_fires_for_each_condition_apart():
    both = {"education": "insufficient", "respect": "insufficient"}
    noted = [seen("o1", "2026-06-01", conditions=both), seen("o2", "2026-09-14", conditions=both)]
    found = told("OBS-3", "2026-09-14", observations=noted)
    assert [one[0] for one in found] == ["condition:education", "condition:respect"]


AGREED = seen("o1", "2026-09-01", action={"text": "Bel de school.", "due_on": "2026-09-14"})


def test_obs_4_fires_the_day_after_the_action_was_due():
    assert told("OBS-4", "2026-09-15", observations=[AGREED]) == [
        ("o1", "warning", "2026-09-15", "2026-09-14")
    ]


def test_obs_4_is_silent_on_the_day_the_action_is_due():
    assert told("OBS-4", "2026-09-14", observations=[AGREED]) == []


def test_obs_4_fires_critical_from_fourteen_days_after_it_was_due():
    assert told("OBS-4", "2026-09-27", observations=[AGREED])[0][1] == "warning"
    assert told("OBS-4", "2026-09-28", observations=[AGREED])[0][1] == "critical"


def test_obs_4_is_silent_once_it_was_done_and_without_a_day():
    done = AGREED | {"action": {"due_on": "2026-09-14", "done_on": "2026-09-20"}}
    assert told("OBS-4", "2026-09-19", observations=[done])
    assert told("OBS-4", "2026-09-20", observations=[done]) == []
    assert told("OBS-4", "2026-12-01", observations=[AGREED | {"action": {"text": "Bel"}}]) == []
    assert told("OBS-4", "2026-12-01", observations=[seen("o1", "2026-09-01")]) == []


def test_obs_4_is_silent_before_the_observation_itself():
    late = AGREED | {"on": "2026-10-01"}
    assert told("OBS-4", "2026-09-30", observations=[late]) == []
    assert told("OBS-4", "2026-10-01", observations=[late])[0][2] == "2026-09-15"


def test_obs_4_carries_the_gist_of_what_was_agreed():
    (found,) = findings("OBS-4", "2026-09-15", observations=[AGREED])
    assert found.detail == {"action": "Bel de school"}
    bare = AGREED | {"action": {"due_on": "2026-09-14"}}
    (found,) = findings("OBS-4", "2026-09-15", observations=[bare])
    assert found.detail == {}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Bel de school.", "Bel de school"),
        ("Bel  de\nschool", "Bel de school"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 60 + "…"),
        ("woord " * 11, ("woord " * 9).strip() + " …"),
    ],
)
def test_a_gist_is_one_short_line_cut_between_words(text, short):
    assert gist(text) == short
