"""Section 6 of the page for locations, care lines and school periods, naively."""

from datetime import date

from tests.list_oracle.among_rows import KEYS, apart, comparable, first_day, key_of
from tests.list_oracle.known_children import differs, problem
from tests.list_oracle.shape import Problem, Row
from tests.list_oracle.world_state import Key, Said, World

SEEN = "laatste_contact"
NOT_BOUND = ("GZA_INTAKE", "GZA", "JGZ")
"""Care of one national system goes along with a child; all other is bound to the place."""


def held(world: World, kind: str, row: Row) -> Said | None:
    """Return what we hold of the location or the care line of a row."""
    things = world.locations if kind == "locations" else world.care
    return things.get(key_of(kind, row))


def periods_of(world: World, rows: list[Row]) -> dict[int, Said]:
    """Return by row number which school period of ours a row speaks of: one of its key that overlaps.

    The page leaves open which one when there are several, and what two rows do that both overlap one:
    a period answers to one row, the one that begins first, and a row takes what begins nearest.
    """
    found: dict[int, Said] = {}
    for row in sorted(rows, key=lambda row: (begin_of(row.values), row.number)):
        free = [
            ours
            for key, ours in world.school
            if key == key_of("school", row)
            and not any(ours is other for other in found.values())
            and not _another(ours, row.values)
        ]
        if free:
            begin = begin_of(row.values)
            found[row.number] = min(
                free, key=lambda ours: (abs(begin_of(ours) - begin), begin_of(ours))
            )
    return found


def begin_of(said: Said) -> date:
    """Return the first day of a school period; one without any has always been."""
    return first_day(said) or date.min


def _another(ours: Said, said: Said) -> bool:
    # The page leaves open what a period of no days overlaps; with ours it ends on one day when it is ours.
    return apart(ours, said) and ours.get("einde") != said.get("einde")


def look(
    world: World, kind: str, row: Row, ours: Said | None, keys: set[Key]
) -> tuple[list[Problem], str]:
    """Return the problems of a row, and its verdict when it is taken.

    `ours` is what we hold of the thing that it speaks of, `keys` are those of all rows of its list.
    """
    if kind != "locations" and row.values["v_nummer"] not in world.children:
        return [problem(row, "v_nummer", "refused", "unknown-child")], "refused"
    if ours is not None:
        if kind == "locations" and _closes_first(ours | row.values):
            # The page leaves it open: what comes of it is no location either.
            return [problem(row, "open_tot", "refused", "end-before-start")], "refused"
        other = any(differs(ours, row.values, column) for column in row.values if column != SEEN)
        return [], "changed" if other or seen_anew(ours, row.values) else "same"
    if kind == "care" and set_back(world, row, keys):
        return [problem(row, "verwezen_op", "doubtful", "clock-date-differs")], "new"
    return [], "new"


def seen_anew(ours: Said, said: Said) -> bool:
    """Return whether a care line tells a day of contact that is none of ours.

    The page leaves open what an older one is than our last: a day that we know already changes nothing.
    """
    return SEEN in said and said[SEEN] not in ours.get("contacts", [])


def _closes_first(said: Said) -> bool:
    return "open_tot" in said and "open_vanaf" in said and said["open_tot"] < said["open_vanaf"]


def set_back(world: World, row: Row, keys: set[Key]) -> bool:
    """Return whether a line takes the place of one that waits longer and that its list leaves out."""
    if "einde" in row.values:
        return False
    number, kind, referred = (row.values[column] for column in KEYS["care"])
    return any(
        key[:2] == (number, kind) and key[2] < referred and "einde" not in ours and key not in keys
        for key, ours in world.care.items()
    )


def take(world: World, kind: str, row: Row, ours: Said | None) -> None:
    """Let the world know an accepted row: an empty cell wipes nothing, a name that is the same is ours."""
    if ours is None:
        ours = {}
        _add(world, kind, row, ours)
    if SEEN in row.values:
        ours["contacts"] = [*ours.get("contacts", []), row.values[SEEN]]
    for column, value in row.values.items():
        if column not in ours or comparable(column, ours[column]) != comparable(column, value):
            ours[column] = value


def _add(world: World, kind: str, row: Row, ours: Said) -> None:
    key = key_of(kind, row)
    assert key is not None
    if kind == "locations":
        world.locations[key] = ours
    elif kind == "care":
        # The page leaves open what an empty cell means: what the kind of care says of itself.
        ours["plaatsgebonden"] = row.values["soort"] not in NOT_BOUND
        world.care[key] = ours
    else:
        world.school.append((key, ours))
