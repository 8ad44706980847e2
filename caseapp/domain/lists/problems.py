"""What is said about a row, and about a file that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseapp.domain.lists.number_cells import holds_bsn
from caseapp.domain.lists.texts import MAX_LENGTH, Cell, show
from caseapp.domain.lists.words import FileFault, Reason, Severity

_NEVER_SHOWN: Final = frozenset({Reason.PERHAPS_BSN})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about a row; `column` is its Dutch name, None when it is the whole row."""

    column: str | None
    severity: Severity
    reason: Reason
    value: str | None = None

    @property
    def keeps_out(self) -> bool:
        """Say whether the row is not written because of it."""
        return self.severity in {Severity.REFUSED, Severity.DOUBTFUL}


class FileError(Exception):
    """A file that could not be read as this list; `parameters` fill its sentence."""

    def __init__(self, code: FileFault, parameters: Mapping[str, str]) -> None:
        super().__init__(code.value)
        self.code = code
        self.parameters = parameters


def of_cell(column: str, severity: Severity, reason: Reason, cell: Cell) -> Problem:
    """Return a problem of one cell, with the cell as it stands unless it may not be shown.

    What may hold a BSN is never shown, in whatever column; a repaired V-number is none.
    """
    value = show(cell)[:MAX_LENGTH]
    hidden = reason in _NEVER_SHOWN or (severity is not Severity.REPAIRED and holds_bsn(value))
    return Problem(column, severity, reason, None if hidden else value)


def of_row(severity: Severity, reason: Reason) -> Problem:
    """Return a problem of a whole row."""
    return Problem(None, severity, reason)


def unreadable(code: FileFault, **parameters: str) -> FileError:
    """Return the error of a file, ready to raise."""
    return FileError(code, parameters)
