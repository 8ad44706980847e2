"""What can be asked about a whole caseload."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class WhyPassed(StrEnum):
    """Why a colleague hands children over; a code, for it says something of a member of staff."""

    LEAVES = "leaves"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Passing:
    """Whose children go to whom, by child, from today on."""

    leaver: UUID
    to: Mapping[UUID, UUID]
    why: WhyPassed
