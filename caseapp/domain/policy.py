"""Who may do what: roles, permissions, scopes, and the one table that joins them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID


class Role(StrEnum):
    """What somebody is here to do; an account has one."""

    CPK = "cpk"
    GUARDIAN = "guardian"
    COORDINATOR = "coordinator"
    PROTECTION_LEAD = "protection_lead"
    MONITOR = "monitor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"


class ScopeKind(StrEnum):
    """Where a grant holds: one child, one location, a region, a desk, everywhere, or over no child at all."""

    CHILD = "child"
    LOCATION = "location"
    REGION = "region"
    GUARDIANSHIP = "guardianship"
    ALL = "all"
    NONE = "none"


class Permission(StrEnum):
    """One thing that a person can be allowed to do."""

    CHILD_READ = "child_read"
    CHILD_CREATE = "child_create"
    CHILD_EDIT = "child_edit"
    CHILD_CLOSE = "child_close"
    HEALTH_READ = "health_read"
    PLACEMENT_EDIT = "placement_edit"
    WHEREABOUTS_EDIT = "whereabouts_edit"
    MOVE_READ = "move_read"
    MOVE_PLAN = "move_plan"
    MOVE_CONFIRM = "move_confirm"
    MOVE_ARRIVE = "move_arrive"
    HOLD_OVERRIDE = "hold_override"
    HANDOVER_SEND = "handover_send"
    HANDOVER_ACCEPT = "handover_accept"
    TAKE_OVER = "take_over"
    CASELOAD_GIVE = "caseload_give"
    SCHOOL_EDIT = "school_edit"
    CARE_EDIT = "care_edit"
    OBSERVE = "observe"
    OBSERVATION_READ = "observation_read"
    CONTACT_LOG = "contact_log"
    CONSENT_EDIT = "consent_edit"
    GUARDIAN_ASSIGN = "guardian_assign"
    SUPPORT_EDIT = "support_edit"
    ALERT_READ = "alert_read"
    ALERT_TAKE = "alert_take"
    ALERT_ASSIGN = "alert_assign"
    ALERT_PUT_OFF = "alert_put_off"
    LIST_IMPORT = "list_import"
    ACCOUNT_READ = "account_read"
    ACCOUNT_EDIT = "account_edit"
    GRANT_ASK = "grant_ask"
    GRANT_APPROVE = "grant_approve"
    REFERENCE_READ = "reference_read"
    LOCATION_EDIT = "location_edit"
    SCHOOL_LIST_EDIT = "school_list_edit"
    MONITOR_READ = "monitor_read"
    PRIVACY_DESK = "privacy_desk"
    PROTECTION_FILE = "protection_file"
    WHO_SAW = "who_saw"
    STATEMENT_EDIT = "statement_edit"
    SYSTEM_READ = "system_read"
    MAIL_DESK = "mail_desk"
    LIMIT_EDIT = "limit_edit"
    DECIDE_TOGETHER = "decide_together"
    LEAVE_ARRANGE = "leave_arrange"
    BREAK_GLASS = "break_glass"
    EMERGENCY_REVIEW = "emergency_review"


P = Permission

POLICY: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.CPK: frozenset({
        P.CHILD_READ, P.CHILD_CREATE, P.CHILD_EDIT, P.HEALTH_READ, P.PLACEMENT_EDIT,
        P.WHEREABOUTS_EDIT, P.MOVE_READ, P.MOVE_PLAN, P.MOVE_ARRIVE, P.HANDOVER_SEND,
        P.HANDOVER_ACCEPT, P.TAKE_OVER, P.SCHOOL_EDIT, P.CARE_EDIT, P.OBSERVE,
        P.OBSERVATION_READ, P.CONTACT_LOG, P.CONSENT_EDIT, P.ALERT_READ, P.ALERT_TAKE,
        P.ALERT_PUT_OFF, P.REFERENCE_READ, P.LEAVE_ARRANGE, P.BREAK_GLASS, P.STATEMENT_EDIT,
    }),
    Role.GUARDIAN: frozenset({
        P.CHILD_READ, P.HEALTH_READ, P.OBSERVATION_READ, P.MOVE_READ, P.CONTACT_LOG,
        P.CONSENT_EDIT, P.SUPPORT_EDIT, P.GUARDIAN_ASSIGN, P.ALERT_READ, P.ALERT_TAKE,
        P.ALERT_PUT_OFF, P.REFERENCE_READ, P.LEAVE_ARRANGE, P.BREAK_GLASS, P.WHO_SAW,
        P.STATEMENT_EDIT,
    }),
    Role.COORDINATOR: frozenset({
        P.CHILD_READ, P.CHILD_CREATE, P.CHILD_EDIT, P.CHILD_CLOSE, P.PLACEMENT_EDIT,
        P.WHEREABOUTS_EDIT, P.MOVE_READ, P.MOVE_PLAN, P.MOVE_CONFIRM, P.HOLD_OVERRIDE,
        P.MOVE_ARRIVE, P.HANDOVER_SEND, P.HANDOVER_ACCEPT, P.SCHOOL_EDIT, P.CARE_EDIT,
        P.OBSERVATION_READ, P.CONTACT_LOG, P.CONSENT_EDIT, P.GUARDIAN_ASSIGN, P.SUPPORT_EDIT,
        P.CASELOAD_GIVE, P.TAKE_OVER, P.ALERT_READ, P.ALERT_TAKE, P.ALERT_ASSIGN,
        P.ALERT_PUT_OFF, P.LIST_IMPORT, P.ACCOUNT_READ, P.GRANT_ASK, P.GRANT_APPROVE,
        P.REFERENCE_READ, P.DECIDE_TOGETHER, P.LEAVE_ARRANGE, P.BREAK_GLASS, P.EMERGENCY_REVIEW,
        P.WHO_SAW, P.STATEMENT_EDIT,
    }),
    Role.PROTECTION_LEAD: frozenset({
        P.PROTECTION_FILE, P.REFERENCE_READ,
    }),
    Role.MONITOR: frozenset({
        P.MONITOR_READ,
    }),
    Role.PRIVACY_OFFICER: frozenset({
        P.PRIVACY_DESK, P.ACCOUNT_READ, P.DECIDE_TOGETHER, P.EMERGENCY_REVIEW,
    }),
    Role.ADMINISTRATOR: frozenset({
        P.ACCOUNT_READ, P.ACCOUNT_EDIT, P.GRANT_ASK, P.REFERENCE_READ, P.LIST_IMPORT,
        P.LOCATION_EDIT, P.SCHOOL_LIST_EDIT, P.SYSTEM_READ, P.MAIL_DESK, P.LIMIT_EDIT,
        P.DECIDE_TOGETHER,
    }),
}  # fmt: skip

READS: Final = frozenset(
    {P.CHILD_READ, P.HEALTH_READ, P.MOVE_READ, P.OBSERVATION_READ, P.ALERT_READ, P.REFERENCE_READ}
)
"""What is left of a role for who looks into a file in an emergency."""

OPENS_DOSSIERS: Final = frozenset({Role.CPK, Role.GUARDIAN, Role.COORDINATOR, Role.PROTECTION_LEAD})

SCOPES_OF: Final[Mapping[Role, frozenset[ScopeKind]]] = {
    Role.CPK: frozenset({ScopeKind.LOCATION}),
    Role.GUARDIAN: frozenset({ScopeKind.NONE}),
    Role.COORDINATOR: frozenset({ScopeKind.REGION, ScopeKind.ALL, ScopeKind.GUARDIANSHIP}),
    Role.PROTECTION_LEAD: frozenset({ScopeKind.LOCATION}),
    Role.MONITOR: frozenset({ScopeKind.NONE}),
    Role.PRIVACY_OFFICER: frozenset({ScopeKind.NONE}),
    Role.ADMINISTRATOR: frozenset({ScopeKind.NONE}),
}


BREAK_GLASS: Final = "breakglass"
DELEGATION: Final = "delegation"
"""Origins of a grant that is no employment: for some hours, or a colleague's for some weeks."""


