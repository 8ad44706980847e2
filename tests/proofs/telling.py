"""What every proof shares: how far it came, kept after each step, and what it found wrong."""

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests import house


@dataclass(slots=True)
class Told:
    """How many rounds were done, what came of them by word, and every round that went wrong."""

    done: int = 0
    came: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


Keep = Callable[[Told], None]


def asked(arguments: list[str], about: str, rounds: int) -> argparse.Namespace:
    """Read how many rounds on which database, with which seed, and where to keep how far it came."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--database", choices=house.ENGINES, default="postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    return parser.parse_args(arguments)


def begun(state: Path | None) -> Told:
    """Return how far an earlier run came; nothing when there was none."""
    if state is None or not state.exists():
        return Told()
    told = json.loads(state.read_text("utf-8"))
    return Told(told["done"], Counter(told["came"]), told["wrong"])


def keeper(state: Path | None) -> Keep:
    """Return what writes down how far a proof is."""

    def keep(told: Told) -> None:
        if state is not None:
            beside = state.with_suffix(".new")
            kept = {"done": told.done, "came": dict(told.came), "wrong": told.wrong}
            beside.write_text(json.dumps(kept), "utf-8")
            beside.replace(state)

    return keep


def ended(told: Told, what: str, database: str) -> int:
    """Print one line with the figures and every fault; return 1 when there was one."""
    came = ", ".join(f"{count} {word}" for word, count in sorted(told.came.items()))
    print(f"{told.done} {what} on {database}: {came}, {len(told.wrong)} wrong.")  # noqa: T201
    for line in told.wrong:
        print(line)  # noqa: T201
    return 1 if told.wrong else 0
