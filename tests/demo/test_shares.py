"""The figures of domain.md 7.1 in the demo world."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import log
from statistics import fmean, median, pstdev

import pytest

from caseapp.demo import documents, world
from caseapp.demo.cast import Document
from caseapp.demo.handover import notice_days
from caseapp.demo.journey import emergency_days
from caseapp.demo.lessons import gap_days
from caseapp.demo.stage import Stage
from caseapp.domain.calendar import is_school_day
from caseapp.domain.codes import Region

TODAY = date(2026, 11, 24)
MANY = 3000


@dataclass(frozen=True)
class Told:
    """What the shares look at, of one child."""

    who: str
    age: float
    kind: str
    moves: int
    girl: bool
    nation: str
    attending: bool | None
    document: Document


@lru_cache(maxsize=1)
def told() -> tuple[Told, ...]:
    return tuple(_looked_at(each.document) for each in documents(world(TODAY, children=MANY)))


def _looked_at(document: Document) -> Told:
    child, stays = document["child"], document["placements"]
    age = (TODAY - date.fromisoformat(child["birth"]["date"])).days / 365.25
    edge = (TODAY - timedelta(days=365)).isoformat()
    now = TODAY.isoformat()
    attending = any(
        each.get("attending_from", "9") <= now < each.get("to", "9") and each["type"] != "VVE"
        for each in document.get("school", [])
    )
    minor = "alone" if child["unaccompanied"] else "family"
    return Told(
        who="adult" if age >= 18 else minor,
        age=age,
        kind=stays[-1]["kind"],
        moves=sum(stay["from"] > edge for stay in stays[1:]),
        girl=child["sex"] == "female",
        nation=child["nationality"],
        attending=attending if 5.1 <= age < 18 else None,
        document=document,
    )


def of(*who: str) -> Iterator[Told]:
    return (each for each in told() if each.who in who)


def per_cent(values: Iterable[object]) -> dict[object, float]:
    counted = Counter(values)
    whole = sum(counted.values())
    return {value: 100 * count / whole for value, count in counted.items()}


def near(found: float, wanted: float, slack: float) -> bool:
    return abs(found - wanted) <= slack


def test_a_quarter_of_the_minors_is_unaccompanied_and_a_tenth_of_all_is_grown_up() -> None:
    assert near(per_cent(each.who for each in of("alone", "family"))["alone"], 25, 1)
    assert near(per_cent(each.who for each in told())["adult"], 10, 1)


def test_young_adults_are_18_to_22() -> None:
    assert {int(each.age) for each in of("adult")} == {18, 19, 20, 21, 22}


@pytest.mark.parametrize(("low", "high", "wanted"), [(0, 4, 24), (4, 12, 45), (12, 18, 31)])
def test_children_of_families_have_the_ages_of_the_figures(
    low: int, high: int, wanted: float
) -> None:
    ages = per_cent(low <= each.age < high for each in of("family"))
    assert near(ages[True], wanted, 2.5)


@pytest.mark.parametrize(("low", "high", "wanted"), [(0, 14, 10), (14, 16, 20), (16, 18, 70)])
def test_unaccompanied_minors_have_the_ages_of_the_figures(
    low: int, high: int, wanted: float
) -> None:
    ages = per_cent(low <= each.age < high for each in of("alone"))
    assert near(ages[True], wanted, 4)


def test_sexes_and_nationalities_are_those_of_the_figures() -> None:
    assert near(per_cent(each.girl for each in of("family"))[False], 52, 3)
    assert 80 <= per_cent(each.girl for each in of("alone"))[False] <= 87
    alone = per_cent(each.nation for each in of("alone"))
    family = per_cent(each.nation for each in of("family"))
    assert near(alone["SYR"], 40, 3)
    assert near(alone["ERI"], 25, 3)
    assert near(family["SYR"], 42, 4)
    assert near(family["TUR"], 12, 3)


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [("NO", 36), ("TGO", 6), ("AZC", 44), ("POL COL", 6), ("GLO", 4), ("DSL HAR", 4)],
)
def test_families_live_where_the_figures_say(kinds: str, wanted: float) -> None:
    found = per_cent(each.kind for each in of("family"))
    assert near(sum(found.get(kind, 0) for kind in kinds.split()), wanted, 3)


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        ("NO", 40),
        ("POA", 20),
        ("KWV_AZC KWV_EXT", 12),
        ("NIDOS_FAM NIDOS_KWG NIDOS_KWE", 26),
        ("BO", 2),
    ],
)
def test_unaccompanied_minors_live_where_the_figures_say(kinds: str, wanted: float) -> None:
    found = per_cent(each.kind for each in of("alone"))
    assert near(sum(found.get(kind, 0) for kind in kinds.split()), wanted, 4)


@pytest.mark.parametrize(("moves", "wanted"), [(0, 30), (1, 35), (2, 18), (3, 9), (4, 4), (5, 4)])
def test_moves_in_the_last_year_are_spread_as_in_the_figures(moves: int, wanted: float) -> None:
    found = per_cent(min(each.moves, 5) for each in of("alone", "family"))
    assert near(found[moves], wanted, 3)


def test_children_moved_about_once_and_a_half_and_never_more_than_eight_times() -> None:
    moves = [each.moves for each in of("alone", "family")]
    assert 1.2 <= fmean(moves) <= 1.6
    assert max(moves) <= 8


def test_emergency_stays_are_lognormal_with_a_mean_of_eight_months() -> None:
    stage = Stage(world(TODAY))
    drawn = [emergency_days(stage) / 30.44 for _ in range(6000)]
    assert near(median(drawn), 6.5, 0.3)
    assert near(fmean(drawn), 8.0, 0.4)
    assert near(pstdev(map(log, drawn)), 0.65, 0.03)


def test_half_hear_of_a_move_a_week_before_and_a_quarter_in_the_last_three_days() -> None:
    stage = Stage(world(TODAY))
    drawn = [notice_days(stage) for _ in range(4000)]
    assert 6 <= median(drawn) <= 7
    assert near(100 * sum(each <= 3 for each in drawn) / len(drawn), 30, 5)


def test_a_school_gap_is_15_school_days_and_longer_than_60_for_15_per_cent() -> None:
    stage = Stage(world(TODAY))
    drawn = [gap_days(stage) for _ in range(4000)]
    assert near(median(drawn), 15, 1.5)
    assert near(100 * sum(each > 60 for each in drawn) / len(drawn), 15, 2)


def test_a_little_more_than_half_of_the_moves_fall_outside_the_school_holidays() -> None:
    moved = [
        is_school_day(date.fromisoformat(stay["from"]), Region(stay["region"]))
        for each in told()
        for stay in each.document["placements"][2:]
    ]
    assert near(per_cent(moved)[True], 55, 5)


@pytest.mark.parametrize(
    ("kind", "wanted", "slack"),
    [("AZC", 97, 3), ("GLO", 98, 5), ("NO", 82, 5), ("TGO", 70, 13), ("POA", 85, 8)],
)
def test_as_many_go_to_school_as_the_figures_say(kind: str, wanted: float, slack: float) -> None:
    found = per_cent(
        each.attending
        for each in of("alone", "family")
        if each.kind == kind and each.attending is not None
    )
    assert near(found[True], wanted, slack)


def test_a_quarter_has_had_care_that_runs_or_was_broken_off_by_a_move() -> None:
    lines = [
        [line for line in each.document["care"] if line["id"] == "c3" and "started_on" in line]
        for each in told()
    ]
    found = [each for each in lines if each]
    assert near(100 * len(found) / MANY, 25, 3)
    broken = sum(each[0].get("end_reason") == "moved" for each in found)
    assert 20 <= 100 * broken / len(found) <= 42


def test_a_year_of_birth_without_a_day_is_rare_and_rarer_in_families() -> None:
    alone = per_cent(each.document["child"]["birth"]["precision"] for each in of("alone"))
    family = per_cent(each.document["child"]["birth"]["precision"] for each in of("family"))
    assert 2 <= alone["year"] <= 8
    assert 0 < family["year"] <= 2
