"""Who saw a file in plain words: who it was, in which role, what for, and what was looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.accounts import queries as accounts
from caseapp.accounts.queries import Someone
from caseapp.domain.looks import Look, Visit, visits
from caseapp.domain.policy import Role
from caseapp.kernel.clock import AMSTERDAM
from caseapp.kernel.work import Work
from caseapp.web.alert_rows import organisation_words
from caseapp.web.i18n import Words
from caseapp.web.labels import label

BECAUSE: Final[Mapping[str, Words]] = {
    Role.CPK: _l("works at the place where the child lives, lived or will live"),
    Role.GUARDIAN: _l("is or was the guardian of the child, or helps after 18"),
    Role.COORDINATOR: _l("coordinates the region or the guardians"),
    Role.PRIVACY_OFFICER: _l("looks after privacy"),
    Role.ADMINISTRATOR: _l("looks after the system"),
}
IN_AN_EMERGENCY: Final = _l(
    "emergency access: could not wait, wrote why, and it was checked afterwards"
)
STANDS_IN: Final = _l("did the work of a colleague who was away")


@dataclass(frozen=True, slots=True)
class SeenLine:
    """What one person did with a file on one day, in words."""

    at: datetime
    day: date
    who: str
    role: str
    organisation: str
    in_place_of: str
    did: str
    right: str
    is_emergency: bool
    times: int

    @property
    def sentence(self) -> str:
        """Return the line as one sentence: who, for whom, what, and by which right."""
        about = ", ".join(part for part in (self.role, self.organisation) if part)
        who = f"{self.who} ({about})" if about else self.who
        if self.in_place_of:
            who = _("%(who)s in place of %(absent)s", who=who, absent=self.in_place_of)
        said = [f"{who}.", f"{self.did}."]
        if self.right:
            said.append(_("Allowed because: %(right)s.", right=self.right))
        return " ".join(said)


def lines_of(work: Work, looks: Iterable[Look]) -> list[SeenLine]:
    """Return who did what with a file, put together per person and day, the first one first."""
    found = visits(looks)
    keys = {one.first.who.account_id for one in found} | {one.first.who.for_id for one in found}
    people = accounts.people(work, keys)
    return [_line(one, people) for one in found]


def _line(visit: Visit, people: Mapping[UUID, Someone]) -> SeenLine:
    look, who = visit.first, visit.first.who
    person = people.get(who.account_id) if who.account_id else None
    absent = people.get(who.for_id) if who.for_id else None
    return SeenLine(
        at=look.at.astimezone(AMSTERDAM),
        day=look.day,
        who=person.name if person else _("Caseapp, by itself"),
        role=str(label(Role(who.role))) if who.role else "",
        organisation=organisation_words(
            who.organisation or (person.organisation if person else "")
        ),
        in_place_of=absent.name if absent else "",
        did=_did(visit),
        right=_right(look),
        is_emergency=look.is_emergency,
        times=visit.times,
    )


def _did(visit: Visit) -> str:
    """Return "Looked at: school, care. Wrote or changed: school"."""
    return ". ".join(
        f"{label(deed)}: {', '.join(str(label(group)) for group in groups)}"
        for deed, groups in visit.done.items()
    )


def _right(look: Look) -> str:
    if look.who.system is not None:
        return str(_("a rule that looks after every child"))
    if look.is_emergency:
        return str(IN_AN_EMERGENCY)
    if look.who.for_id is not None:
        return str(STANDS_IN)
    return str(BECAUSE.get(look.who.role or "", ""))
