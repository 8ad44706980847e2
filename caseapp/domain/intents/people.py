"""What can be asked about a child and its family."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ChildDetails:
    """Everything that a person can say of the child itself."""

    v_number: str
    given_names: str
    family_name: str | None
    birth_date: date
    birth_precision: str
    birth_status: str
    unaccompanied: bool
    kindgezin: bool | None = None
    sex: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    language_text: str | None = None
    family_number: str | None = None
    application_lodged_on: date | None = None
    first_arrival_on: date | None = None
    needs_assessed_on: date | None = None
    document_ref: str | None = None


@dataclass(frozen=True, slots=True)
class RelativeDetails:
    """Everything that a person can say of a family member."""

    relation: str
    name: str | None = None
    v_number: str | None = None
    minor: bool | None = None
    location: str | None = None
    location_since: date | None = None
    apart_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentDetails:
    """A talk on who may know what: when, who decided, and what it covers."""

    on: date
    given_by: tuple[str, ...] = ()
    scope: str | None = None
