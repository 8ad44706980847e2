"""The page of one child: who is responsible, what is broken, how each chapter stands, and all that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.accounts import queries as accounts
from caseapp.casefile.views.blueprint import bp
from caseapp.casefile.views.chapters import chapters_of
from caseapp.casefile.views.heading import bearer_of, facts_of, others_of
from caseapp.casefile.views.periods import periods_of
from caseapp.casefile.views.record import Record, covering, record_of
from caseapp.continuity import queries as continuity
from caseapp.continuity.queries import Listed
from caseapp.domain.codes import WhereaboutsState
from caseapp.domain.policy import Permission, Sees
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child
from caseapp.web.alert_rows import Reading, name_of, row_of
from caseapp.web.annex import Annex, annex_of
from caseapp.web.days import write_day
from caseapp.web.filters import day_in_sentence
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.repairs import allows
from caseapp.web.sentences import TELLINGS
from caseapp.web.sentences import record_of as record_named
from caseapp.web.tiles import AlertRow

WRITTEN_MOST: Final[tuple[tuple[str, Words], ...]] = (
    ("observations.record_for", _l("Record an observation")),
    ("observations.contact", _l("Record a contact")),
    ("moves.plan", _l("Plan a move")),
    ("people.edit", _l("Change details")),
)
"""The pages on which most is written about a child, and the words of their buttons."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """The open alerts of a child: serious ones in full, the others folded; and how many were mended."""

    grave: Sequence[AlertRow]
    others: Sequence[AlertRow]
    inside: str
    mended: int

    @property
    def number(self) -> int:
        """Return how many are open."""
        return len(self.grave) + len(self.others)


@bp.route("/kinderen/<uuid:child_id>")
@guard(Permission.CHILD_READ, on=the_child)
def show(work: Work, child: Sight) -> ResponseReturnValue:
    """Show one child, as much of the file as is open to the reader."""
    record = record_of(work, child)
    alerts = continuity.open_of(work, child)
    record.interrupted = frozenset(
        record_named(alert.subject) for alert in alerts if alert.rule == "CAR-1"
    )
    return render_template(
        "casefile/show.html",
        child=child,
        name=name_of(readable(child.child, "card")),
        facts=facts_of(work, child, record),
        notes=list(_notes(work, child, record)),
        bearer=bearer_of(work, child, record),
        others=others_of(work, child, record),
        alerts=_alerts(work, child, alerts),
        chapters=chapters_of(work, child, record),
        periods=periods_of(work, child, record),
        buttons=_buttons(work, child, record),
        alarm=_alarm(work, child, record),
        may_take=allows(work.actor, "moves.take_over"),
        annex=annex_of(work, child.id) if child.open_file else Annex(),
    )


def _alerts(work: Work, child: Sight, every: Sequence[Listed]) -> Alerts:
    card = readable(child.child, "card")
    reading = Reading(
        actor=work.actor,
        today=work.today,
        cards={} if isinstance(card, Unreadable) else {child.id: card},
        workers=accounts.people(work, {alert.owner for alert in every}),
        sees={child.id: child.sees},
    )
    rows = [row_of(alert, reading, on_child=True) for alert in every]
    others = [row for row in rows if row.severity is not Severity.CRITICAL]
    shorts = [
        str(TELLINGS[alert.rule].short).lower()
        for alert in every
        if alert.severity is not Severity.CRITICAL
    ]
    return Alerts(
        grave=[row for row in rows if row.severity is Severity.CRITICAL],
        others=others,
        inside=" · ".join(dict.fromkeys(shorts)),
        mended=continuity.count_mended(work, child),
    )


def _notes(work: Work, child: Sight, record: Record) -> Sequence[tuple[str, Words, Words]]:
    """Return what has to be said before anything else: closed, away, or only partly open."""
    found: list[tuple[str, Words, Words]] = []
    closed = child.child.closed_on
    if closed is not None and closed <= work.today:
        day = day_in_sentence(closed, work.today)
        found.append(("", _("This file was closed on %(day)s.", day=day), _("Nobody gets alerts.")))
    away = _away(work, child, record)
    if away is not None and away.state == WhereaboutsState.MISSING:
        found.append(("critical", _police(away), _("Place and care stay; nothing is closed.")))
    elif away is not None:
        day = day_in_sentence(away.from_on, work.today)
        state = label(WhereaboutsState(away.state))
        found.append(("warning", _("Since %(day)s: %(state)s.", day=day, state=state), ""))
    if not child.open_file:
        found.append(("", _partly(work, child), ""))
    if child.sees is Sees.UNTIL_DEPARTURE:
        found += _unfinished(work, child)
    return found


def _unfinished(work: Work, child: Sight) -> list[tuple[str, Words, Words]]:
    """Return what is still on the reader's name of a child that left: titles, no more (security.md 3.2)."""
    titles = [str(TELLINGS[rule].short) for rule in continuity.own_tasks(work, child)]
    if not titles:
        return []
    words = _("Still on your name: %(titles)s.", titles=" · ".join(titles))
    return [("warning", words, _("Pass this on to the place where the child lives now."))]


