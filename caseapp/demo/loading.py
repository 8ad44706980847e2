"""Taking a demo world in: accounts and places by their own actions, children through the door of documents."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from caseapp.accounts import actions as accounts
from caseapp.demo.cast import Account, DemoChild, Location, World
from caseapp.demo.making import documents
from caseapp.domain.document import parse
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.reference import LocationDetails, SchoolDetails
from caseapp.domain.policy import OPENS_DOSSIERS, Role, ScopeKind
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.work import Work
from caseapp.reference import actions as reference
from caseapp.reference import queries as places

AT_ONCE: Final = 500
Said = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Keys:
    """Under which keys the accounts and locations of a world are kept."""

    accounts: Mapping[str, UUID]
    locations: Mapping[str, UUID]


def load(
    open_work: Callable[[], Work], world: World, password_hash: str, said: Said = lambda _n: None
) -> Keys:
    """Take in a world: places and people first, then its children, some hundreds a transaction."""
    work = open_work()
    keys = set_up(work, world, password_hash)
    work.commit()
    work.session.close()
    take_in(open_work, documents(world), keys, said)
    return keys


def take_in(
    open_work: Callable[[], Work], children: Iterator[DemoChild], keys: Keys, said: Said
) -> None:
    """Take children in, some hundreds a transaction."""
    taken = 0
    for chunk in chunks(children):
        work = open_work()
        import_documents(work, [arriving(child, keys) for child in chunk])
        work.commit()
        work.session.close()
        work.vault.forget()
        taken += len(chunk)
        said(taken)


def set_up(work: Work, world: World, password_hash: str) -> Keys:
    """Write down places, schools, accounts and their rights."""
    locations = {one.code: _location(work, one) for one in world.locations}
    for school in world.schools:
        reference.list_school(work, SchoolDetails(school.name, school.brin, school.municipality))
    people = {one.key: _account(work, one, locations, password_hash) for one in world.accounts}
    work.flush()
    for one in world.locations:
        if one.contact:
            place = places.location(work, locations[one.code])
            if place is not None:
                reference.set_contact(work, place, None, people[one.contact])
    return Keys(people, locations)


def arriving(child: DemoChild, keys: Keys) -> Arriving:
    """Return a document of the world as the door takes it."""
    named = {
        f"{table}/{record}": keys.accounts[key]
        for table, links in (
            ("responsible", child.responsible),
            ("guardianship", child.guardians),
            ("support", child.aftercare),
        )
        for record, key in links.items()
        if key is not None
    }
    return Arriving(parse(child.document), named, child.family)


def chunks(children: Iterator[DemoChild]) -> Iterator[list[DemoChild]]:
    """Yield some hundreds of children at a time, and never split a family."""
    held: list[DemoChild] = list(islice(children, AT_ONCE))
    while held:
        for child in children:
            if child.family is None or child.family != held[-1].family:
                yield held
                held = [child, *islice(children, AT_ONCE - 1)]
                break
            held.append(child)
        else:
            yield held
            return


def _location(work: Work, one: Location) -> UUID:
    row = reference.record_location(
        work,
        LocationDetails(
            code=one.code,
            name=one.name,
            kind=one.kind,
            operator=one.operator,
            municipality=one.municipality,
            region=one.region,
            capacity=one.capacity,
            group_size=one.group_size,
            open_from=one.open_from,
        ),
    )
    return row.id


def _account(work: Work, one: Account, locations: Mapping[str, UUID], password_hash: str) -> UUID:
    row = accounts.open_account(
        work, AccountDetails(one.name, one.email, one.role, one.organisation)
    )
    accounts.set_password(work, row, password_hash)
    accounts.confirm(work, accounts.begin_app(work, row.id, row.id, "demo-code"))
    if one.role in OPENS_DOSSIERS:
        for place in _scopes(one, locations):
            wish = GrantWish(row.id, ScopeKind(one.scope_kind), place, origin="demo")
            accounts.approve_grant(work, accounts.ask_grant(work, wish))
    return row.id


def _scopes(one: Account, locations: Mapping[str, UUID]) -> list[str | None]:
    if one.role in {Role.CPK, Role.PROTECTION_LEAD}:
        return [str(locations[code]) for code in one.scope]
    return list(one.scope) or [None]
