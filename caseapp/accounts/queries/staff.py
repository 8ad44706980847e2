"""Who works here: names, and who is to be told in which place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from caseapp.accounts.models import Account, Grant
from caseapp.accounts.queries.visits import holds
from caseapp.domain.codes import Organisation
from caseapp.domain.policy import Role, ScopeKind
from caseapp.domain.recipients import GUARDIANSHIP, NATIONAL
from caseapp.kernel.bulk import AT_ONCE, among
from caseapp.kernel.work import Work

EMPLOYERS: Final[Mapping[str, str]] = {Organisation.COA: "COA", Organisation.NIDOS: "Nidos"}
"""Proper names, the same in each language."""

DESKS: Final[Mapping[str, str]] = {ScopeKind.ALL: NATIONAL, ScopeKind.GUARDIANSHIP: GUARDIANSHIP}
"""The desks of a right without a place; that of a right over a region is the region."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A member of staff as others see them: beside an alert, in the baton, in a list."""

    id: UUID
    name: str
    role: Role
    organisation: str | None
    phone: str | None

    @property
    def label(self) -> str:
        """Return the name with the employer, for a list to choose from."""
        return account_label(self.name, self.organisation)


def account_label(name: str, organisation: str | None) -> str:
    """Return "Hanna Visser (Nidos)", or the name alone for an employer without a name of its own."""
    employer = EMPLOYERS.get(organisation or "")
    return f"{name} ({employer})" if employer else name


def account(work: Work, account_id: UUID) -> Account | None:
    """Return an account."""
    return work.session.get(Account, account_id)


def email_index(work: Work, email: str) -> bytes:
    """Return the keyed hash by which a mail address is found; upper and lower case are one."""
    return work.vault.index("email", email.strip().lower())


def by_email(work: Work, email: str) -> Account | None:
    """Return the account with this mail address, closed ones too."""
    return work.session.scalars(
        select(Account).where(Account.email_index == email_index(work, email))
    ).one_or_none()


def people(work: Work, account_ids: Collection[UUID | None]) -> dict[UUID, Someone]:
    """Return the members of staff with these keys, closed accounts too; one statement per 500."""
    wanted = list(dict.fromkeys(one for one in account_ids if one is not None))
    found: dict[UUID, Someone] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found.update({one.id: one for one in _someone(work, among(work, Account.id, part))})
    return found


