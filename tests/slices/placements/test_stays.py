"""Stays and whereabouts: what can be, what cannot, and what was there before a correction."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from caseapp.audit import queries as audit
from caseapp.domain.codes import MoveReason, PlacementKind, Region, WhereaboutsState
from caseapp.domain.intents.placements import Place, StayDetails, WhereaboutsDetails
from caseapp.domain.periods import EndsBeforeStartError, OverlapError, overlap
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError
from caseapp.people import queries as people
from caseapp.placements import actions, facts, queries
from caseapp.placements.models import Placement, PlacementFacts
from tests.acting import acting
from tests.world import TODAY, World

FIRST = date(2025, 11, 2)
MOVED = date(2026, 11, 12)
DAY = timedelta(days=1)


def test_a_stay_before_the_first_is_added(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        said = StayDetails(FIRST - 9 * DAY, FIRST, world.locations["AZC-FAR"], None, MoveReason.AGE)
        actions.record_stay(work, world.mine, said)
    with acting(house, world, "cpk") as work:
        first = queries.stays(work, world.mine)[0]
        assert (first.location_id, first.kind, first.region) == (
            world.locations["AZC-FAR"],
            "AZC",
            "zuid",
        )
        assert first.facts.reason == "age"


def test_a_family_keeps_its_name_sealed_and_its_kind_clear(house: Machine, world: World) -> None:
    at = Place("family Jansen", PlacementKind.NIDOS_FAM, "GM9903", Region.ZUID)
    with acting(house, world, "cpk") as work:
        actions.record_stay(work, world.mine, StayDetails(FIRST - DAY, FIRST, place=at))
    with acting(house, world, "cpk") as work:
        given = facts.gather(work, [world.mine])[world.mine]["placements"]
        first = min(given, key=lambda one: one.start)
        assert (first.location, first.kind, first.municipality) == (
            "family Jansen",
            PlacementKind.NIDOS_FAM,
            "GM9903",
        )


@pytest.mark.parametrize(
    ("start", "end"),
    [(FIRST - DAY, FIRST + DAY), (MOVED - DAY, MOVED), (TODAY, None), (FIRST - DAY, None)],
)
def test_a_stay_that_overlaps_is_refused_by_the_action(
    house: Machine, world: World, start: date, end: date | None
) -> None:
    with acting(house, world, "cpk") as work, pytest.raises(OverlapError):
        actions.record_stay(work, world.mine, StayDetails(start, end, world.locations["AZC-FAR"]))


def test_a_stay_that_overlaps_is_refused_by_the_database(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        row = Placement(
            id=new_id(),
            child_id=world.mine,
            child_no=people.lock(work, world.mine),
            kind="AZC",
            municipality="GM9903",
            region="zuid",
            from_on=TODAY,
        )
        work.add(row, facts=PlacementFacts())
        with pytest.raises(DBAPIError, match="no_overlap"):
            work.flush()
        work.undo()


def test_a_stay_cannot_end_before_it_began(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
        with pytest.raises(EndsBeforeStartError):
            actions.end_stay(work, row, row.version, MOVED - DAY)
        actions.end_stay(work, row, row.version, MOVED)
    with acting(house, world, "national") as work:
        last = queries.stays(work, world.mine)[-1]
        assert (last.from_on, last.to_on) == (MOVED, MOVED)


def test_a_correction_keeps_what_was_there(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
        key = row.id
        said = StayDetails(MOVED + DAY, None, row.location_id, None, MoveReason.MEDICAL)
        actions.correct_stay(work, row, row.version, said)
    with acting(house, world, "cpk") as work:
        now = queries.stay(work, world.mine, key)
        assert now is not None
        assert (now.from_on, now.facts.reason, now.version) == (MOVED + DAY, "medical", 2)
        assert (now.kind, now.municipality) == ("AZC", "GM9901")
        [was] = audit.past_of(work, "placement", key)
        assert (was.clear["from_on"], was.facts.reason) == (MOVED.isoformat(), "capacity")
        assert was.by == world.accounts["cpk"]


def test_a_correction_copies_kind_and_region_only_with_another_place(
    house: Machine, world: World
) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
        beside = StayDetails(row.from_on, None, world.locations["NO-BESIDE"])
        actions.correct_stay(work, row, row.version, beside)
    with acting(house, world, "national") as work:
        last = queries.stays(work, world.mine)[-1]
        assert (last.kind, last.group_size, last.municipality) == ("NO", 60, "GM9902")


def test_a_stale_correction_is_refused(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        row = queries.stays(work, world.mine)[-1]
        with pytest.raises(LostRaceError):
            actions.correct_stay(work, row, 7, StayDetails(MOVED, None, row.location_id))


@pytest.mark.parametrize("days", [-1, 1])
def test_another_first_day_takes_the_end_of_the_stay_before_along(
    house: Machine, world: World, days: int
) -> None:
    with acting(house, world, "cpk") as work:
        actions.begin_on(work, queries.stays(work, world.mine)[-1], MOVED + days * DAY)
    with acting(house, world, "cpk") as work:
        before, last = queries.stays(work, world.mine)[-2:]
        assert before.to_on == last.from_on == MOVED + days * DAY
        assert (last.to_on, before.version, last.version) == (None, 2, 2)


def test_a_stay_cannot_begin_before_the_one_before_it(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work:
        before, last = queries.stays(work, world.mine)[-2:]
        with pytest.raises(OverlapError):
            actions.begin_on(work, last, before.from_on - DAY)
        actions.begin_on(work, last, before.from_on)
    with acting(house, world, "cpk") as work:
        before, last = queries.stays(work, world.mine)[-2:]
        assert before.from_on == before.to_on == last.from_on


def test_a_stay_of_no_place_is_refused(house: Machine, world: World) -> None:
    with acting(house, world, "cpk") as work, pytest.raises(actions.NoPlaceError):
        actions.record_stay(work, world.mine, StayDetails(FIRST - DAY, FIRST))
    with acting(house, world, "cpk") as work, pytest.raises(actions.NoPlaceError):
        actions.record_stay(work, world.mine, StayDetails(FIRST - DAY, FIRST, uuid4()))


def test_a_missing_child_keeps_its_stay(house: Machine, world: World) -> None:
    said = WhereaboutsDetails(WhereaboutsState.MISSING, TODAY, None, TODAY, "left at night")
    with acting(house, world, "cpk") as work:
        actions.record_whereabouts(work, world.mine, said)
    with acting(house, world, "cpk") as work:
        found = queries.away(work, [world.mine])
        assert [(one.state, one.since) for one in found.values()] == [("missing", TODAY)]
        assert queries.stay_on(work, world.mine, TODAY) is not None
        given = facts.gather(work, [world.mine])[world.mine]["whereabouts"]
        last = max(given, key=lambda one: one.start)
        assert (last.police_report_on, last.note) == (TODAY, "left at night")


def test_a_child_that_came_back_is_away_no_more(house: Machine, world: World) -> None:
    since = TODAY - 3 * DAY
    with acting(house, world, "cpk") as work:
        said = WhereaboutsDetails(WhereaboutsState.MISSING, since)
        key = actions.record_whereabouts(work, world.mine, said).id
    with acting(house, world, "cpk") as work:
        row = queries.one_whereabouts(work, world.mine, key)
        assert row is not None
        back = WhereaboutsDetails(WhereaboutsState.MISSING, since, TODAY)
        actions.correct_whereabouts(work, row, row.version, back)
    with acting(house, world, "cpk") as work:
        assert queries.away(work, [world.mine]) == {}
        assert [one.clear["to_on"] for one in audit.past_of(work, "whereabouts", key)] == [None]


def test_two_times_away_cannot_overlap(house: Machine, world: World) -> None:
    said = WhereaboutsDetails(WhereaboutsState.IN_HOSPITAL, TODAY - DAY)
    with acting(house, world, "cpk") as work:
        actions.record_whereabouts(work, world.mine, said)
        work.flush()
        with pytest.raises(OverlapError):
            actions.record_whereabouts(work, world.mine, said)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((1, 3), (3, 5), False),
        ((1, 4), (3, 5), True),
        ((1, None), (5, None), True),
        ((1, 5), (5, None), False),
        ((3, 3), (1, 5), False),
        ((1, 5), (3, 3), False),
    ],
)
def test_periods_are_half_open_and_empty_ones_share_nothing(
    one: tuple[int, int | None], other: tuple[int, int | None], *, shared: bool
) -> None:
    def days(period: tuple[int, int | None]) -> tuple[date, date | None]:
        start, end = period
        return FIRST + start * DAY, None if end is None else FIRST + end * DAY

    assert overlap(days(one), days(other)) is shared
    assert overlap(days(other), days(one)) is shared
