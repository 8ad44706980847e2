"""The page of one alert, and all alerts of one child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.continuity import actions, queries
from caseapp.continuity.forms import AssignForm, PutOffForm
from caseapp.continuity.queries import Listed, Step
from caseapp.continuity.scope import AlertSeen, the_alert
from caseapp.continuity.views.blueprint import bp, reading_of
from caseapp.continuity.views.choosing import assign_form
from caseapp.domain import calendar
from caseapp.domain.policy import Permission
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child
from caseapp.web.alert_rows import ROLES_SHORT, name_of, row_of
from caseapp.web.filters import day_in_sentence
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.promises import PROMISES
from caseapp.web.sentences import TELLINGS
from caseapp.web.tiles import AlertRow

SEEN: Final = "seen"


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history of an alert: when, what happened, by whom, and a reason."""

    at: datetime
    words: Words
    who: Words = ""
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """One interruption: its first day, its last while it is over, and how many days it lasted so far."""

    first: date
    last: date | None
    days: int


@bp.route("/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>")
@guard(Permission.ALERT_READ, on=the_alert)
def alert(work: Work, seen: AlertSeen) -> ResponseReturnValue:
    """Show one alert: what is broken, what the rule promises, whose it is, and what was done."""
    return alert_page(work, seen)


def alert_page(
    work: Work,
    seen: AlertSeen,
    assigning: AssignForm | None = None,
    putting_off: PutOffForm | None = None,
) -> str:
    """Return the page of an alert, with the forms of those who may use them."""
    reading = reading_of(work, [seen.alert], seen.child.sees)
    row = row_of(seen.alert, reading)
    in_hand = seen.child.open_file and seen.alert.closed_at is None
    return render_template(
        "continuity/alert.html",
        child=seen.child,
        alert=seen.alert,
        row=row,
        telling=TELLINGS[seen.alert.rule],
        promise=PROMISES[seen.alert.rule],
        owner=_owner(seen.alert, row, reading.workers),
        history=_history(work, seen.alert),
        spells=_spells(work, seen.alert),
        assigning=assigning or (_assigning(work, seen) if in_hand else None),
        putting_off=putting_off or (_putting_off(work, seen.alert) if in_hand else None),
        in_hand=in_hand,
        is_mine=seen.alert.owner == work.actor.account_id,
        form=assigning or putting_off,
    )


def _owner(alert: Listed, row: AlertRow, workers: Any) -> str:
    who = workers.get(alert.owner)
    if who is None:
        return ""
    role = ROLES_SHORT.get(who.role, "")
    phone = f", {who.phone}" if who.phone else ""
    return f"{row.owner}, {role}{phone}"


def _assigning(work: Work, seen: AlertSeen) -> AssignForm | None:
    if not work.actor.may(Permission.ALERT_ASSIGN):
        return None
    near = actions.candidates(work, [seen.child.id])[seen.child.id]
    return assign_form(near, seen.alert.version, work.actor.account_id, "alert", "")


def _putting_off(work: Work, alert: Listed) -> PutOffForm | None:
    if not work.actor.may(Permission.ALERT_PUT_OFF) or not actions.may_put_off(work, alert.owner):
        return None
    return PutOffForm(values={"version": alert.version})


def _history(work: Work, alert: Listed) -> list[Past]:
    """Return what happened to an alert, the latest first; that its owner looked comes from the trail."""
    steps = queries.steps_of(work, alert.id)
    opened = audit.first_opened(work, alert.child_id, alert.opened_at) if alert.owner else {}
    named = accounts.names(work, [who for step in steps for who in (step.by, step.to_account_id)])
    lines = [Past(step.at, _step_words(step, named), *_who_and_why(step, named)) for step in steps]
    if alert.owner in opened:
        owner = accounts.names(work, [alert.owner]).get(alert.owner, "")
        lines.append(Past(opened[alert.owner], _("Seen"), owner))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _who_and_why(step: Any, named: dict[UUID, str]) -> tuple[str, str]:
    reason = readable(step, "reason")
    if isinstance(reason, Unreadable):
        reason = _("Not readable - ref %(reference)s", reference=reason.reference)
    by_people = step.what in {Step.TAKEN, Step.ASSIGNED, Step.PUT_OFF}
    return (named.get(step.by, "") if by_people else ""), reason or ""


def _step_words(step: Any, named: dict[UUID, str]) -> str:
    if step.what == Step.ASSIGNED:
        to = named.get(step.to_account_id, "")
        return _("Given to %(name)s", name=to) if to else _("Back at the desk")
    if step.what == Step.PUT_OFF:
        return _(
            "Put off until %(day)s", day=day_in_sentence(step.until_on, clock.local_day(step.at))
        )
    return {
        Step.RAISED: _("Raised"),
        Step.CAME_BACK: _("Came back"),
        Step.CHANGED: _("Became more or less serious"),
        Step.TAKEN: _("Taken"),
        Step.MENDED: _("Mended: the facts closed it"),
        Step.CLIMBED: _("Brought to the national desk"),
    }[Step(step.what)]  # fmt: skip


def _spells(work: Work, alert: Listed) -> list[Spell]:
    """Return how long each interruption lasted; the first began when it happened, not when we saw it."""
    found = []
    for number, spell in enumerate(queries.spells_of(work, alert.id)):
        first = clock.local_day(spell.opened_at)
        last = clock.local_day(spell.closed_at) if spell.closed_at else None
        if number == 0 and spell.days is not None and last is not None:
            first = calendar.plus_days(last, -spell.days)
        elif number == 0 and last is None:
            first = alert.since
        found.append(Spell(first, last, ((last or work.today) - first).days))
    return found


@bp.route("/kinderen/<uuid:child_id>/signaleringen")
@guard(Permission.ALERT_READ, on=the_child)
def alerts(work: Work, child: Sight) -> ResponseReturnValue:
    """Show all alerts of a child: those that are open, and those that were mended."""
    every = queries.every_of(work, child)
    reading = reading_of(work, every, child.sees)
    is_open = [one for one in every if one.closed_at is None]
    mended = [one for one in every if one.closed_at is not None]
    return render_template(
        "continuity/alerts.html",
        child=child,
        name=name_of(readable(child.child, "card")),
        open_rows=[row_of(one, reading, on_child=True) for one in is_open],
        mended=list(_mended(mended, work)),
    )


@dataclass(frozen=True, slots=True)
class Mended:
    """A closed alert as a line: what it was, and when it was mended."""

    short: Words
    href: str
    words: str


def _mended(alerts: Sequence[Listed], work: Work) -> Iterable[Mended]:
    for one in alerts:
        if one.closed_at is None:
            continue
        last = clock.local_day(one.closed_at)
        began = one.since if one.times == 1 else clock.local_day(one.opened_at)
        days = (last - began).days
        yield Mended(
            TELLINGS[one.rule].short,
            url_for("continuity.alert", child_id=one.child_id, alert_id=one.id),
            ngettext(
                "mended on %(day)s, after %(num)s day",
                "mended on %(day)s, after %(num)s days",
                days,
                day=day_in_sentence(last, work.today),
            ),
        )
