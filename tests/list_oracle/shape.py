"""What the naive reading of a list gives: its file, and its rows with their troubles."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

KINDS = ("locations", "occupancy", "transfers", "care", "school")


class Problem(NamedTuple):
    """A trouble of a row: the Dutch name of its column (None: the row), and the cell as it stands."""

    column: str | None
    severity: str  # refused, doubtful, repaired or noted; the page calls it class
    reason: str
    value: str | None


class Birth(NamedTuple):
    """A birth date: the first and the last day that it can be, and how precise it is."""

    first: date
    last: date
    precision: str  # day, month or year


@dataclass
class Row:
    """A row below the header that is not wholly empty.

    `cells` are the cells of our columns as they stand: text, float, bool, date or datetime. `values`
    is what they mean, of readable filled cells only: text (V-numbers of ten digits, codes as in
    dossier.schema.json, codes of locations in capitals), date, Birth, bool, int or Decimal.
    `number` is what a spreadsheet shows. Sections 5 and 6 add their own `problems`.
    """

    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def is_(self, severity: str) -> bool:
        """Return whether a problem of this severity was found."""
        return any(problem.severity == severity for problem in self.problems)


@dataclass
class Read:
    """A list as it was read: `error` is a code of section 7, and then there are no rows."""

    kind: str
    on: date
    error: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    ignored_columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
