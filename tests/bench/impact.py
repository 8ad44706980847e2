"""How fast it is to see what the moves of many children would break: the page of a list, and its parts."""

import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from caseapp.continuity import facts
from caseapp.continuity.facts import Going
from caseapp.domain.impact import impact_of
from caseapp.domain.intents.moves import ListWish
from caseapp.moves import actions as moves
from tests.bench.ground import Ground
from tests.bench.pages import MILLI, Figure, Visitor, measured
from tests.world import TODAY

CHILDREN = 200
ROUNDS = 6
AIM_SECONDS = 2
NATIONAL = "landelijk"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one look ahead at many children costs, in seconds: reading and opening, then the rules."""

    children: int
    gathering: float
    deciding: float


def weighed(place: Ground, children: int = CHILDREN) -> Weighed:
    """Look ahead at the moves of children of one region, without a page, and split the time."""
    work = place.work()
    goings = _goings(place, _children(place, children))
    began = time.perf_counter()
    known = facts.files(work, [one.child_id for one in goings])
    gathered = time.perf_counter()
    ahead = facts.look_ahead(work, goings)
    whole = time.perf_counter() - gathered
    began_rules = time.perf_counter()
    for child_id, one in ahead.items():
        impact_of(known[child_id].dossier, one.impact.move, work.today, work.limits)
    deciding = time.perf_counter() - began_rules
    work.session.close()
    assert len(ahead) == len(goings)
    return Weighed(len(goings), max(gathered - began, whole - deciding), deciding)


def list_page(place: Ground, children: int = CHILDREN) -> Figure:
    """Measure the page of a list of so many children, with its matrix, as the national desk sees it."""
    desk = Visitor(place.app, place.machine, place.keys.accounts[NATIONAL])
    work = place.work()
    goings = _goings(place, _children(place, children))
    wish = ListWish(
        tuple(one.child_id for one in goings), goings[0].to_location_id, goings[0].on, TODAY
    )
    key = moves.make_list(work, wish).id
    work.commit()
    work.session.close()
    address = f"/verhuizingen/lijst/{key}"
    return measured(desk, f"impact of {children}", lambda: desk.get(address), rounds=ROUNDS)


def say_weighed(one: Weighed) -> str:
    """Return the outcome as a line for people."""
    total = one.gathering + one.deciding
    return (
        f"impact of {one.children} children: {total * MILLI:.0f} ms "
        f"(reading {one.gathering * MILLI:.0f}, rules {one.deciding * MILLI:.0f}; "
        f"aim {AIM_SECONDS * MILLI})"
    )


def _goings(place: Ground, children: list[UUID]) -> list[Going]:
    to = place.keys.locations["AZC-LIN"]
    return [Going(one, to, TODAY + timedelta(days=21), TODAY) for one in children]


def _children(place: Ground, many: int) -> list[UUID]:
    """Return children with care who live elsewhere: those of whom there is most to weigh."""
    work = place.work()
    rows = work.session.execute(
        text(
            "SELECT p.child_id FROM placement p JOIN location l ON l.id = p.location_id "
            "WHERE l.code <> 'AZC-LIN' AND p.to_on IS NULL AND EXISTS "
            "(SELECT 1 FROM care_line c WHERE c.child_id = p.child_id) "
            "ORDER BY p.child_id LIMIT :many"
        ),
        {"many": many},
    )
    found = [row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in rows]
    work.session.close()
    return found
