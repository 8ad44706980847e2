"""Every event has its consequences written down, and is in the trail before anything follows (E1, E2)."""

import dataclasses
import inspect
import pkgutil
from collections.abc import Iterable
from importlib import import_module
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.domain import events
from caseapp.domain.events import Event
from caseapp.domain.events.alerts import OfALoad, OfAnAlert
from caseapp.domain.events.factors import OfAnOwner
from caseapp.domain.events.holding import OfAHold
from caseapp.domain.events.privacy import OfARequest
from caseapp.domain.events.rights import OfARight
from caseapp.domain.events.safety import OfAProtectionFile
from caseapp.domain.limits import LimitBook
from caseapp.domain.policy import Actor
from caseapp.kernel.work import Work
from caseapp.wiring import REACTIONS
from tests.world import NOW

BASES = {Event, OfAHold, OfALoad, OfAProtectionFile, OfARequest, OfAnAlert, OfAnOwner, OfARight}
"""What events are made of: they never happen themselves."""


def all_events() -> set[type[Event]]:
    """Return every event: by walking the modules, because a slotted dataclass leaves a ghost of itself."""
    found = set()
    for info in pkgutil.iter_modules(events.__path__, f"{events.__name__}."):
        for kind in vars(import_module(info.name)).values():
            if inspect.isclass(kind) and issubclass(kind, Event) and kind not in BASES:
                found.add(kind)
    return found


def without_consequences(table: Iterable[type[Event]]) -> set[str]:
    """Return the events whose consequences nobody wrote down."""
    return {kind.__name__ for kind in all_events() - set(table)}


def test_every_event_has_its_consequences_written_down() -> None:
    assert len(all_events()) > 50
    assert without_consequences(REACTIONS) == set()
    assert {kind.__name__ for kind in all_events()} == set(events.__all__) - {"Action", "Event"}


def test_an_event_without_a_line_is_noticed() -> None:
    torn = {kind: REACTIONS[kind] for kind in REACTIONS if kind is not events.SignedIn}
    assert without_consequences(torn) - without_consequences(REACTIONS) == {"SignedIn"}


def of_kind(kind: type[Event]) -> Event:
    """Make an event of a kind, with an id or a code for each field that must be there."""
    wanted: dict[str, Any] = {"child_id": UUID(int=7)}
    for field in dataclasses.fields(kind):
        if field.default is dataclasses.MISSING:
            wanted[field.name] = UUID(int=1) if "UUID" in str(field.type) else "x"
    return kind(**wanted)


class Hasty(Work):
    """A unit of work that lets things follow before it writes the line."""

    def settle(self) -> None:
        """Turn the order round."""
        while self._pending:
            event = self._pending.popleft()
            for react in self.reactions[type(event)]:
                react(self, event)
            self.trail.append(event)


def stood_in_the_trail(kind: type[Event], house: type[Work]) -> bool:
    """Record an event and say whether it stood in the trail when the first thing followed."""
    told: list[bool] = []
    work = house(
        session=Session(),
        actor=Actor(account_id=None, name="test"),
        now=NOW,
        vault=cast("Any", None),
        find_limits=lambda _work: LimitBook(()),
        reactions={kind: (lambda work, event: told.append(event in work.trail),)},
        write_trail=lambda _work: None,
    )
    work.record(of_kind(kind))
    work.settle()
    return told == [True]


def test_every_event_stands_in_the_trail_before_anything_follows() -> None:
    assert {kind.__name__ for kind in all_events() if not stood_in_the_trail(kind, Work)} == set()


def test_a_line_that_comes_after_is_noticed() -> None:
    assert not stood_in_the_trail(events.SignedIn, Hasty)


def test_every_event_says_what_happened_to_what() -> None:
    for kind in all_events():
        assert kind.action in set(events.Action)
        assert kind.object.islower()
        assert (kind.__doc__ or "").strip().endswith("."), kind.__name__
