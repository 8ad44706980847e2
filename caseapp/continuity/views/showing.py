"""The page of one alert, and all alerts of one child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.continuity import actions, queries
from caseapp.continuity.forms import MISTAKEN_IDS, AssignForm, MistakenForm, PutOffForm
from caseapp.continuity.queries import Listed
from caseapp.continuity.scope import AlertSeen, the_alert
from caseapp.continuity.views.blueprint import bp, reading_of
from caseapp.continuity.views.choosing import assign_form
from caseapp.continuity.views.telling import history, spells
from caseapp.domain.policy import Permission
from caseapp.kernel import clock
from caseapp.kernel.seals import readable
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
    mistaking: MistakenForm | None = None,
) -> str:
    """Return the page of an alert, with the forms of those who may use them."""
    reading = reading_of(work, [seen.alert], seen.child.sees)
    row = row_of(seen.alert, reading)
    in_hand = seen.child.open_file and seen.alert.closed_at is None
    judges = seen.child.open_file and _judges(work, seen.alert)
    return render_template(
        "continuity/alert.html",
        child=seen.child,
        alert=seen.alert,
        row=row,
        telling=TELLINGS[seen.alert.rule],
        promise=PROMISES[seen.alert.rule],
        owner=_owner(seen.alert, row, reading.workers),
        history=history(work, seen.alert),
        spells=spells(work, seen.alert),
        assigning=assigning or (_assigning(work, seen) if in_hand else None),
        putting_off=putting_off or (_putting_off(seen) if in_hand and judges else None),
        mistaking=mistaking or (_mistaking(seen) if in_hand and judges else None),
        takes_back=judges and seen.alert.mistaken_at is not None,
        in_hand=in_hand,
        is_mine=seen.alert.owner == work.actor.account_id,
        form=assigning or putting_off or mistaking,
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


def _judges(work: Work, alert: Listed) -> bool:
    """Say whether the reader may put this alert off, and say that it is a mistake."""
    return work.actor.may(Permission.ALERT_PUT_OFF) and actions.may_put_off(work, alert.owner)


def _putting_off(seen: AlertSeen) -> PutOffForm:
    return PutOffForm(values={"version": seen.alert.version})


def _mistaking(seen: AlertSeen) -> MistakenForm:
    return MistakenForm(values={"version": seen.alert.version}, ids=MISTAKEN_IDS)


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
    """A closed alert as a line: what it was, when it was mended, or closed as a mistake."""

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
            _closed_words(one, days, day_in_sentence(last, work.today)),
        )


def _closed_words(alert: Listed, days: int, day: str) -> str:
    if alert.mistaken_at is not None:
        return _("closed as a mistake on %(day)s", day=day)
    return ngettext(
        "mended on %(day)s, after %(num)s day",
        "mended on %(day)s, after %(num)s days",
        days,
        day=day,
    )
