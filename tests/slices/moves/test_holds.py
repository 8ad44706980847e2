"""A move that has to wait: put on hold, over by itself, lifted, overridden; and somebody who objects."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.machine import Machine
from caseapp.moves import actions, queries
from caseapp.moves.models import Hold
from caseapp.notices.models import Notice
from tests.acting import acting
from tests.slices.moves.story import LATER, planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
WHY = "the therapist asks for two more weeks"
UNTIL = TODAY + timedelta(days=10)


def held(house: Machine, world: World, key: UUID, until: date = UNTIL) -> UUID:
    with acting(house, world, "coordinator") as work:
        return actions.put_on_hold(work, the(work, world, key), until, WHY).id


def hold_of(house: Machine, world: World, key: UUID, on: date = TODAY) -> Hold | None:
    with acting(house, world, "national", on) as work:
        return queries.held(work, key)


def refusal(step: Callable[[], object]) -> Refusal:
    with pytest.raises(RefusedError) as met:
        step()
    return met.value.why


def told(house: Machine, world: World, event: str) -> set[str]:
    names = {key: who for who, key in world.accounts.items()}
    with acting(house, world, "national") as work:
        rows = work.session.scalars(select(Notice.account_id).where(Notice.event == event))
        return {names[one] for one in rows}


def page(world: World, key: UUID, *rest: object) -> str:
    return "/".join((f"/kinderen/{world.mine}/verhuizing/{key}", *map(str, rest)))


def test_a_move_on_hold_is_neither_confirmed_nor_begun(house: Machine, world: World) -> None:
    key = planned(house, world)
    held(house, world, key)
    with acting(house, world, "coordinator") as work:
        move = the(work, world, key)
        assert refusal(lambda: actions.confirm(work, move, None)) is Refusal.HELD
        assert refusal(lambda: actions.depart(work, move, None, TODAY)) is Refusal.HELD
    with acting(house, world, "coordinator") as work:
        assert the(work, world, key).status == "planned"


def test_a_hold_ends_by_itself_on_its_day(house: Machine, world: World) -> None:
    key = planned(house, world)
    held(house, world, key)
    eve = UNTIL - timedelta(days=1)
    assert hold_of(house, world, key, eve) is not None
    with acting(house, world, "coordinator", eve) as work:
        move = the(work, world, key)
        assert refusal(lambda: actions.confirm(work, move, None)) is Refusal.HELD
    assert hold_of(house, world, key, UNTIL) is None
    with acting(house, world, "coordinator", UNTIL) as work:
        actions.confirm(work, the(work, world, key), None)
    with acting(house, world, "coordinator", UNTIL) as work:
        assert the(work, world, key).status == "confirmed"


def test_the_desk_that_put_it_there_lifts_it(house: Machine, world: World) -> None:
    key = planned(house, world)
    row_id = held(house, world, key)
    with acting(house, world, "coordinator") as work:
        row = queries.hold(work, key, row_id)
        assert row is not None
        actions.lift(work, the(work, world, key), row, row.version, "the therapist agrees")
    with acting(house, world, "coordinator") as work:
        actions.confirm(work, the(work, world, key), None)
        row = queries.hold(work, key, row_id)
        assert row is not None
        assert (row.ended_how, row.facts.ended_because) == ("lifted", "the therapist agrees")
        assert row.facts.reason == WHY


def test_another_desk_cannot_lift_it_and_only_the_national_one_overrides(
    house: Machine, world: World
) -> None:
    key = planned(house, world)
    row_id = held(house, world, key)
    for who, act, why in (
        ("guardianship", actions.lift, Refusal.NOT_YOUR_HOLD),
        ("national", actions.lift, Refusal.NOT_YOUR_HOLD),
        ("guardianship", actions.override, Refusal.NOT_NATIONAL),
    ):
        with acting(house, world, who) as work:
            move, row = the(work, world, key), queries.hold(work, key, row_id)
            assert refusal(lambda: act(work, move, row, None, "no")) is why  # noqa: B023
    with acting(house, world, "national") as work:
        row = queries.hold(work, key, row_id)
        assert row is not None
        actions.override(work, the(work, world, key), row, row.version, "the house closes")
    with acting(house, world, "coordinator") as work:
        actions.confirm(work, the(work, world, key), None)
    assert told(house, world, "HoldOverridden") == {"cpk", "guardian", "coordinator"}


def test_who_is_concerned_is_told_and_it_is_in_the_trail(house: Machine, world: World) -> None:
    held(house, world, planned(house, world))
    assert told(house, world, "HoldSet") == {"cpk", "guardian"}
    with acting(house, world, "national") as work:
        codes = work.session.scalars(
            select(AuditEvent.code).where(AuditEvent.child_id == world.mine)
        ).all()
    assert "hold-set" in codes


def test_the_receiver_hears_of_it_only_once_the_handover_was_sent(
    house: Machine, world: World
) -> None:
    held(house, world, sent(house, world))
    assert told(house, world, "HoldSet") == {"cpk", "guardian", "cpk_far"}


def test_a_hold_lasts_until_a_day_after_today(house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "coordinator") as work:
        move = the(work, world, key)
        why = refusal(lambda: actions.put_on_hold(work, move, TODAY, WHY))
        assert why is Refusal.HOLD_IN_PAST
        row = actions.put_on_hold(work, move, TODAY + timedelta(days=1), WHY)
        assert row.until_on == TODAY + timedelta(days=1)


def test_one_hold_at_a_time_and_none_on_a_move_that_is_over(house: Machine, world: World) -> None:
    key = planned(house, world)
    held(house, world, key)
    with acting(house, world, "coordinator") as work:
        move = the(work, world, key)
        again = refusal(lambda: actions.put_on_hold(work, move, UNTIL, WHY))
        assert again is Refusal.HELD_ALREADY
        actions.cancel(work, move, None, "it does not go on")
    with acting(house, world, "coordinator") as work:
        move = the(work, world, key)
        over = refusal(lambda: actions.put_on_hold(work, move, UNTIL, WHY))
        assert over is Refusal.IS_OVER


def test_an_arrival_is_a_fact_that_no_hold_stops(house: Machine, world: World) -> None:
    key = planned(house, world)
    held(house, world, key)
    with acting(house, world, "national", LATER) as work:
        actions.arrive(work, the(work, world, key), None, LATER)
    with acting(house, world, "national", LATER) as work:
        assert the(work, world, key).status == "arrived"


def test_a_guardian_objects_and_the_coordinator_decides(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world)
    guardian, coordinator = as_("guardian", language="en"), as_("coordinator", language="en")
    answer = guardian.post(page(world, key, "bezwaar"), {"reason": "the bond with the school"})
    assert answer.status_code == 303
    assert told(house, world, "MoveObjected") == {"coordinator"}
    shown = coordinator.get(page(world, key)).get_data(as_text=True)
    assert "the bond with the school" in shown
    with acting(house, world, "coordinator") as work:
        [row] = queries.holds(work, key)
        assert queries.held(work, key) is None
    lifted = page(world, key, "vasthouden", row.id, "opheffen")
    answer = {"version": str(row.version), "because": "we wait for the summer"}
    assert coordinator.post(lifted, answer).status_code == 303
    assert "we wait for the summer" in guardian.get(page(world, key)).get_data(as_text=True)


def test_the_pages_hold_lift_and_say_until_when_and_why(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world)
    client, sender = as_("coordinator", language="en"), as_("cpk", language="en")
    wrong = client.post(page(world, key, "vasthouden"), {"until": "24-11-2026", "reason": WHY})
    assert WHY in wrong.get_data(as_text=True)
    assert "Choose 25-11-2026 or later" in wrong.get_data(as_text=True)
    right = {"until": "04-12-2026", "reason": WHY}
    assert client.post(page(world, key, "vasthouden"), right).status_code == 303
    shown = sender.get(page(world, key)).get_data(as_text=True)
    assert "This move is on hold until 4 December." in shown
    assert WHY in shown
    left = sender.post(page(world, key, "vertrek"), {"version": "1", "on": "24-11-2026"})
    assert f"on hold until 4 December: {WHY}" in left.get_data(as_text=True)
    refused = client.post(page(world, key, "bevestigen"), {"version": "1"}, follow_redirects=True)
    assert "This move is on hold until 4 December." in refused.get_data(as_text=True)
    assert WHY not in str(refused.headers)


def test_the_national_desk_overrides_on_its_page_and_nobody_else_finds_that_page(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world)
    row_id = held(house, world, key)
    address = page(world, key, "vasthouden", row_id, "doorzetten")
    assert as_("coordinator").get(address).status_code == 404
    assert as_("cpk").get(address).status_code == 403
    national = as_("national", language="en")
    assert "Go on in spite of the hold" in national.get(page(world, key)).get_data(as_text=True)
    assert national.post(address, {"version": "1", "because": ""}).status_code == 200
    assert national.post(address, {"version": "1", "because": "fire"}).status_code == 303
    assert hold_of(house, world, key) is None
    again = national.post(address, {"version": "1", "because": "fire"})
    assert "This hold is over already." in again.get_data(as_text=True)
