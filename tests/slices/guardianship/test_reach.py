"""A guardian sees the child for as long as the guardianship lasts, a worker for as long as support does."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp.domain.care_codes import GuardianshipKind, Regime
from caseapp.domain.intents.guardianship import GuardianDetails, SupportDetails
from caseapp.domain.periods import PeriodError
from caseapp.guardianship import actions, queries
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from tests.slices.guardianship.acting import acting, kept, rebuilt
from tests.world import NOW, TODAY, World


def sees(house: Machine, world: World, who: str, on: date = TODAY) -> bool:
    """Say whether somebody sees the child of the story on a day."""
    moment = NOW if on == TODAY else clock.noon(on)
    with acting(house, world, who, now=moment) as work:
        return people.sight_of(work, world.mine) is not None


def test_documents_bring_the_reach_of_their_guardians(work: Work, world: World) -> None:
    every = list(world.children.values())
    assert kept(work, every) == rebuilt(work, every) != set()


def test_a_new_guardian_sees_at_once_and_the_former_no_longer(house: Machine, world: World) -> None:
    assert sees(house, world, "guardian")
    assert not sees(house, world, "guardian_other")
    with acting(house, world, "guardianship") as work:
        said = GuardianDetails(TODAY, account_id=world.accounts["guardian_other"])
        actions.assign(work, world.mine, said)
        work.commit()
    assert not sees(house, world, "guardian")
    assert sees(house, world, "guardian_other")


def test_a_guardian_to_come_sees_from_that_day_on(house: Machine, world: World) -> None:
    day = TODAY + timedelta(days=7)
    with acting(house, world, "guardianship") as work:
        said = GuardianDetails(day, account_id=world.accounts["guardian_other"])
        actions.assign(work, world.mine, said)
        work.commit()
    before = day - timedelta(days=1)
    assert (sees(house, world, "guardian", before), sees(house, world, "guardian", day)) == (
        True,
        False,
    )
    assert not sees(house, world, "guardian_other", before)
    assert sees(house, world, "guardian_other", day)


def test_an_ended_guardianship_opens_nothing_and_can_be_reopened(
    house: Machine, world: World
) -> None:
    with acting(house, world) as work:
        [row] = queries.guardianships(work, world.mine)
        said = GuardianDetails(row.from_on, TODAY, row.account_id)
        actions.correct(work, row, 1, said)
        work.commit()
    assert not sees(house, world, "guardian")
    with acting(house, world) as work:
        [row] = queries.guardianships(work, world.mine)
        actions.correct(work, row, 2, replace(said, to_on=None))
        work.commit()
        assert kept(work, [world.mine]) == rebuilt(work, [world.mine])
    assert sees(house, world, "guardian")


@pytest.mark.parametrize(("ahead", "seen"), [(0, True), (1, False)])
def test_support_lets_its_worker_see_from_its_first_day(
    house: Machine, world: World, ahead: int, *, seen: bool
) -> None:
    worker = world.accounts["guardian_other"]
    with acting(house, world) as work:
        start = TODAY + timedelta(days=ahead)
        said = SupportDetails(Regime.NAZORG_NIDOS, start, worker_account_id=worker)
        actions.decide_support(work, world.mine, said)
        work.commit()
    assert sees(house, world, "guardian_other") is seen


def test_another_worker_takes_the_place_of_the_first(house: Machine, world: World) -> None:
    first, second = world.accounts["guardian"], world.accounts["guardian_other"]
    with acting(house, world) as work:
        said = SupportDetails(Regime.GEMEENTE, TODAY, worker_account_id=first)
        row = actions.decide_support(work, world.far, said)
        work.commit()
        actions.correct_support(work, row, 1, replace(said, worker_account_id=second))
        work.commit()
        mine = [one for one in kept(work, [world.far]) if one.origin_id == row.id]
        assert [one.account_id for one in mine] == [second]
        actions.correct_support(work, row, 2, replace(said, worker_account_id=None))
        work.commit()
        assert not [one for one in kept(work, [world.far]) if one.origin_id == row.id]


def test_who_follows_now_is_the_guardian_else_who_gives_support(
    house: Machine, world: World
) -> None:
    guardian, other = world.accounts["guardian"], world.accounts["guardian_other"]
    with acting(house, world) as work:
        for child_id in (world.mine, world.far):
            said = SupportDetails(Regime.GEMEENTE, TODAY, worker_account_id=other)
            actions.decide_support(work, child_id, said)
        work.commit()
        now = queries.workers_now(work, [world.mine, world.far, world.beside])
        assert (now[world.mine], now[world.far]) == (guardian, other)
        assert world.mine in queries.of_worker(work, guardian)
        assert queries.of_worker(work, other) == sorted((world.mine, world.far))


@pytest.mark.parametrize("seed", range(3))
def test_reach_follows_any_course_of_events(house: Machine, world: World, seed: int) -> None:
    """Twenty random changes, each with its reactions: the rows are what the records say, every time."""
    dice = random.Random(seed)
    with acting(house, world) as work:
        for _ in range(20):
            try:
                change(work, world, dice)
            except PeriodError:
                work.undo()
                continue
            work.commit()
            assert kept(work, [world.mine]) == rebuilt(work, [world.mine])


def change(work: Work, world: World, dice: random.Random) -> None:
    """Assign, correct or end a guardianship or support, today or some days away."""
    people_here = [world.accounts["guardian"], world.accounts["guardian_other"], None]
    account = dice.choice(people_here)
    start = TODAY + timedelta(days=dice.randint(-40, 40))
    end = start + timedelta(days=dice.randint(0, 60)) if dice.random() < 0.6 else None
    held, given = queries.guardianships(work, world.mine), queries.supports(work, world.mine)
    guardian = GuardianDetails(
        start, end, account, None if account else "zqx", GuardianshipKind.FULL
    )
    support = SupportDetails(Regime.GEMEENTE, start, end, worker_account_id=account)
    match dice.randint(0, 3):
        case 0:
            actions.assign(work, world.mine, guardian)
        case 1 if held:
            row = dice.choice(held)
            actions.correct(work, row, row.version, guardian)
        case 2 if given:
            line = dice.choice(given)
            actions.correct_support(work, line, line.version, support)
        case _:
            actions.decide_support(work, world.mine, support)