def names(work: Work, account_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the names of accounts, closed ones too."""
    return {key: one.name for key, one in people(work, account_ids).items()}


def holders(
    work: Work, role: Role, kind: ScopeKind, places: Iterable[str] | None = None
) -> dict[str, list[Someone]]:
    """Return who holds a valid grant of this role and kind, by place ("" for a desk), in one statement."""
    statement = (
        select(
            Grant.scope_id,
            Account.id,
            Account.name,
            Account.role,
            Account.organisation,
            Account.phone,
        )
        .join(Account, Account.id == Grant.account_id)
        .where(Grant.role == role, Account.role == role, Grant.scope_kind == kind, holds(work.now))
        .where(Account.closed_at.is_(None))
        .order_by(Account.name, Account.id)
        .distinct()
    )
    if places is not None:
        statement = statement.where(Grant.scope_id.in_(list(places)))
    found: dict[str, list[Someone]] = {}
    for row in work.session.execute(statement):
        who = Someone(row.id, row.name, Role(row.role), row.organisation, row.phone)
        found.setdefault(row.scope_id or "", []).append(who)
    return found


def coordinators(work: Work, regions: Iterable[str]) -> dict[str, list[Someone]]:
    """Return the coordinators of these regions, by region."""
    return holders(work, Role.COORDINATOR, ScopeKind.REGION, regions)


def national_desk(work: Work) -> list[Someone]:
    """Return the coordinators of the whole country."""
    return holders(work, Role.COORDINATOR, ScopeKind.ALL).get("", [])


def guardianship_desk(work: Work) -> list[Someone]:
    """Return the guardians' team leaders."""
    return holders(work, Role.COORDINATOR, ScopeKind.GUARDIANSHIP).get("", [])


def cpks(work: Work, location_ids: Iterable[UUID]) -> dict[UUID, list[Someone]]:
    """Return the child contact persons of these locations, by location."""
    places = [str(location_id) for location_id in location_ids]
    found = holders(work, Role.CPK, ScopeKind.LOCATION, places)
    return {UUID(place): who for place, who in found.items()}


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is at work now, as far as alerts need it: the desks, contact persons of places, others by name."""

    coordinators: Mapping[str, tuple[UUID, ...]]
    """By region; `national` and `guardianship` are desks too."""
    cpks: Mapping[UUID, tuple[UUID, ...]]
    """The child contact persons of the locations that were asked for."""
    at_a_place: frozenset[UUID]
    """All of these contact persons."""
    there: frozenset[UUID]
    """Coordinators, and who of the accounts that were asked for is a contact person or guardian now."""

    def if_there(self, account_id: UUID | None) -> UUID | None:
        """Return an account that is still at work; one that ended is nobody."""
        return account_id if account_id in self.there else None


def staff(work: Work, account_ids: Collection[UUID], location_ids: Collection[UUID]) -> Staff:
    """Return all coordinators, the contact persons of these locations, and who of these is at work."""
    desks: dict[str, dict[UUID, None]] = {}
    cpks: dict[UUID, dict[UUID, None]] = {}
    there: set[UUID] = set()
    for role, kind, scope, account_id in _at_work(work, account_ids, location_ids):
        there.add(account_id)
        if role == Role.COORDINATOR:
            desks.setdefault(DESKS.get(kind, scope or ""), {})[account_id] = None
        elif kind == ScopeKind.LOCATION and scope:
            cpks.setdefault(UUID(scope), {})[account_id] = None
    here = {place: tuple(cpks.get(place, ())) for place in location_ids}
    return Staff(
        {desk: tuple(who) for desk, who in desks.items()},
        here,
        frozenset(one for who in here.values() for one in who),
        frozenset(there),
    )


def _at_work(
    work: Work, account_ids: Collection[UUID], location_ids: Collection[UUID]
) -> Sequence[Any]:
    """Return role, scope and account of every right that matters to alerts now, in one statement."""
    places = [str(location_id) for location_id in location_ids]
    at_place = (Grant.scope_kind == ScopeKind.LOCATION) & Grant.scope_id.in_(places)
    return work.session.execute(
        select(Grant.role, Grant.scope_kind, Grant.scope_id, Account.id)
        .join(Account, (Account.id == Grant.account_id) & (Account.role == Grant.role))
        .where(holds(work.now), Account.closed_at.is_(None))
        .where(
            (Grant.role == Role.COORDINATOR)
            | ((Grant.role == Role.CPK) & at_place)
            | (Grant.role.in_([Role.CPK, Role.GUARDIAN]) & among(work, Account.id, account_ids))
        )
        .order_by(Account.name, Account.id)
    ).all()


def in_role(work: Work, role: Role) -> tuple[UUID, ...]:
    """Return the open accounts of a role, also of one that needs no right of its own: for who is to be told."""
    at_work = (Account.role == role) & Account.closed_at.is_(None)
    return tuple(work.session.scalars(select(Account.id).where(at_work).order_by(Account.id)))


def of_role(work: Work, role: Role) -> list[Someone]:
    """Return everybody with a valid grant of a role, by name, for a list to choose from."""
    with_grant = select(Grant.account_id).where(Grant.role == role, holds(work.now))
    return _someone(
        work, Account.id.in_(with_grant) & (Account.role == role) & Account.closed_at.is_(None)
    )


def _someone(work: Work, condition: ColumnElement[bool]) -> list[Someone]:
    rows = work.session.execute(
        select(Account.id, Account.name, Account.role, Account.organisation, Account.phone)
        .where(condition)
        .order_by(Account.name, Account.id)
    )
    return [Someone(row.id, row.name, Role(row.role), row.organisation, row.phone) for row in rows]


def was_held(work: Work, role: Role, scope: ScopeKind) -> bool:
    """Say whether anybody ever held such a right: then it is not the first any more."""
    held = select(Grant.id).where(Grant.role == role, Grant.scope_kind == scope)
    return work.session.scalar(held.limit(1)) is not None
