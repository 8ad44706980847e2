"""The facts about one child: one snapshot for the database, the document and the demo world.

Periods are half-open: `start` is the first day, `end` the day it ended and not part of it; an
open end is None. None means unknown or not there. Ids are text; lists have no order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as day

from caseapp.domain import care_codes, codes


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as far as it is known; what the precision does not cover is ignored."""

    date: day
    precision: codes.Precision
    status: codes.BirthStatus


@dataclass(frozen=True, slots=True)
class Child:
    """The child, and the days that belong to the child alone."""

    ref: str
    v_number: str
    given_names: str
    birth: Birth
    unaccompanied: bool
    family_name: str | None = None
    sex: codes.Sex | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    kindgezin: bool | None = None
    application_lodged_on: day | None = None
    first_arrival_on: day | None = None
    needs_assessed_on: day | None = None
    transition_plan_on: day | None = None
    support_declined_on: day | None = None
    closed_on: day | None = None


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A member of the family; `ref` is unique within the list."""

    ref: str
    relation: codes.Relation
    name: str | None = None
    minor: bool | None = None
    location: str | None = None
    location_since: day | None = None
    apart_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A stay at one location in one kind of reception."""

    id: str
    location: str
    kind: codes.PlacementKind
    municipality: str
    region: codes.Region
    start: day
    end: day | None = None
    operator: codes.Operator | None = None
    group_size: int | None = None
    reason: codes.MoveReason | None = None


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """A promise or an open point of a handover; without an outcome it is open."""

    id: str
    topic: codes.Topic
    text: str
    outcome: codes.Outcome | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """The handover to the receiving location; acknowledged and accepted are one fact."""

    sent_on: day | None = None
    acknowledged_on: day | None = None
    items: tuple[HandoverItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer from one location to another, planned, done or cancelled."""

    id: str
    from_location: str
    to_location: str
    announced_on: day
    planned_on: day
    status: codes.TransferStatus
    arrived_on: day | None = None
    reason: codes.MoveReason | None = None
    term_time_reason: str | None = None
    handover: Handover | None = None


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is responsible for following the child, for a while."""

    id: str
    start: day
    end: day | None = None
    name: str | None = None
    role: codes.WorkerRole | None = None
    organisation: codes.Organisation | None = None


@dataclass(frozen=True, slots=True)
class SchoolRecord:
    """A school record: waiting list, enrolment, attendance and exemption are different facts."""

    id: str
    type: care_codes.SchoolType
    name: str | None = None
    brin: str | None = None
    municipality: str | None = None
    waiting_list_since: day | None = None
    enrolled_on: day | None = None
    attending_from: day | None = None
    end: day | None = None
    hours_per_week: float | None = None
    kept_after_move_on: day | None = None
    outflow_plan_on: day | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Absence from school on one day, in hours."""

    id: str
    on: day
    hours: float
    authorised: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """A report of absence by the school."""

    id: str
    on: day
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CareLine:
    """One course of care, from referral to end; no diagnosis is kept here."""

    id: str
    kind: care_codes.CareKind
    place_bound: bool
    referred_on: day
    provider: str | None = None
    continues: str | None = None
    intake_on: day | None = None
    started_on: day | None = None
    ended_on: day | None = None
    end_reason: care_codes.EndReason | None = None
    contacts_on: tuple[day, ...] = ()
    next_contact_on: day | None = None
    medication_until: day | None = None
    waiting_kept_on: day | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What was agreed after an observation."""

    text: str | None = None
    owner: str | None = None
    due_on: day | None = None
    done_on: day | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen or heard, facts only."""

    id: str
    on: day
    source: care_codes.Source
    level: care_codes.Level
    text: str | None = None
    child_view: str | None = None
    conditions: Mapping[care_codes.Condition, care_codes.Rating] = field(default_factory=dict)
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with the child."""

    id: str
    on: day
    by: care_codes.ContactBy
    mode: care_codes.ContactMode
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Guardianship:
    """A guardianship, for a while."""

    id: str
    start: day
    end: day | None = None
    guardian: str | None = None
    kind: care_codes.GuardianshipKind | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of action of the guardian, or a review of it."""

    id: str
    on: day
    kind: care_codes.PlanKind | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A multidisciplinary meeting about the child."""

    id: str
    on: day
    participants: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """Support after 18, also coming support."""

    id: str
    regime: care_codes.Regime
    start: day
    end: day | None = None
    organisation: codes.Organisation | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """A conversation on who may know what, and its outcome."""

    id: str
    on: day
    given_by: tuple[care_codes.ConsentBy, ...] = ()
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the child is when not simply at the placement."""

    id: str
    state: codes.WhereaboutsState
    start: day
    end: day | None = None
    police_report_on: day | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facts about one child that the continuity rules read."""

    child: Child
    family_members: tuple[FamilyMember, ...] = ()
    placements: tuple[Placement, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    school: tuple[SchoolRecord, ...] = ()
    absences: tuple[Absence, ...] = ()
    absence_reports: tuple[AbsenceReport, ...] = ()
    care: tuple[CareLine, ...] = ()
    observations: tuple[Observation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    guardianship: tuple[Guardianship, ...] = ()
    plans: tuple[Plan, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    support: tuple[Support, ...] = ()
    consents: tuple[Consent, ...] = ()
    whereabouts: tuple[Whereabouts, ...] = ()
