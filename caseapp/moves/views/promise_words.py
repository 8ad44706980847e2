"""What a promise says, in the language of the page, from the codes and names that the record gave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Topic
from caseapp.web.filters import day_in_sentence
from caseapp.web.i18n import Words
from caseapp.web.kind_labels import CARE_KINDS, SCHOOL_TYPES
from caseapp.web.labels import label
from caseapp.web.promise_names import without_codes

if TYPE_CHECKING:
    from caseapp.moves.models import Promise, PromiseFacts

STAGES: Final[Mapping[str, Words]] = {
    "attending": _l("goes to school there"),
    "enrolled": _l("is enrolled"),
    "waiting": _l("is on the waiting list"),
}


def told(row: "Promise", facts: "PromiseFacts", goes_to: str, today: date) -> tuple[str, str]:
    """Return title and text of a promise in the language of the page."""
    topic = Topic(row.topic)
    if not facts.about:
        return capital(label(topic)), without_codes(facts.text)
    title, text = TOLD[topic](_About(facts, goes_to, today))
    return title, text


@dataclass(frozen=True, slots=True)
class _About:
    """What a sentence about a promise is made of."""

    facts: "PromiseFacts"
    goes_to: str
    today: date

    @property
    def name(self) -> str:
        return self.facts.about.get("name", "")

    @property
    def care(self) -> str:
        return str(CARE_KINDS[CareKind(self.facts.about["kind"])])

    @property
    def since(self) -> str:
        day = self.facts.since
        return _("Since %(day)s.", day=day_in_sentence(day, self.today)) if day else ""

    @property
    def day(self) -> str:
        return day_in_sentence(self.facts.day, self.today) if self.facts.day else ""


def _school(a: _About) -> tuple[str, str]:
    name = a.name or str(SCHOOL_TYPES[SchoolType(a.facts.about["type"])])
    stage = STAGES[a.facts.about["stage"]]
    since = a.facts.since
    if since is None:
        return _("School"), _("%(school)s: %(stage)s.", school=name, stage=stage)
    return _("School"), _(
        "%(school)s: %(stage)s, since %(day)s.",
        school=name,
        stage=stage,
        day=day_in_sentence(since, a.today),
    )


def _care(a: _About) -> tuple[str, str]:
    return capital(a.care), _joined(a.since, a.name)


def _waiting(a: _About) -> tuple[str, str]:
    title = _("%(care)s, waiting list", care=capital(a.care))
    return title, _joined(a.since, a.name)


def _appointment(a: _About) -> tuple[str, str]:
    title = _("Appointment: %(care)s", care=a.care)
    return title, _joined(_("On %(day)s.", day=a.day), a.name)


def _medicine(a: _About) -> tuple[str, str]:
    title = _("Medicine: %(care)s", care=a.care)
    return title, _joined(_("Enough until %(day)s.", day=a.day), a.name)


def _guardian(a: _About) -> tuple[str, str]:
    return _("Visit of the guardian"), _joined("", a.name)


def _action(a: _About) -> tuple[str, str]:
    agreed = a.facts.since
    words = _("Agreed on %(day)s.", day=day_in_sentence(agreed, a.today)) if agreed else ""
    due = _("Before %(day)s.", day=a.day) if a.day else ""
    title = _("Agreed action: %(what)s", what=a.facts.text)
    return title, _joined(words, due, a.name)


def _contact(a: _About) -> tuple[str, str]:
    who = a.name or _("nobody")
    return _("Contact person"), _("From %(who)s to %(place)s.", who=who, place=a.goes_to)


TOLD: Final[Mapping[Topic, Callable[[_About], tuple[str, str]]]] = {
    Topic.SCHOOL: _school,
    Topic.CARE: _care,
    Topic.WAITING_LIST: _waiting,
    Topic.APPOINTMENT: _appointment,
    Topic.MEDICATION: _medicine,
    Topic.GUARDIAN_VISIT: _guardian,
    Topic.ACTION: _action,
    Topic.CONTACT: _contact,
}
"""For each topic that is made from the record."""


def capital(words: Words) -> str:
    """Return words that begin with a capital, as a title."""
    text = str(words)
    return text[:1].upper() + text[1:]


def _joined(*parts: str) -> str:
    """Return sentences after each other; a name on its own becomes one."""
    whole = [one if one.endswith(".") else f"{one}." for one in parts if one]
    return " ".join(whole)
