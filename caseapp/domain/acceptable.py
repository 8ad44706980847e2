"""What a dossier document must hold to be taken in: it may be checked with faults that a record cannot keep."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from caseapp.domain.codes import TransferStatus
from caseapp.domain.document import DocumentError
from caseapp.domain.facts import Dossier


class Period(Protocol):
    """A stretch of days: half-open, an open end is None."""

    @property
    def id(self) -> str:
        """The id of the record."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def end(self) -> date | None:
        """The day it ended."""


ONE_AT_A_TIME: Final = ("placements", "responsible", "guardianship", "whereabouts")
WITH_PERIOD: Final = (*ONE_AT_A_TIME, "support")


def refuse_unacceptable(dossier: Dossier) -> None:
    """Raise DocumentError, with the path, for the first thing that the record cannot keep."""
    fault = next(_faults(dossier), None)
    if fault is not None:
        raise fault


def _faults(dossier: Dossier) -> Iterator[DocumentError]:
    for name in WITH_PERIOD:
        yield from _backwards(name, getattr(dossier, name))
    for name in ONE_AT_A_TIME:
        yield from _overlapping(name, getattr(dossier, name))
    yield from _transfers(dossier)
    yield from _care(dossier)


def _backwards(name: str, records: Sequence[Period]) -> Iterator[DocumentError]:
    for number, record in enumerate(records):
        if record.end is not None and record.end < record.start:
            yield DocumentError(f"{name}[{number}].to", "The end lies before the start.")


def _overlapping(name: str, records: Sequence[Period]) -> Iterator[DocumentError]:
    lasting = [(n, r) for n, r in enumerate(records) if r.end is None or r.end > r.start]
    lasting.sort(key=lambda pair: (pair[1].start, pair[1].end or date.max))
    for (_, one), (number, other) in pairwise(lasting):
        if one.end is None or other.start < one.end:
            yield DocumentError(
                f"{name}[{number}].from", f"This overlaps with {one.id}: only one at a time."
            )


def _transfers(dossier: Dossier) -> Iterator[DocumentError]:
    departed = 0
    for number, move in enumerate(dossier.transfers):
        path = f"transfers[{number}]"
        if move.from_location.strip().lower() == move.to_location.strip().lower():
            yield DocumentError(f"{path}.to_location", "This is where the child leaves from.")
        departed += move.status is TransferStatus.DEPARTED
        if departed > 1:
            yield DocumentError(f"{path}.status", "A child can be under way only once.")


def _care(dossier: Dossier) -> Iterator[DocumentError]:
    known = {line.id: line for line in dossier.care}
    for number, line in enumerate(dossier.care):
        if line.continues is None:
            continue
        earlier = known.get(line.continues)
        path = f"care[{number}].continues"
        if earlier is None or earlier is line:
            yield DocumentError(path, "This names no other line of care in the document.")
        elif earlier.referred_on > line.referred_on:
            yield DocumentError(
                path, "The line that is continued was referred later than this one."
            )
