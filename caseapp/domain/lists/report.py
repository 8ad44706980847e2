"""The report on a list: what became of each row, and what applying the list does."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from caseapp.domain.lists.intents import Intent
from caseapp.domain.lists.problems import FileError, Problem
from caseapp.domain.lists.sentences import of_file, of_problem
from caseapp.domain.lists.table import Origin
from caseapp.domain.lists.words import ListKind, Reason, Severity, Verdict

Translate = Callable[[str], str]

_NOWHERE: Final = Origin()


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of a row; `cells` are its texts in the order of the header.

    A doubtful row is `takeable` when a person may decide to take it, `doubts` is what that person
    then agrees to. A row that waits because of its own cells is not held against what we know; `further`
    is what there will be to say about it once it is taken, and only who decides has to see that.
    """

    number: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    changes: tuple[str, ...]
    cells: tuple[str, ...]
    takeable: bool
    further: tuple[Problem, ...] = ()

    @property
    def told(self) -> tuple[Problem, ...]:
        """All that a person who decides about the row has to see."""
        return (*self.problems, *self.further)

    @property
    def doubts(self) -> frozenset[Reason]:
        """The reasons why the row waits for a person."""
        doubtful = (p.reason for p in self.told if p.severity is Severity.DOUBTFUL)
        return frozenset(doubtful)

    def as_json(self, translate: Translate) -> dict[str, Any]:
        """Return the row as it stands in the report of a command."""
        said: dict[str, Any] = {
            "row": self.number,
            "verdict": self.verdict.value,
            "problems": [_problem(problem, translate) for problem in self.problems],
        }
        return said | ({"changes": list(self.changes)} if self.changes else {})


@dataclass(frozen=True, slots=True)
class Report:
    """The report on one list; `intents` stand in the order in which they are carried out."""

    kind: ListKind
    file: str
    on: date
    error: FileError | None = None
    origin: Origin = _NOWHERE
    header_row: int | None = None
    header: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    rows: tuple[RowReport, ...] = ()
    not_on_list: tuple[str, ...] = ()
    intents: tuple[Intent, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows came to each verdict, also those of which there are none."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    def as_json(self, translate: Translate = str) -> dict[str, Any]:
        """Return the report as one JSON object, with its messages in a language."""
        return {
            "kind": self.kind.value,
            "file": self.file,
            "on": self.on.isoformat(),
            "error": _error(self.error, translate),
            "encoding": self.origin.encoding,
            "delimiter": self.origin.delimiter,
            "sheet": self.origin.sheet,
            "header_row": self.header_row,
            "ignored_columns": list(self.ignored_columns),
            "counts": {verdict.value: count for verdict, count in self.counts.items()},
            "rows": [row.as_json(translate) for row in self.rows if row.problems],
            "not_on_list": list(self.not_on_list),
        }


def _problem(problem: Problem, translate: Translate) -> dict[str, Any]:
    return {
        "column": problem.column,
        "class": problem.severity.value,
        "reason": problem.reason.value,
        "value": problem.value,
        "message": of_problem(problem, translate),
    }


def _error(error: FileError | None, translate: Translate) -> dict[str, str] | None:
    if error is None:
        return None
    return {"code": error.code.value, "message": of_file(error, translate)}
