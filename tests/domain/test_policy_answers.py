"""What the grants of an actor say, who may give a right, and the codes that stand in databases."""

from enum import StrEnum
from uuid import UUID

import pytest

from caseapp.domain.granting import Refusal, RefusedError, may_ask, oversees
from caseapp.domain.policy import (
    BREAK_GLASS,
    DELEGATION,
    OPENS_DOSSIERS,
    READS,
    SCOPES_OF,
    Actor,
    HeldGrant,
    Permission,
    Role,
    ScopeKind,
    Sees,
)
from caseapp.domain.reach import BY_PLACE, Why
from caseapp.kernel.crypto import Domain, Fault

ME, OTHER, ONE, TWO, PLACE, CHILD = (UUID(int=number) for number in range(1, 7))


@pytest.mark.parametrize(
    "kind",
    [Role, ScopeKind, Permission, Sees, Why, Refusal, Domain, Fault],
    ids=lambda k: k.__name__,
)
def test_a_code_that_is_kept_is_its_name_in_small_letters(kind: type[StrEnum]) -> None:
    assert [one.value for one in kind] == [one.name.lower() for one in kind]


def test_the_words_for_where_a_grant_comes_from_are_those_of_the_database() -> None:
    assert (BREAK_GLASS, DELEGATION) == ("breakglass", "delegation")
    assert HeldGrant(ONE, ScopeKind.ALL) == HeldGrant(
        ONE, ScopeKind.ALL, None, "employment", None, whole=False
    )


def test_each_role_holds_where_its_work_is() -> None:
    location, none = {ScopeKind.LOCATION}, {ScopeKind.NONE}
    assert {role: set(kinds) for role, kinds in SCOPES_OF.items()} == {
        Role.CPK: location,
        Role.GUARDIAN: none,
        Role.COORDINATOR: {ScopeKind.REGION, ScopeKind.ALL, ScopeKind.GUARDIANSHIP},
        Role.PROTECTION_LEAD: location,
        Role.MONITOR: none,
        Role.PRIVACY_OFFICER: none,
        Role.ADMINISTRATOR: none,
    }
    desks = {Role.MONITOR, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR}
    assert set(Role) - desks == OPENS_DOSSIERS


def test_what_is_left_in_an_emergency_is_reading_about_children() -> None:
    elsewhere = {Permission.ACCOUNT_READ, Permission.MONITOR_READ, Permission.SYSTEM_READ}
    reading = {one for one in Permission if one.value.endswith("_read")}
    assert reading - elsewhere == READS
    looker = Actor(ME, "me", Role.CPK, looks_only=True)
    assert {one for one in Permission if looker.may(one)} == READS
    assert Actor(ME, "me", Role.CPK).may(Permission.CARE_EDIT)


def test_more_of_a_file_has_a_higher_rank() -> None:
    ranks = [sees.rank for sees in (Sees.HEADER, Sees.HANDOVER, Sees.UNTIL_DEPARTURE, Sees.ALL)]
    assert ranks == [0, 1, 2, 3]


def test_each_sort_of_grant_is_read_as_that_and_nothing_else() -> None:
    actor = Actor(ME, "me", Role.COORDINATOR, (
        HeldGrant(ONE, ScopeKind.LOCATION, str(PLACE)), HeldGrant(ONE, ScopeKind.LOCATION),
        HeldGrant(ONE, ScopeKind.CHILD, str(CHILD)), HeldGrant(ONE, ScopeKind.CHILD),
        HeldGrant(ONE, ScopeKind.REGION, "noord"), HeldGrant(ONE, ScopeKind.REGION),
    ))  # fmt: skip
    assert actor.location_ids == (PLACE,)
    assert actor.child_ids == (CHILD,)
    assert actor.regions == ("noord",)
    assert not actor.is_national
    assert not actor.is_guardianship_desk
    assert Actor(ME, "me", grants=(HeldGrant(ONE, ScopeKind.GUARDIANSHIP),)).is_guardianship_desk


def test_who_acts_for_a_colleague_acts_for_both_and_nobody_acts_for_none() -> None:
    assert Actor(ME, "me", stands_in=(OTHER,)).account_ids == (ME, OTHER)
    assert Actor(None, "system", stands_in=(OTHER,)).account_ids == ()


