"""The numbers of the rules: which hold on a day, and for whom the law of an earlier day counts."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

Numbers = Mapping[str, int]


LEAST: Final[Mapping[str, int]] = {"grace_days": 0, "from_age_months": 0, "alone_after_days": 0}
MOST: Final[Mapping[str, int]] = {"from_age_months": 11, "years": 23, "percent": 100, "months": 60}
"""By name, else by unit; every other limit lies from 1 to 3,650."""
FARTHEST: Final = 3650
STEPS: Final = ("notice", "warning", "critical")


class LimitsError(ValueError):
    """The table of limits is not what it should be."""


@dataclass(frozen=True, slots=True)
class LimitChange:
    """One number that a policy maker set: for which rule, under which name, from which day on."""

    rule: str
    name: str
    value: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class LimitBlock:
    """The numbers of one rule from a day on; `by_lodging` where a law follows the application."""

    rule: str
    valid_from: date
    numbers: Numbers
    by_lodging: bool = False


@dataclass(slots=True)
class LimitBook:
    """All limits, with the day from which each holds; the oldest also holds before its day."""

    blocks: tuple[LimitBlock, ...]
    _days: list[date] = field(init=False)
    _known: dict[tuple[int, int], Mapping[str, Numbers]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._days = sorted({block.valid_from for block in self.blocks})

    def on(self, today: date, lodged: date | None = None) -> Mapping[str, Numbers]:
        """Return the numbers of every rule for a child whose application was lodged on a day."""
        lodged = today if lodged is None else lodged
        key = bisect_right(self._days, today), bisect_right(self._days, lodged)
        if key not in self._known:
            self._known[key] = self._chosen(today, lodged)
        return self._known[key]

    def with_changes(self, changes: Iterable[LimitChange]) -> "LimitBook":
        """Return a book in which these changes hold too; a later one counts over an earlier one."""
        by_lodging = {block.rule: block.by_lodging for block in self.blocks}
        more = (
            LimitBlock(one.rule, one.valid_from, {one.name: one.value}, by_lodging[one.rule])
            for one in changes
            if one.rule in by_lodging
        )
        return LimitBook((*self.blocks, *more))

    def begins(self, rule: str) -> date:
        """Return the day of the oldest block of a rule; raises LookupError for an unknown rule."""
        days = [block.valid_from for block in self.blocks if block.rule == rule]
        if not days:
            raise LookupError(rule)
        return min(days)

    def _chosen(self, today: date, lodged: date) -> Mapping[str, Numbers]:
        chosen: dict[str, dict[str, int]] = {}
        for block in sorted(self.blocks, key=lambda block: block.valid_from):
            day = lodged if block.by_lodging else today
            if block.rule not in chosen or block.valid_from <= day:
                chosen.setdefault(block.rule, {}).update(block.numbers)
        return chosen


def limits_from(table: Mapping[str, object]) -> LimitBook:
    """Read the limits from what config/limits.toml holds; raises LimitsError."""
    blocks = table.get("limit")
    if set(table) != {"limit"} or not isinstance(blocks, list) or not blocks:
        raise LimitsError("The limits are a list of [[limit]] tables and nothing else.")
    return LimitBook(tuple(_blocks(blocks)))


def _blocks(tables: Iterable[object]) -> Iterable[LimitBlock]:
    for table in tables:
        if not isinstance(table, dict):
            raise LimitsError("A limit is a table.")
        numbers = dict(table)
        rule, valid_from = numbers.pop("rule", None), numbers.pop("valid_from", None)
        chosen_by = numbers.pop("chosen_by", "today")
        if not isinstance(rule, str) or not isinstance(valid_from, date):
            raise LimitsError("A limit names its rule and the day from which it holds.")
        if chosen_by not in {"today", "lodged"}:
            raise LimitsError(f"{rule}: a limit is chosen by today or by lodged.")
        for name, number in numbers.items():
            if type(number) is not int or number < 0:
                raise LimitsError(f"{rule}: {name} is not a whole number of 0 or more.")
        yield LimitBlock(rule, valid_from, numbers, by_lodging=chosen_by == "lodged")


def bounds(name: str) -> tuple[int, int]:
    """Return the least and the most that a limit may be, by its name and its unit."""
    unit = name.rpartition("_")[2]
    return LEAST.get(name, 1), MOST.get(name, MOST.get(unit, FARTHEST))


def out_of_step(numbers: Numbers) -> tuple[str, str] | None:
    """Return two limits of a rule that stand in the wrong order: take note, warning, serious."""
    for kind in sorted({name.partition("_")[2] for name in numbers}):
        here = [name for step in STEPS if (name := f"{step}_{kind}") in numbers]
        for lower, higher in pairwise(here):
            if numbers[lower] > numbers[higher]:
                return lower, higher
    return None
