"""The chapters of a file, each with its state in one line; only those that the reader may open."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.casefile.views.record import Record, covering
from caseapp.domain.care_codes import Regime
from caseapp.domain.policy import Sees
from caseapp.domain.states import CareState, SchoolState
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.people.queries import Sight
from caseapp.web.filters import day_in_sentence
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.repairs import allows

HERE: Final = (
    SchoolState.ATTENDING,
    SchoolState.EXEMPT,
    SchoolState.COMING,
    SchoolState.ENROLLED,
    SchoolState.WAITING,
)
"""How a school record may stand that says something of now, the strongest first."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its name, where it leads, and how it stands in one line."""

    name: Words
    href: str
    state: Words
    endpoint: str = ""


def chapters_of(work: Work, child: Sight, record: Record) -> list[Chapter]:
    """Return the chapters of a file that this reader may open."""
    found = []
    for endpoint, name, state in _all(work, child, record):
        if allows(work.actor, endpoint):
            found.append(Chapter(name, url_for(endpoint, child_id=child.id), state, endpoint))
    return found


def _all(work: Work, child: Sight, record: Record) -> Iterator[tuple[str, Words, Words]]:
    """Yield endpoint, name and state of the chapters that as much as is open of the file has."""
    if child.sees is Sees.HEADER:
        return
    if child.sees is not Sees.HANDOVER:
        yield "placements.stays", _("Places"), _stays(record)
    yield "schooling.chapter", _("School"), _school(record)
    yield "care.chapter", _("Care"), _care(record)
    yield "guardianship.chapter", _("Guardianship and support"), _guarding(work, record)
    if child.sees is not Sees.HANDOVER:
        yield "observations.chapter", _("Observations and contact"), _seen(work, child, record)
    if child.open_file:
        yield "casefile.family", _("Family"), _family(record)
        yield "casefile.consents", _("Consent"), _("Who may know what, and the special needs")
        yield (
            "casefile.past",
            _("What was corrected"),
            _("What stood there before, who changed it and when"),
        )


def _stays(record: Record) -> str:
    places = {stay.location_id or stay.id for stay in record.stays}
    moved = sum(
        before.location_id != after.location_id or after.location_id is None
        for before, after in pairwise(record.stays)
    )
    words = [
        ngettext("%(num)s place", "%(num)s places", len(places)),
        ngettext("%(num)s move", "%(num)s moves", moved),
    ]
    planned = sum(row.status in moves.OPEN for row in record.moves)
    if planned:
        words.append(ngettext("%(num)s planned", "%(num)s planned", planned))
    return ", ".join(words)


def _school(record: Record) -> str:
    if not record.schools:
        return _("Nothing is written down")
    for state in HERE:
        for entry in record.schools:
            if entry.state is state and entry.record is not None:
                name = entry.record.name or label(entry.record.type)
                return f"{name}: {label(state)}"
    return _("Does not go to school now")


def _care(record: Record) -> str:
    if not record.care:
        return _("Nothing is written down")
    count = Counter(
        CareState.BROKEN_OFF if str(entry.id) in record.interrupted else entry.state
        for entry in record.care
    )
    said = [words for state, words in _care_words(count) if count[state]]
    return ", ".join(said) or _("No care now")


def _care_words(count: Counter[CareState | None]) -> list[tuple[CareState | None, str]]:
    broken, running = count[CareState.BROKEN_OFF], count[CareState.RUNNING]
    waiting, unread = count[CareState.WAITING], count[None]
    return [
        (
            CareState.BROKEN_OFF,
            ngettext("%(num)s broken off by a move", "%(num)s broken off by a move", broken),
        ),
        (CareState.RUNNING, ngettext("%(num)s going on", "%(num)s going on", running)),
        (
            CareState.WAITING,
            ngettext("%(num)s on a waiting list", "%(num)s on a waiting list", waiting),
        ),
        (None, ngettext("%(num)s not readable", "%(num)s not readable", unread)),
    ]


def _guarding(work: Work, record: Record) -> str:
    row = covering(record.guardians, work.today)
    if row is not None:
        worker = record.workers.get(row.account_id) if row.account_id else None
        since = day_in_sentence(row.from_on, work.today)
        if worker is None:
            return _("Guardian since %(day)s", day=since)
        return _("%(name)s, guardian since %(day)s", name=worker.name, day=since)
    support: Any = covering(record.supports, work.today)
    if support is not None:
        facts = readable(support, "facts")
        return (
            _("Not readable") if isinstance(facts, Unreadable) else str(label(Regime(facts.regime)))
        )
    return _("No guardian now") if record.guardians else _("Nothing is written down")


def _seen(work: Work, child: Sight, record: Record) -> str:
    if not child.open_file:
        return _("Up to the departure")
    last: date | None = record.last_seen
    if last is None:
        return _("Not seen yet")
    return _("Last seen on %(day)s", day=day_in_sentence(last, work.today))


def _family(record: Record) -> str:
    number = len(record.relatives)
    if not number:
        return _("Nobody is written down")
    return ngettext("%(num)s family member", "%(num)s family members", number)
