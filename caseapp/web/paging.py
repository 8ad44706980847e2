"""The page of a long list that an address asks for, and what the pager says about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 5
"""Digits of a page number: no list is longer."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands in a list of so many rows; pages count from 1."""

    total: int
    page: int
    size: int

    @property
    def first(self) -> int:
        """Return the number of the first row on this page."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Return the number of the last row on this page."""
        return min(self.page * self.size, self.total)

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max((self.total + self.size - 1) // self.size, 1)


def page_asked(args: Mapping[str, str]) -> int:
    """Return the page that the address asks for; what is no page number is the first."""
    text = args.get("pagina", "")
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST:
        return 1
    return max(int(text), 1)
