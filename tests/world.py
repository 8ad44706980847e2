"""One small story, told once, with a marker word in every sensitive field.

Two locations in the north (here, beside) and one in the south (far). `mine` lives here, `beside` in
the same region at another place, `far` in the south. All came in through the application's own doors.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from caseapp.accounts import actions as accounts
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.document import parse
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.reference import LocationDetails, SchoolDetails
from caseapp.domain.policy import OPENS_DOSSIERS, Actor, Role, ScopeKind
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work
from caseapp.reference import actions as reference
from caseapp.reference import queries as places

NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
PASSWORD: Final = "a-house-with-many-rooms"  # noqa: S105 (of fictitious people)
MARK: Final = "zqx"
"""Every planted word begins with this; none may ever be read outside a seal."""

DOCUMENTS: Final = Path(__file__).parent / "data" / "world"

PEOPLE: Final[tuple[tuple[str, Role, ScopeKind, str | None], ...]] = (
    ("cpk", Role.CPK, ScopeKind.LOCATION, "AZC-HERE"),
    ("cpk_beside", Role.CPK, ScopeKind.LOCATION, "NO-BESIDE"),
    ("cpk_far", Role.CPK, ScopeKind.LOCATION, "AZC-FAR"),
    ("guardian", Role.GUARDIAN, ScopeKind.NONE, None),
    ("guardian_other", Role.GUARDIAN, ScopeKind.NONE, None),
    ("coordinator", Role.COORDINATOR, ScopeKind.REGION, "noord"),
    ("coordinator_far", Role.COORDINATOR, ScopeKind.REGION, "zuid"),
    ("national", Role.COORDINATOR, ScopeKind.ALL, None),
    ("guardianship", Role.COORDINATOR, ScopeKind.GUARDIANSHIP, None),
    ("protection_lead", Role.PROTECTION_LEAD, ScopeKind.LOCATION, "AZC-HERE"),
    ("monitor", Role.MONITOR, ScopeKind.NONE, None),
    ("privacy_officer", Role.PRIVACY_OFFICER, ScopeKind.NONE, None),
    ("administrator", Role.ADMINISTRATOR, ScopeKind.NONE, None),
)

LOCATIONS: Final = (
    LocationDetails(
        "AZC-HERE", "azc Hier", PlacementKind.AZC, Operator.COA, "GM9901", Region.NOORD, 400
    ),
    LocationDetails(
        "NO-BESIDE",
        "noodopvang Naast",
        PlacementKind.NO,
        Operator.COA,
        "GM9902",
        Region.NOORD,
        200,
        60,
    ),
    LocationDetails(
        "AZC-FAR", "azc Ver", PlacementKind.AZC, Operator.COA, "GM9903", Region.ZUID, 300
    ),
)
CONTACTS: Final = {"AZC-HERE": "cpk", "NO-BESIDE": "cpk_beside", "AZC-FAR": "cpk_far"}


@dataclass(frozen=True, slots=True)
class World:
    """The keys of the story, so that a test names what it means."""

    accounts: dict[str, UUID]
    locations: dict[str, UUID]
    children: dict[str, UUID]

    @property
    def mine(self) -> UUID:
        """The child of the CPK, in the north."""
        return self.children["mine"]

    @property
    def beside(self) -> UUID:
        """A child in the same region, at another location."""
        return self.children["beside"]

    @property
    def far(self) -> UUID:
        """A child in another region."""
        return self.children["far"]


def tell(machine: Machine) -> World:
    """Tell the story to a machine: accounts, places, and three children through the door of documents."""
    work = machine.work(Actor(account_id=None, name="world", everywhere=True))
    locations = {one.code: reference.record_location(work, one).id for one in LOCATIONS}
    reference.list_school(work, SchoolDetails("De Regenboog", "99ZZ", "GM9901"))
    work.flush()
    people = _people(work, machine, locations)
    for code, who in CONTACTS.items():
        place = places.location(work, locations[code])
        assert place is not None
        reference.set_contact(work, place, None, people[who])
    told = [_arriving(name, people) for name in ("mine", "beside", "far")]
    keys = import_documents(work, told)
    work.commit()
    work.session.close()
    return World(people, locations, dict(zip(("mine", "beside", "far"), keys, strict=True)))


def _people(work: Work, machine: Machine, locations: dict[str, UUID]) -> dict[str, UUID]:
    hashed = passwords(machine.settings).hash(PASSWORD)
    people = {}
    for key, role, scope, place in PEOPLE:
        row = accounts.open_account(
            work, AccountDetails(f"Staff {key}", f"{key}@example.org", role, "coa", "06 0000 0000")
        )
        accounts.set_password(work, row, hashed)
        people[key] = row.id
        if role in OPENS_DOSSIERS:
            named = str(locations[place]) if scope is ScopeKind.LOCATION and place else place
            accounts.approve_grant(work, accounts.ask_grant(work, GrantWish(row.id, scope, named)))
    work.flush()
    return people


def document(name: str) -> dict[str, Any]:
    """Return one of the documents of the story."""
    found: dict[str, Any] = json.loads((DOCUMENTS / f"{name}.json").read_text("utf-8"))
    return found


def _arriving(name: str, people: dict[str, UUID]) -> Arriving:
    written = document(name)
    links = written.pop("accounts", {})
    named = {record: people[who] for record, who in links.items()}
    return Arriving(parse(written), named, written["child"]["ref"][:3])
