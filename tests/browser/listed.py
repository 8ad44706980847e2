"""An occupancy list as another system prints it of the demo world, with what real lists have: trouble."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from uuid import UUID

from caseapp.domain.codes import Precision
from caseapp.domain.lists.columns import OCCUPANCY
from caseapp.domain.lists.known import KnownChild
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.people import facts as people_facts
from caseapp.people import queries as people
from caseapp.placements import queries as placements
from tests.world import TODAY, World

HERE, THERE = "AZC-VEE", "NO-ZAN"
"""Two places of one region."""

FIRST_ROW = 3
"""A title stands above the header, as other systems print it."""

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of two places: its bytes, and who on it is what."""

    data: bytes
    moved: UUID
    """Lives at the other place since three days, and nobody told."""
    missing: UUID
    """Is on no row."""
    doubtful: tuple[int, ...]
    """Row numbers that wait for a person: a birth date, a day and a number."""
    refused: tuple[int, ...]


def occupancy(machine: Machine, world: World, moved: UUID) -> Listed:
    """Return the list of who lives at the two places, with six rows of trouble."""
    rows = _rows(machine, world)
    rows[moved] |= {"locatie": THERE, "sinds": _day(TODAY - timedelta(days=3))}
    others = [key for key in rows if key != moved]
    missing, born, since, perhaps, *_ = others
    del rows[missing]
    rows[born]["geboortedatum"] = "01-01-2015"
    rows[since]["eerste_aankomst"] = "31-02-2026"
    rows[perhaps]["geslacht"] = "onbekend geslacht"
    said = list(rows.values())
    said.append(said[-1] | {"v_nummer": "0000000019", "locatie": "AZC-ZZZ"})
    said.append({"v_nummer": "Totaal", "achternaam": str(len(said))})
    numbers = {key: at for at, key in enumerate(rows, FIRST_ROW)}
    return Listed(
        data=_csv(said),
        moved=moved,
        missing=missing,
        doubtful=tuple(numbers[key] for key in (born, since, perhaps)),
        refused=(FIRST_ROW + len(said) - 2, FIRST_ROW + len(said) - 1),
    )


def _rows(machine: Machine, world: World) -> dict[UUID, Cells]:
    """Return what the list says of each child that lives at one of the places, nothing but what we know."""
    work = machine.work(Actor(account_id=None, name="test", everywhere=True))
    found: dict[UUID, Cells] = {}
    for code in (HERE, THERE):
        ids = list(work.session.scalars(people.ids_at(work, world.locations[code])))
        since = {
            key: max(stay.start for stay in stays)
            for key, stays in placements.for_reach(work, ids).items()
        }
        for key, card in sorted(people_facts.known(work, ids).items()):
            found[key] = _cells(card, code, since[key])
    work.session.close()
    return found


def _cells(card: KnownChild, code: str, since: date) -> Cells:
    return {
        "v_nummer": card.v_number,
        "achternaam": card.family_name or "",
        "voornamen": card.given_names or "",
        "geboortedatum": _birth(card),
        "geslacht": {"male": "M", "female": "V"}.get(card.sex or "", ""),
        "nationaliteit": card.nationality or "",
        "amv": "J" if card.unaccompanied else "N",
        "locatie": code,
        "sinds": _day(since),
        "asielaanvraag": _day(card.application_lodged_on or since),
        "eerste_aankomst": "",
        "kamer": "12",
    }


def _birth(card: KnownChild) -> str:
    day = _day(card.birth.day)
    if card.birth.precision is Precision.DAY:
        return day
    month = day[3:5] if card.birth.precision is Precision.MONTH else "00"
    return f"00-{month}-{day[6:]}"


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    text = StringIO()
    names = [*(column.name for column in OCCUPANCY), "kamer"]
    text.write(f"Bezetting op {_day(TODAY)}\r\n")
    writer = csv.DictWriter(text, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
