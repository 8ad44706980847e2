"""An alert as a row for one reader: who, the sentence, whose it is, how late, and the button that mends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.domain.codes import Organisation
from caseapp.domain.facts import Birth
from caseapp.domain.policy import Actor, Role, Sees
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Detail, Severity
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable
from caseapp.web.filters import age, day_short
from caseapp.web.i18n import Words
from caseapp.web.labels import ORGANISATIONS
from caseapp.web.repairs import mending
from caseapp.web.sentences import TELLINGS, due_words, lateness, tell, time_left
from caseapp.web.tiles import AlertRow, face, owner_words

ROLES_SHORT: Final[Mapping[Role, Words]] = {
    Role.CPK: _l("CPK"),
    Role.GUARDIAN: _l("guardian"),
    Role.COORDINATOR: _l("coordinator"),
}
"""How an owner is called in the small line under an alert."""


class Named(Protocol):
    """What names a child (people.models.Card)."""

    @property
    def name(self) -> str:
        """The names as they are said."""

    @property
    def first_name(self) -> str:
        """The first of the given names."""

    @property
    def birth(self) -> Birth:
        """The birth date as far as it is known."""


class Worker(Protocol):
    """A member of staff (accounts.queries.Someone)."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def role(self) -> Role:
        """What for."""


class OnRecord(Protocol):
    """An alert as lists read it (continuity.queries.Listed)."""

    @property
    def id(self) -> UUID:
        """Its key."""

    @property
    def child_id(self) -> UUID:
        """Whose it is."""

    @property
    def rule(self) -> str:
        """The code of the rule."""

    @property
    def subject(self) -> str:
        """The record that it is about."""

    @property
    def severity(self) -> Severity:
        """How grave it is."""

    @property
    def since(self) -> date:
        """The first day on which it held."""

    @property
    def due(self) -> date | None:
        """The day by which it should be mended."""

    @property
    def detail(self) -> Detail:
        """What the sentence is made of."""

    @property
    def times(self) -> int:
        """Which time it is open: more than 1 means that it came back."""

    @property
    def owner(self) -> UUID | None:
        """The account that owns it; none when a desk does."""

    @property
    def put_off_until(self) -> date | None:
        """Until when it rests."""

    @property
    def unreadable(self) -> str:
        """The reference of what did not open."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, when, and what is known of the children and workers on the page."""

    actor: Actor
    today: date
    cards: Mapping[UUID, Named] = field(default_factory=dict)
    workers: Mapping[UUID, Worker] = field(default_factory=dict)
    sees: Mapping[UUID, Sees] = field(default_factory=dict)
    """How much of each child's file is open; a child that is not in it: all."""
    places: Mapping[UUID, Words] = field(default_factory=dict)
    seen: Mapping[tuple[UUID, UUID], datetime] = field(default_factory=dict)
    """When an account last opened the file of a child."""

    def who(self, child_id: UUID) -> str:
        """Return "Yonas Tesfay, 16", or that the name does not open."""
        return name_and_age(self.cards.get(child_id), self.today)


def organisation_words(organisation: str | None) -> str:
    """Return the employer of a worker: the words for one that has a code, else as it is written."""
    known = {one.value: one for one in Organisation}
    code = known.get((organisation or "").strip().lower())
    return str(ORGANISATIONS[code]) if code else organisation or ""


def name_and_age(card: Named | None, today: date) -> str:
    """Return "Yonas Tesfay, 16" as it stands before a sentence, or that the name does not open."""
    if card is None:
        return _("name not readable")
    return _("%(name)s, %(age)s", name=card.name, age=age(card.birth, today))


def name_of(card: Named | Unreadable) -> str:
    """Return the name of a child, or that it does not open."""
    return _("name not readable") if isinstance(card, Unreadable) else card.name


def sentence_of(alert: OnRecord, name: str, reading: Reading) -> str:
    """Return what an alert says; one that does not open says that, with its reference."""
    if alert.unreadable:
        return _("Not readable - ref %(reference)s", reference=alert.unreadable)
    own = alert.owner is not None and alert.owner == reading.actor.account_id
    return tell(alert, name, reading.today, own=own)


def row_of(alert: OnRecord, reading: Reading, *, on_child: bool = False) -> AlertRow:
    """Return the row of an alert; on the page of its child it begins with the name of the rule."""
    card = reading.cards.get(alert.child_id)
    first = card.first_name if card else _("This child")
    sees = reading.sees.get(alert.child_id, Sees.ALL)
    mend = mending(alert, alert.subject, alert.child_id, reading.actor, sees)
    return AlertRow(
        severity=alert.severity,
        tile=face(RULES[alert.rule].tile(alert, reading.today), alert.severity),
        who=TELLINGS[alert.rule].short if on_child else reading.who(alert.child_id),
        sentence=sentence_of(alert, first, reading),
        name=card.name if card else "",
        href=_address(alert, on_child=on_child),
        late=lateness(alert.due, reading.today, alert.severity),
        left=time_left(alert.due, reading.today, alert.severity),
        meta=[words for words in _meta(alert, reading) if words],
        repair=mend.words,
        repair_href=mend.href,
        came_back=alert.times > 1,
        key=str(alert.id),
        place=reading.places.get(alert.child_id, ""),
        place_before=_before(alert, reading),
        owner=_owner(alert, reading),
        owner_note=_note(alert, reading),
        due=day_short(alert.due, reading.today) if alert.due else "",
    )


def _address(alert: OnRecord, *, on_child: bool) -> str:
    """Return the page behind the row: of the child, or on the page of the child that of the alert."""
    if on_child:
        return url_for("continuity.alert", child_id=alert.child_id, alert_id=alert.id)
    return url_for("casefile.show", child_id=alert.child_id)


def _meta(alert: OnRecord, reading: Reading) -> list[Words]:
    late = lateness(alert.due, reading.today, alert.severity)
    due = "" if late else due_words(alert.due, reading.today, alert.severity)
    return [due, _whose(alert, reading), _rests(alert, reading)]


def _whose(alert: OnRecord, reading: Reading) -> Words:
    """Return "of Hanna Visser, guardian", that nobody took it, or nothing when the reader owns it."""
    if alert.owner is None:
        return _("not taken yet")
    if alert.owner == reading.actor.account_id:
        return ""
    worker = reading.workers.get(alert.owner)
    if worker and alert.owner in reading.actor.stands_in:
        return _("in place of %(name)s", name=worker.name)
    return owner_words(worker.name, ROLES_SHORT.get(worker.role, "")) if worker else ""


def _owner(alert: OnRecord, reading: Reading) -> Words:
    worker = reading.workers.get(alert.owner) if alert.owner else None
    return worker.name if worker else ""


def _note(alert: OnRecord, reading: Reading) -> Words:
    """Return whether the owner looked: put off, seen on a day, or not seen yet."""
    rests = _rests(alert, reading)
    if rests or alert.owner is None:
        return rests
    seen = reading.seen.get((alert.child_id, alert.owner))
    return _("seen on %(day)s", day=day_short(clock.local_day(seen), reading.today)) if seen else ""


def _rests(alert: OnRecord, reading: Reading) -> Words:
    until = alert.put_off_until
    if until is None or until <= reading.today:
        return ""
    return _("put off until %(day)s", day=day_short(until, reading.today))


def _before(alert: OnRecord, reading: Reading) -> Words:
    """Return from where the child came, unless it is there still."""
    place = alert.detail.get("from_location")
    if not place or place == str(reading.places.get(alert.child_id, "")):
        return ""
    return _("from %(place)s", place=place)
