"""What the demo world is made of: places, schools, people who work there, and one child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseapp.domain.codes import Operator, Organisation, PlacementKind, Region
from caseapp.domain.policy import Role, ScopeKind

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Location:
    """A place where children live; `youth` says that only unaccompanied minors live there."""

    code: str
    name: str
    kind: PlacementKind
    operator: Operator
    municipality: str
    region: Region
    capacity: int
    group_size: int | None
    open_from: date
    contact: str
    youth: bool


@dataclass(frozen=True, slots=True)
class School:
    """A school in the municipality of a location; `brin` is its code."""

    name: str
    brin: str
    municipality: str
    secondary: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works here; `scope` names location codes or a region, as `scope_kind` says."""

    key: str
    name: str
    role: Role
    organisation: Organisation
    email: str
    scope_kind: ScopeKind
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoChild:
    """A dossier document and what a document cannot say: whose accounts its workers have.

    `responsible`, `guardians` and `aftercare` go from the id of a record in `responsible`,
    `guardianship` and `support` to the key of an account; None: somebody without an account.
    """

    document: Document
    v_number: str
    family: str | None
    responsible: Mapping[str, str | None]
    guardians: Mapping[str, str | None]
    aftercare: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class World:
    """The reference data and the accounts of a demo world; `documents` tells its children."""

    today: date
    seed: int
    children: int
    locations: tuple[Location, ...]
    schools: tuple[School, ...]
    accounts: tuple[Account, ...]
