"""The warm window to the second: who sees how much before, at and after a move (security.md 3.2)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.accounts import actions as staff
from caseapp.accounts import queries as accounts
from caseapp.continuity.models import Alert
from caseapp.domain.intents.moves import Plan
from caseapp.domain.policy import Actor, Sees
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions, queries
from caseapp.people import queries as people
from caseapp.web.sentences import TELLINGS
from tests.acting import acting, step_in
from tests.slices.moves.story import bearer, planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

SECOND = timedelta(seconds=1)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""The clock goes forward, and back."""


@contextmanager
def at(house: Machine, world: World, who: str, moment: datetime) -> Iterator[Work]:
    """Give a unit of work of somebody at a moment, and commit it at the end."""
    work = house.work(Actor(account_id=None, name="door", everywhere=True), now=moment)
    account = accounts.account(work, world.accounts[who])
    assert account is not None
    step_in(work, accounts.actor_of(work.session, account, moment))
    yield work
    work.commit()
    work.session.close()


def sees_at(house: Machine, world: World, who: str, moment: datetime) -> Sees | None:
    with at(house, world, who, moment) as work:
        sight = people.sight_of(work, world.mine)
        return sight.sees if sight else None


def reads_no_more(house: Machine, world: World, who: str, moment: datetime) -> bool:
    """Say whether nothing is open, or only who the child is: for who was told of an alert (rules.md 4)."""
    return sees_at(house, world, who, moment) in {None, Sees.HEADER}


def moved(house: Machine, world: World, day: date, *, accepted: bool = True) -> UUID:
    """Let the child move to far at noon of a day, accepted before or not; return the key of the move."""
    with at(house, world, "cpk", clock.noon(day)) as work:
        key = actions.plan(work, world.mine, Plan(day, day, world.locations["AZC-FAR"])).id
    with at(house, world, "cpk", clock.noon(day)) as work:
        actions.send(work, the(work, world, key))
    if accepted:
        with at(house, world, "cpk_far", clock.noon(day)) as work:
            actions.accept(work, the(work, world, key))
    with at(house, world, "cpk_far", clock.noon(day)) as work:
        actions.arrive(work, the(work, world, key), None, day)
    return key


@pytest.mark.attack(54)
@pytest.mark.asvs("8.2.2", "8.3.2")
@pytest.mark.parametrize(
    "move_on", [TODAY, SPRING - timedelta(days=10), AUTUMN - timedelta(days=10)]
)
def test_the_sender_reads_on_until_the_last_second_of_the_thirtieth_day(
    house: Machine, world: World, move_on: date
) -> None:
    """The midnight that ends it is one in the Netherlands, also across a change of the clock."""
    key = moved(house, world, move_on)
    ends = clock.midnight(move_on + timedelta(days=30))
    assert sees_at(house, world, "cpk", ends - SECOND) is Sees.UNTIL_DEPARTURE
    assert reads_no_more(house, world, "cpk", ends)
    for moment, reads in ((ends - SECOND, True), (ends, False), (ends + SECOND, False)):
        with at(house, world, "cpk", moment) as work:
            with work.beyond("the story knows its move"):
                move = queries.transfer(work, world.mine, key)
            assert move is not None
            assert queries.may_read_thread(work, move) is reads


