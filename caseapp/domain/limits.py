"""The numbers of the rules: which hold on a day, and for whom the law of an earlier day counts."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

Numbers = Mapping[str, int]


class LimitsError(ValueError):
    """The table of limits is not what it should be."""


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
