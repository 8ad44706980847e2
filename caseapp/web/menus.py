"""The main menu of each role and the links around it; a page that is not there is left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from caseapp.domain.policy import Actor, Permission, Role
from caseapp.web.i18n import Words
from caseapp.web.labels import ROLES

MOST_SHOWN: Final = 999


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as the header shows it; `role_label` says what for, and where."""

    actor: Actor
    role_label: Words

    @property
    def name(self) -> str:
        """Return the name."""
        return self.actor.name

    @property
    def role(self) -> Role | None:
        """Return the role."""
        return self.actor.role

    def may(self, permission: Permission) -> bool:
        """Say whether the role carries the permission."""
        return self.actor.may(permission)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame; it is left out while its endpoint does not exist."""

    endpoint: str
    label: Words


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One item of a role's menu: where it goes, its words, its symbol, what its count counts."""

    endpoint: str
    label: Words
    icon: str
    unit: str = "open"


@dataclass(frozen=True, slots=True)
class Count:
    """The number beside a menu item; critical makes it red."""

    number: int
    critical: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """A menu item as it is drawn."""

    endpoint: str
    label: Words
    icon: str
    count: int = 0
    critical: bool = False
    current: bool = False
    unit: Words = ""

    @property
    def shown(self) -> str:
        """Return the count, at most 999+."""
        return str(self.count) if self.count <= MOST_SHOWN else f"{MOST_SHOWN}+"


_TODAY: Final = NavEntry("casefile.today", _("Today"), "today", "children")
_CHILDREN: Final = NavEntry("casefile.caseload", _("Children"), "kids", "children")
_MOVES: Final = NavEntry("moves.moves", _("Moves"), "move", "moves")

NAV: Final[Mapping[Role, tuple[NavEntry, ...]]] = {
    Role.CPK: (
        _TODAY,
        _CHILDREN,
        NavEntry("observations.record", _("Record"), "plus"),
        _MOVES,
    ),
    Role.GUARDIAN: (
        _TODAY,
        NavEntry("casefile.caseload", _("My young people"), "kids", "children"),
        _MOVES,
        NavEntry("observations.contacts_to_record", _("Record"), "plus"),
    ),
    Role.COORDINATOR: (
        _TODAY,
        NavEntry("continuity.board", _("Alerts"), "bell"),
        _MOVES,
        _CHILDREN,
    ),
    Role.PROTECTION_LEAD: (
        _TODAY,
        NavEntry("safety.files", _("Reporting code"), "heart"),
    ),
    Role.MONITOR: (NavEntry("reporting.monitor", _("Monitor"), "book"),),
    Role.PRIVACY_OFFICER: (
        NavEntry("privacy.desk", _("Today"), "today"),
        NavEntry("privacy.find", _("Who saw what"), "find"),
        NavEntry("privacy.requests", _("Requests"), "person"),
        NavEntry("audit.review", _("Look at the log"), "book"),
    ),
    Role.ADMINISTRATOR: (
        NavEntry("accounts.accounts", _("Accounts"), "person"),
        NavEntry("reference.locations", _("Locations"), "today"),
        NavEntry("reference.settings", _("Settings"), "plus"),
        NavEntry("reference.system", _("System"), "good"),
    ),
}
"""At most four a role: on a phone they are the bar at the bottom."""

MENU_LINKS: Final = (
    Link("notices.notices", _("Messages")),
    Link("continuity.gaps", _("What is missing")),
    Link("accounts.me", _("My details")),
    Link("accounts.leave", _("Who does my work")),
    Link("casefile.emergency", _("Emergency: look into a file")),
    Link("casefile.emergencies", _("Looks in emergencies")),
    Link("casefile.together", _("Two people")),
    Link("accounts.accounts", _("Accounts")),
    Link("reference.locations", _("Locations")),
    Link("exchange.lists", _("Lists")),
)
"""In the account menu, for whom MENU_NEEDS lets through."""

MENU_NEEDS: Final[Mapping[str, Permission]] = {
    "accounts.leave": Permission.LEAVE_ARRANGE,
    "casefile.emergency": Permission.BREAK_GLASS,
    "casefile.emergencies": Permission.EMERGENCY_REVIEW,
    "casefile.together": Permission.DECIDE_TOGETHER,
    "accounts.accounts": Permission.ACCOUNT_READ,
    "continuity.gaps": Permission.ALERT_READ,
    "notices.notices": Permission.ALERT_READ,
    "reference.locations": Permission.REFERENCE_READ,
    "exchange.lists": Permission.LIST_IMPORT,
}

FOOT_LINKS: Final = (
    Link("web.accessibility", _("Accessibility")),
    Link("web.privacy", _("Privacy")),
    Link("web.help", _("Help")),
)


def nav_for(
    role: Role | None,
    exists: Callable[[str], bool],
    counts: Mapping[str, Count],
    endpoint: str | None,
) -> list[NavItem]:
    """Return the menu of a role: pages that do not exist yet are left out, a count of 0 too."""
    if role is None:
        return []
    return [
        _item(entry, counts.get(entry.endpoint, Count(0)), endpoint)
        for entry in NAV[role]
        if exists(entry.endpoint)
    ]


def menu_for(person: Person, exists: Callable[[str], bool]) -> list[Link]:
    """Return the links of the account menu that this person may follow and the bar lacks."""
    bar = {entry.endpoint for entry in NAV[person.role]} if person.role else set()
    actor = replace(person.actor, looks_only=False)  # the menu leads away from the child
    return [
        link
        for link in MENU_LINKS
        if exists(link.endpoint)
        and link.endpoint not in bar
        and (link.endpoint not in MENU_NEEDS or actor.may(MENU_NEEDS[link.endpoint]))
    ]


def role_label(role: Role | None, place: str = "") -> str:
    """Return "CPK Biddinghuizen" or "Coordinator region North": the role and where it is held."""
    if role is None:
        return ""
    words = str(_("CPK")) if role is Role.CPK else str(ROLES[role])
    return f"{words} {place}".strip()


def _item(entry: NavEntry, count: Count, endpoint: str | None) -> NavItem:
    return NavItem(
        entry.endpoint,
        entry.label,
        entry.icon,
        count.number,
        count.critical,
        entry.endpoint == endpoint,
        _unit(entry.unit, count.number),
    )


def _unit(unit: str, number: int) -> str:
    if unit == "children":
        return ngettext("child", "children", number)
    if unit == "moves":
        return ngettext("comes or goes", "come or go", number)
    return ngettext("open", "open", number)
