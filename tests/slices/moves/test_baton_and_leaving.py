"""Whoever stops working here lays the baton down at once, and TRF-3 says that a child has nobody."""

from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as staff
from caseapp.cli.nightly import look
from caseapp.continuity.models import Alert
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Actor, ScopeKind, Sees
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions, jobs, queries
from tests.acting import acting
from tests.slices.moves.story import LATER, bearer, periods, sees, sent, the
from tests.world import TODAY, World


def nobody_says_it(house: Machine, world: World, on: date = TODAY) -> list[tuple[str, str | None]]:
    """Return severity and desk of the open alerts of TRF-3 about the child."""
    with acting(house, world, "national", on) as work:
        rows = work.session.execute(
            select(Alert.severity, Alert.owner_desk).where(
                Alert.child_id == world.mine, Alert.rule == "TRF-3", Alert.closed_at.is_(None)
            )
        )
        return [(severity, desk) for severity, desk in rows]


def close(house: Machine, world: World, who: str) -> None:
    with acting(house, world, "administrator") as work:
        row = staff.account(work, world.accounts[who])
        assert row is not None
        accounts.close_account(work, row)


def the_right(work: Work, world: World, who: str) -> Any:
    [grant] = staff.grants_of(work, world.accounts[who])
    return grant


def test_a_closed_account_ends_its_responsibility_that_day_and_trf_3_says_so(
    house: Machine, world: World
) -> None:
    assert nobody_says_it(house, world) == []
    close(house, world, "cpk")
    assert bearer(house, world) is None
    assert bearer(house, world, TODAY - timedelta(days=1)) == "cpk"
    assert nobody_says_it(house, world) == [("critical", "noord")]
    with acting(house, world, "national") as work:
        last = periods(queries.responsible(work, world.mine))[-1]
    assert last == (world.accounts["cpk"], TODAY - timedelta(days=12), TODAY)


def test_it_is_in_the_trail_that_it_ended(house: Machine, world: World) -> None:
    close(house, world, "cpk")
    with acting(house, world, "national") as work:
        ended = work.session.connection().exec_driver_sql(
            "SELECT count(*) FROM audit_event WHERE code = 'responsibility-ended'"
        )
        assert ended.scalar() == 1


def test_the_last_right_taken_back_ends_it_too(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        accounts.revoke_grant(work, the_right(work, world, "cpk"))
    assert bearer(house, world) is None
    assert nobody_says_it(house, world) == [("critical", "noord")]


def test_one_right_of_two_taken_back_ends_nothing(house: Machine, world: World) -> None:
    beside = world.locations["NO-BESIDE"]
    with acting(house, world, "national") as work:
        row = staff.account(work, world.accounts["cpk"])
        assert row is not None
        first = the_right(work, world, "cpk")
        asked = accounts.ask_grant(work, GrantWish(row.id, ScopeKind.LOCATION, str(beside)))
        work.flush()
        asked.approved_by, asked.approved_at = world.accounts["coordinator"], work.now
        work.flush()
        accounts.revoke_grant(work, first)
    assert bearer(house, world) == "cpk"
    assert nobody_says_it(house, world) == []


def test_a_right_that_ends_by_its_date_ends_it_in_that_night_and_not_before(
    house: Machine, world: World
) -> None:
    with acting(house, world, "coordinator") as work:
        accounts.end_grant(work, the_right(work, world, "cpk"), LATER)
    assert bearer(house, world) == "cpk"
    look(house, LATER)
    assert bearer(house, world, LATER) == "cpk"
    after = LATER + timedelta(days=1)
    look(house, after)
    assert bearer(house, world, after) is None
    assert nobody_says_it(house, world, after) == [("critical", "noord")]


def test_a_night_that_is_late_ends_it_on_the_day_that_the_right_ended(
    house: Machine, world: World
) -> None:
    with acting(house, world, "coordinator") as work:
        accounts.end_grant(work, the_right(work, world, "cpk"), LATER)
    look(house, LATER + timedelta(days=4))
    with acting(house, world, "national", LATER + timedelta(days=4)) as work:
        assert queries.responsible(work, world.mine)[-1].to_on == LATER + timedelta(days=1)


def test_the_night_twice_ends_nothing_more(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        accounts.end_grant(work, the_right(work, world, "cpk"), TODAY)
    night = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)

    def open_work() -> Work:
        return house.work(Actor(account_id=None, name="nightly", everywhere=True), now=night)

    assert jobs.end_with_rights(open_work) == 1
    assert jobs.end_with_rights(open_work) == 0


def test_who_left_is_given_no_child(house: Machine, world: World) -> None:
    close(house, world, "cpk_far")
    with acting(house, world, "national") as work, pytest.raises(RefusedError) as refused:
        actions.give(work, world.mine, world.accounts["cpk_far"], TODAY)
    assert refused.value.why is Refusal.NOT_AT_WORK
    assert bearer(house, world) == "cpk"


def test_who_accepted_and_left_before_the_arrival_leaves_the_baton_with_the_sender(
    house: Machine, world: World
) -> None:
    key = sent(house, world)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    close(house, world, "cpk_far")
    with acting(house, world, "coordinator_far", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    assert bearer(house, world, LATER) == "cpk"
    assert sees(house, world, "cpk", LATER) is Sees.ALL


def test_a_contact_person_who_left_stands_in_for_nobody(house: Machine, world: World) -> None:
    close(house, world, "cpk")
    with acting(house, world, "national") as work:
        assert not actions.stand_in(work, world.mine, world.locations["AZC-HERE"], TODAY)
    assert bearer(house, world) is None


def test_somebody_takes_over_and_trf_3_is_mended(house: Machine, world: World) -> None:
    close(house, world, "cpk")
    with acting(house, world, "coordinator") as work:
        actions.take_over(work, world.mine, world.accounts["coordinator"])
    assert bearer(house, world) == "coordinator"
    assert nobody_says_it(house, world) == []


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
@pytest.mark.parametrize("closes_first", [True, False])
def test_a_child_given_while_the_account_is_closed_is_with_nobody_who_left(
    house: Machine, world: World, *, closes_first: bool
) -> None:
    """On SQLite there is one writer at a time, so the race is that of PostgreSQL alone."""
    outcomes: list[str] = []

    def closing() -> None:
        close(house, world, "cpk_far")
        outcomes.append("closed")

    def giving() -> None:
        try:
            with acting(house, world, "national") as work:
                actions.give(work, world.mine, world.accounts["cpk_far"], TODAY)
                held.wait(5)
        except RefusedError as refused:
            outcomes.append(refused.why.value)

    held = Event()
    threads = [Thread(target=closing), Thread(target=giving)]
    for thread in threads if closes_first else reversed(threads):
        thread.start()
        thread.join(0.3)
    held.set()
    for thread in threads:
        thread.join()
    assert "closed" in outcomes
    assert bearer(house, world) == ("cpk" if closes_first else None)
