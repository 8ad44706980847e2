"""What is kept of a list besides the record: the table that waits, what the file was, what a row said."""

from dataclasses import dataclass

from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.table import Origin


@dataclass(frozen=True, slots=True)
class Packed:
    """A table as bytes that take little room; `discreet` packs and unpacks it."""

    content: bytes


@dataclass(frozen=True, slots=True)
class RunFacts:
    """How the file of a run was read, and who was not on it, by V-number."""

    origin: Origin
    header_row: int | None = None
    header: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    not_on_list: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a row said, what there is to say about it, and which columns of ours it changes."""

    cells: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
