"""What audit and seals cost of a page: the time in them, beside the time of all of it (aim: 25 % at most)."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from caseapp import wiring
from caseapp.kernel.machine import Machine
from caseapp.kernel.vault import Vault

AIM: Final = 25
ROUNDS: Final = 12
PARTS: Final[tuple[tuple[str, Any, str], ...]] = (
    ("audit", Machine, "finish"),
    ("audit", wiring, "write"),
    ("seals", Vault, "open"),
    ("seals", Vault, "seal"),
    ("seals", Vault, "prefetch"),
)
"""What writes the trail, in a page that only shows and in one that changes, and what opens and seals."""


@dataclass(slots=True)
class Costs:
    """Milliseconds of a page, and of them in audit and in seals."""

    name: str
    whole: list[float] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=lambda: {"audit": [], "seals": []})

    def share(self, part: str) -> float:
        """Return the percentage of the page that a part takes."""
        return 100 * median(self.parts[part]) / median(self.whole)

    def line(self) -> str:
        """Return a line of the table."""
        audit, seals = self.share("audit"), self.share("seals")
        late = " more than the aim" if audit + seals > AIM else ""
        return f"{self.name:26}{median(self.whole):8.1f}{audit:9.1f} %{seals:9.1f} %{late}"


HEAD: Final = f"{'page':26}{'p50':>8}{'audit':>11}{'seals':>11}   (aim: {AIM} % together)"


def costs_of(name: str, visits: list[Callable[[], object]]) -> Costs:
    """Visit a page and take the times of its parts."""
    found = Costs(name)
    for visit in visits:
        spent = {"audit": 0.0, "seals": 0.0}
        with _watched(spent):
            began = time.perf_counter()
            visit()
            found.whole.append(1000 * (time.perf_counter() - began))
        for part, seconds in spent.items():
            found.parts[part].append(1000 * seconds)
    return found


@contextmanager
def _watched(spent: dict[str, float]) -> Iterator[None]:
    inside: set[str] = set()
    with ExitStack() as stack:
        for part, owner, name in PARTS:
            stack.enter_context(_timed(spent, inside, part, owner, name))
        yield


@contextmanager
def _timed(
    spent: dict[str, float], inside: set[str], part: str, owner: Any, name: str
) -> Iterator[None]:
    """Add up the time of a function, once where it calls another of its part, and in no other part."""
    do: Callable[..., Any] = getattr(owner, name)

    def timed(*args: Any, **named: Any) -> Any:
        if inside:
            return do(*args, **named)
        inside.add(part)
        began = time.perf_counter()
        try:
            return do(*args, **named)
        finally:
            spent[part] += time.perf_counter() - began
            inside.clear()

    setattr(owner, name, timed)
    try:
        yield
    finally:
        setattr(owner, name, do)
