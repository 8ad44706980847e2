"""Section 6 of the page for occupancy lists, naively."""

from datetime import date
from typing import Any

from tests.list_oracle.among_rows import OPEN, comparable
from tests.list_oracle.cells_kinds import read_v_number
from tests.list_oracle.cells_rows import shown
from tests.list_oracle.shape import Birth, Problem, Row
from tests.list_oracle.world_state import Child, World

MAY_CHANGE = ("geslacht", "nationaliteit", "taal", "gezinsnummer", "achternaam", "voornamen")
CLOCKS = ("asielaanvraag", "eerste_aankomst")


def problem(row: Row, column: str, severity: str, reason: str) -> Problem:
    """Return a problem of a cell, as it stands."""
    return Problem(column, severity, reason, shown(row.cells.get(column, "")))


def differs(ours: dict[str, Any], said: dict[str, Any], column: str) -> bool:
    """Return whether a filled cell says another thing than we hold, or a thing that we lacked."""
    if column not in said:
        return False
    if column not in ours:
        return True
    return comparable(column, ours[column]) != comparable(column, said[column])


def contradicts(ours: dict[str, Any], said: dict[str, Any], column: str) -> bool:
    """Return whether both sides are filled and differ."""
    return column in ours and differs(ours, said, column)


def other_birth(ours: Birth, said: Birth) -> bool:
    """Return whether a birth date is another: a less precise one that fits is not."""
    if said == ours:
        return False
    wider = said.first <= ours.first and ours.last <= said.last
    return not wider


def open_move_to(world: World, v_number: str, place: str) -> dict[str, Any] | None:
    """Return the earliest open move of a child to a place, or None."""
    moves = [
        (key[2], move)
        for key, move in world.moves
        if key[0] == v_number and key[1] == place and move["status"] in OPEN
    ]
    return min(moves, key=lambda pair: pair[0])[1] if moves else None


def look(world: World, on: date, row: Row) -> tuple[list[Problem], str]:
    """Return the problems of an occupancy row, and its verdict when it is taken."""
    said, found = row.values, []
    if not world.is_open(said["locatie"], on):
        found.append(problem(row, "locatie", "doubtful", "location-closed"))
    child = world.children.get(said["v_nummer"])
    if child is None:
        return found, "new"
    found += _person(child, row) + _place(world, child, row)
    moved = child.place != said["locatie"]
    changed = any(differs(child.said, said, column) for column in (*MAY_CHANGE, *CLOCKS))
    return found, "changed" if moved or changed else "same"


def _person(child: Child, row: Row) -> list[Problem]:
    ours, said = child.said, row.values
    found = []
    if other_birth(ours["geboortedatum"], said["geboortedatum"]):
        found.append(problem(row, "geboortedatum", "doubtful", "birth-date-differs"))
    if contradicts(ours, said, "achternaam") and contradicts(ours, said, "voornamen"):
        found.append(problem(row, "achternaam", "doubtful", "name-differs"))
    if differs(ours, said, "amv"):
        found.append(problem(row, "amv", "doubtful", "amv-differs"))
    return found + [
        problem(row, column, "doubtful", "clock-date-differs")
        for column in CLOCKS
        if contradicts(ours, said, column)
    ]


def _place(world: World, child: Child, row: Row) -> list[Problem]:
    said = row.values
    if child.place == said["locatie"]:
        if child.since != said["sinds"]:
            return [problem(row, "sinds", "doubtful", "clock-date-differs")]
        return []
    if child.since is not None and said["sinds"] <= child.since:
        return [problem(row, "sinds", "doubtful", "older-than-ours")]
    if open_move_to(world, said["v_nummer"], said["locatie"]):
        return [problem(row, "locatie", "noted", "transfer-arrived")]
    return [problem(row, "locatie", "noted", "unannounced-move")]


def take(world: World, row: Row) -> None:
    """Let the world know what an accepted row says: a name that is the same is kept as we have it."""
    said = row.values
    child = world.children.setdefault(said["v_nummer"], Child({}))
    new = not child.said
    for column in (*MAY_CHANGE, *CLOCKS):
        if differs(child.said, said, column):
            child.said[column] = said[column]
    if new:
        child.said |= {column: said[column] for column in ("geboortedatum", "amv")}
    elif child.place != said["locatie"]:
        _record_move(world, child, said)
    if child.place != said["locatie"]:
        child.goes_to(said["locatie"], said["sinds"])


def _record_move(world: World, child: Child, said: dict[str, Any]) -> None:
    move = open_move_to(world, said["v_nummer"], said["locatie"])
    if move is not None:
        move["status"] = "arrived"
        return
    key = (said["v_nummer"], said["locatie"], said["sinds"])
    said_of_it = {"van": child.place, "status": "arrived", "reden": "unannounced"}
    world.moves.append((key, said_of_it))


def not_on_list(world: World, rows: list[Row]) -> list[str]:
    """Return the V-numbers of our children of the places of a list who are on none of its rows."""
    places = {row.values["locatie"] for row in rows if "locatie" in row.values}
    present = {read_v_number(row.cells["v_nummer"])[0] for row in rows}
    return sorted(
        number
        for number, child in world.children.items()
        if child.place in places and number not in present
    )
