"""Who owns an alert at first, and who is told: the table of rules.md 4, as one function per row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from caseapp.domain.rules.rule import OwnerGroup, Severity

NATIONAL: Final = "national"
GUARDIANSHIP: Final = "guardianship"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as far as alerts need it: where, in which region, and its contact persons."""

    location_id: UUID | None = None
    region: str | None = None
    cpks: tuple[UUID, ...] = ()
    contact: UUID | None = None
    """Who receives there: the contact person of the location, while that account is active."""


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Around:
    """The people round a child: who is responsible, who is guardian, here, before, and where it goes."""

    responsible: UUID | None = None
    guardian: UUID | None = None
    here: Place = NOWHERE
    before: Place = NOWHERE
    """The place that the latest move left."""
    sending: Place = NOWHERE
    receiving: Place = NOWHERE
    """Both ends of the transfer that an alert is about."""
    coordinators: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    """By region; `national` and `guardianship` are desks too."""

    def of(self, desk: str | None) -> tuple[UUID, ...]:
        """Return the coordinators of a desk."""
        return self.coordinators.get(desk, ()) if desk else ()


@dataclass(frozen=True, slots=True)
class Recipients:
    """One owner, a person or a desk; and whom to tell. `outside` may not see the child otherwise."""

    account: UUID | None
    desk: str | None
    told: tuple[UUID, ...]
    outside: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table: the owner, who is told at once, who besides when it is critical."""

    owner: Callable[[Around], UUID | str | None]
    at_once: Callable[[Around], tuple[UUID | None, ...]]
    critical: Callable[[Around], tuple[UUID | None, ...]]
    outside: Callable[[Around], tuple[UUID | None, ...]] = lambda _around: ()


def _nobody(_around: Around) -> tuple[UUID | None, ...]:
    return ()


def _guardian(around: Around) -> tuple[UUID | None, ...]:
    return (around.guardian,)


def _responsible(around: Around) -> tuple[UUID | None, ...]:
    return (around.responsible,)


def _region(around: Around) -> tuple[UUID | None, ...]:
    return around.of(around.here.region)


def _new(around: Around) -> Place:
    """Return the new place of a move: where a transfer goes, or where the latest move led."""
    return around.here if around.receiving is NOWHERE else around.receiving


def _old(around: Around) -> Place:
    """Return the old place of a move: where a transfer comes from, or what the latest move left."""
    return around.before if around.receiving is NOWHERE else around.sending


def _both_places(around: Around) -> tuple[UUID | None, ...]:
    return (around.responsible, *_new(around).cpks, *_old(around).cpks, around.guardian)


def _both_ends(around: Around) -> tuple[UUID | None, ...]:
    places = (_new(around), _old(around))
    return tuple(one for place in places for one in (*place.cpks, *around.of(place.region)))


def _both_regions(around: Around) -> tuple[UUID | None, ...]:
    return (*around.of(around.sending.region), *around.of(around.receiving.region))


TABLE: Final[Mapping[OwnerGroup, _Row]] = {
    OwnerGroup.PLACEMENT: _Row(lambda a: a.responsible, _guardian, _region),
    OwnerGroup.INTERRUPTION: _Row(
        lambda a: _new(a).region,
        _both_places,
        lambda a: a.of(_old(a).region),
        _both_ends,
    ),
    OwnerGroup.HANDOVER: _Row(
        lambda a: a.receiving.contact or a.receiving.region,
        lambda a: (a.responsible, a.guardian),
        _both_regions,
        lambda a: (a.receiving.contact, *_both_regions(a)),
    ),
    OwnerGroup.DESK: _Row(
        lambda a: a.receiving.region or a.here.region,
        lambda a: (a.responsible, *a.here.cpks, *a.receiving.cpks, a.guardian),
        _nobody,
        lambda a: (*a.receiving.cpks, *a.of(a.receiving.region)),
    ),
    OwnerGroup.RECORD: _Row(lambda a: a.responsible, _guardian, _region),
    OwnerGroup.NO_GUARDIAN: _Row(lambda _a: GUARDIANSHIP, _responsible, _region),
    OwnerGroup.GUARDIANSHIP: _Row(
        lambda a: a.guardian or GUARDIANSHIP, _responsible, lambda a: a.of(GUARDIANSHIP)
    ),
    OwnerGroup.WHEREABOUTS: _Row(
        lambda a: a.responsible,
        lambda a: (a.guardian, *a.of(a.here.region)),
        lambda a: a.of(NATIONAL),
    ),
}

_TRANSFER_IN: Final[Mapping[str, Callable[[str], str]]] = {
    "TRF-1": lambda subject: subject,
    "TRF-2": lambda subject: subject,
    "TRF-4": lambda subject: subject.partition(":")[0],
    "CAR-4": lambda subject: subject.rpartition("@")[2],
}
"""How the subject of an alert that is owned by who sends or receives names its transfer."""


def transfer_of(rule: str, subject: str) -> str | None:
    """Return the id of the transfer whose ends own an alert or are told of it; None when none is."""
    find = _TRANSFER_IN.get(rule)
    return find(subject) if find else None


def recipients(group: OwnerGroup, severity: Severity, around: Around) -> Recipients:
    """Return owner and told of an alert; when the owner is nobody, the desk of the region owns it."""
    row = TABLE[group]
    owner = row.owner(around)
    if owner is None:
        owner = around.here.region or around.before.region or NATIONAL
    account = owner if isinstance(owner, UUID) else None
    desk = None if isinstance(owner, UUID) else owner
    wanted = [account, *around.of(desk), *row.at_once(around)]
    if severity is Severity.CRITICAL:
        wanted += row.critical(around)
    told = tuple(dict.fromkeys(one for one in wanted if one is not None))
    outside = frozenset(row.outside(around)) - {
        around.responsible,
        around.guardian,
        *around.here.cpks,
    }
    outside -= frozenset(around.of(around.here.region))
    return Recipients(account, desk, told, tuple(one for one in told if one in outside))


def may_keep(account: UUID, around: Around) -> bool:
    """Say whether somebody who took an alert, or was given it, still stands by this child.

    One who does not (the child moved on, the account ended) loses it to the owner of the table.
    """
    places = (around.here, around.receiving)
    near = {around.responsible, around.guardian, around.receiving.contact}
    near |= {cpk for place in places for cpk in place.cpks}
    desks = (*(place.region for place in places), NATIONAL, GUARDIANSHIP)
    return account in near or any(account in around.of(desk) for desk in desks)
