"""What the stories of impact share: a move of `mine` to the south, looked at beforehand, and lists of moves."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from caseapp.continuity.facts import Ahead, Going, look_ahead
from caseapp.domain.intents.moves import ListWish
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope, envelope_of
from caseapp.moves import actions
from caseapp.moves.models import MoveListRow, Transfer
from caseapp.placements.models import Placement
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
DAY = TODAY + timedelta(days=21)
"""A Tuesday and a school day: 15 December."""


def ahead_of(house: Machine, world: World, child: str = "mine", to: str = "AZC-FAR") -> Ahead:
    """Return what a move of a child of the world would do."""
    child_id = world.children[child]
    with acting(house, world, "national") as work:
        going = Going(child_id, world.locations[to], DAY, TODAY)
        return look_ahead(work, [going])[child_id]


def listed(house: Machine, world: World, *children: str, to: str = "AZC-FAR") -> UUID:
    """Put children on a list as the national desk, and return its key."""
    ids = tuple(world.children[name] for name in children)
    with acting(house, world, "national") as work:
        return actions.make_list(work, ListWish(ids, world.locations[to], DAY, TODAY)).id


def rows_of(house: Machine, world: World, list_id: UUID) -> dict[str, UUID]:
    """Return the rows of a list by the name of the child."""
    names = {key: name for name, key in world.children.items()}
    with acting(house, world, "national") as work:
        rows = work.session.scalars(select(MoveListRow).where(MoveListRow.list_id == list_id))
        return {names[row.child_id]: row.id for row in rows}


def states(house: Machine, world: World) -> dict[str, list[str]]:
    """Return the states of the moves to the south that stand on record for `DAY`, by child."""
    names = {key: name for name, key in world.children.items()}
    found: dict[str, list[str]] = {}
    with acting(house, world, "national") as work:
        for row in work.session.scalars(select(Transfer).where(Transfer.planned_on == DAY)):
            found.setdefault(names[row.child_id], []).append(row.status)
    return found


def decisions(rows: dict[str, UUID], **chosen: tuple[str, int]) -> dict[str, str]:
    """Return the form of a list: for each row the step chosen and the version that was seen."""
    sent = {}
    for name, key in rows.items():
        step, version = chosen.get(name, ("", 0))
        sent |= {f"{key.hex}-step": step, f"{key.hex}-version": str(version)}
    return sent


def spoil(house: Machine, world: World, child: str) -> None:
    """Change one bit of what a child's stays keep: its file does not open any more."""
    column = envelope_of(Placement, "facts")
    with acting(house, world, "national") as work:
        rows = select(Placement.id, column).where(Placement.child_id == world.children[child])
        for key, sealed in work.session.execute(rows).all():
            bad = Envelope(bytes(sealed)[:-1] + bytes([sealed[-1] ^ 1]))
            work.session.execute(update(Placement).where(Placement.id == key).values({column: bad}))
