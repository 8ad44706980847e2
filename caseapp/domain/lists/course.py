"""The course of a list: how far it is, what people decide about its rows, and what it does to the record."""

from enum import StrEnum


class RunState(StrEnum):
    """How far a list is: it waits, is looked at, is ready for people to decide, is applied, perhaps undone."""

    WAITING = "waiting"
    LOOKING = "looking"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    UNDOING = "undoing"
    UNDONE = "undone"


class Decision(StrEnum):
    """What a person decided about a row that waits for one."""

    TAKE = "take"
    LEAVE = "leave"


class How(StrEnum):
    """What a list did to something of the record."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"
