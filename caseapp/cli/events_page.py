"""The page docs/events.md: what can happen, to what, and what follows from it."""

from collections.abc import Iterator
from typing import Final

from caseapp.domain.events import Action, Event
from caseapp.kernel.work import Reaction
from caseapp.wiring import REACTIONS

_HEAD: Final = """# What can happen, and what follows

Every event is a line of the trail, written in the same transaction, before anything follows from it.
What follows runs in this order; it all happens, or nothing does. Events hold ids, days, numbers and
codes, never a word about a child.
"""
ACTIONS: Final = {
    Action.CREATE: "create",
    Action.READ: "read",
    Action.UPDATE: "update",
    Action.DELETE: "delete",
    Action.EXECUTE: "execute",
}


def events_page() -> str:
    """Return the page as Markdown: one row for each event."""
    return "\n".join((_HEAD, *_rows(), ""))


def _rows() -> Iterator[str]:
    yield "| event | what happened | action | object | what follows |"
    yield "|---|---|---|---|---|"
    for kind in sorted(REACTIONS, key=lambda one: (one.object, one.__name__)):
        yield _row(kind, REACTIONS[kind])


def _row(kind: type[Event], reactions: tuple[Reaction, ...]) -> str:
    promise = (kind.__doc__ or "").strip().split("\n")[0]
    follows = "<br>".join(_first_line(one) for one in reactions)
    cells = (kind.__name__, promise, ACTIONS[kind.action], kind.object, follows)
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _first_line(reaction: Reaction) -> str:
    return (reaction.__doc__ or reaction.__name__).strip().split("\n")[0]
