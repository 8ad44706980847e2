"""Where the time of a nightly look goes: reading facts, deciding, writing what changed."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from caseapp.continuity import facts, queries
from caseapp.continuity.actions import assessing
from caseapp.continuity.actions.turn import Turn
from caseapp.kernel.work import Work
from caseapp.people import queries as people

READING: Final = "reading"
WRITING: Final = "writing"
PARTS: Final[tuple[tuple[str, Any, str], ...]] = (
    (READING, people, "followed_after"),
    (READING, queries, "known_alerts"),
    (READING, queries, "rows_of"),
    (READING, queries, "open_spells"),
    (READING, facts, "files"),
    (READING, assessing, "hold"),
    (READING, assessing, "Surroundings"),
    (WRITING, assessing, "promise"),
    (WRITING, Turn, "_write"),
    (WRITING, Work, "commit"),
)
"""What reads and what writes; they do not call each other. All the rest of the time decides."""


@dataclass(slots=True)
class Split:
    """Seconds in all, and of them in each part."""

    seconds: float = 0.0
    parts: dict[str, float] = field(default_factory=lambda: {READING: 0.0, WRITING: 0.0})

    @property
    def deciding(self) -> float:
        """Return the seconds that were neither reading nor writing."""
        return self.seconds - sum(self.parts.values())


@contextmanager
def split() -> Iterator[Split]:
    """Take the times of the parts while this lasts."""
    found = Split()
    with ExitStack() as stack:
        for part, owner, name in PARTS:
            stack.enter_context(_timed(found, part, owner, name))
        began = time.perf_counter()
        yield found
        found.seconds = time.perf_counter() - began


@contextmanager
def _timed(found: Split, part: str, owner: Any, name: str) -> Iterator[None]:
    do: Callable[..., Any] = getattr(owner, name)

    def timed(*args: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return do(*args, **named)
        finally:
            found.parts[part] += time.perf_counter() - began

    setattr(owner, name, timed)
    try:
        yield
    finally:
        setattr(owner, name, do)
