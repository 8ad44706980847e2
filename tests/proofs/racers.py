"""Who races, and about which children: many alike, taken in together, each with a move that was handed over."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseapp.accounts import queries as accounts
from caseapp.domain.document import parse
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from caseapp.moves.models import Transfer
from tests.world import TODAY, World

FIRST = 8_800_000_000
"""V-numbers of these children begin here."""


def actors_of(machine: Machine, world: World, names: Iterable[str]) -> dict[str, Actor]:
    """Return somebody who acts for each name of the world."""
    work = machine.work(_door(), writes=False)
    found = {}
    for name in names:
        row = accounts.account(work, world.accounts[name])
        assert row is not None
        found[name] = accounts.actor_of(work.session, row, work.now)
    work.session.close()
    return found


def staged(machine: Machine, world: World, numbers: Sequence[int]) -> Sequence[tuple[UUID, UUID]]:
    """Take in a child for each number, and return the keys of the children and of their moves."""
    work = machine.work(_door())
    who = {"responsible/r1": world.accounts["cpk"]}
    arriving = [Arriving(parse(_document(number)), who) for number in numbers]
    keys = import_documents(work, arriving)
    work.commit()
    moves = dict(
        map(
            tuple,
            work.session.execute(
                select(Transfer.child_id, Transfer.id).where(Transfer.child_id.in_(keys))
            ),
        )
    )
    work.session.close()
    return [(key, moves[key]) for key in keys]


def _door() -> Actor:
    return Actor(account_id=None, name="races", everywhere=True)


def _document(number: int) -> dict[str, Any]:
    """Return a child with running care that lives here and goes to far today; the handover was sent."""
    return {
        "format": "caseapp-dossier/1",
        "child": {
            "ref": f"race-{number}",
            "v_number": str(FIRST + number),
            "given_names": f"Racer {number}",
            "birth": {"date": "2014-05-05", "precision": "day", "status": "declared"},
            "unaccompanied": False,
            "application_lodged_on": "2026-10-01",
            "first_arrival_on": "2026-09-30",
        },
        "placements": [
            {
                "id": "p1",
                "location": "azc Hier",
                "kind": "AZC",
                "operator": "coa",
                "municipality": "GM9901",
                "region": "noord",
                "from": "2026-10-01",
            }
        ],
        "responsible": [{"id": "r1", "name": "Staff cpk", "role": "cpk", "from": "2026-10-01"}],
        "care": [
            {
                "id": "c1",
                "kind": "GGZ",
                "referred_on": "2026-10-02",
                "intake_on": "2026-10-09",
                "started_on": "2026-10-12",
                "place_bound": True,
                "contacts_on": ["2026-11-20"],
            }
        ],
        "transfers": [
            {
                "id": "t1",
                "from_location": "azc Hier",
                "to_location": "azc Ver",
                "announced_on": "2026-11-10",
                "planned_on": TODAY.isoformat(),
                "status": "confirmed",
                "handover": {"sent_on": "2026-11-20", "items": []},
            }
        ],
    }
