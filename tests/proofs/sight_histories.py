"""Whom anybody sees is the same by a brute reading of the facts, by the selects, and by the rows of the server.

`python -m tests.proofs.sight_histories [--rounds N] [--database D] [--seed S] [--state FILE]`: each round draws
stays, a coming move and times of responsibility for the children of the small world, keeps their reach as the
house does, and asks on several days around each edge, as every sort of actor (a stand-in and one who broke the
glass among them), which children are in sight. Nothing is saved, so a round costs milliseconds.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text

from caseapp.domain.policy import Actor, HeldGrant, Role, ScopeKind, Sees
from caseapp.domain.reach import Coming, Holding, Stay, reaching
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import actions as people
from caseapp.people.models import Child, Reach
from caseapp.people.queries import visible_ids
from tests import house
from tests.proofs.telling import Told, asked, begun, ended, keeper
from tests.world import NOW, TODAY, World

EVERYWHERE: Final = Actor(account_id=None, name="history", everywhere=True)
REGION_OF: Final = {"AZC-HERE": "noord", "NO-BESIDE": "noord", "AZC-FAR": "zuid"}
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class History:
    """The facts of one child that say who reaches it."""

    stays: tuple[tuple[str, date], ...]
    """Where it came to live, and on which day; it is there until it came to live elsewhere."""
    coming: tuple[str, date, bool, bool] | None
    """Where it goes, the planned day, whether the handover was sent, whether it left."""
    holdings: tuple[tuple[str, date, date | None], ...]
    """Who was responsible from which day until which."""

    @property
    def edges(self) -> Iterator[date]:
        """Yield the days on which something begins or ends."""
        for _place, day in self.stays:
            yield from (day, day + 30 * DAY)
        if self.coming is not None:
            yield from (self.coming[1], self.coming[1] - 14 * DAY)
        for _who, start, end in self.holdings:
            yield start
            if end is not None:
                yield from (end, end + 30 * DAY)


def drawn(chosen: Random) -> History:
    """Return a random history around the day of the world."""
    near = sorted(chosen.sample(range(-60, 30), chosen.randint(1, 4)))
    stays = tuple((chosen.choice(sorted(REGION_OF)), TODAY + days * DAY) for days in near)
    coming = None
    if chosen.random() < 0.5:
        day = TODAY + chosen.randint(-3, 40) * DAY
        sent = chosen.random() < 0.6
        coming = (chosen.choice(sorted(REGION_OF)), day, sent, chosen.random() < 0.3)
    holdings, start = [], TODAY - chosen.randint(20, 90) * DAY
    for _one in range(chosen.randint(0, 3)):
        end = start + chosen.randint(1, 50) * DAY
        goes_on = chosen.random() < 0.2
        who = chosen.choice(("cpk", "cpk_beside", "cpk_far"))
        holdings.append((who, start, None if goes_on else end))
        if goes_on:
            break
        start = end
    return History(stays, coming, tuple(holdings))


def seen_by(story: History, day: date) -> Iterator[tuple[str, str]]:
    """Yield ("place", code) and ("account", who) that see a child on a day: one rule of the page a line."""
    runs = [one for n, one in enumerate(story.stays) if not n or one[0] != story.stays[n - 1][0]]
    begun_ = [place for place, start in runs if start <= day]
    yield "place", begun_[-1] if begun_ else runs[0][0]  # somebody must see a child that is to come
    for (place, _), (_next, came) in pairwise(runs):
        if came <= day < came + 30 * DAY:
            yield "place", place
    if story.coming is not None:
        place, planned, sent, left = story.coming
        if left or day >= (planned - 14 * DAY if sent else planned):
            yield "place", place
    for who, start, end in story.holdings:
        if start <= day and (end is None or day < end):
            yield "account", who
        moved = end is not None and any(start < came < end for _place, came in runs[1:])
        if moved and end is not None and end <= day < end + 30 * DAY:
            yield "account", who


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks: as the house knows them, and by which places and accounts they see."""

    actor: Actor
    places: frozenset[str]
    accounts: frozenset[str]
    glass: frozenset[UUID] = frozenset()

    def sees(self, stories: Mapping[UUID, History], day: date) -> set[UUID]:
        """Return the children in sight by the facts alone."""
        return {
            child_id
            for child_id, story in stories.items()
            if any(
                name in (self.places if kind == "place" else self.accounts)
                for kind, name in seen_by(story, day)
            )
        }


