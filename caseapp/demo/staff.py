"""The accounts of the demo world: every role, in proportion to the number of children."""

from collections.abc import Iterator
from math import ceil

from caseapp.demo.cast import Account
from caseapp.demo.figures import WHO
from caseapp.demo.names import staff_name
from caseapp.demo.places import Plot
from caseapp.domain.codes import Operator, Organisation, PlacementKind, Region
from caseapp.domain.policy import Role, ScopeKind

CASELOAD = 25
FEWEST_GUARDIANS = 4
PLACES_A_CONTACT = 300
# One contact person for two places that stand on one ground.
SHARED = {"COLAMV-HEI": "COL-HEI", "KWAZC-LIN": "AZC-LIN"}
NIDOS_KINDS = {PlacementKind.NIDOS_FAM, PlacementKind.NIDOS_KWG, PlacementKind.NIDOS_KWE}
LED = "AZC-MEE"  # the location whose child-protection lead has an account


def guardian_key(number: int) -> str:
    """Give the key of guardian `number`, counted from 0."""
    return f"voogd-{number + 1}"


def guardians_needed(children: int) -> int:
    """Count the guardians for this world: about 25 children or young adults for each."""
    share = (WHO["alone"] + WHO["adult"]) / sum(WHO.values())
    return max(FEWEST_GUARDIANS, ceil(children * share / CASELOAD))


def contact_keys(ground: list[Plot]) -> dict[str, tuple[str, ...]]:
    """Give per location code the keys of its contact persons; the first stands in for all."""
    keys: dict[str, tuple[str, ...]] = {}
    for plot in ground:
        home = SHARED.get(plot.code, plot.code).lower()
        count = 1 if plot.code in SHARED else max(1, plot.capacity // PLACES_A_CONTACT)
        keys[plot.code] = (f"cpk-{home}", *(f"cpk-{home}-{n}" for n in range(2, count + 1)))
    return keys


def _organisation(plot: Plot) -> Organisation:
    if plot.kind in NIDOS_KINDS:
        return Organisation.NIDOS
    if plot.kind in {PlacementKind.TGO, PlacementKind.DSL, PlacementKind.GEM}:
        return Organisation.GEMEENTE
    return Organisation.PARTNER if plot.kind == PlacementKind.BO else Organisation.COA


def accounts(
    children: int, ground: list[Plot], keys: dict[str, tuple[str, ...]]
) -> tuple[Account, ...]:
    """Make everybody who works in this world."""
    return tuple(
        Account(key, staff_name(number), role, organisation, f"{key}@example.org", kind, scope)
        for number, (key, role, organisation, kind, scope) in enumerate(
            [*_desks(), *_guardians(children), *_contacts(ground, keys)]
        )
    )


Post = tuple[str, Role, Organisation, ScopeKind, tuple[str, ...]]


def _desks() -> Iterator[Post]:
    coa, nidos, other = Organisation.COA, Organisation.NIDOS, Organisation.OTHER
    for region in Region:
        yield f"coordinator-{region}", Role.COORDINATOR, coa, ScopeKind.REGION, (region.value,)
    yield "landelijk", Role.COORDINATOR, coa, ScopeKind.ALL, ()
    yield "voogdijbalie", Role.COORDINATOR, nidos, ScopeKind.GUARDIANSHIP, ()
    yield "aandachtsfunctionaris", Role.PROTECTION_LEAD, coa, ScopeKind.LOCATION, (LED,)
    yield "monitor", Role.MONITOR, other, ScopeKind.NONE, ()
    yield "privacy", Role.PRIVACY_OFFICER, coa, ScopeKind.NONE, ()
    yield "beheer-1", Role.ADMINISTRATOR, coa, ScopeKind.NONE, ()
    yield "beheer-2", Role.ADMINISTRATOR, coa, ScopeKind.NONE, ()


def _guardians(children: int) -> Iterator[Post]:
    for number in range(guardians_needed(children)):
        yield guardian_key(number), Role.GUARDIAN, Organisation.NIDOS, ScopeKind.NONE, ()


def _contacts(ground: list[Plot], keys: dict[str, tuple[str, ...]]) -> Iterator[Post]:
    held: dict[str, list[Plot]] = {}
    for plot in ground:
        for key in keys[plot.code]:
            held.setdefault(key, []).append(plot)
    for key, plots in held.items():
        scope = tuple(plot.code for plot in plots)
        yield key, Role.CPK, _organisation(plots[0]), ScopeKind.LOCATION, scope


def responsible_organisation(operator: Operator) -> Organisation:
    """Say for whom the contact person of a location works."""
    return {
        Operator.COA: Organisation.COA,
        Operator.GEMEENTE: Organisation.GEMEENTE,
        Operator.NIDOS: Organisation.NIDOS,
    }.get(operator, Organisation.PARTNER)
