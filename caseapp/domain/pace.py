"""How fast one person can open files: nobody reads a hundred in ten minutes, but a thief copies them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(minutes=10)
"""In which different files are counted."""

OPENED: Final = "child-read"
"""Under which code the trail has that somebody opened a file."""

APART: Final = timedelta(seconds=5)
"""Between two files of somebody who is slowed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many different files somebody opened in the window, and when the latest was."""

    files: int = 0
    latest: datetime | None = None

    def wait(self, now: datetime, slow: int, stop: int) -> timedelta | None:
        """Return how long to wait for the next file; None: go on.

        From `slow` files on one opens every five seconds, from `stop` on none until the window moved on.
        """
        if self.files >= stop:
            return WINDOW
        if self.files < slow or self.latest is None or now - self.latest >= APART:
            return None
        return APART


STILL: Final = Pace()
"""Of who opened nothing just now."""
