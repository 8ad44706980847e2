"""What a move does, in words: per item a heading, what it is, and how it could still go well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain.care_codes import CareKind
from caseapp.domain.impact import Fact, Impact, Item
from caseapp.domain.rules.rule import Finding, Severity
from caseapp.web.care_words import CARE_IN_SENTENCE, WAITING_FOR
from caseapp.web.filters import day_in_sentence, days
from caseapp.web.i18n import Words
from caseapp.web.impact_marks import TOPICS, Marked
from caseapp.web.promises import PROMISES
from caseapp.web.saying import About
from caseapp.web.sentences import TELLINGS


@dataclass(frozen=True, slots=True)
class Told:
    """One item as a page shows it: heading, sentence, and how it could still go well."""

    heading: Words
    text: Words
    repair: Words = ""


@dataclass(frozen=True, slots=True)
class _About:
    """What the words of an item are made of."""

    item: Item
    impact: Impact
    name: str
    today: date

    @property
    def place(self) -> str:
        """Return where the child goes."""
        return self.impact.move.to.location

    @property
    def care(self) -> CareKind:
        """Return the kind of care."""
        return CareKind(str(self.item.detail.get("care", CareKind.OTHER)))

    def number(self, key: str) -> int:
        """Return a count of the detail, or 0."""
        value = self.item.detail.get(key, 0)
        return value if isinstance(value, int) else 0

    def said(self, day: date | None) -> str:
        """Return a day as it stands in a sentence."""
        return day_in_sentence(day, self.today) if day is not None else ""


def tell_item(item: Item, impact: Impact, name: str, today: date) -> Told:
    """Return the words of an item about the child with this first name."""
    words = _SAID.get(item.about, _other)
    return words(_About(item, impact, name, today))


def tell_broken(item: Item, name: str, today: date) -> Told:
    """Return the words of what is broken already, as its alert says it."""
    telling = TELLINGS.get(item.about)
    if telling is None or item.since is None:
        return Told(TOPICS[item.topic], "")
    shown = Finding(item.about, item.subject, Severity.WARNING, item.since, item.due, item.detail)
    return Told(telling.short, f"{name}: {telling.sentence(About(shown, name, today))}")


def _capital(words: Words) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def _care_stops(a: _About) -> Told:
    return Told(
        _capital(CARE_IN_SENTENCE[a.care]),
        _("Goes on now, and stops at the move. There is no appointment after it."),
        _("an appointment near %(place)s right after the move, or the same provider from afar.", place=a.place),
    )  # fmt: skip


def _waiting_list(a: _About) -> Told:
    return Told(
        _("Waiting list for %(care)s", care=WAITING_FOR[a.care]),
        _("%(name)s has a place on a waiting list that belongs to the present place.", name=a.name),
        _("have the place taken over with the same first date, and note it on the handover."),
    )


def _medicine(a: _About) -> Told:
    day = a.said(a.item.due)
    if a.item.due is not None and a.item.due < a.today:
        return Told(
            _("Medicine"),
            _("There was enough until %(day)s. No check-up is planned.", day=day),
            _("plan a check-up now, and take medicine along for four weeks."),
        )
    return Told(
        _("Medicine"),
        _("There is enough until %(day)s. No check-up is planned before that day.", day=day),
        _("take medicine along for four weeks, or plan a check-up before %(day)s.", day=day),
    )


def _school(a: _About) -> Told:
    return Told(
        _("No place at a school"),
        _("The present school is too far away, and no place near %(place)s is known.", place=a.place),
        _("ask for a place near %(place)s now, or agree that the present school goes on.", place=a.place),
    )  # fmt: skip


def _apart(a: _About) -> Told:
    who = str(a.item.detail.get("name", ""))
    text = (
        _("%(name)s would no longer live with %(who)s.", name=a.name, who=who)
        if who
        else _("%(name)s would no longer live with a brother or sister.", name=a.name)
    )
    repair = _("move together, or write down why that cannot be.")
    return Told(_("Brother or sister apart"), text, repair)


def _moves(a: _About) -> Told:
    times = ngettext(
        "This would be %(num)s move in 12 months.",
        "This would be %(num)s moves in 12 months.",
        Marked(a.item, a.today).times,
    )
    repair = _("agree that %(place)s is the place to stay.", place=a.place)
    return Told(_("Yet another move"), times, repair)


def _school_day(a: _About) -> Told:
    return Told(
        _("School day"),
        _("%(day)s is a school day. No reason is written down.", day=_capital(a.said(a.impact.day))),
        _gentler(a) or _("write down why it has to be a school day."),
    )  # fmt: skip


def _short_notice(a: _About) -> Told:
    return Told(
        _("Short notice"),
        _("The move comes %(days)s after the announcement.", days=days(a.impact.notice_days)),
        _gentler(a),
    )  # fmt: skip


def _gentler(a: _About) -> str:
    if a.impact.gentler is None:
        return ""
    return _("move on %(day)s.", day=a.said(a.impact.gentler))


def _handover(a: _About) -> Told:
    return Told(
        _("Handover"),
        _("The handover is not accepted yet."),
        _("ask %(place)s to read and accept it.", place=a.place),
    )


def _appointment(a: _About) -> Told:
    day = a.said(a.item.due)
    return Told(
        _("Appointment: %(care)s", care=CARE_IN_SENTENCE[a.care]),
        _("There is an appointment on %(day)s, after the move.", day=day),
        _("book it anew near %(place)s, or move after %(day)s.", place=a.place, day=day),
    )


def _goes_along(a: _About) -> Told:
    return Told(_capital(CARE_IN_SENTENCE[a.care]), _("Is not bound to the place, and goes along."))


def _school_stays(a: _About) -> Told:
    return Told(_("School stays"), _("The present school is in the same municipality."))


def _school_place(a: _About) -> Told:
    day = a.said(a.item.due)
    return Told(_("School near by"), _("There is a place from %(day)s.", day=day))


def _family_along(a: _About) -> Told:
    who = str(a.item.detail.get("name", "")) or _("a brother or sister")
    return Told(_("Together"), _("%(who)s moves along.", who=_capital(who)))


def _family_there(a: _About) -> Told:
    who = str(a.item.detail.get("name", "")) or _("a brother or sister")
    return Told(_("Together again"), _("%(who)s will live there too.", who=_capital(who)))


def _guardian(a: _About) -> Told:
    who = str(a.item.detail.get("name", ""))
    text = _("%(who)s goes along.", who=who) if who else _("The guardian goes along.")
    return Told(_("Guardian stays"), text)


def _small_group(a: _About) -> Told:
    size = a.number("size")
    return Told(
        _("Small group"), _("%(size)s young people in %(place)s.", size=size, place=a.place)
    )


def _good_day(_a: _About) -> Told:
    return Told(_("A good day"), _("Announced in time, and not on a school day."))


def _mended(a: _About) -> Told:
    code = a.item.subject
    heading = TELLINGS[code].short if code in TELLINGS else TOPICS[a.item.topic]
    return Told(heading, _("This is broken now, and is mended by the move."))


def _other(a: _About) -> Told:
    code = a.item.about
    heading = TELLINGS[code].short if code in TELLINGS else TOPICS[a.item.topic]
    return Told(heading, PROMISES.get(code, ""))


_SAID: Final[Mapping[str, Callable[[_About], Told]]] = {
    "CAR-1": _care_stops,
    "CAR-3": _waiting_list,
    "CAR-4": _medicine,
    "SCH-2": _school,
    "PLA-2": _moves,
    "PLA-3": _school_day,
    "PLA-4": _short_notice,
    "PLA-5": _apart,
    "TRF-1": _handover,
    Fact.APPOINTMENT: _appointment,
    Fact.CARE_GOES_ALONG: _goes_along,
    Fact.SCHOOL_STAYS: _school_stays,
    Fact.SCHOOL_PLACE: _school_place,
    Fact.FAMILY_ALONG: _family_along,
    Fact.FAMILY_THERE: _family_there,
    Fact.GUARDIAN_STAYS: _guardian,
    Fact.SMALL_GROUP: _small_group,
    Fact.GOOD_DAY: _good_day,
    Fact.MENDED: _mended,
}
"""By rule or fact; any other rule is told by its short name and its promise."""
