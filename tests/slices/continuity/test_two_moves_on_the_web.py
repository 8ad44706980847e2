"""Two moves through the pages, on the days on which they happen, equal the same taken in at once."""

import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from caseapp.care import queries as care_of
from caseapp.domain.calendar import plus_days
from caseapp.kernel.machine import Machine
from caseapp.moves import queries as moves_of
from tests import house as houses
from tests.slices.continuity.happenings import FIRST, Play
from tests.slices.continuity.playing import alerts_of, begin, exported, imported
from tests.slices.continuity.story import looking, moment, night
from tests.strict_client import StrictClient
from tests.world import World

END = plus_days(FIRST, 70)


@dataclass
class Web:
    """The pages of a house on a day that the story decides."""

    app: Flask
    house: Machine
    world: World
    child: Play

    def send(self, day: date, who: str, page: str, form: dict[str, Any]) -> None:
        """Send a form as somebody on a day; it must be accepted, and the night find nothing more to do."""
        machine = replace(self.house, now=lambda: moment(day))
        self.app.extensions["caseapp"] = machine
        client = StrictClient.signed_in(self.app, machine, self.world.accounts[who])
        answer = client.post(f"/kinderen/{self.child.child_id}/{page}", form)
        assert answer.status_code == 303, (day, page, answer.get_data(as_text=True))
        before = alerts_of(self.house, self.child.child_id, closed=True)
        assert night(self.house, day).failed == []
        assert alerts_of(self.house, self.child.child_id, closed=True) == before

    def last_move(self) -> UUID:
        """Return the key of the latest move."""
        with looking(self.house, END) as work:
            return moves_of.transfers(work, self.child.child_id)[-1].id

    def therapy(self) -> Any:
        """Return the course of therapy as it is now."""
        with looking(self.house, END) as work:
            return care_of.lines(work, self.child.child_id)[0]


@pytest.fixture
def web(app: Flask, house: Machine, world: World) -> Web:
    """Give the pages, and a child that lives here and is in therapy."""
    return Web(app, house, world, begin(house, world, random.Random(1)))


def test_two_moves_through_the_pages_give_what_the_same_gives_at_once(
    web: Web, template: houses.Template, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    _move_with_notice(web)
    _move_without_notice(web)
    night(web.house, END)
    text, named = exported(web.house, web.child.child_id)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    other = houses.machine_of(houses.copy_of(template, elsewhere, f"{worker_id}_elsewhere"))
    key = imported(other, web.world, text, named, END)
    played, taken_in = alerts_of(web.house, web.child.child_id), alerts_of(other, key)
    other.engine.dispose()
    assert played == taken_in
    assert {row[0] for row in played} >= {"PLA-2", "TRF-4"}


def _move_with_notice(web: Web) -> None:
    """Plan, send, make an appointment, accept, leave, arrive, and see the child."""
    days = [plus_days(FIRST, offset) for offset in range(60)]
    plan = {
        "version": "0", "to_location": str(web.world.locations["AZC-FAR"]), "reason": "capacity",
        "planned_on": f"{days[15]:%d-%m-%Y}", "announced_on": f"{days[1]:%d-%m-%Y}",
        "term_time_reason": "",
    }  # fmt: skip
    web.send(days[1], "cpk", "verhuizing", plan)
    move, line = web.last_move(), web.therapy()
    web.send(days[2], "cpk", f"overdracht/{move}/sturen", {})
    booked = {"next_contact_on": f"{days[12]:%d-%m-%Y}", "version": str(line.version)}
    web.send(days[5], "cpk", f"zorg/{line.id}/afspraak", booked)
    web.send(days[8], "cpk_far", f"overdracht/{move}/aanvaarden", {"read_all": "yes"})
    on = {"on": f"{days[15]:%d-%m-%Y}"}
    web.send(days[15], "cpk", f"verhuizing/{move}/vertrek", on | {"version": "1"})
    web.send(days[15], "cpk_far", f"verhuizing/{move}/aankomst", on | {"version": "2"})
    seen = {
        "on": f"{days[20]:%d-%m-%Y}",
        "by": "cpk",
        "mode": "face_to_face",
        "note": "",
        "once": "",
    }
    web.send(days[20], "cpk_far", "contact", seen)


def _move_without_notice(web: Web) -> None:
    """Find the child elsewhere, and accept it there."""
    found, accepted = plus_days(FIRST, 40), plus_days(FIRST, 45)
    there = {"to_location": str(web.world.locations["NO-BESIDE"]), "on": f"{found:%d-%m-%Y}"}
    web.send(found, "national", "verhuizing/zonder-bericht", there)
    address = f"overdracht/{web.last_move()}/aanvaarden"
    web.send(accepted, "cpk_beside", address, {"read_all": "yes"})
