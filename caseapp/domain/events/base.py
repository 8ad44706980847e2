"""What every event has: what was done, to which object, of which child."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Action(StrEnum):
    """What was done to the object, by the letters of NEN 7513."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: to which object, of which child, and which fields changed."""

    action: ClassVar[Action]
    object: ClassVar[str]
    together: ClassVar[str | None] = None
    """By which field such events about a child stand in one line of the trail, when a list set them off."""

    object_id: UUID | None = None
    child_id: UUID | None = None
    fields: tuple[str, ...] = ()