@pytest.mark.attack(54, twin="reading on after a move has no end")
def test_otherwise_the_sender_would_read_on_for_good(
    house: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.domain.reach.READS_ON", 4000)
    moved(house, world, TODAY)
    ends = clock.midnight(TODAY + timedelta(days=30))
    assert sees_at(house, world, "cpk", ends) is Sees.UNTIL_DEPARTURE


@pytest.mark.attack(54)
@pytest.mark.asvs("8.2.2", "8.3.2")
@pytest.mark.parametrize("move_on", [TODAY + timedelta(days=30), SPRING, AUTUMN])
def test_a_sent_handover_opens_at_the_first_second_of_the_fourteenth_day_before(
    house: Machine, world: World, move_on: date
) -> None:
    with at(house, world, "cpk", clock.noon(TODAY)) as work:
        said = Plan(move_on, TODAY, world.locations["AZC-FAR"])
        key = actions.plan(work, world.mine, said).id
    with at(house, world, "cpk", clock.noon(TODAY)) as work:
        actions.send(work, the(work, world, key))
    opens = clock.midnight(move_on - timedelta(days=14))
    assert sees_at(house, world, "cpk_far", opens - SECOND) is None
    assert sees_at(house, world, "cpk_far", opens) is Sees.HANDOVER
    for moment, reads in ((opens - SECOND, False), (opens, True)):
        with at(house, world, "cpk_far", moment) as work:
            assert queries.may_read_thread(work, the(work, world, key)) is reads


def test_a_handover_opens_at_the_second_that_it_is_sent(house: Machine, world: World) -> None:
    key = planned(house, world)
    moment = clock.noon(TODAY)
    with at(house, world, "cpk", moment) as work:
        actions.send(work, the(work, world, key))
    assert sees_at(house, world, "cpk_far", moment - SECOND) is None
    assert sees_at(house, world, "cpk_far", moment) is Sees.HANDOVER


def test_the_receiver_writes_from_the_second_of_arrival(house: Machine, world: World) -> None:
    key = sent(house, world, TODAY)
    moment = clock.noon(TODAY)
    with at(house, world, "cpk_far", moment) as work:
        actions.arrive(work, the(work, world, key), None, TODAY)
    assert sees_at(house, world, "cpk_far", moment - SECOND) is Sees.HANDOVER
    assert sees_at(house, world, "cpk_far", moment) is Sees.ALL


@pytest.mark.attack(54)
@pytest.mark.asvs("8.2.2", "8.3.2")
def test_a_cancelled_move_closes_at_that_second(house: Machine, world: World) -> None:
    key = sent(house, world, TODAY)
    moment = clock.noon(TODAY)
    with at(house, world, "cpk", moment) as work:
        actions.cancel(work, the(work, world, key), None, "the place was given away")
    assert sees_at(house, world, "cpk_far", moment - SECOND) is Sees.HANDOVER
    assert sees_at(house, world, "cpk_far", moment) is None
    with at(house, world, "cpk", moment) as work:
        assert queries.may_read_thread(work, the(work, world, key))


@pytest.mark.attack(54)
@pytest.mark.asvs("8.2.2", "8.3.2")
@pytest.mark.parametrize("accepted_after", [3, 40])
def test_who_stayed_responsible_sees_all_until_acceptance_and_reads_30_days_after_it(
    house: Machine, world: World, accepted_after: int
) -> None:
    key = moved(house, world, TODAY, accepted=False)
    day = TODAY + timedelta(days=accepted_after)
    moment = clock.noon(day)
    with at(house, world, "cpk_far", moment) as work:
        actions.accept(work, the(work, world, key))
    assert bearer(house, world, day) == "cpk_far"
    assert sees_at(house, world, "cpk", moment - SECOND) is Sees.ALL
    assert sees_at(house, world, "cpk", moment) is Sees.UNTIL_DEPARTURE
    ends = clock.midnight(day + timedelta(days=30))
    with at(house, world, "cpk", ends - SECOND) as work:
        sight = people.sight_of(work, world.mine)
        assert sight is not None
        assert (sight.sees, sight.until_on) == (Sees.UNTIL_DEPARTURE, TODAY)
        assert queries.may_read_thread(work, the(work, world, key))
    assert reads_no_more(house, world, "cpk", ends)


def test_without_a_handover_the_receiver_sees_who_comes_on_the_day_of_the_move_and_no_more(
    house: Machine, world: World
) -> None:
    day = TODAY + timedelta(days=5)
    key = planned(house, world, day)
    opens = clock.midnight(day)
    assert sees_at(house, world, "cpk_far", opens - SECOND) is None
    assert sees_at(house, world, "cpk_far", opens) is Sees.HEADER
    assert sees_at(house, world, "coordinator_far", opens) is Sees.HEADER
    assert sees_at(house, world, "guardian_other", opens) is None
    with at(house, world, "cpk_far", opens) as work:
        move = queries.transfer(work, world.mine, key)
        assert move is not None
        assert not queries.may_read_thread(work, move)


def test_a_handover_sent_at_the_door_opens_what_is_handed_over(
    house: Machine, world: World
) -> None:
    key = planned(house, world, TODAY)
    assert sees_at(house, world, "cpk_far", clock.noon(TODAY)) is Sees.HEADER
    with at(house, world, "cpk", clock.noon(TODAY)) as work:
        actions.send(work, the(work, world, key))
    assert sees_at(house, world, "cpk_far", clock.noon(TODAY)) is Sees.HANDOVER


def test_who_left_early_is_known_at_the_door_at_once(house: Machine, world: World) -> None:
    key = planned(house, world, TODAY + timedelta(days=5))
    with acting(house, world, "cpk") as work:
        actions.depart(work, the(work, world, key), None, TODAY)
    assert sees_at(house, world, "cpk_far", clock.noon(TODAY)) is Sees.HEADER


def test_a_move_put_off_shuts_the_door_again(house: Machine, world: World) -> None:
    key = planned(house, world, TODAY)
    with at(house, world, "cpk", clock.noon(TODAY)) as work:
        actions.change(work, the(work, world, key), None, Plan(TODAY + timedelta(days=3), TODAY))
    assert sees_at(house, world, "cpk_far", clock.noon(TODAY)) is None
    opens = clock.midnight(TODAY + timedelta(days=3))
    assert sees_at(house, world, "cpk_far", opens - SECOND) is None
    assert sees_at(house, world, "cpk_far", opens) is Sees.HEADER


def test_only_the_two_ends_and_the_guardian_read_what_is_said_about_a_move(
    house: Machine, world: World
) -> None:
    key = sent(house, world, TODAY)
    may = dict.fromkeys(("cpk", "cpk_far", "coordinator", "coordinator_far", "national"), True)
    may |= {"guardian": True, "cpk_beside": False, "guardian_other": False}
    for who, expected in may.items():
        with acting(house, world, who) as work:
            with work.beyond("the story knows its move"):
                move = queries.transfer(work, world.mine, key)
            assert move is not None
            assert queries.may_read_thread(work, move) is expected, who


def test_own_unfinished_tasks_stay_visible_as_titles_only(
    as_: Callable[..., StrictClient], house: Machine, world: World
) -> None:
    """`cpk_beside` sees `mine` up to departure; that nobody is responsible is still on its name."""
    client = as_("cpk_beside", language="en")
    home = f"/kinderen/{world.mine}"
    assert "Still on your name" not in client.get(home).get_data(as_text=True)
    with acting(house, world, "administrator") as work:
        row = accounts.account(work, world.accounts["cpk"])
        assert row is not None
        staff.close_account(work, row)
    with acting(house, world, "national") as work:
        [alert] = work.session.scalars(
            select(Alert).where(Alert.child_id == world.mine, Alert.rule == "TRF-3")
        )
        alert.owner_account_id, alert.owner_desk = world.accounts["cpk_beside"], None
    shown = client.get(home).get_data(as_text=True)
    assert f"Still on your name: {TELLINGS['TRF-3'].short}." in shown
    assert f"{home}/signaleringen/{alert.id}" not in shown
    assert client.get(f"{home}/signaleringen/{alert.id}").status_code == 404