def _away(work: Work, child: Sight, record: Record) -> Any:
    """Return the record of where the child is today when not at its place, as far as it is open."""
    return covering(record.away, work.today) if child.open_file else None


def _alarm(work: Work, child: Sight, record: Record) -> str:
    """Return "Missing since 20 November" for the head of the page, or nothing."""
    away = _away(work, child, record)
    if away is None or away.state != WhereaboutsState.MISSING:
        return ""
    return _("Missing since %(day)s", day=day_in_sentence(away.from_on, work.today))


def _police(away: Any) -> str:
    facts = readable(away, "facts")
    if isinstance(facts, Unreadable):
        return _("Not readable - ref %(reference)s", reference=facts.reference)
    if facts.police_report_on is None:
        return _("Not reported to the police yet.")
    return _("Reported to the police on %(day)s.", day=write_day(facts.police_report_on))


def _partly(work: Work, child: Sight) -> str:
    if child.until_on is not None:
        day = day_in_sentence(child.until_on, work.today)
        return _(
            "This child left your place on %(day)s. You see what was known until then.", day=day
        )
    if child.sees.value == "handover":
        return _("This child is coming to your place. You see what is handed over.")
    if _at_the_door(work, child) is not None:
        return _("This child is coming to your place, and nothing was handed over yet.")
    return _("You were told of an alert about this child. The rest of the file is not open to you.")


def _at_the_door(work: Work, child: Sight) -> UUID | None:
    """Return the move by which a child of which nothing was handed over comes to the reader's place."""
    if child.sees is not Sees.HEADER:
        return None
    rows = moves.planned(work, [child.id]).get(child.id, ())
    return next((row.id for row in rows if moves.receives(work, row)), None)


def _let_in(work: Work, child: Sight) -> list[tuple[str, Words]]:
    """Return the button that lets a child in of which nothing was handed over."""
    key = _at_the_door(work, child)
    if key is None or not allows(work.actor, "moves.arrive"):
        return []
    address = url_for("moves.arrive", child_id=child.id, transfer_id=key)
    return [(address, _("This child has arrived"))]


def _buttons(work: Work, child: Sight, record: Record) -> list[tuple[str, Words]]:
    """Return what the reader writes most about a child, the first one first; when missing, that first."""
    if not child.open_file:
        return _let_in(work, child)
    found = [
        (url_for(endpoint, child_id=child.id), words)
        for endpoint, words in WRITTEN_MOST
        if allows(work.actor, endpoint)
    ]
    if not allows(work.actor, "placements.missing"):
        return found
    away = _away(work, child, record)
    if away is None:
        return [*found, (url_for("placements.missing", child_id=child.id), _("Report missing"))]
    return [*_ways_back(child, away), *found]


def _ways_back(child: Sight, away: Any) -> list[tuple[str, Words]]:
    keys = {"child_id": child.id, "whereabouts_id": away.id}
    back = (url_for("placements.back_again", **keys), _("Found or back"))
    police = (url_for("placements.police_report", **keys), _("Record the police report"))
    return [back, police] if away.state == WhereaboutsState.MISSING else [back]
