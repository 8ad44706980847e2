"""Rows of lists about the children of the world, and the page of a list in few words."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from caseapp.domain.lists.words import ListKind
from caseapp.exchange.jobs import lists
from caseapp.kernel.machine import Machine
from tests import listed
from tests.domain.lists.making import written
from tests.slices.exchange.running import Desk

PAGE = "/verhuizingen/lijsten"
LATER = timedelta(minutes=5)
"""When the worker comes by: what the list sets off has a moment of its own."""

HERE = {"locatie": "AZC-HERE"}
DOUBT = HERE | {"v_nummer": "0087654321", "geslacht": "onbepaald"}
MORE_DOUBT = HERE | {"v_nummer": "0087654322", "geslacht": "onbepaald"}
TWO_DOUBTS = (
    HERE | {"v_nummer": "0087654323", "geslacht": "onbepaald"} | {"eerste_aankomst": "31-02-2026"}
)
REFUSED = HERE | {"v_nummer": "0087654324", "geboortedatum": "01-01-1980"}
BSN = HERE | {"v_nummer": "123456782"}
BORN = HERE | {
    "v_nummer": "9900000001",
    "achternaam": "Zqxfamily",
    "voornamen": "Zqxgiven Noor",
    "geboortedatum": "15-03-2010",
    "amv": "J",
    "sinds": "12-11-2026",
    "asielaanvraag": "03-11-2025",
}
"""The child that lives here, with another birth date than ours."""

MOVED = HERE | {
    "v_nummer": "9900000002",
    "achternaam": "Zqxneighbour",
    "voornamen": "Zqxbeside",
    "geboortedatum": "02-05-2017",
    "amv": "N",
    "sinds": "20-11-2026",
    "asielaanvraag": "01-08-2026",
}
"""The child that lives beside as far as we know, and moved here without anybody telling."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of a list, as somebody sees it."""

    desk: Desk
    client: Any
    run_id: UUID

    @property
    def path(self) -> str:
        """Return its address."""
        return f"{PAGE}/{self.run_id}"

    def text(self, asked: str = "") -> str:
        """Return what it says."""
        return self.client.get(self.path + asked).get_data(as_text=True)

    def decide(self, asked: str = "", **fields: Any) -> Any:
        """Send a decision, and return the answer."""
        return self.client.post(f"{self.path}/besluiten{asked}", data=fields)

    def said(self) -> str:
        """Return what the page says about the step before."""
        page = self.text()
        return page.split('role="status"')[1].split("</div>")[0] if 'role="status"' in page else ""

    def confirm(self, step: str) -> Any:
        """Open a page that asks for a yes, say yes, and return the answer."""
        path = f"{self.path}/{step}"
        page = self.client.get(path).get_data(as_text=True)
        seen = page.split('name="seen" value="')[1].split('"')[0]
        return self.client.post(path, data={"seen": seen})

    def work_off(self, machine: Machine) -> None:
        """Let the worker do what there is to do, some minutes later."""
        lists(self.desk.at(LATER) if machine is self.desk.house else machine)


def submitted(desk: Desk, who: str, *rows: dict[str, str]) -> UUID:
    """Bring in an occupancy list of today, as somebody; no worker has looked at it."""
    data = written(ListKind.OCCUPANCY, *rows)
    return listed.submitted(desk.house, desk.world, who, ListKind.OCCUPANCY, data)
