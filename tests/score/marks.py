"""What a test says it verifies: requirements of ASVS, attacks of the list, guards of "not applicable"."""

from dataclasses import asdict, dataclass
from typing import Any, Final

import pytest

from tests.score.table import CASES, GUARDS, REQUIREMENTS

ATTACKS: Final = range(1, len(CASES) + 1)
PROPERTY: Final = "score"
"""Under this name a report carries the marks of its test from a worker to the controller."""


class MarkError(ValueError):
    """A mark names something that does not exist; the message says what."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one test."""

    requirements: tuple[str, ...]
    attacks: tuple[int, ...]
    guards: tuple[str, ...]

    def as_property(self) -> dict[str, Any]:
        """Return them in the form in which a report can carry them."""
        return asdict(self)

    def __bool__(self) -> bool:
        """Say whether there is any mark at all."""
        return bool(self.requirements or self.attacks or self.guards)


def marks_of(item: pytest.Item) -> Marks:
    """Return the marks of a test; raises MarkError when one names what does not exist."""
    return Marks(
        _known("asvs", item, REQUIREMENTS, "requirement of ASVS 5.0 that we count"),
        tuple(_case(mark) for mark in item.iter_markers("attack")),
        _known("guards", item, GUARDS, "guard in docs/asvs.csv"),
    )


def _known(name: str, item: pytest.Item, known: Any, what: str) -> tuple[str, ...]:
    ids = tuple(str(each) for mark in item.iter_markers(name) for each in mark.args)
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise MarkError(f"{item.nodeid}: {', '.join(unknown)} is no {what}.")
    return ids


def _case(mark: pytest.Mark) -> int:
    match mark.args:
        case [int(number)] if number in ATTACKS and set(mark.kwargs) <= {"twin", "seen_red"}:
            return number
    raise MarkError(f"attack{mark.args} {sorted(mark.kwargs)}: a number from 1 to {ATTACKS[-1]}.")
