"""The only module that reads the wall clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def milliseconds() -> int:
    """Return milliseconds since 1970, for keys that sort by time."""
    return time.time_ns() // 1_000_000


@contextmanager
def giving_way(share: float) -> Iterator[None]:
    """Wait after what is done here, for a share of the time that it took: let others go between."""
    began = time.monotonic()
    yield
    time.sleep((time.monotonic() - began) * share)


def local_day(moment: datetime) -> date:
    """Return the calendar day in the Netherlands of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def today() -> date:
    """Return the present calendar day in the Netherlands."""
    return local_day(now())


def noon(day: date) -> datetime:
    """Return noon in the Netherlands on a day, aware, in UTC: a safe moment for work about that day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM).astimezone(UTC)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the Netherlands, aware, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
