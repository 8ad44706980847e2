"""Reading locations and schools: the places that forms offer and pages name."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import Select, String, Uuid, column, or_, select, table

from caseapp.domain.codes import PlacementKind, Region
from caseapp.domain.confidential import hidden_name
from caseapp.domain.limits import LimitBook, LimitChange
from caseapp.domain.policy import Permission, Role
from caseapp.domain.reach import Why
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.db import Instant
from caseapp.kernel.work import Work
from caseapp.reference.models import LimitSet, Location, School


def locations(
    work: Work,
    *,
    region: Region | None = None,
    kind: PlacementKind | None = None,
    open_only: bool = False,
    every: bool = False,
) -> Sequence[Location]:
    """Return the locations by name, of one region or kind when asked; `open_only`: open today.

    A confidential place is left out for who may not know where it is, unless `every` is wanted: for keys
    and codes that nobody reads.
    """
    wanted = select(Location).order_by(Location.name, Location.code)
    if region is not None:
        wanted = wanted.where(Location.region == region)
    if kind is not None:
        wanted = wanted.where(Location.kind == kind)
    if open_only:
        wanted = wanted.where(
            or_(Location.open_from.is_(None), Location.open_from <= work.today),
            or_(Location.open_to.is_(None), Location.open_to >= work.today),
        )
    rows = work.session.scalars(wanted).all()
    _known(work).update({row.id: row for row in rows})
    return rows if every else [row for row in rows if knows(work, row)]


def location(work: Work, location_id: UUID) -> Location | None:
    """Return a location by its key."""
    return locations_of(work, [location_id]).get(location_id)


def by_code(work: Work, code: str) -> Location | None:
    """Return a location by its code; upper and lower case are one."""
    return work.session.scalars(
        select(Location).where(Location.code == code.strip().upper())
    ).one_or_none()


def by_names(work: Work) -> dict[str, UUID]:
    """Return the key of every location under its code and its name, folded to lower case.

    A name that two locations share stands for neither; ask with `name.strip().lower()`.
    """
    rows = work.session.execute(select(Location.id, Location.code, Location.name)).all()
    names: dict[str, set[UUID]] = {}
    for key, _code, name in rows:
        names.setdefault(name.strip().lower(), set()).add(key)
    found = {name: next(iter(keys)) for name, keys in names.items() if len(keys) == 1}
    return found | {code.strip().lower(): key for key, code, _name in rows}


def location_names(work: Work, location_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the names of locations as who is asking may read them, one statement per 500."""
    return {key: name_of(work, row) for key, row in locations_of(work, location_ids).items()}


def fact_names(work: Work, location_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the names of locations as facts keep them: rules, alerts and documents are read by anybody."""
    rows = locations_of(work, location_ids)
    return {key: hidden_name(key) if row.confidential else row.name for key, row in rows.items()}


def name_of(work: Work, row: Location) -> str:
    """Return the name of a location, or what stands for it when who is asking may not know where it is."""
    return row.name if knows(work, row) else hidden_name(row.id)


def knows(work: Work, row: Location) -> bool:
    """Say whether who is asking may know where a place is.

    A confidential one is known to who has a right there, the national desk, who edits locations, and the
    guardian of a child that lives there.
    """
    actor = work.actor
    if not row.confidential or actor.is_national or row.id in actor.location_ids:
        return True
    if actor.may(Permission.LOCATION_EDIT):
        return True
    return actor.role is Role.GUARDIAN and row.id in _homes_of_wards(work)


def _homes_of_wards(work: Work) -> set[UUID | None]:
    """Return where the children live of whom the actor is guardian, by the rows of reach; asked once."""

    def ask() -> set[UUID | None]:
        ward, home = _REACH.alias(), _REACH.alias()
        in_time = [
            (one.c.from_at <= work.now) & or_(one.c.until_at.is_(None), one.c.until_at > work.now)
            for one in (ward, home)
        ]
        rows = (
            select(home.c.location_id)
            .join(ward, ward.c.child_id == home.c.child_id)
            .where(ward.c.why == Why.GUARDIAN, home.c.why == Why.HERE, *in_time)
            .where(ward.c.account_id.in_(work.actor.account_ids))
        )
        return set(work.session.scalars(rows))

    return work.once(_homes_of_wards, ask)


_REACH: Final = table(
    "reach", column("child_id", Uuid), column("why", String), column("location_id", Uuid),
    column("account_id", Uuid), column("from_at", Instant), column("until_at", Instant),
)  # fmt: skip


def locations_of(work: Work, location_ids: Collection[UUID | None]) -> dict[UUID, Location]:
    """Return locations by their keys; each is fetched once in a unit of work, one statement per 500."""
    known = _known(work)
    wanted = list(dict.fromkeys(one for one in location_ids if one is not None))
    missing = [one for one in wanted if one not in known]
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        rows = work.session.scalars(select(Location).where(among(work, Location.id, part)))
        known.update({row.id: row for row in rows})
    return {one: known[one] for one in wanted if one in known}


def _known(work: Work) -> dict[UUID, Location]:
    """Return the locations that this unit of work has fetched: the same rows, so corrections show in them."""
    return work.once(Location, dict)


def regions_of(work: Work, location_ids: Collection[UUID | None]) -> dict[UUID, Region]:
    """Return in which region each of these locations is."""
    return {key: Region(row.region) for key, row in locations_of(work, location_ids).items()}


def ids_in_regions(regions: Collection[str], also: Collection[UUID] = ()) -> Select[UUID]:
    """Return the keys of the locations of regions, and of others named, for use inside another select."""
    return select(Location.id).where(or_(Location.region.in_(regions), Location.id.in_(also)))


def schools(work: Work, *, municipality: str | None = None) -> Sequence[School]:
    """Return the schools on the list by name, of one municipality when asked."""
    wanted = select(School).order_by(School.name, School.id)
    if municipality is not None:
        wanted = wanted.where(School.municipality == municipality)
    return work.session.scalars(wanted).all()


def school(work: Work, school_id: UUID) -> School | None:
    """Return a school on the list by its key."""
    return work.session.get(School, school_id)


def school_by_brin(work: Work, brin: str) -> School | None:
    """Return the school with this BRIN; upper and lower case are one."""
    return work.session.scalars(
        select(School).where(School.brin == brin.strip().upper())
    ).one_or_none()


def migration(work: Work) -> str | None:
    """Return the step of the migrations at which this database is."""
    steps = table("alembic_version", column("version_num", String))
    return work.session.scalar(select(steps.c.version_num).limit(1))


def limits_set(work: Work) -> Sequence[LimitSet]:
    """Return what policy makers set, in the order in which they did."""
    return work.session.scalars(select(LimitSet).order_by(LimitSet.set_at, LimitSet.id)).all()


def in_force(seed: LimitBook) -> Callable[[Work], LimitBook]:
    """Return how a unit of work finds the limits: those of the file, and what was set since."""

    @lru_cache(maxsize=8)
    def book(changes: tuple[LimitChange, ...]) -> LimitBook:
        return seed.with_changes(changes) if changes else seed

    def find(work: Work) -> LimitBook:
        columns = LimitSet.rule, LimitSet.name, LimitSet.value, LimitSet.valid_from
        rows = work.session.execute(select(*columns).order_by(LimitSet.set_at, LimitSet.id))
        return book(tuple(LimitChange(*row) for row in rows))

    return find
