"""The page docs/permissions.md: what each role may do, and what every permission means."""

from collections.abc import Iterator, Mapping
from typing import Final

from caseapp.domain.permissions_rules import rules_of_rights
from caseapp.domain.policy import OPENS_DOSSIERS, POLICY, SCOPES_OF, Permission, Role, ScopeKind

P = Permission

MEANS: Final[Mapping[Permission, str]] = {
    P.CHILD_READ: "see children in the own scope: caseload, search, file",
    P.CHILD_CREATE: "begin a file for a child in the own scope",
    P.CHILD_EDIT: "correct who a child is, and its family",
    P.CHILD_CLOSE: "close and reopen a file",
    P.HEALTH_READ: "read the practical needs around health",
    P.PLACEMENT_EDIT: "record and correct stays",
    P.WHEREABOUTS_EDIT: "record that a child is away, missing or back",
    P.MOVE_READ: "see moves of children in the own scope",
    P.MOVE_PLAN: "plan, change and cancel a move",
    P.MOVE_CONFIRM: "confirm a planned move",
    P.HOLD_OVERRIDE: "end a hold of another desk on a move (only the national desk)",
    P.MOVE_ARRIVE: "record departure and arrival, also of a move nobody announced",
    P.HANDOVER_SEND: "write and send a handover",
    P.HANDOVER_ACCEPT: "accept a handover",
    P.TAKE_OVER: "become, or make somebody, responsible for a child",
    P.CASELOAD_GIVE: "hand all children of a colleague over to others",
    P.SCHOOL_EDIT: "record and correct school",
    P.CARE_EDIT: "record and correct care, and that a child was seen by the provider",
    P.OBSERVE: "record and correct observations",
    P.OBSERVATION_READ: "read observations and contacts",
    P.CONTACT_LOG: "record contact with a child, and meetings about it",
    P.CONSENT_EDIT: "record who agreed to what may be known",
    P.GUARDIAN_ASSIGN: "record and correct guardianship",
    P.SUPPORT_EDIT: "record plans, and support after 18",
    P.ALERT_READ: "see alerts of children in the own scope",
    P.ALERT_TAKE: "take an alert",
    P.ALERT_ASSIGN: "give an alert to somebody else",
    P.ALERT_PUT_OFF: "put an alert off, with a reason",
    P.LIST_IMPORT: "take in lists (the administrator only those of locations)",
    P.ACCOUNT_READ: "see accounts and their rights",
    P.ACCOUNT_EDIT: "open, correct and close accounts",
    P.GRANT_ASK: "ask for a right for somebody else, and take rights back",
    P.GRANT_APPROVE: "approve a right that another person asked for",
    P.REFERENCE_READ: "see locations and schools",
    P.LOCATION_EDIT: "add and correct locations and their contact person",
    P.SCHOOL_LIST_EDIT: "add and correct schools on the list",
    P.MONITOR_READ: "see counts over all children, never one child",
    P.PRIVACY_DESK: "work at the privacy desk",
    P.WHO_SAW: "see who saw the file of a child in the own scope, and print that for child or parent",
    P.STATEMENT_EDIT: "write down what a child says beside the record",
    P.PROTECTION_FILE: "work with the file of the reporting code",
    P.SYSTEM_READ: "see limits and the state of the system",
    P.MAIL_DESK: "see which mails could not be delivered, and send them again",
    P.LIMIT_EDIT: "set the numbers of the rules, after seeing what they do",
    P.DECIDE_TOGETHER: "be the second person of what nobody may do alone",
    P.LEAVE_ARRANGE: "say who does the own work during leave",
    P.BREAK_GLASS: "look into one file next to the own scope in an emergency: three hours, reading only",
    P.EMERGENCY_REVIEW: "judge whether a look in an emergency was right",
}

_HEAD: Final = """# Who may do what

A role carries permissions; a grant says where they hold; `reach` says which children that is today.
Without the permission the answer is 403, the same for any address. Outside the scope it is 404, the
same as for something that does not exist. No role, no permission.
"""


def permissions_table() -> str:
    """Return the page as Markdown: permissions by role, then where a grant may hold."""
    return "\n".join((_HEAD, *_permissions(), "", *_scopes(), "", rules_of_rights()))


def _permissions() -> Iterator[str]:
    yield f"| permission | what for | {' | '.join(Role)} |"
    yield f"|---|---|{'---|' * len(Role)}"
    for permission in Permission:
        marks = ("x" if permission in POLICY[role] else " " for role in Role)
        yield f"| {permission} | {MEANS[permission]} | {' | '.join(marks)} |"


def _scopes() -> Iterator[str]:
    yield "## Where a grant may hold"
    yield ""
    yield "*Two people*: what opens files of children is asked by one and approved by another."
    yield ""
    yield "| role | scopes | two people |"
    yield "|---|---|---|"
    for role in Role:
        scopes = ", ".join(kind for kind in ScopeKind if kind in SCOPES_OF[role])
        yield f"| {role} | {scopes} | {'yes' if role in OPENS_DOSSIERS else 'no'} |"
