"""A bus leaves and a bus comes: ticked by name, saved together, each child in its own right."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from caseapp.casefile import actions
from caseapp.domain.codes import Topic
from caseapp.domain.intents.moves import PromiseDetails
from caseapp.domain.moving import Refusal
from caseapp.kernel.machine import Machine
from caseapp.moves import actions as moving
from caseapp.moves import queries
from caseapp.moves.models import Transfer
from tests.acting import acting
from tests.proofs.racers import staged
from tests.slices.moves.story import bearer, planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
DAY = "/verhuizingen/dag"
BUS = 12


def bus(house: Machine, world: World) -> list[tuple[UUID, UUID]]:
    """Let a bus of children be on its way from here to far today, each handed over."""
    return list(staged(house, world, range(BUS)))


def statuses(house: Machine, world: World, keys: Sequence[tuple[UUID, UUID]]) -> list[str]:
    with acting(house, world, "national") as work:
        found = [queries.transfer(work, child, move) for child, move in keys]
        return [row.status for row in found if row is not None]


def test_who_left_is_ticked_and_saved_once(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, TODAY)
    client = as_("cpk", language="en")
    shown = client.get(DAY).get_data(as_text=True)
    assert "Leaves here" in shown
    assert "handover not sent yet" in shown
    form = {"who": str(key), "on": "24-11-2026"}
    assert client.post(f"{DAY}/vertrek", form).status_code == 303
    assert client.post(f"{DAY}/vertrek", form).status_code == 303
    again = client.get(DAY).get_data(as_text=True)
    assert "This was saved already." in again
    assert "Nobody has to leave." in again
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "departed"
        assert the(work, world, key).version == 2


def test_a_bus_arrives_and_who_was_not_on_it_stays_on_the_list(
    as_: As, house: Machine, world: World
) -> None:
    keys = bus(house, world)
    client = as_("cpk_far", language="en")
    assert "Comes here" in client.get(DAY).get_data(as_text=True)
    came = [str(move) for _child, move in keys[:-1]]
    assert client.post(f"{DAY}/aankomst", {"who": came, "on": "24-11-2026"}).status_code == 303
    shown = client.get(DAY).get_data(as_text=True)
    assert "11 children have arrived." in shown
    assert f'value="{keys[-1][1]}"' in shown
    assert statuses(house, world, keys) == ["arrived"] * 11 + ["confirmed"]


def test_after_the_bus_all_handovers_are_accepted_in_one_act(
    as_: As, house: Machine, world: World
) -> None:
    keys = bus(house, world)
    with acting(house, world, "cpk") as work:
        row = queries.transfer(work, *keys[0])
        assert row is not None
        moving.add_promise(work, row, PromiseDetails(Topic.SCHOOL, "swimming on Wednesdays"))
    client = as_("cpk_far", language="en")
    every = [str(move) for _child, move in keys]
    client.post(f"{DAY}/aankomst", {"who": every, "on": "24-11-2026"})
    shown = client.get(DAY).get_data(as_text=True)
    assert "swimming on Wednesdays" in shown
    unread = client.post(f"{DAY}/aanvaarden", {"who": every})
    assert "Read the handover first" in unread.get_data(as_text=True)
    form = {"who": every, "read_all": "yes"}
    assert client.post(f"{DAY}/aanvaarden", form).status_code == 303
    assert client.post(f"{DAY}/aanvaarden", form).status_code == 303
    with acting(house, world, "national") as work:
        for child, _move in keys:
            row_now = queries.responsible_on(work, child, TODAY)
            assert row_now is not None
            assert row_now.account_id == world.accounts["cpk_far"]


def test_who_cannot_arrive_is_named_and_the_others_are_saved(
    as_: As, house: Machine, world: World
) -> None:
    keys = bus(house, world)
    late = sent(house, world, TODAY)
    every = [str(late), *(str(move) for _child, move in keys)]
    answer = as_("cpk_far", language="en").post(
        f"{DAY}/aankomst", {"who": every, "on": "5-11-2026"}
    )
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "lived somewhere else already" in shown
    assert "12 children have arrived." in shown
    with acting(house, world, "national") as work:
        assert the(work, world, late).status == "confirmed" or (
            the(work, world, late).status == "planned"
        )
    assert statuses(house, world, keys) == ["arrived"] * BUS


@pytest.mark.parametrize("ahead", [0, 1])
def test_nobody_arrives_before_the_present_stay_began(
    house: Machine, world: World, ahead: int
) -> None:
    key = sent(house, world, TODAY)
    day = TODAY - timedelta(days=13 - ahead)
    with acting(house, world, "cpk_far") as work:
        taken = actions.arrive_all(work, [the(work, world, key)], day)
        assert taken.refused == ({} if ahead else {key: Refusal.BEFORE_STAY})
        assert taken.done == ([key] if ahead else [])


def test_nothing_ticked_is_asked_for_and_the_day_is_kept(
    as_: As, world: World, house: Machine
) -> None:
    sent(house, world, TODAY)
    answer = as_("cpk_far", language="en").post(f"{DAY}/aankomst", {"on": "23-11-2026"})
    shown = answer.get_data(as_text=True)
    assert "Tick who has arrived." in shown
    assert 'value="23-11-2026"' in shown


def test_a_move_of_another_place_cannot_be_slipped_in(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, TODAY)
    for who in ("cpk_beside", "cpk"):
        form = {"who": str(key), "on": "24-11-2026"}
        assert as_(who).post(f"{DAY}/aankomst", form).status_code == 303
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "planned"
    assert bearer(house, world) == "cpk"


def test_a_coordinator_chooses_the_location_and_a_guardian_sees_no_such_page(
    as_: As, house: Machine, world: World
) -> None:
    key = str(sent(house, world, TODAY))
    assert key in as_("coordinator_far").get(DAY).get_data(as_text=True)
    assert key in as_("national").get(f"{DAY}?locatie=AZC-FAR").get_data(as_text=True)
    assert key in as_("coordinator").get(f"{DAY}?locatie=AZC-HERE").get_data(as_text=True)
    assert key not in as_("coordinator").get(f"{DAY}?locatie=NO-BESIDE").get_data(as_text=True)
    own = as_("coordinator").get(f"{DAY}?locatie=AZC-FAR&dag=x").get_data(as_text=True)
    assert "azc Hier, 24 november." in own
    assert "Komt hier" in own
    assert as_("guardian").get(DAY).status_code == 403
    nowhere = as_("guardianship", language="en").get(DAY).get_data(as_text=True)
    assert "You work at no location now." in nowhere


def test_who_is_expected_later_stands_there_from_that_day(
    as_: As, house: Machine, world: World
) -> None:
    key = str(sent(house, world, TODAY + timedelta(days=2)))
    client = as_("cpk_far")
    assert key not in client.get(f"{DAY}?dag=2026-11-25").get_data(as_text=True).split("accept")[0]
    assert key in client.get(f"{DAY}?dag=2026-11-26").get_data(as_text=True)


def cost(house: Machine, world: World, rows: int) -> int:
    """Return how many statements it costs to let so many children arrive."""
    keys = staged(house, world, range(1000 * rows, 1000 * rows + rows))
    count = 0

    def counted(*_args: object) -> None:
        nonlocal count
        count += 1

    event.listen(house.engine, "before_cursor_execute", counted)
    with acting(house, world, "cpk_far") as work:
        moves: list[Transfer] = []
        for child, move in keys:
            row = queries.transfer(work, child, move)
            assert row is not None
            moves.append(row)
        actions.arrive_all(work, moves, TODAY)
    event.remove(house.engine, "before_cursor_execute", counted)
    return count


def test_one_more_child_on_the_bus_costs_a_few_statements(house: Machine, world: World) -> None:
    few, many = cost(house, world, 2), cost(house, world, 12)
    assert (many - few) / 10 <= 25


@pytest.mark.parametrize("step", ["vertrek", "aankomst", "aanvaarden"])
def test_a_field_that_nobody_asked_for_is_refused(as_: As, step: str) -> None:
    assert as_("cpk").post(f"{DAY}/{step}", {"id": "1"}).status_code == 400
