"""Pressing Save twice writes once: the second time the answer is the same, and nothing is added."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from caseapp.accounts.actions import only_once
from caseapp.accounts.models import SentForm
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.observations.models import Contact, Observation
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import World

As = Callable[..., StrictClient]
CONTACT = {"on": "24-11-2026", "by": "cpk", "mode": "phone", "note": "zqx-twice"}
SEEN = {"on": "24-11-2026", "text": "zqx-seen-twice", "child_view": "zqx-said", "level": "none"}
KEY, OTHER = "0" * 32, "f" * 32


def number(work: Work, model: type[Contact] | type[Observation], world: World) -> int:
    """Return how many rows of this child there are, and let the database go."""
    counted = select(func.count()).select_from(model).where(model.child_id == world.mine)
    found = work.session.scalar(counted) or 0
    work.session.rollback()
    return found


@pytest.mark.attack(51)
@pytest.mark.asvs("2.3.4")
@pytest.mark.parametrize(
    ("where", "model", "sent"), [("contact", Contact, CONTACT), ("observatie", Observation, SEEN)]
)
def test_a_form_that_is_sent_twice_is_saved_once(
    as_: As,
    work: Work,
    world: World,
    where: str,
    model: type[Contact] | type[Observation],
    sent: dict[str, str],
) -> None:
    before, client = number(work, model, world), as_("cpk")
    address = f"/kinderen/{world.mine}/{where}"
    answers = [client.post(address, sent | {"once": KEY}) for _ in range(2)]
    assert {(a.status_code, a.location) for a in answers} == {
        (303, f"/kinderen/{world.mine}/observaties")
    }
    assert number(work, model, world) == before + 1
    client.post(address, sent | {"once": OTHER})
    assert number(work, model, world) == before + 2


def test_a_form_that_was_refused_may_be_sent_again(as_: As, work: Work, world: World) -> None:
    before, client = number(work, Contact, world), as_("cpk")
    address = f"/kinderen/{world.mine}/contact"
    refused = client.post(address, CONTACT | {"once": KEY, "mode": ""}).get_data(as_text=True)
    assert f'name="once" value="{KEY}"' in refused
    assert client.post(address, CONTACT | {"once": KEY}).status_code == 303
    assert number(work, Contact, world) == before + 1


def test_each_page_carries_another_key(as_: As, world: World) -> None:
    client, address = as_("cpk"), f"/kinderen/{world.mine}/contact"
    pages = [client.get(address).get_data(as_text=True) for _ in range(2)]
    keys = {page.partition('name="once" value="')[2][:32] for page in pages}
    assert len(keys) == 2
    assert all(bytes.fromhex(key) for key in keys)


@pytest.mark.parametrize("key", ["zz", "00" * 15, "not hexadecimal"])
def test_a_key_that_is_not_from_our_page_is_refused(as_: As, world: World, key: str) -> None:
    client, address = as_("cpk"), f"/kinderen/{world.mine}/contact"
    assert client.post(address, CONTACT | {"once": key}).status_code == 400


def test_what_fails_keeps_no_key_and_the_keys_of_others_do_not_count(
    house: Machine, world: World
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError), acting(house, world, "cpk") as work:
        only_once(work, bytes.fromhex(KEY), fail)
    for who in ("cpk", "cpk", "cpk_far"):
        with acting(house, world, who) as work:
            only_once(work, bytes.fromhex(KEY), lambda: done.append("x"))
    assert len(done) == 2


@pytest.mark.parametrize(("days", "left"), [(2, 2), (3, 1)])
def test_a_key_is_known_for_two_days(house: Machine, world: World, days: int, left: int) -> None:
    with acting(house, world, "cpk") as work:
        only_once(work, bytes.fromhex(KEY), list)
        work.session.execute(update(SentForm).values(at=work.now - timedelta(days=days)))
    with acting(house, world, "cpk") as work:
        only_once(work, bytes.fromhex(OTHER), list)
        assert work.session.scalar(select(func.count()).select_from(SentForm)) == left
