"""Slowing down who guesses passwords, without locking out who is guessed at.

How far somebody is trusted decides which tries are counted: a browser that this account used before has
counters of its own, so has an address it came in from, and an address where anybody of the house came in.
Only strangers share the counters of the account and of the whole house, so no stranger can use up what its
owner needs. A try counts before the password is looked at; one that has to wait is written down no more.
Accounts, browsers and addresses are kept as keyed hashes. The limits: docs/signing-in.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Final

from sqlalchemy import case, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from caseapp.accounts.actions.marking import is_our_mark
from caseapp.accounts.models import KnownOrigin, Throttle
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

KNOWN_FOR: Final = timedelta(days=90)
"""How long a browser or an address stays known after a sign-in from there."""

HOME_NETWORK: Final = 64
"""Bits of an IPv6 address that name one subscriber: the rest can be changed at will."""

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)
QUARTER: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


class Trust(StrEnum):
    """How well a try is known, the best first."""

    BROWSER = "browser"
    """This account came in with this browser before."""
    ADDRESS = "address"
    """This account came in from this address before."""
    PLACE = "place"
    """Somebody of the house came in from this address before: a location, an office."""
    STRANGER = "stranger"


class Per(StrEnum):
    """What a counter counts for."""

    BROWSER = "browser"
    PAIR = "pair"
    """An account from an address."""
    ACCOUNT = "account"
    ADDRESS = "address"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window of time; windows are fixed and end by themselves."""

    per: Per
    tries: int
    window: timedelta


LIMITS: Final[Mapping[Trust, tuple[Limit, ...]]] = {
    Trust.BROWSER: (
        Limit(Per.BROWSER, 10, QUARTER),
        Limit(Per.BROWSER, 40, DAY),
    ),
    Trust.ADDRESS: (
        Limit(Per.PAIR, 5, QUARTER),
        Limit(Per.ACCOUNT, 20, HOUR),
        Limit(Per.ACCOUNT, 40, DAY),
        Limit(Per.ADDRESS, 200, QUARTER),
        Limit(Per.ADDRESS, 1000, DAY),
    ),
    Trust.PLACE: (
        Limit(Per.PAIR, 5, QUARTER),
        Limit(Per.ACCOUNT, 20, HOUR),
        Limit(Per.ACCOUNT, 40, DAY),
        Limit(Per.ADDRESS, 50, QUARTER),
        Limit(Per.ADDRESS, 300, DAY),
    ),
    Trust.STRANGER: (
        Limit(Per.PAIR, 5, QUARTER),
        Limit(Per.ACCOUNT, 20, HOUR),
        Limit(Per.ACCOUNT, 60, DAY),
        Limit(Per.ADDRESS, 50, QUARTER),
        Limit(Per.ADDRESS, 300, DAY),
        Limit(Per.HOUSE, 600, QUARTER),
    ),
}
"""Per trust, the narrow counters first: a try that is stopped there does not reach the wide ones."""

