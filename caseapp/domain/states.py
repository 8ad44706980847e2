"""How a school record or a line of care stands today, in one word: for chapters and lists."""

from datetime import date
from enum import StrEnum

from caseapp.domain import case
from caseapp.domain.care_codes import EndReason, SchoolType
from caseapp.domain.facts import CareLine, SchoolRecord


class SchoolState(StrEnum):
    """How a school record stands: on paper and in the class are different facts."""

    ATTENDING = "attending"
    EXEMPT = "exempt"
    COMING = "coming"
    ENROLLED = "enrolled"
    WAITING = "waiting"
    ENDED = "ended"
    UNCLEAR = "unclear"


class CareState(StrEnum):
    """How a line of care stands; broken off by a move is no end."""

    RUNNING = "running"
    WAITING = "waiting"
    BROKEN_OFF = "broken_off"
    ENDED = "ended"


def school_state(record: SchoolRecord, today: date) -> SchoolState:
    """Return how a school record stands today."""
    if record.end is not None and record.end <= today:
        return SchoolState.ENDED
    if record.attending_from is not None:
        if record.attending_from > today:
            return SchoolState.COMING
        exempt = record.type is SchoolType.EXEMPT
        return SchoolState.EXEMPT if exempt else SchoolState.ATTENDING
    if record.enrolled_on is not None:
        return SchoolState.ENROLLED
    return SchoolState.WAITING if record.waiting_list_since else SchoolState.UNCLEAR


def care_state(line: CareLine, today: date) -> CareState:
    """Return how a line of care stands today."""
    if case.ended(line, today):
        return CareState.ENDED
    if line.end_reason is EndReason.MOVED and line.ended_on and line.ended_on <= today:
        return CareState.BROKEN_OFF
    return CareState.RUNNING if case.running(line, today) else CareState.WAITING
