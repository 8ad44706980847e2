"""What a file of the reporting code says: its parts as they stand, what stood there before, and its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseapp.domain.rules.rule import Severity
from caseapp.domain.safety import Clock, Part, Written, clocks, next_step, present
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.safety import queries
from caseapp.safety.models import ProtectionEntry, ProtectionFile


@dataclass(frozen=True, slots=True)
class Entry:
    """One part as it was written, by whom and when."""

    written: Written
    at: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True)
class Course:
    """A file as the pages show it."""

    row: ProtectionFile
    card: Any | None
    entries: Sequence[Entry]
    unreadable: Sequence[str] = ()
    """References of parts that do not open: then nothing is worked out, and nothing can be written."""
    parts: dict[Part, Written] = field(default_factory=dict)
    clocks: Sequence[Clock] = ()

    @property
    def next_step(self) -> Part | None:
        """Return the first step that is not written."""
        return next_step(self.parts)

    def late(self, today: date) -> Sequence[Clock]:
        """Return the clocks that have run out, the most serious first."""
        ran = [one for one in self.clocks if one.has_run_out(today)]
        return sorted(ran, key=lambda one: (-one.severity.weight, one.from_on))

    def is_critical(self, today: date) -> bool:
        """Say whether something has to be done at once."""
        return any(one.severity is Severity.CRITICAL for one in self.late(today))

    def before(self, part: Part) -> Sequence[Entry]:
        """Return what stood at a part before, the newest first."""
        return [one for one in self.entries if one.written.part is part][:-1][::-1]

    def last(self, part: Part) -> Entry | None:
        """Return a part as it stands."""
        return next((one for one in reversed(self.entries) if one.written.part is part), None)


def courses(work: Work, rows: Sequence[ProtectionFile]) -> list[Course]:
    """Return files of own locations with all that was written in them."""
    written = queries.entries(work, [row.id for row in rows])
    cards = queries.names(work, {row.child_id for row in rows})
    return [_course(row, cards.get(row.child_id), written.get(row.id, ())) for row in rows]


def _course(row: ProtectionFile, card: Any | None, rows: Sequence[ProtectionEntry]) -> Course:
    read = [(readable(one, "said"), one) for one in rows]
    broken = [said.reference for said, _one in read if isinstance(said, Unreadable)]
    found = [
        Entry(said, one.recorded_at, one.recorded_by)
        for said, one in read
        if not isinstance(said, Unreadable)
    ]
    if broken:
        return Course(row, card, found, broken)
    parts = present(one.written for one in found)
    return Course(row, card, found, (), parts, clocks(parts))