class Sees(StrEnum):
    """How much of a child's file a reach opens, from little to all (security.md 3.2)."""

    HEADER = "header"
    HANDOVER = "handover"
    UNTIL_DEPARTURE = "until_departure"
    ALL = "all"

    @property
    def rank(self) -> int:
        """Return the place in the order, a larger number for more."""
        return list(Sees).index(self)


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant that is valid now: its id, for the audit, and where it holds."""

    id: UUID
    scope: ScopeKind
    place: str | None = None
    """A location id, a region, or nothing."""
    origin: str = "employment"
    """Where it comes from; `delegation`: it is a colleague's, whose work this actor does for a while."""
    lent_by: UUID | None = None
    """The colleague whose grant it is, when it is not the own one."""
    whole: bool = False
    """Lent with all that is the colleague's, also the children that are theirs by name."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: a person with a role and the grants that are valid now, or a named system actor."""

    account_id: UUID | None
    name: str
    role: Role | None = None
    grants: tuple[HeldGrant, ...] = ()
    organisation: str | None = None
    session_ref: str | None = None
    everywhere: bool = False
    """A system actor (nightly, import door) that works over all children."""
    stands_in: tuple[UUID, ...] = ()
    """The colleagues on leave for whom this actor does all that is theirs."""
    on_behalf_of: UUID | None = None
    """The colleague for whom a child is looked at that the own rights do not reach."""
    looks_only: bool = False
    """Break-glass: what is looked at may be read, and nothing else."""

    def may(self, permission: Permission) -> bool:
        """Say whether the role carries the permission; no role carries none, break-glass only reads."""
        if self.role is None or (self.looks_only and permission not in READS):
            return False
        return permission in POLICY[self.role]

    @property
    def on_own_rights(self) -> "Actor":
        """Return the same person without what colleagues lent and without break-glass."""
        own = tuple(g for g in self.grants if not g.lent_by and g.origin != BREAK_GLASS)
        return replace(self, grants=own, stands_in=(), on_behalf_of=None)

    @property
    def location_ids(self) -> tuple[UUID, ...]:
        """Return the locations of the grants."""
        return tuple(
            UUID(g.place) for g in self.grants if g.scope is ScopeKind.LOCATION and g.place
        )

    @property
    def account_ids(self) -> tuple[UUID, ...]:
        """Return the accounts that this actor acts for: the own one, and those of colleagues on leave."""
        return (self.account_id, *self.stands_in) if self.account_id else ()

    @property
    def child_ids(self) -> tuple[UUID, ...]:
        """Return the children of grants over one child: break-glass."""
        return tuple(UUID(g.place) for g in self.grants if g.scope is ScopeKind.CHILD and g.place)

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions of the grants."""
        return tuple(g.place for g in self.grants if g.scope is ScopeKind.REGION and g.place)

    @property
    def is_national(self) -> bool:
        """Say whether this is the national desk, or a system actor over all children."""
        return self.everywhere or any(g.scope is ScopeKind.ALL for g in self.grants)

    @property
    def sees_all(self) -> bool:
        """Say whether every child is in reach: the national desk, with the right to read."""
        return self.is_national and self.may(Permission.CHILD_READ)

    @property
    def is_guardianship_desk(self) -> bool:
        """Say whether this is the guardians' team leader."""
        return any(g.scope is ScopeKind.GUARDIANSHIP for g in self.grants)
