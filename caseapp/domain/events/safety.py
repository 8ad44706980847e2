"""What can happen to a file of the reporting code: the file is named, the child never.

Who reads the trail of a child finds no line of it: that there is such a file is the protection lead's alone.
"""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain.events.base import Action, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAProtectionFile(Event):
    """What happens to a file of the reporting code."""

    object = "protection_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionFileOpened(OfAProtectionFile):
    """A protection lead opened a file about a child of the own location."""

    action = Action.CREATE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionPartWritten(OfAProtectionFile):
    """A step, what Veilig Thuis does, or the end of a file was written, or written again."""

    action = Action.UPDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionClockRan(OfAProtectionFile):
    """The day for a step or an answer is there; only the protection leads of the location are told."""

    action = Action.UPDATE

    spell: int = 1
    told: tuple[UUID, ...] = ()
