"""The demo world as a template: made once a database and a worker, copied for every journey."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Final

from caseapp.continuity.jobs import reassess_all
from caseapp.demo import World as DemoWorld
from caseapp.demo import documents, story_children
from caseapp.demo import world as make_world
from caseapp.demo.played import played_numbers
from caseapp.demo.playing import load_played
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.actions import v_number_index
from tests import house
from tests.world import PASSWORD, TODAY, World

CHILDREN: Final = 60


def make_template(kind: str, folder: Path, worker: str, children: int = CHILDREN) -> house.Template:
    """Return a template with the demo world: children by the names of their stories, and a neighbour."""
    return house.make_template(kind, folder, worker, partial(tell, children=children), "demo")


def tell(machine: Machine, children: int = CHILDREN) -> World:
    """Take the demo world of the tests' day in, and look at every child, as `make demo` does."""
    told = make_world(TODAY, children=children)
    keys = load_played(machine, told, passwords(machine.settings).hash(PASSWORD))
    reassess_all(_opener(machine), anew=True)
    work = _opener(machine)()
    found = {}
    stories = story_children(told)
    neighbour = _neighbour(told, stories.values())
    for story, number in {**stories, **played_numbers(), "neighbour": neighbour}.items():
        child = people.by_v_index(work, v_number_index(work, number))
        assert child is not None
        found[story] = child.id
    work.session.close()
    return World(dict(keys.accounts), dict(keys.locations), found)


def _neighbour(told: DemoWorld, stories: Collection[str]) -> str:
    """Return the V-number of a child without a story that lives where Samira lives."""
    return next(
        one.v_number
        for one in documents(told)
        if one.v_number not in stories
        and "to" not in (stay := one.document["placements"][-1])
        and stay["location"] == "azc Meerwijk"
    )


def _opener(machine: Machine) -> Callable[[], Work]:
    return lambda: machine.work(Actor(account_id=None, name="demo", everywhere=True))
