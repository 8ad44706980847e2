"""A child at the door of which nothing was handed over: it can be let in, and nothing else is open."""

from collections.abc import Callable
from datetime import timedelta

from caseapp.domain.intents.moves import Plan
from caseapp.kernel.machine import Machine
from caseapp.moves import actions
from tests.acting import acting
from tests.slices.moves.story import bearer, planned, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def test_the_receiver_sees_the_name_and_writes_down_the_arrival(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, TODAY)
    client = as_("cpk_far", language="en")
    home = f"/kinderen/{world.mine}"
    page = client.get(home).get_data(as_text=True)
    assert "nothing was handed over yet" in page
    assert f"{home}/verhuizing/{key}/aankomst" in page
    for shut in (
        "verblijf",
        "zorg",
        "school",
        "observaties",
        f"verhuizing/{key}",
        f"overdracht/{key}",
    ):
        assert client.get(f"{home}/{shut}").status_code == 404
    form = client.get(f"{home}/verhuizing/{key}/aankomst").get_data(as_text=True)
    assert "Nothing was handed over of this child yet." in form
    arrival = {"version": "1", "on": "24-11-2026"}
    assert client.post(f"{home}/verhuizing/{key}/aankomst", arrival).status_code == 303
    assert client.get(f"{home}/verblijf").status_code == 200
    assert bearer(house, world) == "cpk"


def test_before_the_day_there_is_nobody_at_the_door(as_: As, house: Machine, world: World) -> None:
    key = planned(house, world, TODAY + timedelta(days=10))
    client = as_("cpk_far")
    assert client.get(f"/kinderen/{world.mine}").status_code == 404
    address = f"/kinderen/{world.mine}/verhuizing/{key}/aankomst"
    arrival = {"version": "1", "on": "24-11-2026"}
    assert client.post(address, arrival).status_code == 404
    with acting(house, world, "national") as work:
        assert the(work, world, key).status == "planned"


def test_a_door_is_that_of_one_place_only(as_: As, house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        beside = world.locations["NO-BESIDE"]
        key = actions.plan(work, world.far, Plan(TODAY, TODAY, beside)).id
    address = f"/kinderen/{world.far}/verhuizing/{key}/aankomst"
    assert as_("cpk_beside").get(address).status_code == 200
    assert as_("coordinator").get(address).status_code == 200
    assert as_("cpk").get(address).status_code == 404
