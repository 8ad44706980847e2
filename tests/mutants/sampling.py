"""Which mutants are tried, and what became of each."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.mutants import trying
from tests.mutants.changes import mutated, sites
from tests.mutants.hot import Hot


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant: its name, its line, and whether a test noticed it."""

    name: str
    line: int
    is_killed: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """How many mutants of a module are tried, by number or by share, and which ones."""

    each: int | None = None
    share: float = 1.0
    seed: int = 1


def tried(
    suite: trying.Suite, sample: Sample, known: dict[str, bool], keep: Callable[[], None]
) -> list[Tried]:
    """Return what became of a sample of a module's mutants in their order, the same one for one seed.

    `known` holds outcomes of earlier runs and takes in the new ones; `keep` is called after each.
    Raises NoGuardError.
    """
    every = sites(ast.parse(suite.source))
    size = min(len(every), sample.each or max(1, round(len(every) * sample.share)))
    chosen = sorted(Random(sample.seed).sample(range(len(every)), size))
    new = [number for number in chosen if every[number].name not in known]
    if new:
        trying.check(suite)
        with Hot(suite) as hot:
            for number in new:
                known[every[number].name] = hot.notices(number) or _is_noticed(suite, number)
                keep()
    return [Tried(site.name, site.line, known[site.name]) for site in (every[n] for n in chosen)]


def _is_noticed(suite: trying.Suite, number: int) -> bool:
    return trying.is_noticed(suite, trying.instead(suite, mutated(suite.source, number)))