def askers(world: World) -> list[Asker]:
    """Return every sort of actor who may read files, and two who may not."""

    def held(scope: ScopeKind, place: str | None = None) -> HeldGrant:
        return HeldGrant(uuid4(), scope, place)

    def one(who: str, role: Role, *grants: HeldGrant, stands_in: tuple[UUID, ...] = ()) -> Actor:
        return Actor(world.accounts[who], who, role, grants, stands_in=stands_in)

    here, far = (str(world.locations[code]) for code in ("AZC-HERE", "AZC-FAR"))
    north = frozenset(code for code, region in REGION_OF.items() if region == "noord")
    place, region = ScopeKind.LOCATION, ScopeKind.REGION
    nothing: frozenset[str] = frozenset()
    glass = HeldGrant(uuid4(), ScopeKind.CHILD, str(world.far))
    return [
        Asker(one("cpk", Role.CPK, held(place, here)), frozenset({"AZC-HERE"}), frozenset({"cpk"})),
        Asker(
            one("cpk_far", Role.CPK, held(place, here), held(place, far)),
            frozenset({"AZC-HERE", "AZC-FAR"}),
            frozenset({"cpk_far"}),
        ),
        Asker(
            one("cpk_beside", Role.CPK, held(place, here), stands_in=(world.accounts["cpk"],)),
            frozenset({"AZC-HERE"}),
            frozenset({"cpk_beside", "cpk"}),
        ),
        Asker(one("coordinator", Role.COORDINATOR, held(region, "noord")), north, nothing),
        Asker(
            one("coordinator_far", Role.COORDINATOR, held(region, "zuid"), glass),
            frozenset({"AZC-FAR"}),
            nothing,
            frozenset({world.far}),
        ),
        Asker(one("guardian", Role.GUARDIAN, held(ScopeKind.NONE)), nothing, nothing),
        Asker(one("administrator", Role.ADMINISTRATOR, held(ScopeKind.NONE)), nothing, nothing),
        Asker(one("monitor", Role.MONITOR, held(ScopeKind.NONE)), nothing, nothing),
    ]


def keep(work: Work, world: World, stories: Mapping[UUID, History]) -> None:
    """Keep the reach of these histories as the house does, and of nothing else."""
    work.session.execute(delete(Reach))
    wanted = {}
    for child_id, story in stories.items():
        stays = [
            Stay(uuid4(), world.locations[place], REGION_OF[place], start)
            for place, start in story.stays
        ]
        coming = [
            Coming(uuid4(), world.locations[place], REGION_OF[place], planned, sent=sent, left=left)
            for place, planned, sent, left in ([story.coming] if story.coming else [])
        ]
        held = [Holding(uuid4(), world.accounts[w], start, end) for w, start, end in story.holdings]
        wanted[child_id] = reaching(stays, coming, held, work.today)
    people.keep_reach(work, wanted)
    work.flush()


def by_the_server(work: Work) -> set[UUID]:
    """Return the children whose rows the server gives to a statement without any condition."""
    rows = work.session.connection().execute(text("SELECT id FROM child"))
    return {row[0] for row in rows}


def differences(
    work: Work, world: World, stories: Mapping[UUID, History], days: Sequence[date]
) -> Iterator[str]:
    """Yield each actor and day on which the three do not agree."""
    on_server = work.session.get_bind().dialect.name == "postgresql"
    for day in days:
        work.now = NOW if day == TODAY else clock.midnight(day)
        for asker in askers(world):
            work.act_as(asker.actor)
            expected = asker.sees(stories, day)
            selected = set(
                work.session.scalars(visible_ids(asker.actor, work.now, Sees.HEADER).distinct())
            )
            if selected != expected:
                yield f"{asker.actor.name} on {day}: selects {selected ^ expected} {stories}"
            if on_server and by_the_server(work) != expected | asker.glass:
                yield f"{asker.actor.name} on {day}: the server {by_the_server(work) ^ expected}"


def round_of(machine: Machine, world: World, chosen: Random) -> tuple[int, list[str]]:
    """Play a history for each child of the world; return how many, and what did not agree."""
    work = machine.work(EVERYWHERE)
    try:
        stories = {child_id: drawn(chosen) for child_id in world.children.values()}
        keep(work, world, stories)
        later = sorted({d for s in stories.values() for e in s.edges for d in (e - DAY, e)})
        ahead = [day for day in later if day >= TODAY]
        days = [TODAY, *chosen.sample(ahead, min(5, len(ahead)))]
        return len(stories), list(differences(work, world, stories, days))
    finally:
        work.session.rollback()
        work.session.close()


def without_context(machine: Machine) -> int:
    """Return how many children the server gives to a connection that says nothing of who asks."""
    with machine.engine.connect() as connection:
        return len(connection.execute(select(Child.id)).all())


def main(arguments: list[str]) -> int:
    """Play so many histories and say what did not agree."""
    said = asked(arguments, __doc__ or "", rounds=5000)
    told: Told = begun(said.state)
    with tempfile.TemporaryDirectory() as folder:
        template = house.make_template(said.database, Path(folder), "sight")
        machine = house.open_for_good(template.settings)
        chosen = Random(said.seed + told.done)
        while told.done < said.rounds:
            many, wrong = round_of(machine, template.world, chosen)
            told.done += many
            told.came["agreed"] += many - bool(wrong)
            told.wrong += wrong[:3]
        machine.engine.dispose()
    keeper(said.state)(told)
    return ended(told, "histories", said.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