PARTS: Final[Mapping[Per, tuple[str, ...]]] = {
    Per.BROWSER: ("who", "browser"),
    Per.PAIR: ("who", "where"),
    Per.ACCOUNT: ("who",),
    Per.ADDRESS: ("where",),
    Per.HOUSE: (),
}
KNOWN_BY: Final[Mapping[Trust, tuple[str, ...]]] = {
    Trust.BROWSER: ("who", "browser"),
    Trust.ADDRESS: ("who", "where"),
    Trust.PLACE: ("where",),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether this try may go on; `first`: the limit was passed just now, so the trail hears it."""

    goes_on: bool
    first: bool = False
    wait: timedelta = timedelta(0)
    """So long until the window ends."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Who tries, from where, with which browser; and by which keyed hashes that may be known."""

    who: str = field(repr=False)
    where: str = field(repr=False)
    browser: str = field(repr=False)
    known: Mapping[Trust, bytes]


@dataclass(frozen=True, slots=True)
class Counter:
    """One window of one limit: its key, when it opened, and when it ends."""

    key: bytes
    opened: datetime
    limit: Limit

    @property
    def ends(self) -> datetime:
        """Return when the window ends."""
        return self.opened + self.limit.window


def bucket(address: str) -> str:
    """Return the part of a network address that counts: all of IPv4, the home network of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return f"{int(found) >> (found.max_prefixlen - HOME_NETWORK):x}/{HOME_NETWORK}"
    return str(found)


def keys_of(work: Work, email: str, address: str, browser: str = "") -> Keys:
    """Return who tries to sign in; `browser` is the mark that a browser got at an earlier sign-in."""
    mark = browser if is_our_mark(work, browser) else ""
    parts = {"who": email.strip().lower(), "where": bucket(address), "browser": mark}
    known = {
        trust: work.vault.index("throttle", "known", trust.value, *(parts[name] for name in names))
        for trust, names in KNOWN_BY.items()
        if parts[names[-1]]
    }
    return Keys(**parts, known=known)


def trust_of(work: Work, keys: Keys) -> Trust:
    """Return how well a try is known, by the sign-ins of the last months."""
    recent = KnownOrigin.seen_at > work.now - KNOWN_FOR
    asked = select(KnownOrigin.key).where(KnownOrigin.key.in_(keys.known.values()), recent)
    found = set(work.session.scalars(asked))
    return next((trust for trust, key in keys.known.items() if key in found), Trust.STRANGER)


def count_try(work: Work, keys: Keys) -> Verdict:
    """Count a try in its windows and say whether it may go on."""
    counters = tuple(_counters(work, keys, trust_of(work, keys)))
    now_at = _standing(work, counters)
    full = next((one for one in counters if now_at.get(one.key, 0) > one.limit.tries), None)
    if full is not None:
        return Verdict(goes_on=False, wait=full.ends - work.now)
    for counter in counters:
        count = _count(work, counter)
        if count > counter.limit.tries:
            return Verdict(False, count == counter.limit.tries + 1, counter.ends - work.now)
    return Verdict(goes_on=True)


def forgive(work: Work, keys: Keys) -> None:
    """Take the tries of who came in out of the windows again: the mistakes before the good one too."""
    counters = tuple(_counters(work, keys, trust_of(work, keys)))
    own = _standing(work, counters).get(counters[0].key, 0) if counters else 0
    left = case((Throttle.count > own, Throttle.count - own), else_=0)
    for counter in counters:
        _change(work, counter, 0 if "who" in PARTS[counter.limit.per] else left)


def welcome(work: Work, keys: Keys) -> None:
    """Remember from where somebody came in who proved both factors."""
    for key in keys.known.values():
        if not _seen_again(work, key):
            try:
                with work.session.begin_nested():
                    row = {"id": new_id(), "key": key, "seen_at": work.now}
                    work.session.execute(insert(KnownOrigin).values(**row))
            except IntegrityError:  # the same address became known in between
                _seen_again(work, key)


def relieve(work: Work, email: str) -> None:
    """Empty the windows of an account that a colleague gave a new password."""
    keys = keys_of(work, email, "")
    for trust in Trust:
        for counter in _counters(work, keys, trust):
            if counter.limit.per is Per.ACCOUNT:
                _change(work, counter, 0)


def sweep(work: Work) -> None:
    """Remove windows that have ended and origins that nobody came from for months."""
    long_ended = work.now - 2 * DAY
    work.session.execute(delete(Throttle).where(Throttle.opened_at < long_ended))
    work.session.execute(delete(KnownOrigin).where(KnownOrigin.seen_at < work.now - KNOWN_FOR))


def _counters(work: Work, keys: Keys, trust: Trust) -> Iterator[Counter]:
    for limit in LIMITS[trust]:
        parts = (getattr(keys, name) for name in PARTS[limit.per])
        seconds = f"{limit.window.total_seconds():.0f}"
        key = work.vault.index("throttle", trust.value, limit.per.value, seconds, *parts)
        yield Counter(key, EPOCH + ((work.now - EPOCH) // limit.window) * limit.window, limit)


def _standing(work: Work, counters: tuple[Counter, ...]) -> dict[bytes, int]:
    """Return how often was tried in windows that are open now."""
    opened = {one.key: one.opened for one in counters}
    asked = select(Throttle.key, Throttle.opened_at, Throttle.count)
    rows = work.session.execute(asked.where(Throttle.key.in_(opened)))
    return {key: count for key, at, count in rows if at == opened[key]}


def _count(work: Work, counter: Counter) -> int:
    counted = _change(work, counter, Throttle.count + 1)
    if counted is None:
        try:
            with work.session.begin_nested():
                row = {"id": new_id(), "key": counter.key, "opened_at": counter.opened, "count": 1}
                work.session.execute(insert(Throttle).values(**row))
        except IntegrityError:  # another try opened this window in between
            counted = _change(work, counter, Throttle.count + 1)
    return counted or 1


def _change(work: Work, counter: Counter, count: object) -> int | None:
    return work.session.execute(
        update(Throttle)
        .where(Throttle.key == counter.key, Throttle.opened_at == counter.opened)
        .values(count=count)
        .returning(Throttle.count)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def _seen_again(work: Work, key: bytes) -> bool:
    seen = update(KnownOrigin).where(KnownOrigin.key == key).values(seen_at=work.now)
    done = work.session.execute(
        seen.returning(KnownOrigin.id).execution_options(synchronize_session=False)
    )
    return done.first() is not None
