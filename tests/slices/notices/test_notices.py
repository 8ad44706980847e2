"""The own messages: who is told reads it once, and a child outside the scope has no name there."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select

from caseapp.kernel.machine import Machine
from caseapp.notices import queries
from caseapp.notices.models import Notice
from caseapp.people.models import Reach
from tests.acting import acting
from tests.slices.continuity.story import broken, looking
from tests.strict_client import StrictClient
from tests.world import World

As = Callable[..., StrictClient]


def test_who_is_told_finds_the_alert_and_marks_it_read(
    house: Machine, as_: As, world: World
) -> None:
    client = as_("coordinator")
    assert "1 bericht dat je nog niet hebt gelezen" in client.get("/vandaag").text
    page = client.get("/berichten").text
    assert "Een nieuwe signalering" in page
    assert "Zqxgiven Noor Zqxfamily, 16" in page
    [opens, *_others] = re.findall(r"/berichten/[0-9a-f-]+/openen", page)
    opened = client.post(opens)
    assert opened.status_code == 303
    assert opened.location.endswith(f"/signaleringen/{broken(house, world).id}")
    assert f"/signaleringen/{broken(house, world).id}" in client.get("/berichten").text
    assert client.post("/berichten/gelezen").status_code == 303
    assert "Alles gelezen" not in client.get("/berichten").text
    assert "nog niet hebt gelezen" not in client.get("/vandaag").text
    with looking(house) as work:
        assert queries.unread(work, world.accounts["coordinator"]) == 0
        assert queries.unread(work, world.accounts["guardian"]) == 1


def test_everyone_reads_the_own_messages_only(as_: As) -> None:
    assert "Geen berichten." in as_("coordinator_far").get("/berichten").text
    assert "Zqx" not in as_("cpk_far").get("/berichten").text


def test_a_child_outside_the_scope_is_a_child(house: Machine, as_: As, world: World) -> None:
    with acting(house, world, "national") as work:
        work.session.execute(delete(Reach).where(Reach.child_id == world.mine))
    page = as_("coordinator").get("/berichten").text
    assert "een kind" in page
    assert "Zqx" not in page
    assert str(world.mine) not in page


def test_somebody_is_told_once_a_spell(house: Machine, world: World) -> None:
    with looking(house) as work:
        most = select(func.count()).select_from(Notice).group_by(
            Notice.account_id, Notice.alert_id, Notice.event, Notice.spell
        )  # fmt: skip
        assert set(work.session.scalars(most)) == {1}


@pytest.mark.parametrize("who", ["administrator", "monitor", "privacy_officer", "protection_lead"])
def test_who_has_no_alerts_has_no_messages(as_: As, who: str) -> None:
    assert as_(who).get("/berichten").status_code == 403
