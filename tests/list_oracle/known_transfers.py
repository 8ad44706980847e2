"""Section 6 of the page for lists of moves, naively."""

from typing import Any

from tests.list_oracle.among_rows import OPEN, key_of
from tests.list_oracle.known_children import differs, problem
from tests.list_oracle.shape import Problem, Row
from tests.list_oracle.world_state import Child, Said, World

RANK = {"planned": 0, "confirmed": 1, "departed": 2, "arrived": 3, "cancelled": 3}


def status_of(row: Row) -> str:
    """Return the status of a row: an empty one is planned."""
    return row.values.get("status", "planned")


def known_move(world: World, row: Row) -> Said | None:
    """Return what we know of the move of a row.

    There are two of a key when one was cancelled and the child came all the same, which nobody told: then
    the one of the same status, and else the one that came about.
    """
    ours = [move for key, move in world.moves if key == key_of("transfers", row)]
    same = [move for move in ours if move["status"] == status_of(row)]
    came = [move for move in ours if move["status"] != "cancelled"]
    return next(iter(same + came + ours), None)


def look(world: World, row: Row) -> tuple[list[Problem], str]:
    """Return the problems of a row of moves, and its verdict when it is taken."""
    said, status = row.values, status_of(row)
    found = []
    child = world.children.get(said["v_nummer"])
    if child is None:
        # The page leaves open what else is said: of a child that we do not know we judge no move.
        return [problem(row, "v_nummer", "refused", "unknown-child")], "refused"
    ours = known_move(world, row)
    if ours is not None and ours["status"] == status:
        others = any(differs(ours, said, column) for column in ("van", "aangekondigd", "reden"))
        return found, "changed" if others else "same"
    if ours is not None and RANK[status] <= RANK[ours["status"]]:
        found.append(problem(row, "status", "doubtful", "status-goes-back"))
    if status != "cancelled" and not world.is_open(said["naar"], said["datum"]):
        found.append(problem(row, "naar", "doubtful", "location-closed"))
    found += _where(world, child, row, status)
    return found, "new" if ours is None else "changed"


def _where(world: World, child: Child, row: Row, status: str) -> list[Problem]:
    said = row.values
    elsewhere = said["van"] != child.place if "van" in said else child.place is None
    here = child.place == said["naar"]
    # The page leaves it open: a child that has left is not where another move of it would leave from.
    if status == "departed" and any(
        move["status"] == "departed"
        and key[0] == said["v_nummer"]
        and key != key_of("transfers", row)
        for key, move in world.moves
    ):
        elsewhere = True
    if status == "cancelled" or (status == "arrived" and here):
        return []
    if elsewhere:
        return [problem(row, "van", "doubtful", "from-differs")]
    if status in OPEN:
        return [problem(row, "naar", "refused", "same-location")] if here else []
    if child.since is not None and said["datum"] <= child.since:
        return [problem(row, "datum", "doubtful", "older-than-ours")]
    return []


def take(world: World, row: Row) -> None:
    """Let the world know an accepted move.

    An empty `van` is where the child is; of a child that is at `naar` already, where it was before.
    """
    said, child = row.values, world.children[row.values["v_nummer"]]
    begins = child.came_from if child.place == said["naar"] else child.place
    move = known_move(world, row)
    if move is None:
        move = {} if begins is None else {"van": begins}
        world.moves.append((key_of("transfers", row), move))
    before = move.get("status")
    for column in ("van", "aangekondigd", "reden"):
        if column in said:
            move[column] = said[column]
    move["status"] = status_of(row)
    if "arrived" == move["status"] != before and child.place != said["naar"]:
        child.goes_to(said["naar"], said["datum"])


def in_turn(rows: list[Row]) -> list[Row]:
    """Return rows in the order in which they are taken: by day, then as they stand."""

    def turn(row: Row) -> tuple[Any, int]:
        return row.values["datum"], row.number

    return sorted(rows, key=turn)
