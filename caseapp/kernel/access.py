"""From where and by which rule somebody acts: what the trail says beside who, what and when (NEN 7513)."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Which program of ours writes a record."""

    WEB = "web"
    WORKER = "worker"
    PROGRAM = "program"
    """A command on the machine itself."""


@dataclass(frozen=True, slots=True)
class Access:
    """Point of access, rule and program of a unit of work."""

    source: Source = Source.PROGRAM
    point: str | None = None
    """The network without its last part and the class of browser; nothing on the machine itself."""
    rule: str | None = None
    """The permission by which it is done, or why a page is open; the trail adds the version of the policy."""
    span_id: str | None = None
