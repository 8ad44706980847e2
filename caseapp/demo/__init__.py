"""The demo world: a seeded generator of children, the places they live and who works there."""

from caseapp.demo.cast import Account, DemoChild, Location, School, World
from caseapp.demo.making import documents, story_children, world

__all__ = [
    "Account",
    "DemoChild",
    "Location",
    "School",
    "World",
    "documents",
    "story_children",
    "world",
]
