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

    owner: Callable[[Around, Place], UUID | str | None]
    at_once: Callable[[Around], tuple[UUID | None, ...]]
    critical: Callable[[Around], tuple[UUID | None, ...]]
    outside: Callable[[Around], tuple[UUID | None, ...]] = lambda _around: ()


def _nobody(_around: Around) -> tuple[UUID | None, ...]:
    return ()


def _guardian(around: Around) -> tuple[UUID | None, ...]:
    return (around.guardian,)


def _region(around: Around) -> tuple[UUID | None, ...]:
    return around.of(around.here.region)


def _both_places(around: Around) -> tuple[UUID | None, ...]:
    return (around.responsible, *around.here.cpks, *around.before.cpks, around.guardian)


def _left_behind(around: Around) -> tuple[UUID | None, ...]:
    return (*around.before.cpks, *around.of(around.before.region))


TABLE: Final[Mapping[OwnerGroup, _Row]] = {
    OwnerGroup.PLACEMENT: _Row(lambda a, _p: a.responsible, _guardian, _region),
    OwnerGroup.INTERRUPTION: _Row(
        lambda a, _p: a.here.region, _both_places, lambda a: a.of(a.before.region), _left_behind
    ),
    OwnerGroup.HANDOVER: _Row(
        lambda _a, p: p.contact or p.region,
        lambda a: (a.responsible, a.guardian),
        lambda a: (*a.of(a.sending.region), *a.of(a.receiving.region)),
        lambda a: (a.receiving.contact, *a.of(a.sending.region), *a.of(a.receiving.region)),
    ),
    OwnerGroup.DESK: _Row(
        lambda a, p: p.region or a.here.region,
        lambda a: (a.responsible, *a.here.cpks, *a.receiving.cpks, a.guardian),
        _nobody,
        lambda a: (*a.receiving.cpks, *a.of(a.receiving.region)),
    ),
    OwnerGroup.RECORD: _Row(lambda a, _p: a.responsible, _guardian, _region),
    OwnerGroup.NO_GUARDIAN: _Row(lambda _a, _p: GUARDIANSHIP, lambda a: (a.responsible,), _region),
    OwnerGroup.GUARDIANSHIP: _Row(
        lambda a, _p: a.guardian or GUARDIANSHIP,
        lambda a: (a.responsible,),
        lambda a: a.of(GUARDIANSHIP),
    ),
    OwnerGroup.WHEREABOUTS: _Row(
        lambda a, _p: a.responsible,
        lambda a: (a.guardian, *a.of(a.here.region)),
        lambda a: a.of(NATIONAL),
    ),
}


def recipients(group: OwnerGroup, severity: Severity, around: Around) -> Recipients:
    """Return owner and told of an alert; when the owner is nobody, the desk of the region owns it."""
    row = TABLE[group]
    owner = row.owner(around, around.receiving)
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
