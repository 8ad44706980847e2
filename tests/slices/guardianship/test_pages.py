"""The pages about guardians, support after 18 and the road: done, refused by the form, outside the scope."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from caseapp.guardianship.models import Guardianship, Support
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope
from caseapp.web.days import write_day
from tests.slices.guardianship.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

TODAY_TEXT = write_day(TODAY)


def page(child_id: UUID, *rest: object) -> str:
    """Return an address below a child."""
    return "/".join(("", "kinderen", str(child_id), *map(str, rest)))


def present(house: Machine, world: World) -> UUID:
    """Return the key of the guardianship of the child of the story."""
    with acting(house, world) as work:
        wanted = select(Guardianship.id).where(Guardianship.child_id == world.mine)
        return work.session.scalars(wanted).one()


def test_the_desk_assigns_another_guardian(as_: As, world: World) -> None:
    client = as_("guardianship")
    other = str(world.accounts["guardian_other"])
    sent = {"account": other, "from_on": TODAY_TEXT, "kind": "full", "version": "0"}
    assert client.post(page(world.mine, "voogdij", "nieuw"), sent).status_code == 303
    shown = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "Staff guardian_other" in shown
    assert TODAY_TEXT in shown
    assert as_("guardian").get(page(world.mine, "voogdij")).status_code == 404
    assert as_("guardian_other").get(page(world.mine, "voogdij")).status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Kies een voogd, of schrijf de naam op."),
        ({"name": "zqx", "account": "other"}, "niet allebei"),
        ({"name": "zqx", "from_on": ""}, "Vul de eerste dag in."),
        ({"name": "zqx", "to_on": "01-01-2020"}, "Het einde ligt vóór de eerste dag."),
    ],
)
def test_what_cannot_be_assigned_is_explained(
    as_: As, world: World, sent: dict[str, str], words: str
) -> None:
    other = str(world.accounts["guardian_other"])
    named = {key: other if value == "other" else value for key, value in sent.items()}
    answer = as_("coordinator").post(
        page(world.mine, "voogdij", "nieuw"), {"from_on": TODAY_TEXT, "version": "0"} | named
    )
    assert answer.status_code == 200
    assert words in answer.get_data(as_text=True)


def test_a_later_guardian_in_the_way_is_named(as_: As, world: World) -> None:
    client, address = as_("coordinator"), page(world.mine, "voogdij", "nieuw")
    later = write_day(TODAY + timedelta(days=9))
    client.post(address, {"name": "zqx-later", "from_on": later, "version": "0"})
    answer = client.post(address, {"name": "zqx-now", "from_on": TODAY_TEXT, "version": "0"})
    assert f"Er is al een voogd vanaf {later}" in answer.get_data(as_text=True)
    shown = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "zqx-later" in shown
    assert "zqx-now" not in shown


def test_a_guardian_takes_over_only_for_himself(as_: As, house: Machine, world: World) -> None:
    """The other guardian supports the child already, so it is in scope; he is not asked for whom."""
    worker = {"worker": str(world.accounts["guardian_other"]), "regime": "nazorg_nidos"}
    sent = worker | {"from_on": TODAY_TEXT, "version": "0"}
    assert as_("guardianship").post(page(world.mine, "steun", "nieuw"), sent).status_code == 303
    client, address = as_("guardian_other"), page(world.mine, "voogdij", "nieuw")
    assert 'name="account"' not in client.get(address).get_data(as_text=True)
    forged = {"account": str(world.accounts["guardian"]), "from_on": TODAY_TEXT, "version": "0"}
    assert client.post(address, forged).status_code == 400
    assert client.post(address, {"from_on": TODAY_TEXT, "version": "0"}).status_code == 303
    with acting(house, world) as work:
        wanted = select(Guardianship.account_id).where(
            Guardianship.child_id == world.mine, Guardianship.to_on.is_(None)
        )
        assert work.session.scalars(wanted).one() == world.accounts["guardian_other"]


def test_a_guardianship_ends_and_what_stood_there_is_shown(
    as_: As, house: Machine, world: World
) -> None:
    client, address = as_("guardianship"), page(world.mine, "voogdij", present(house, world))
    form = client.get(address).get_data(as_text=True)
    assert "1 wijziging" not in form
    sent = {"account": str(world.accounts["guardian"]), "from_on": "05-11-2025"}
    ended = sent | {"to_on": TODAY_TEXT, "version": "1"}
    assert client.post(address, ended).status_code == 303
    assert "1 wijziging" in client.get(address).get_data(as_text=True)
    raced = client.post(address, sent | {"to_on": "", "version": "1"})
    assert raced.status_code == 200
    assert "note--warning" in raced.get_data(as_text=True)


def test_strangers_and_other_roles_change_nothing(as_: As, house: Machine, world: World) -> None:
    key = present(house, world)
    assert as_("guardian_other").get(page(world.mine, "voogdij", key)).status_code == 404
    assert as_("coordinator_far").get(page(world.mine, "voogdij", key)).status_code == 404
    assert as_("coordinator").get(page(world.far, "voogdij", key)).status_code == 404
    assert as_("cpk").get(page(world.mine, "voogdij", key)).status_code == 403
    assert as_("cpk").get(page(world.mine, "steun", "nieuw")).status_code == 403
    assert as_("cpk").get(page(world.mine, "voogdij")).status_code == 200
    assert as_("cpk_far").get(page(world.mine, "voogdij")).status_code == 404


def test_support_is_decided_and_corrected(as_: As, house: Machine, world: World) -> None:
    client = as_("guardian")
    form = client.get(page(world.mine, "steun", "nieuw")).get_data(as_text=True)
    assert 'value="14-03-2028"' in form  # birthday 18
    sent = {"regime": "verlengde_opvang", "from_on": "14-03-2028", "version": "0"}
    assert client.post(page(world.mine, "steun", "nieuw"), sent).status_code == 303
    shown = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "bij 21, volgens de wet" in shown
    assert "Besloten" in shown
    with acting(house, world) as work:
        key = work.session.scalars(select(Support.id).where(Support.child_id == world.mine)).one()
    address = page(world.mine, "steun", key)
    wrong = client.post(address, sent | {"to_on": "13-03-2028", "version": "1"})
    assert "Het einde ligt vóór de eerste dag." in wrong.get_data(as_text=True)
    assert client.post(address, sent | {"to_on": "14-03-2029", "version": "1"}).status_code == 303
    assert "14-03-2029" in client.get(page(world.mine, "voogdij")).get_data(as_text=True)


def test_the_road_says_what_is_decided(as_: As, world: World) -> None:
    client, address = as_("guardian"), page(world.mine, "weg-naar-18")
    assert client.post(address, {"version": "1"}).status_code == 303
    before = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "Nog geen plan voor 18" in before
    late = write_day(TODAY + timedelta(days=1))
    wrong = client.post(address, {"transition_plan_on": late, "version": "2"})
    assert wrong.status_code == 200
    sent = {"transition_plan_on": TODAY_TEXT, "version": "2"}
    assert client.post(address, sent).status_code == 303
    after = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert f"Plan voor 18 gemaakt op {TODAY_TEXT}" in after


def test_facts_that_do_not_open_are_shown_as_such_and_cannot_be_saved_over(
    as_: As, house: Machine, world: World
) -> None:
    key, broken = present(house, world), Envelope(bytes(200))
    with acting(house, world) as work:
        work.session.execute(
            update(Guardianship).where(Guardianship.id == key).values(facts_envelope=broken)
        )
        work.session.commit()
    client = as_("guardianship")
    shown = client.get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "Niet leesbaar - ref" in shown
    assert "Niet alles is leesbaar." in shown
    assert page(world.mine, "voogdij", key) not in shown
    sent = {"name": "zqx", "from_on": TODAY_TEXT, "version": "1"}
    assert client.post(page(world.mine, "voogdij", key), sent).status_code == 303
    with acting(house, world) as work:
        wanted = select(Guardianship.facts_envelope).where(Guardianship.id == key)
        assert bytes(work.session.scalars(wanted).one()) == bytes(broken)


def test_the_chapter_speaks_english_too(as_: As, world: World) -> None:
    shown = as_("guardian", language="en").get(page(world.mine, "voogdij")).get_data(as_text=True)
    assert "The road to 18, 21 and 23" in shown
