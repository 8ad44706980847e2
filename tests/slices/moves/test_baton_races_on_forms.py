"""Somebody else was first: the form says so in a sentence, keeps what was typed, and can be sent again."""

from collections.abc import Callable
from uuid import UUID

import pytest

from caseapp.domain.intents.moves import Plan
from caseapp.kernel.machine import Machine
from caseapp.moves import actions
from tests.acting import acting
from tests.slices.moves.story import LATER, planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
CHANGED = {
    "version": "1",
    "planned_on": "2-12-2026",
    "announced_on": "24-11-2026",
    "reason": "",
    "term_time_reason": "toets",
}


def page(world: World, key: UUID, rest: str) -> str:
    return f"/kinderen/{world.mine}/verhuizing/{key}/{rest}"


def confirmed(house: Machine, world: World, key: UUID) -> None:
    with acting(house, world, "coordinator") as work:
        actions.confirm(work, the(work, world, key), 1)


@pytest.mark.parametrize(
    ("rest", "form"),
    [
        ("vertrek", {"version": "1", "on": "24-11-2026"}),
        ("annuleren", {"version": "1", "because": "geen plek meer"}),
    ],
)
def test_a_step_says_what_happened_meanwhile_and_can_be_sent_again(
    as_: As, house: Machine, world: World, rest: str, form: dict[str, str]
) -> None:
    key = planned(house, world)
    confirmed(house, world, key)
    client = as_("cpk", language="en")
    answer = client.post(page(world, key, rest), form)
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Meanwhile Staff coordinator changed this move. It is confirmed now" in shown
    assert 'name="version" value="2"' in shown
    assert form.get("because", "24-11-2026") in shown
    assert client.post(page(world, key, rest), form | {"version": "2"}).status_code == 303


def test_the_arrival_says_it_too(as_: As, house: Machine, world: World) -> None:
    key = sent(house, world, TODAY)
    confirmed(house, world, key)
    client = as_("cpk_far", language="en")
    form = {"version": "1", "on": "24-11-2026"}
    shown = client.post(page(world, key, "aankomst"), form).get_data(as_text=True)
    assert "Meanwhile Staff coordinator changed this move." in shown
    assert client.post(page(world, key, "aankomst"), form | {"version": "2"}).status_code == 303


def test_a_change_shows_what_stands_there_now(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "coordinator") as work:
        actions.change(work, the(work, world, key), 1, Plan(LATER, TODAY, term_time_reason="feest"))
    client = as_("cpk", language="en")
    shown = client.post(page(world, key, "wijzigen"), CHANGED).get_data(as_text=True)
    assert "Meanwhile Staff coordinator changed this move." in shown
    assert "feest" in shown
    assert "toets" in shown
    again = CHANGED | {"version": "2"}
    assert client.post(page(world, key, "wijzigen"), again).status_code == 303


def test_confirming_too_late_is_said_on_the_page_of_the_move(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world)
    with acting(house, world, "cpk") as work:
        actions.change(work, the(work, world, key), 1, Plan(LATER, TODAY, term_time_reason="feest"))
    client = as_("coordinator", language="en")
    assert client.post(page(world, key, "bevestigen"), {"version": "1"}).status_code == 303
    shown = client.get(page(world, key, "")[:-1]).get_data(as_text=True)
    assert "Meanwhile Staff cpk changed this move. It is planned now" in shown


def test_a_move_that_ended_meanwhile_says_how(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world)
    with acting(house, world, "coordinator") as work:
        actions.cancel(work, the(work, world, key), 1, "no")
    client = as_("cpk", language="en")
    for rest, form in (
        ("vertrek", {"version": "1", "on": "24-11-2026"}),
        ("annuleren", {"version": "1", "because": "geen plek meer"}),
        ("wijzigen", CHANGED),
    ):
        shown = client.post(page(world, key, rest), form).get_data(as_text=True)
        assert "This move is over. It was cancelled." in shown
