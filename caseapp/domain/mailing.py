"""When somebody is mailed, and when a mail is tried again: pure, on the clock of the Netherlands."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.rules.rule import Severity

APART: Final = timedelta(minutes=15)
"""At most one mail a person in this time."""
DIGEST_AT: Final = 8 * 60
"""From this minute of the day on the daily mail is made."""
BACK_OFF: Final = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 240, 240))
"""How long to wait after each try that failed; after one more the mail is given up."""


class How(StrEnum):
    """How somebody wants to be mailed."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    CRITICAL = "critical"
    """Serious messages only, at once."""


class LetterState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    """Given up: somebody has to look at it."""
    DROPPED = "dropped"
    """Somebody looked at it, and it needs not be sent any more."""


class Trouble(StrEnum):
    """Why a try failed."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"
    NOT_NOW = "not_now"
    """The server asked to come back later (a 4xx answer)."""
    REFUSED = "refused"
    """The server will never take it (a 5xx answer)."""
    SIGN_IN = "sign_in"
    """The server did not take our name and password."""
    NOT_SAFE = "not_safe"
    """The connection could not be sealed."""
    NO_ADDRESS = "no_address"
    """There is no mail address that can be read."""


FOR_GOOD: Final = frozenset({Trouble.REFUSED, Trouble.NO_ADDRESS})
"""What another try cannot mend."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wants to be mailed, and between which minutes of the day not at all."""

    how: How = How.AT_ONCE
    quiet_from: int = 19 * 60
    """From seven in the evening, for who never chose."""
    quiet_to: int = 7 * 60


def wanted(how: How, severity: Severity | None) -> bool:
    """Say whether somebody who chose this is mailed of a message as serious as this."""
    return how is not How.CRITICAL or severity is Severity.CRITICAL


def quiet_until(local: datetime, quiet_from: int, quiet_to: int) -> datetime | None:
    """Return when the quiet hours end that hold at a local moment; None when it is not quiet then.

    `local` is aware, in the zone of the clock on the wall: the hours are those that somebody reads there, so
    a night on which the clock changes is an hour shorter or longer. Equal ends mean no quiet hours.
    """
    minute = _minute(local)
    if quiet_from == quiet_to or not _between(minute, quiet_from, quiet_to):
        return None
    end = _at(local, quiet_to)
    return end if minute < quiet_to else _at(local + timedelta(days=1), quiet_to)


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _between(minute: int, start: int, end: int) -> bool:
    if start < end:
        return start <= minute < end
    return minute >= start or minute < end


def _at(local: datetime, minute: int) -> datetime:
    return local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)


def may_mail(choice: Choice, now: datetime, last: datetime | None, zone: tzinfo) -> bool:
    """Say whether the next mail may be made: not in quiet hours, and not too soon after the last one.

    The daily mail is made once a day on the calendar of `zone`, from its hour on or when the quiet hours end.
    """
    local = now.astimezone(zone)
    if quiet_until(local, choice.quiet_from, choice.quiet_to) is not None:
        return False
    if last is None:
        return choice.how is not How.DAILY or _minute(local) >= DIGEST_AT
    if choice.how is How.DAILY:
        return _minute(local) >= DIGEST_AT and last.astimezone(zone).date() < local.date()
    return now - last >= APART


def unread_too_long(at: datetime, now: datetime, zone: tzinfo) -> bool:
    """Say whether a working day went by since `at`: the next working day, at the same hour, was reached."""
    local = at.astimezone(zone)
    next_day = calendar.working_days_after(local.date(), 1)
    return now >= datetime.combine(next_day, local.time(), tzinfo=zone)


def again(tries: int, trouble: Trouble) -> timedelta | None:
    """Return how long to wait after this many tries, the failed one among them; None: give it up."""
    if trouble in FOR_GOOD or tries > len(BACK_OFF):
        return None
    return BACK_OFF[tries - 1]
