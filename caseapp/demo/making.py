"""Makes a demo world and tells its children one after the other, so that memory stays flat."""

from collections.abc import Iterator
from datetime import date

from caseapp.demo.cast import DemoChild, Document, World
from caseapp.demo.dice import Dice
from caseapp.demo.people import household
from caseapp.demo.places import locations, plots, schools
from caseapp.demo.staff import accounts, contact_keys
from caseapp.demo.stage import Stage
from caseapp.demo.stories import stories, story_numbers
from caseapp.demo.telling import tell

SEED = 2026
CHILDREN = 120


def world(today: date, seed: int = SEED, children: int = CHILDREN) -> World:
    """Make the places and the accounts for this many children; the same seed, the same world."""
    ground = plots(children, Dice(f"{seed}:places"))
    keys = contact_keys(ground)
    places = locations(today, ground, {code: held[0] for code, held in keys.items()})
    return World(
        today=today,
        seed=seed,
        children=children,
        locations=places,
        schools=schools(places),
        accounts=accounts(children, ground, keys),
    )


def documents(world: World) -> Iterator[DemoChild]:
    """Tell every child of the world: the fixed stories first, then as many as were asked for."""
    stage = Stage(world)
    fixed = stories(stage)[: world.children]
    yield from fixed
    number = len(fixed)
    while number < world.children:
        elder: list[Document] = []
        for life in household(stage, number + 1, world.children - number):
            child = tell(stage, life, elder)
            elder = elder or child.document.get("transfers", [])
            yield child
            number += 1


def story_children(world: World) -> dict[str, str]:
    """Give the V-number of each child of a fixed story, for "what to try first"."""
    return dict(list(story_numbers().items())[: world.children])