def test_everywhere_is_the_national_desk_and_reading_all_needs_the_right_to_read() -> None:
    everywhere = (HeldGrant(ONE, ScopeKind.ALL),)
    for role, sees in ((Role.COORDINATOR, True), (Role.MONITOR, False), (None, False)):
        actor = Actor(ME, "me", role, everywhere)
        assert actor.is_national
        assert actor.sees_all is sees
    assert not Actor(ME, "me", Role.COORDINATOR).sees_all
    assert Actor(None, "nightly", everywhere=True).is_national
    assert not Actor(None, "nightly").is_national


def test_on_own_rights_nothing_lent_and_nothing_of_an_emergency_is_left() -> None:
    own = HeldGrant(ONE, ScopeKind.REGION, "noord")
    lent = HeldGrant(TWO, ScopeKind.REGION, "zuid", DELEGATION, lent_by=OTHER)
    glass = HeldGrant(TWO, ScopeKind.CHILD, str(CHILD), BREAK_GLASS)
    actor = Actor(ME, "me", Role.COORDINATOR, (own, lent, glass), stands_in=(OTHER,),
                  on_behalf_of=OTHER, organisation="coa")  # fmt: skip
    assert actor.on_own_rights == Actor(
        ME, "me", Role.COORDINATOR, (own,), stands_in=(), on_behalf_of=None, organisation="coa"
    )


def coordinator(kind: ScopeKind, place: str | None = None, *, lent: bool = False) -> Actor:
    grant = HeldGrant(ONE, kind, place, lent_by=OTHER if lent else None)
    return Actor(ME, "me", Role.COORDINATOR, (grant,))


def test_a_coordinator_is_over_the_own_region_alone_and_the_national_desk_over_all() -> None:
    noord, national = coordinator(ScopeKind.REGION, "noord"), coordinator(ScopeKind.ALL)
    for kind in (ScopeKind.LOCATION, ScopeKind.REGION):
        assert oversees(noord, Role.CPK, kind, "noord") is True
        assert oversees(noord, Role.CPK, kind, "zuid") is False
        assert oversees(noord, Role.CPK, kind, None) is False
        assert oversees(national, Role.CPK, kind, "zuid") is True
    assert oversees(noord, Role.GUARDIAN, ScopeKind.NONE, None) is False
    assert oversees(coordinator(ScopeKind.REGION, "noord", lent=True), Role.CPK, ScopeKind.REGION,
                    "noord") is False  # fmt: skip
    as_cpk = Actor(ME, "me", Role.CPK, (HeldGrant(ONE, ScopeKind.ALL),))
    assert oversees(as_cpk, Role.CPK, ScopeKind.LOCATION, "noord") is False


def test_the_desk_of_guardians_is_over_guardians_and_its_own_alone() -> None:
    desk = coordinator(ScopeKind.GUARDIANSHIP)
    assert oversees(desk, Role.GUARDIAN, ScopeKind.NONE, None) is True
    assert oversees(desk, Role.COORDINATOR, ScopeKind.GUARDIANSHIP, None) is True
    assert oversees(desk, Role.COORDINATOR, ScopeKind.ALL, None) is False
    assert oversees(desk, Role.CPK, ScopeKind.LOCATION, "noord") is False


def test_an_administrator_may_ask_all_and_a_coordinator_for_who_opens_files() -> None:
    administrator = Actor(ME, "me", Role.ADMINISTRATOR)
    national = coordinator(ScopeKind.ALL)
    for role in Role:
        assert may_ask(administrator, role, ScopeKind.NONE, None) is True
        assert may_ask(national, role, ScopeKind.ALL, None) is (role in OPENS_DOSSIERS)
    noord = coordinator(ScopeKind.REGION, "noord")
    assert may_ask(noord, Role.CPK, ScopeKind.LOCATION, "zuid") is False


def test_a_refusal_carries_its_code_and_says_it() -> None:
    refused = RefusedError(Refusal.PERIOD)
    assert (refused.code, str(refused)) == (Refusal.PERIOD, "period")


def test_what_place_and_responsibility_decide_is_not_what_others_decide() -> None:
    assert {Why.GUARDIAN, Why.SUPPORT, Why.DESK, Why.TOLD} == set(Why) - BY_PLACE
