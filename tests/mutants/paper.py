"""What is written down: a table of modules, and each mutant that lived with the reason why it may."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.mutants import trying
from tests.mutants.reasons import REASONS
from tests.mutants.sampling import Tried

ENOUGH: Final = 0.9
"""So large a part has to be noticed, of each module."""
Found = Mapping[str, Sequence[Tried]]
HEAD: Final = """# What the tests notice

Written by `make prove` (or `python -m tests.mutants --each 20 --paper`). A mutant is a module with one
small fault: a comparison turned, a figure one higher, an argument, an item or a call left out, a value
that is None. It is killed when the fast tests that guard the module fail. Texts for people, types and
logs are not mutated. The sample is fixed by its seed ({seed}).

| module | mutants | killed | share |
|---|---|---|---|
"""


def killed(some: Sequence[Tried]) -> int:
    """Return how many were noticed."""
    return sum(one.is_killed for one in some)


def line(module: str, some: Sequence[Tried]) -> str:
    """Return the line of a module."""
    return f"{module}: {killed(some)} of {len(some)} killed"


def total(found: Found) -> str:
    """Return the figures of all modules together."""
    every = [one for some in found.values() for one in some]
    return f"{len(every)} mutants of {len(found)} modules: {killed(every)} killed."


def faults(found: Found) -> list[str]:
    """Return the modules of which too few were noticed, and what lived without a reason."""
    few = [line(name, some) for name, some in found.items() if killed(some) < ENOUGH * len(some)]
    return few + [f"no reason: {module} {one.name}" for module, one in _living(found)
                  if one.name not in REASONS.get(module, {})]  # fmt: skip


def _living(found: Found) -> Iterator[tuple[str, Tried]]:
    for module, some in found.items():
        yield from ((module, one) for one in some if not one.is_killed)


def text(found: Found, seed: int) -> str:
    """Return the page."""
    rows = [
        f"| {name} | {len(some)} | {killed(some)} | {100 * killed(some) // len(some)} % |"
        for name, some in found.items()
    ]
    lives = [
        f"- `{module}` `{one.name}`: {REASONS.get(module, {}).get(one.name, '**no reason yet**')}"
        for module, one in _living(found)
    ]
    return HEAD.format(seed=seed) + "\n".join([*rows, "", total(found), "", "## What lived, and why", "",
                                               *(lives or ["Nothing."])]) + "\n"  # fmt: skip


def write(found: Found, seed: int) -> None:
    """Write docs/mutants.md."""
    (trying.ROOT / "docs" / "mutants.md").write_text(text(found, seed), "utf-8")
