"""Alerts are raised, change, close by themselves and come back, in the transaction of what happened."""

from datetime import timedelta

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.domain.policy import Sees
from caseapp.kernel.machine import Machine
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.people import actions as people
from caseapp.people import queries as people_of
from tests.acting import acting
from tests.slices.continuity.story import alerts, book, broken, move_without_notice, night
from tests.world import TODAY, World

MOVED = TODAY - timedelta(days=12)
GRAVE = TODAY + timedelta(days=2)
"""The tenth working day after the move of the story."""


def test_what_came_in_with_a_document_is_looked_at(house: Machine, world: World) -> None:
    alert = broken(house, world)
    assert (alert.severity, alert.since, alert.owner) == ("warning", MOVED, "noord")
    assert alert.steps == ["raised"]
    assert alert.told == [
        (name, "AlertRaised") for name in ("coordinator", "cpk", "cpk_beside", "guardian")
    ]


def test_an_arrival_raises_the_break_at_the_receiving_region_at_once(
    house: Machine, world: World
) -> None:
    move_without_notice(house, world, "AZC-FAR")
    first, second = alerts(house, world, world.mine, "CAR-1")
    assert (first.closed, first.steps) == (TODAY, ["raised", "mended"])
    assert (second.closed, second.owner, second.since) == (None, "zuid", MOVED)
    assert second.names == {"coordinator_far", "cpk", "cpk_far", "guardian"}


def test_an_appointment_closes_the_break_and_its_length_is_kept(
    house: Machine, world: World
) -> None:
    later = TODAY + timedelta(days=1)
    book(house, world, later + timedelta(days=2), later)
    alert = broken(house, world)
    assert alert.closed == later
    assert alert.steps == ["raised", "mended"]
    assert alert.spells == [((later - MOVED).days, "facts")]


def test_a_break_comes_back_when_the_appointment_passed_and_nobody_was_seen(
    house: Machine, world: World
) -> None:
    book(house, world, GRAVE)
    night(house, GRAVE)
    assert broken(house, world).closed == TODAY
    night(house, GRAVE + timedelta(days=1))
    alert = broken(house, world)
    assert (alert.closed, alert.times, alert.owner) == (None, 2, "noord")
    assert alert.steps == ["raised", "mended", "came_back"]
    assert alert.spells == [((TODAY - MOVED).days, "facts"), (None, None)]
    assert {event for _name, event in alert.told} == {"AlertRaised", "AlertCameBack"}


def test_a_second_break_lasts_from_the_day_it_came_back(house: Machine, world: World) -> None:
    back = GRAVE + timedelta(days=1)
    book(house, world, GRAVE)
    night(house, back)
    book(house, world, back + timedelta(days=9), back + timedelta(days=3))
    assert broken(house, world).spells == [((TODAY - MOVED).days, "facts"), (3, "facts")]


def test_a_break_becomes_serious_on_its_day_and_tells_the_sending_region_too(
    house: Machine, world: World
) -> None:
    move_without_notice(house, world, "AZC-FAR")
    night(house, GRAVE - timedelta(days=1))
    assert broken(house, world).severity == "warning"
    night(house, GRAVE)
    alert = broken(house, world)
    assert (alert.severity, alert.steps) == ("critical", ["raised", "changed"])
    assert ("coordinator", "became-critical") in alert.told


def test_what_becomes_less_serious_tells_nobody(house: Machine, world: World) -> None:
    night(house, GRAVE)
    before = broken(house, world)
    night(house, TODAY)
    after = broken(house, world)
    assert (before.severity, after.severity) == ("critical", "warning")
    assert after.told == before.told
    assert after.steps == ["raised", "changed", "changed"]


def test_an_alert_follows_the_baton(house: Machine, world: World) -> None:
    assert alerts(house, world, world.beside, "PLA-1")[0].owner == "cpk_beside"
    with acting(house, world, "national") as work:
        moves.give(work, world.beside, world.accounts["cpk"], TODAY)
    (alert,) = alerts(house, world, world.beside, "PLA-1")
    assert (alert.owner, alert.steps) == ("cpk", ["raised", "assigned"])
    assert ("cpk", "AlertAssigned") in alert.told


def test_an_alert_never_stays_with_who_is_not_there_any_more(house: Machine, world: World) -> None:
    with acting(house, world, "administrator") as work:
        gone = accounts_of.account(work, world.accounts["cpk_beside"])
        assert gone is not None
        accounts.close_account(work, gone)
    (alert,) = alerts(house, world, world.beside, "PLA-1")
    assert (alert.owner, alert.steps) == ("noord", ["raised", "assigned"])


def test_who_is_told_outside_the_scope_sees_the_alert_while_it_lasts_at_most_30_days(
    house: Machine, world: World
) -> None:
    move_without_notice(house, world, "AZC-FAR")
    with acting(house, world, "cpk_far") as work:
        moves.accept(work, moves_of.transfers(work, world.mine)[-1])
    night(house, GRAVE)
    alert = broken(house, world)
    for day, sees in (
        (GRAVE, Sees.UNTIL_DEPARTURE),
        (GRAVE + timedelta(days=29), Sees.HEADER),
        (GRAVE + timedelta(days=30), None),
    ):
        with acting(house, world, "coordinator", day) as work:
            sight = people_of.sight_of(work, world.mine)
            told = set(work.session.scalars(people_of.told_ids(work.actor, work.now)))
        assert (sight.sees if sight else None) is sees
        assert (alert.id in told) is (sees is not None)


def test_being_told_ends_when_the_alert_closes(house: Machine, world: World) -> None:
    with acting(house, world, "cpk_beside") as work:
        assert set(work.session.scalars(people_of.told_ids(work.actor, work.now)))
    book(house, world, GRAVE)
    with acting(house, world, "cpk_beside") as work:
        assert not set(work.session.scalars(people_of.told_ids(work.actor, work.now)))


def test_a_closed_file_has_no_open_alert_and_an_opened_one_has_them_again(
    house: Machine, world: World
) -> None:
    with acting(house, world, "coordinator") as work:
        sight = people_of.sight_of(work, world.mine)
        assert sight is not None
        people.close(work, sight.child, sight.child.version, TODAY, "zqx-closed")
    assert broken(house, world).closed == TODAY
    with acting(house, world, "coordinator") as work:
        sight = people_of.sight_of(work, world.mine)
        assert sight is not None
        people.reopen(work, sight.child, sight.child.version)
    assert (broken(house, world).closed, broken(house, world).times) == (None, 2)
