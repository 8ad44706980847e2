"""Lists that came in, for whoever needs one that waits for people or one that was written."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from uuid import UUID

from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from caseapp.exchange import queries
from caseapp.exchange.actions import start_applying, submit
from caseapp.exchange.jobs import lists
from caseapp.kernel.machine import Machine
from tests.acting import acting
from tests.domain.lists.making import written
from tests.world import TODAY, World

Cells = dict[str, str]

DESKS: Final[Mapping[str, tuple[str, ListKind, Cells]]] = {
    "noord": ("coordinator", ListKind.OCCUPANCY, {"locatie": "AZC-HERE"}),
    "zuid": ("coordinator_far", ListKind.OCCUPANCY, {"locatie": "AZC-FAR"}),
    "places": ("national", ListKind.LOCATIONS, {}),
}
"""By desk: who brings which list, and what it says."""

NO_ROW: Final[Mapping[ListKind, Cells]] = {
    ListKind.OCCUPANCY: {"geboortedatum": "01-01-1980"},
    ListKind.LOCATIONS: {"gemeente": "nergens"},
}
"""What makes a row refused."""

IN_DOUBT: Final[Mapping[ListKind, Cells]] = {
    ListKind.OCCUPANCY: {"v_nummer": "0087654321", "geslacht": "zqxdoubt"},
    ListKind.LOCATIONS: {"code": "NEW-2", "capaciteit": "veel"},
}
"""What makes a row wait for a person."""


def bring(machine: Machine, world: World) -> dict[str, UUID]:
    """Let each desk bring in a list with a row of every verdict but the same, and let it be looked at."""
    found = {
        desk: submitted(machine, world, who, kind, written(kind, cells, *_trouble(kind, cells)))
        for desk, (who, kind, cells) in DESKS.items()
    }
    lists(machine)
    return found


def write(machine: Machine, world: World) -> dict[str, UUID]:
    """Let each desk bring in a list of which no row can be written, and let it be written."""
    found = {
        desk: submitted(machine, world, who, kind, written(kind, cells | NO_ROW[kind]))
        for desk, (who, kind, cells) in DESKS.items()
    }
    lists(machine)
    for desk, (who, _kind, _cells) in DESKS.items():
        release(machine, world, who, found[desk])
    lists(machine)
    return found


def submitted(machine: Machine, world: World, who: str, kind: ListKind, data: bytes) -> UUID:
    """Bring in a list as somebody, as the page does, and return its key; no worker has looked at it."""
    with acting(machine, world, who) as work:
        run = submit(
            work,
            kind,
            read_table(kind, data),
            file_name="list.csv",
            on=TODAY,
            file_hash=sha256(data).digest(),
        )
        return run.id


def release(machine: Machine, world: World, who: str, run_id: UUID) -> None:
    """Let a list be written as somebody; no worker has done so yet."""
    with acting(machine, world, who) as work:
        run = queries.run(work, run_id)
        assert run is not None
        assert start_applying(work, run)


def _trouble(kind: ListKind, cells: Cells) -> tuple[Cells, Cells]:
    another = {"v_nummer": "0087654322"} if kind is ListKind.OCCUPANCY else {"code": "NEW-3"}
    refused = NO_ROW[kind] | another
    return cells | IN_DOUBT[kind], cells | refused
