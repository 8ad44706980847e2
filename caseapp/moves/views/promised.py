"""A promise on the page of a handover: what was said about it, and where its outcome goes in the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import Outcome, Topic
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.views.promise_words import capital, told
from caseapp.web.filters import day_short, moment
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.repairs import allows

if TYPE_CHECKING:
    from caseapp.moves.models import Message, Promise, PromiseFacts, Transfer

ORDER: Final = tuple(Topic)
IN_THE_RECORD: Final[Mapping[tuple[str, Outcome], tuple[str, Words]]] = {
    **{
        (kind, Outcome.REBOOKED): ("care.appointment", _l("Write the appointment in the record"))
        for kind in ("care", "waiting", "appointment")
    },
    **{
        (kind, Outcome.ENDED): ("care.end", _l("Write the end in the record"))
        for kind in ("care", "waiting")
    },
    ("waiting", Outcome.CONTINUES): (
        "care.keep_waiting",
        _l("Write in the record that the place is kept"),
    ),
}
"""By kind of promise and outcome the page of the line of care on which that fact is written down."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a thread, or the reference of one that does not open."""

    who: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One promise on the page; `fault` is the reference of one that does not open."""

    row: "Promise"
    title: str
    text: str
    by: str
    thread: Sequence[Said]
    record: tuple[str, Words] | None = None
    """Address and words of the page that takes its outcome into the record."""
    fault: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """Return what became of it."""
        return Outcome(self.row.outcome) if self.row.outcome else None

    @property
    def is_open(self) -> bool:
        """Say whether something has to be done about it still."""
        return self.row.outcome is None and self.row.withdrawn_on is None

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the record does not say it any more, and nobody settled it."""
        return self.row.outcome is None and self.row.withdrawn_on is not None


def lines(work: Work, move: "Transfer", goes_to: str, open_by: str) -> list[Line]:
    """Return the promises of a move, open ones first; `open_by` says who settles these, and before when."""
    threads = queries.messages(work, move.id)
    every = [message for thread in threads.values() for message in thread]
    names = accounts.names(work, [one.by for one in every])
    return sorted(
        (
            _line(work, row, goes_to, open_by, _thread(work, threads.get(row.id, ()), names))
            for row in queries.promises(work, move.id)
        ),
        key=lambda one: (not one.is_open, ORDER.index(Topic(one.row.topic)), one.title),
    )


def _thread(work: Work, messages: "Sequence[Message]", names: Mapping[UUID, str]) -> Sequence[Said]:
    return [
        Said(names.get(one.by, "?"), moment(one.at, work.today), _words(readable(one, "text")))
        for one in messages
    ]


def _words(text: "str | Unreadable") -> str:
    if isinstance(text, Unreadable):
        return _("Not readable - ref %(reference)s", reference=text.reference)
    return text


def _line(work: Work, row: "Promise", goes_to: str, open_by: str, thread: Sequence[Said]) -> Line:
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        words = _("Not readable - ref %(reference)s", reference=facts.reference)
        topic = capital(label(Topic(row.topic)))
        return Line(row, topic, words, "", thread, fault=facts.reference)
    title, text = told(row, facts, goes_to, work.today)
    by = open_by if row.outcome is None else settled_by(facts, work.today)
    return Line(row, title, text, by, thread, _record(work, row))


def settled_by(facts: "PromiseFacts", today: date) -> str:
    """Return the small line of an outcome: its day, its person, its reason."""
    day = day_short(facts.outcome_on, today) if facts.outcome_on else ""
    to = _("to %(who)s", who=facts.outcome_to) if facts.outcome_to else ""
    return " · ".join(one for one in (day, to, facts.outcome_reason) if one)


def _record(work: Work, row: "Promise") -> tuple[str, Words] | None:
    """Return where an outcome that is a fact goes into the record; nothing for who cannot write there."""
    kind, _sep, key = (row.source or "").partition("#")[0].partition(":")
    outcome = Outcome(row.outcome) if row.outcome else None
    if outcome is None or (kind, outcome) not in IN_THE_RECORD:
        return None
    endpoint, words = IN_THE_RECORD[kind, outcome]
    if not allows(work.actor, endpoint):
        return None
    return url_for(endpoint, child_id=row.child_id, line_id=key), words
