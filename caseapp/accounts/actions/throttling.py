"""Slowing down who guesses passwords, without locking out who is guessed at.

A try counts before the password is looked at, in three windows: this account from this address,
this account from anywhere, this address for any account. Somebody who signed in from this address
before is held back by the first only: so strangers cannot lock out an account for ever, and one
guesser behind the address of a location does not lock out its staff. Windows are fixed and end by
themselves; addresses and accounts are kept as keyed hashes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from caseapp.accounts.models import Throttle
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work

PAIR_TRIES: Final = 5
PAIR_WINDOW: Final = timedelta(minutes=15)
ACCOUNT_TRIES: Final = 20
ACCOUNT_WINDOW: Final = timedelta(hours=1)
ADDRESS_TRIES: Final = 50
ADDRESS_WINDOW: Final = timedelta(minutes=15)
KNOWN_FOR: Final = timedelta(days=90)
"""How long an address stays known to an account after a sign-in from there."""

HOME_NETWORK: Final = 64
"""Bits of an IPv6 address that name one subscriber: the rest can be changed at will."""

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether this try may go on; `first`: the limit was passed just now, so the trail hears it."""

    goes_on: bool
    first: bool = False
    wait: timedelta = PAIR_WINDOW
    """At most so long until the window ends."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keyed hashes of a try, and of having been here before."""

    pair: bytes
    account: bytes
    address: bytes
    known: bytes


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


def keys_of(work: Work, email: str, address: str) -> Keys:
    """Return the keyed hashes of a try to sign in."""
    who, where = email.strip().lower(), bucket(address)
    index = work.vault.index
    return Keys(
        pair=index("throttle", "pair", who, where),
        account=index("throttle", "account", who),
        address=index("throttle", "address", where),
        known=index("throttle", "known", who, where),
    )


def count_try(work: Work, keys: Keys) -> Verdict:
    """Count a try in its three windows and say whether it may go on."""
    pair = _count(work, keys.pair, PAIR_WINDOW)
    account = _count(work, keys.account, ACCOUNT_WINDOW)
    address = _count(work, keys.address, ADDRESS_WINDOW)
    if pair > PAIR_TRIES:
        return Verdict(goes_on=False, first=pair == PAIR_TRIES + 1)
    if (account > ACCOUNT_TRIES or address > ADDRESS_TRIES) and not is_known(work, keys):
        first = account == ACCOUNT_TRIES + 1 or address == ADDRESS_TRIES + 1
        return Verdict(False, first, ACCOUNT_WINDOW if account > ACCOUNT_TRIES else ADDRESS_WINDOW)
    return Verdict(goes_on=True)


def forgive(work: Work, keys: Keys) -> None:
    """Take a good try out of the windows again, and remember that this address is known."""
    for key, window in ((keys.pair, PAIR_WINDOW), (keys.account, ACCOUNT_WINDOW)):
        _change(work, key, _opened(work.now, window), 0)
    _change(work, keys.address, _opened(work.now, ADDRESS_WINDOW), Throttle.count - 1)
    work.session.execute(delete(Throttle).where(Throttle.key == keys.known))
    _begin(work, keys.known, work.now)


def is_known(work: Work, keys: Keys) -> bool:
    """Say whether this account signed in from this address in the last months."""
    found = select(Throttle.id).where(
        Throttle.key == keys.known, Throttle.opened_at > work.now - KNOWN_FOR
    )
    return work.session.scalar(found.limit(1)) is not None


def sweep(work: Work) -> None:
    """Remove windows and known addresses that are too old to count."""
    work.session.execute(delete(Throttle).where(Throttle.opened_at < work.now - KNOWN_FOR))


def _opened(now: datetime, window: timedelta) -> datetime:
    return EPOCH + ((now - EPOCH) // window) * window


def _count(work: Work, key: bytes, window: timedelta) -> int:
    opened = _opened(work.now, window)
    counted = _change(work, key, opened, Throttle.count + 1)
    if counted is None:
        try:
            with work.session.begin_nested():
                _begin(work, key, opened)
        except IntegrityError:  # another try opened this window in between
            counted = _change(work, key, opened, Throttle.count + 1)
    return counted or 1


def _change(work: Work, key: bytes, opened: datetime, count: object) -> int | None:
    return work.session.execute(
        update(Throttle)
        .where(Throttle.key == key, Throttle.opened_at == opened)
        .values(count=count)
        .returning(Throttle.count)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def _begin(work: Work, key: bytes, opened: datetime) -> None:
    row = {"id": new_id(), "key": key, "opened_at": opened, "count": 1}
    work.session.execute(insert(Throttle).values(**row))
