"""The words for every code of the dossier: tables of code to message, one per kind of code."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import (
    Condition,
    ConsentBy,
    ContactBy,
    ContactMode,
    GuardianshipKind,
    Level,
    PlanKind,
    Rating,
    Regime,
    Source,
)
from caseapp.domain.codes import (
    BirthStatus,
    MoveReason,
    Operator,
    Organisation,
    Outcome,
    Precision,
    Region,
    Relation,
    Sex,
    Topic,
    TransferStatus,
    WhereaboutsState,
    WorkerRole,
)
from caseapp.domain.policy import Role, ScopeKind
from caseapp.domain.rules.rule import Severity
from caseapp.web.i18n import Words
from caseapp.web.kind_labels import CARE_KINDS, END_REASONS, PLACEMENT_KINDS, SCHOOL_TYPES
from caseapp.web.privacy_labels import PRIVACY
from caseapp.web.safety_labels import SAFETY
from caseapp.web.state_labels import AT_MOVE, CARE_STATES, PROVIDER_ANSWERS, SCHOOL_STATES
from caseapp.web.trail_labels import TRAIL

SEVERITIES: Final[Mapping[Severity, Words]] = {
    Severity.CRITICAL: _("Serious"),
    Severity.WARNING: _("Warning"),
    Severity.NOTICE: _("Take note"),
}

ROLES: Final[Mapping[Role, Words]] = {
    Role.CPK: _("Child contact person (CPK)"),
    Role.GUARDIAN: _("Guardian"),
    Role.COORDINATOR: _("Coordinator"),
    Role.PROTECTION_LEAD: _("Child-protection lead"),
    Role.MONITOR: _("Monitor"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.ADMINISTRATOR: _("Administrator"),
}

SCOPES: Final[Mapping[ScopeKind, Words]] = {
    ScopeKind.CHILD: _("One child"),
    ScopeKind.LOCATION: _("One location"),
    ScopeKind.REGION: _("One region"),
    ScopeKind.GUARDIANSHIP: _("Guardianship desk"),
    ScopeKind.ALL: _("The whole country"),
    ScopeKind.NONE: _("No children"),
}

REGIONS: Final[Mapping[Region, Words]] = {
    Region.NOORD: _("North"),
    Region.MIDDEN: _("Middle"),
    Region.ZUID: _("South"),
}

OPERATORS: Final[Mapping[Operator, Words]] = {
    Operator.COA: _("COA"),
    Operator.GEMEENTE: _("municipality"),
    Operator.NIDOS: _("Nidos"),
    Operator.PARTNER: _("partner organisation"),
    Operator.PRIVATE: _("private host"),
}

ORGANISATIONS: Final[Mapping[Organisation, Words]] = {
    Organisation.COA: _("COA"),
    Organisation.NIDOS: _("Nidos"),
    Organisation.GEMEENTE: _("municipality"),
    Organisation.PARTNER: _("partner organisation"),
    Organisation.OTHER: _("another organisation"),
}

SEXES: Final[Mapping[Sex, Words]] = {
    Sex.FEMALE: _("girl"),
    Sex.MALE: _("boy"),
    Sex.UNKNOWN: _("not known"),
}

PRECISIONS: Final[Mapping[Precision, Words]] = {
    Precision.DAY: _("day, month and year are known"),
    Precision.MONTH: _("month and year are known"),
    Precision.YEAR: _("only the year is known"),
}

BIRTH_STATUSES: Final[Mapping[BirthStatus, Words]] = {
    BirthStatus.DECLARED: _("declared"),
    BirthStatus.DOCUMENTED: _("from a document"),
    BirthStatus.EXAMINED: _("examined"),
    BirthStatus.CORRECTED: _("corrected"),
}

RELATIONS: Final[Mapping[Relation, Words]] = {
    Relation.PARENT: _("parent"),
    Relation.SIBLING: _("brother or sister"),
    Relation.GRANDPARENT: _("grandparent"),
    Relation.AUNT_UNCLE: _("aunt or uncle"),
    Relation.COUSIN: _("cousin"),
    Relation.PARTNER: _("partner"),
    Relation.OWN_CHILD: _("own child"),
    Relation.OTHER: _("other relative"),
}

MOVE_REASONS: Final[Mapping[MoveReason, Words]] = {
    MoveReason.FIRST_RECEPTION: _("first reception"),
    MoveReason.PROCEDURE_STEP: _("next step in the procedure"),
    MoveReason.LOCATION_CLOSES: _("the location closes"),
    MoveReason.CAPACITY: _("there is no place any more"),
    MoveReason.OWN_REQUEST: _("at own request"),
    MoveReason.MEDICAL: _("for care"),
    MoveReason.SAFETY: _("for safety"),
    MoveReason.REJECTED: _("the application was rejected"),
    MoveReason.AGE: _("because of age"),
    MoveReason.PERMIT_TO_NIDOS: _("permit granted, on to Nidos"),
    MoveReason.STATUS_HOLDER_HOUSING: _("permit granted, own housing"),
    MoveReason.SMALL_SCALE_PLACEMENT: _("to a small group"),
    MoveReason.FAMILY_REUNIFICATION: _("together with family"),
    MoveReason.PROTECTION_INDICATION: _("protection is needed"),
    MoveReason.UNANNOUNCED: _("moved without notice"),
    MoveReason.OTHER: _("other reason"),
}

TRANSFER_STATUSES: Final[Mapping[TransferStatus, Words]] = {
    TransferStatus.PLANNED: _("planned"),
    TransferStatus.CONFIRMED: _("confirmed"),
    TransferStatus.DEPARTED: _("on the way"),
    TransferStatus.ARRIVED: _("arrived"),
    TransferStatus.CANCELLED: _("cancelled"),
}

TOPICS: Final[Mapping[Topic, Words]] = {
    Topic.SCHOOL: _("school"),
    Topic.CARE: _("care"),
    Topic.APPOINTMENT: _("appointment"),
    Topic.WAITING_LIST: _("waiting list"),
    Topic.MEDICATION: _("medicine"),
    Topic.GUARDIAN_VISIT: _("visit of the guardian"),
    Topic.ACTION: _("agreed action"),
    Topic.CONTACT: _("contact person"),
    Topic.SAFETY: _("safety"),
    Topic.SPECIAL_NEEDS: _("special needs"),
    Topic.WISH_OF_CHILD: _("wish of the child"),
    Topic.OTHER: _("something else"),
}

OUTCOMES: Final[Mapping[Outcome, Words]] = {
    Outcome.CONTINUES: _("continues"),
    Outcome.REBOOKED: _("new appointment"),
    Outcome.HANDED_OVER: _("handed over"),
    Outcome.ENDED: _("ends"),
}

WORKER_ROLES: Final[Mapping[WorkerRole, Words]] = {
    WorkerRole.CPK: _("child contact person"),
    WorkerRole.MENTOR: _("mentor"),
    WorkerRole.GUARDIAN: _("guardian"),
    WorkerRole.CASE_MANAGER: _("case manager"),
    WorkerRole.MUNICIPAL_WORKER: _("worker of the municipality"),
    WorkerRole.OTHER: _("someone else"),
}

WHEREABOUTS: Final[Mapping[WhereaboutsState, Words]] = {
    WhereaboutsState.MISSING: _("missing"),
    WhereaboutsState.WITH_RELATIVES: _("with relatives"),
    WhereaboutsState.RETURNED_ABROAD: _("went back to another country"),
    WhereaboutsState.IN_HOSPITAL: _("in hospital"),
    WhereaboutsState.IN_DETENTION: _("in detention"),
    WhereaboutsState.OTHER: _("somewhere else"),
}

SOURCES: Final[Mapping[Source, Words]] = {
    Source.OWN: _("seen by myself"),
    Source.CHILD: _("the child"),
    Source.SCHOOL: _("school"),
    Source.PARENT: _("parent or guardian"),
    Source.TEAMUP: _("TeamUp"),
    Source.SECURITY: _("security staff"),
    Source.OTHER: _("someone else"),
}

LEVELS: Final[Mapping[Level, Words]] = {
    Level.NONE: _("No concern"),
    Level.ATTENTION: _("Attention"),
    Level.CONCERN: _("Concern"),
    Level.ACUTE: _("Acute"),
}

RATINGS: Final[Mapping[Rating, Words]] = {
    Rating.GOOD: _("Good"),
    Rating.SUFFICIENT: _("Sufficient"),
    Rating.MODERATE: _("Moderate"),
    Rating.INSUFFICIENT: _("Insufficient"),
}

CONDITIONS: Final[Mapping[Condition, Words]] = {
    Condition.PHYSICAL_CARE: _("Daily care"),
    Condition.SAFE_DIRECT_ENVIRONMENT: _("Safe place to live"),
    Condition.AFFECTIVE_CLIMATE: _("Warmth and support of adults"),
    Condition.SUPPORTIVE_STRUCTURE: _("Rules and room"),
    Condition.EXAMPLE_OF_PARENTS: _("Good example at home"),
    Condition.INTEREST: _("Interest in the child"),
    Condition.CONTINUITY_OF_UPBRINGING: _("Steady people, a view of later"),
    Condition.SAFE_WIDER_ENVIRONMENT: _("Safe surroundings outside"),
    Condition.RESPECT: _("Respect"),
    Condition.SOCIAL_NETWORK: _("Friends and network"),
    Condition.EDUCATION: _("Education"),
    Condition.CONTACT_WITH_PEERS: _("Getting on with peers"),
    Condition.EXAMPLES_IN_SOCIETY: _("Good example outside"),
    Condition.STABILITY: _("Calm and certainty"),
}
"""In the order of the list of 14 (Kalverboer and Zijlstra): 7 of the family, 7 of society."""

CONTACT_BY: Final[Mapping[ContactBy, Words]] = {
    ContactBy.CPK: _("child contact person"),
    ContactBy.GUARDIAN: _("guardian"),
    ContactBy.MENTOR: _("mentor"),
    ContactBy.CASE_MANAGER: _("case manager"),
    ContactBy.MUNICIPAL_WORKER: _("worker of the municipality"),
    ContactBy.JGZ: _("youth health care"),
    ContactBy.SCHOOL: _("school"),
    ContactBy.OTHER: _("someone else"),
}

CONTACT_MODES: Final[Mapping[ContactMode, Words]] = {
    ContactMode.FACE_TO_FACE: _("in person"),
    ContactMode.VIDEO: _("by video"),
    ContactMode.PHONE: _("by phone"),
    ContactMode.MESSAGE: _("by message"),
}

GUARDIANSHIP_KINDS: Final[Mapping[GuardianshipKind, Words]] = {
    GuardianshipKind.PROVISIONAL: _("provisional"),
    GuardianshipKind.TEMPORARY: _("temporary"),
    GuardianshipKind.FULL: _("full"),
}

PLAN_KINDS: Final[Mapping[PlanKind, Words]] = {
    PlanKind.PLAN: _("plan"),
    PlanKind.REVIEW: _("review of the plan"),
}

REGIMES: Final[Mapping[Regime, Words]] = {
    Regime.VERLENGDE_OPVANG: _("extended reception (to 21)"),
    Regime.VERLENGDE_JEUGDHULP: _("extended youth care (to 23)"),
    Regime.GEMEENTE: _("support by the municipality"),
    Regime.COA_BEGELEIDING: _("support by COA, 18 and older"),
    Regime.NAZORG_NIDOS: _("aftercare by Nidos"),
    Regime.OTHER: _("other support"),
}

CONSENT_BY: Final[Mapping[ConsentBy, Words]] = {
    ConsentBy.CHILD: _("the child"),
    ConsentBy.PARENT: _("parent"),
    ConsentBy.GUARDIAN: _("guardian"),
}

TABLES: Final[tuple[Mapping[Any, Words], ...]] = (
    SEVERITIES, ROLES, SCOPES, REGIONS, OPERATORS, ORGANISATIONS, SEXES, PRECISIONS, BIRTH_STATUSES,
    RELATIONS, MOVE_REASONS, TRANSFER_STATUSES, TOPICS, OUTCOMES, WORKER_ROLES, WHEREABOUTS,
    SOURCES, LEVELS, RATINGS, CONDITIONS, CONTACT_BY, CONTACT_MODES, GUARDIANSHIP_KINDS, PLAN_KINDS,
    REGIMES, CONSENT_BY, PLACEMENT_KINDS, SCHOOL_TYPES, CARE_KINDS, END_REASONS, SCHOOL_STATES,
    CARE_STATES, AT_MOVE, PROVIDER_ANSWERS, *PRIVACY, *SAFETY, *TRAIL,
)  # fmt: skip

_BY_KIND: Final[Mapping[type[StrEnum], Mapping[StrEnum, Words]]] = {
    type(next(iter(table))): dict(table) for table in TABLES
}


def label(code: StrEnum | None) -> Words:
    """Return the words for a code of any kind; nothing for no code."""
    return "" if code is None else _BY_KIND[type(code)][code]


def options(kind: type[StrEnum], only: Iterable[StrEnum] | None = None) -> list[tuple[str, Words]]:
    """Return the pairs of value and words of one kind of code, for a choice in a form."""
    table = _BY_KIND[kind]
    return [(code.value, words) for code, words in table.items() if only is None or code in only]
