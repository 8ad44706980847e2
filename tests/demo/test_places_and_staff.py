"""Places and accounts of the demo world, small and large."""

from collections import Counter
from datetime import date, timedelta

import pytest

from caseapp.demo import World, world
from caseapp.domain.codes import PlacementKind, Region
from caseapp.domain.policy import Role, ScopeKind

TODAY = date(2026, 11, 24)
SIZES = (120, 2_000, 20_000, 100_000)


@pytest.fixture(scope="module", params=SIZES)
def made(request: pytest.FixtureRequest) -> World:
    size: int = request.param
    return world(TODAY, children=size)


def test_codes_keys_names_and_addresses_are_used_once(made: World) -> None:
    for values in (
        [place.code for place in made.locations],
        [place.name for place in made.locations],
        [account.key for account in made.accounts],
        [account.email for account in made.accounts],
        [(school.municipality, school.secondary) for school in made.schools],
    ):
        assert len(set(values)) == len(values)


def test_all_regions_and_the_kinds_of_the_figures_have_a_location(made: World) -> None:
    assert {place.region for place in made.locations} == set(Region)
    kinds = {place.kind.value for place in made.locations}
    assert kinds >= {
        *("COL", "COL_AMV", "POL", "POA", "AZC", "NO", "TGO", "GLO", "DSL", "GEM", "BO"),
        *("KWV_AZC", "KWV_EXT", "NIDOS_FAM", "NIDOS_KWG", "NIDOS_KWE"),
    }
    assert kinds <= {kind.value for kind in PlacementKind}


def test_every_location_has_a_contact_person_whose_scope_holds_it(made: World) -> None:
    accounts = {account.key: account for account in made.accounts}
    for place in made.locations:
        contact = accounts[place.contact]
        assert contact.role is Role.CPK
        assert contact.scope_kind is ScopeKind.LOCATION
        assert place.code in contact.scope


def test_every_role_has_an_account_and_every_desk_somebody(made: World) -> None:
    assert {account.role for account in made.accounts} == set(Role)
    desks = {
        (account.scope_kind, account.scope)
        for account in made.accounts
        if account.role is Role.COORDINATOR
    }
    assert desks == {
        (ScopeKind.REGION, ("noord",)),
        (ScopeKind.REGION, ("midden",)),
        (ScopeKind.REGION, ("zuid",)),
        (ScopeKind.ALL, ()),
        (ScopeKind.GUARDIANSHIP, ()),
    }
    assert Counter(account.role for account in made.accounts)[Role.ADMINISTRATOR] == 2


def test_guardians_and_places_grow_with_the_children(made: World) -> None:
    guardians = sum(account.role is Role.GUARDIAN for account in made.accounts)
    assert 20 <= made.children * 0.325 / guardians <= 26 or guardians == 4
    assert len(made.locations) == max(22, made.children // 200)


def test_everything_was_open_before_the_first_child_came(made: World) -> None:
    assert all(place.open_from < TODAY - timedelta(days=7 * 365) for place in made.locations)


def test_addresses_are_of_nobody(made: World) -> None:
    assert all(account.email.endswith("@example.org") for account in made.accounts)
