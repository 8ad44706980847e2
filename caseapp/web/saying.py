"""The sentence of each rule, made of the facts that its finding carries (ui.md 6).

A sentence follows the name of the child: "Yonas Tesfay, 16 - has no guardian yet." It says the
fact, never a rule code, a diagnosis, a pronoun for the child or a reproach.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from caseapp.domain.care_codes import CareKind, Regime
from caseapp.domain.gist import MORE
from caseapp.domain.rules.rule import Shown
from caseapp.web.care_words import CARE_IN_SENTENCE, WAITING_FOR
from caseapp.web.filters import day_in_sentence, days
from caseapp.web.labels import label


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence is made of: the alert, the first name of the child, the day, the reader."""

    shown: Shown
    name: str
    today: date
    own: bool = False
    """Whether the reader is the owner: only then a sentence says "you"."""

    def text(self, key: str) -> str:
        """Return a word of the detail, or nothing."""
        return str(self.shown.detail.get(key, ""))

    def number(self, key: str) -> int:
        """Return a count of the detail, or 0."""
        value = self.shown.detail.get(key, 0)
        return value if isinstance(value, int) else 0

    def day(self, key: str) -> date | None:
        """Return a day of the detail, or nothing."""
        value = self.shown.detail.get(key)
        return value if isinstance(value, date) else None

    def days_since(self, key: str) -> int:
        """Count the days since a day of the detail, or since the alert began."""
        return (self.today - (self.day(key) or self.shown.since)).days

    def said(self, day: date) -> str:
        """Return a day as it stands in a sentence."""
        return day_in_sentence(day, self.today)


def not_accepted(a: About) -> str:
    """Say TRF-1: the move, and that the handover waits; to the receiver as somebody who comes."""
    if a.own:
        return _("%(first)s You have not accepted the handover yet.", first=_coming(a))
    return _("%(first)s The handover is not accepted yet.", first=_moving(a))


def _coming(a: About) -> str:
    """Say of a move who comes, to the one who receives."""
    place, day = a.text("from_location"), a.shown.due or a.shown.since
    if a.day("arrived_on") is not None or day < a.today:
        return _("came from %(place)s on %(day)s.", place=place, day=a.said(day))
    if day == a.today:
        return _("comes from %(place)s today.", place=place)
    if (day - a.today).days == 1:
        return _("comes from %(place)s tomorrow.", place=place)
    return _("comes from %(place)s on %(day)s.", place=place, day=a.said(day))


def _moving(a: About) -> str:
    """Say of a move where it begins and ends, to whoever reads it."""
    ends = {"place": a.text("from_location"), "to": a.text("to_location")}
    day = a.shown.due or a.shown.since
    if a.day("arrived_on") is not None or day < a.today:
        return _("moved from %(place)s to %(to)s on %(day)s.", **ends, day=a.said(day))
    if day == a.today:
        return _("moves from %(place)s to %(to)s today.", **ends)
    if (day - a.today).days == 1:
        return _("moves from %(place)s to %(to)s tomorrow.", **ends)
    return _("moves from %(place)s to %(to)s on %(day)s.", **ends, day=a.said(day))


def not_arrived(a: About) -> str:
    """Say TRF-2: where the child was due."""
    return _(
        "was due in %(place)s on %(day)s. %(name)s is not there yet.",
        place=a.text("to_location"),
        day=a.said(a.day("planned_on") or a.shown.since),
        name=a.name,
    )


def promise_left(a: About) -> str:
    """Say TRF-4: which promise, in the first words in which it was written."""
    said = _("one promise was left open at the handover: %(promise)s.", promise=a.text("promise"))
    return said.replace(f"{MORE}.", MORE)


def nobody(a: About) -> str:
    """Say TRF-3: since when nobody is responsible."""
    return _("has had no responsible contact person since %(day)s.", day=a.said(a.shown.since))


def care_broken(a: About) -> str:
    """Say CAR-1: which care, at which move."""
    return _(
        "%(care)s stopped at the move from %(place)s. No appointment yet.",
        care=CARE_IN_SENTENCE[CareKind(a.text("care"))],
        place=a.text("from_location"),
    )


def waiting(a: About) -> str:
    """Say CAR-2: how long, for what; counted from the first referral."""
    return _(
        "has waited %(days)s for %(care)s, from the first referral.",
        days=days(a.days_since("counted_from")),
        care=WAITING_FOR[CareKind(a.text("care"))],
    )


def waiting_place(a: About) -> str:
    """Say CAR-3: for what the place on the waiting list is."""
    return _(
        "the place on the waiting list for %(care)s is not taken over yet.",
        care=WAITING_FOR[CareKind(a.text("care"))],
    )


def no_guardian(a: About) -> str:
    """Say GUA-1: no guardian yet, or none any more."""
    ended = a.day("ended_on")
    if ended is not None:
        return _("has had no guardian since %(day)s.", day=a.said(ended))
    return _("has no guardian yet.")


def guardian_contact(a: About) -> str:
    """Say GUA-2: when the guardian last saw the child."""
    seen = a.day("last_seen")
    if seen is not None:
        return _("last saw the guardian on %(day)s.", day=a.said(seen))
    start = a.day("counted_from") or a.shown.since
    return _("has had a guardian since %(day)s. They have not met yet.", day=a.said(start))


def not_seen(a: About) -> str:
    """Say OBS-1: when the contact person, or the reader, last saw the child."""
    seen = a.day("last_seen")
    if seen is not None:
        if a.own:
            return _("you last saw %(name)s on %(day)s.", name=a.name, day=a.said(seen))
        return _("the contact person last saw %(name)s on %(day)s.", name=a.name, day=a.said(seen))
    since = a.said(a.day("stay_since") or a.shown.since)
    if a.own:
        return _(
            "has been here since %(day)s. You have not seen %(name)s yet.", day=since, name=a.name
        )
    return _(
        "has been here since %(day)s. The contact person has not seen %(name)s yet.",
        day=since, name=a.name,
    )  # fmt: skip


def support_open(a: About) -> str:
    """Say AGE-2: without a day, because the birthday may not be known exactly."""
    return _("turns 18 soon. Nothing is arranged for after that.")


def no_support(a: About) -> str:
    """Say AGE-3: since when, or when it was declined."""
    ended, declined = a.day("ended_on"), a.day("declined_on")
    if declined is not None and (ended is None or declined >= ended):
        return _("said no to support on %(day)s. It is time to ask again.", day=a.said(declined))
    if ended is not None:
        return _("has had no support since %(day)s.", day=a.said(ended))
    return _("has no support after 18.")


def support_ends(a: About) -> str:
    """Say AGE-4: which support stops, and when."""
    return _(
        "%(support)s stops on %(day)s. Nothing is arranged for after that.",
        support=label(Regime(a.text("regime"))),
        day=a.said(a.shown.due or a.shown.since),
    )


def out_of_sight(a: About) -> str:
    """Say AFT-1: how long nobody was in touch."""
    return _("nobody has been in touch for %(days)s.", days=days(a.days_since("counted_from")))
