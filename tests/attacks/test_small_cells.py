"""What a reader of figures can find out by taking them apart (attack 56)."""

from collections.abc import Sequence
from typing import Final

import pytest

from caseapp.reporting import queries
from caseapp.reporting.queries import HIDDEN_BELOW, hidden_when_small

DRAWN: Final = (
    (0, 4, 9, 10, 57),
    (1, 1, 1, 1, 1),
    (9, 9, 9, 9, 9),
    (10, 11, 0, 0, 0),
    (3, 20, 30, 40, 9),
)


def ranges(shown: Sequence[int | None]) -> list[tuple[int, int]]:
    """Return what an attacker knows for certain: each figure, and of a hidden one that it is small."""
    return [(0, HIDDEN_BELOW - 1) if one is None else (one, one) for one in shown]


def found(figures: Sequence[int]) -> list[int]:
    """Return the small figures that an attacker knows exactly, from all that the page shows.

    The page has no total, so a hidden figure cannot be got by subtracting the others from it.
    """
    known = ranges([queries.hidden_when_small(number) for number in figures])
    return [least for least, most in known if least == most and least < HIDDEN_BELOW]


@pytest.mark.attack(56)
@pytest.mark.asvs("14.2.6")
@pytest.mark.parametrize("figures", DRAWN)
def test_nobody_knows_a_small_figure_from_those_that_are_shown(figures: Sequence[int]) -> None:
    assert found(figures) == []


@pytest.mark.attack(56)
@pytest.mark.parametrize("number", range(HIDDEN_BELOW))
def test_all_small_figures_look_the_same_nought_too(number: int) -> None:
    assert hidden_when_small(number) is None
    assert hidden_when_small(number + HIDDEN_BELOW) == number + HIDDEN_BELOW


@pytest.mark.attack(56, twin="a small figure is shown")
def test_a_figure_that_is_not_hidden_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "hidden_when_small", lambda number: number)
    assert found(DRAWN[0]) == [0, 4, 9]
