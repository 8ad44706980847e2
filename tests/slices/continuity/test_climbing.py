"""What is serious and not taken for five working days climbs to the national desk, once in each spell."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent
from caseapp.continuity import actions, queries
from caseapp.continuity.models import Alert
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from tests.acting import acting
from tests.slices.continuity.story import book, broken, looking, night, nightly_on
from tests.world import TODAY, World

GRAVE = TODAY + timedelta(days=2)
"""A Thursday: the care of `mine` becomes serious."""
FOURTH, FIFTH = GRAVE + timedelta(days=6), GRAVE + timedelta(days=7)
"""Wednesday and Thursday of the week after: four and five working days later."""


def climbed(house: Machine, world: World) -> int:
    """Return how often the alert about the care of `mine` climbed."""
    return broken(house, world).steps.count("climbed")


def with_alert(house: Machine, world: World, on: date, do: Callable[[Work, Alert], None]) -> None:
    """Let the coordinator do something with the alert on a day."""
    alert = broken(house, world)
    with acting(house, world, "coordinator", on) as work:
        row = queries.alert(work, world.mine, alert.id)
        assert row is not None
        do(work, row)


def take(work: Work, row: Alert) -> None:
    """Take the alert."""
    actions.take(work, row, row.version)


def test_it_climbs_on_the_fifth_working_day_and_no_more(house: Machine, world: World) -> None:
    found = []
    for day in (GRAVE, FOURTH, FIFTH, FIFTH, FIFTH + timedelta(days=1)):
        night(house, day)
        found.append(climbed(house, world))
    assert found == [0, 0, 1, 1, 1]
    told = [one for one in broken(house, world).told if one[1] == "AlertClimbed"]
    assert told == [("national", "AlertClimbed")]


def test_what_somebody_took_does_not_climb(house: Machine, world: World) -> None:
    night(house, GRAVE)
    with_alert(house, world, GRAVE, take)
    night(house, FIFTH)
    assert climbed(house, world) == 0


def test_what_was_put_off_climbs_five_working_days_after_it_is_back(
    house: Machine, world: World
) -> None:
    night(house, GRAVE)
    back = FIFTH
    with_alert(
        house, world, GRAVE, lambda work, row: actions.put_off(work, row, row.version, back, "x")
    )
    found = []
    for day in (back, back + timedelta(days=6), back + timedelta(days=7)):
        night(house, day)
        found.append(climbed(house, world))
    assert found == [0, 0, 1]


def test_it_climbs_again_when_it_came_back(house: Machine, world: World) -> None:
    night(house, GRAVE)
    night(house, FIFTH)
    book(house, world, FIFTH, FIFTH)
    back = FIFTH + timedelta(days=1)
    for day in (back, back + timedelta(days=6), back + timedelta(days=7)):
        night(house, day)
    assert (broken(house, world).times, climbed(house, world)) == (2, 2)


def test_of_two_jobs_at_once_one_brings_it_to_the_desk(house: Machine, world: World) -> None:
    night(house, GRAVE)
    first, second = nightly_on(house, FIFTH)(), []

    def also() -> None:
        work = nightly_on(house, FIFTH)()
        second.append(actions.climb(work))
        work.commit()
        work.session.close()

    assert actions.climb(first) > 0
    other = Thread(target=also)
    other.start()
    first.commit()
    other.join()
    first.session.close()
    assert (second, climbed(house, world)) == ([0], 1)
    assert in_the_trail(house, world) == 1


@pytest.mark.parametrize("at_once", [2, 4])
def test_looks_at_once_share_the_children_and_climb_once(
    house: Machine, world: World, at_once: int
) -> None:
    night(house, GRAVE)
    nights = [Thread(target=night, args=(house, FIFTH)) for _ in range(at_once)]
    for one in nights:
        one.start()
    for one in nights:
        one.join()
    alert = broken(house, world)
    assert alert.steps == ["raised", "changed", "climbed"]
    assert in_the_trail(house, world) == 1
    assert night(house, FIFTH).changed == 0


def in_the_trail(house: Machine, world: World) -> int:
    """Return how often the trail says that an alert of `mine` about care climbed."""
    alert = broken(house, world)
    with looking(house) as work:
        wanted = select(func.count()).where(
            AuditEvent.code == "alert-climbed", AuditEvent.object_id == alert.id
        )
        return work.session.scalar(wanted) or 0
