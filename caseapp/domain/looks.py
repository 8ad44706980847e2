"""Who saw a file, in lines that people can read: the records of the trail put together per person and day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from caseapp.domain.events import Action


class DataGroup(StrEnum):
    """Which part of what is kept somebody saw or changed."""

    NAME = "name"
    """Name and age, as one of a list or a search result."""
    FILE = "file"
    HEALTH = "health"
    PLACES = "places"
    MOVES = "moves"
    SCHOOL = "school"
    CARE = "care"
    OBSERVATIONS = "observations"
    GUARDIANSHIP = "guardianship"
    FAMILY = "family"
    CONSENT = "consent"
    ALERTS = "alerts"
    REQUESTS = "requests"
    LOG = "log"
    EVERYTHING = "everything"
    """The whole document, on its way out of the house."""


G = DataGroup

BY_CODE: Final[Mapping[str, DataGroup]] = {
    "child-read": G.FILE,
    "dossier-exported": G.EVERYTHING,
    "dossier-imported": G.FILE,
    "health-read": G.HEALTH,
    "package-given": G.EVERYTHING,
    "privacy-child-read": G.NAME,
    "search": G.NAME,
    "who-saw-read": G.LOG,
}
BY_OBJECT: Final[Mapping[str, DataGroup]] = {
    "child": G.FILE,
    **dict.fromkeys(("absence", "absence_report", "school_record"), G.SCHOOL),
    **dict.fromkeys(("care_contact", "care_line", "provider_answer"), G.CARE),
    **dict.fromkeys(("contact", "meeting", "observation"), G.OBSERVATIONS),
    **dict.fromkeys(("guardianship", "plan", "runway", "support", "responsible"), G.GUARDIANSHIP),
    **dict.fromkeys(("placement", "whereabouts"), G.PLACES),
    **dict.fromkeys(
        ("best_decision", "handover", "hold", "message", "promise", "transfer"), G.MOVES
    ),
    **dict.fromkeys(("alert", "notice"), G.ALERTS),
    **dict.fromkeys(("privacy_request", "retention_item", "statement", "two_people"), G.REQUESTS),
    "relative": G.FAMILY,
    "consent": G.CONSENT,
}


class Deed(StrEnum):
    """What somebody did with it."""

    LOOKED = "looked"
    WROTE = "wrote"
    REMOVED = "removed"
    TOOK_OUT = "took_out"


DEEDS: Final[Mapping[str, Deed]] = {
    Action.READ: Deed.LOOKED,
    Action.CREATE: Deed.WROTE,
    Action.UPDATE: Deed.WROTE,
    Action.DELETE: Deed.REMOVED,
    Action.EXECUTE: Deed.WROTE,
}


def group_of(code: str, object_name: str) -> DataGroup:
    """Return which part of the file a record of the trail is about; in lists it is the name."""
    if code in BY_CODE:
        return BY_CODE[code]
    if code.startswith(("list-", "export-list")):
        return G.NAME
    return BY_OBJECT.get(object_name, G.FILE)


def deed_of(code: str, action: str) -> Deed:
    """Return what somebody did, by the record of the trail."""
    leaves = group_of(code, "") is G.EVERYTHING or code.startswith("export-")
    return Deed.TOOK_OUT if leaves else DEEDS[action]


@dataclass(frozen=True, slots=True)
class Who:
    """Who did something: an account, in its role, for whom; or a part of Caseapp, without an account."""

    account_id: UUID | None
    role: str | None
    for_id: UUID | None = None
    """In place of which colleague."""
    system: str | None = None
    organisation: str | None = None
    """The employer on that day."""


@dataclass(frozen=True, slots=True)
class Look:
    """Records of the trail about a child that are alike, on one day; `day` is that of the Netherlands."""

    at: datetime
    day: date
    who: Who
    group: DataGroup
    deed: Deed
    is_emergency: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody did with a file on a day, with the moment of the first time."""

    first: Look
    done: Mapping[Deed, tuple[DataGroup, ...]] = field(default_factory=dict)
    times: int = 0


def visits(looks: Iterable[Look]) -> list[Visit]:
    """Put looks of the same person and day together, the first time first (NEN 7513 chapter 9)."""
    found: dict[tuple[date, Who, bool], Visit] = {}
    for look in sorted(looks, key=lambda one: one.at):
        key = (look.day, look.who, look.is_emergency)
        before = found.get(key, Visit(look))
        found[key] = _with(before, look)
    return list(found.values())


def _with(visit: Visit, look: Look) -> Visit:
    groups = dict.fromkeys((*visit.done.get(look.deed, ()), look.group))
    done = {**visit.done, look.deed: tuple(groups)}
    return replace(visit, done=done, times=visit.times + look.times)
