"""What people do with an alert, each by a small form: take it, give it away, put it off."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.continuity import actions, queries
from caseapp.continuity.forms import AssignForm, PutOffForm, TakeForm
from caseapp.continuity.scope import AlertInHand, AlertSeen, the_alert_in_hand
from caseapp.continuity.views.blueprint import back_to, bp
from caseapp.continuity.views.choosing import assign_form
from caseapp.continuity.views.racing import look_again
from caseapp.continuity.views.showing import alert_page
from caseapp.domain.calendar import plus_days
from caseapp.domain.policy import Permission
from caseapp.kernel.work import LostRaceError, Work
from caseapp.web.filters import day_in_sentence
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard


@bp.route("/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>/neem", methods=["POST"])
@guard(Permission.ALERT_TAKE, on=the_alert_in_hand)
def take(work: Work, held: AlertInHand) -> ResponseReturnValue:
    """Make the reader the owner of an alert."""
    form = TakeForm(request.form)
    if not form.submitted:
        return redirect(_page(held), 303)
    try:
        actions.take(work, held.row, some(form.version))
    except actions.AlertClosedError:
        return _mended(held)
    work.commit()
    say("good", _("This alert is yours now."), _("It stays on your Today page until it is mended."))
    return redirect(back_to(maybe(form.back), _page(held)), 303)


@bp.route(
    "/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>/toewijzen", methods=["GET", "POST"]
)
@guard(Permission.ALERT_ASSIGN, on=the_alert_in_hand)
def assign(work: Work, held: AlertInHand) -> ResponseReturnValue:
    """Give an alert to somebody who stands by the child."""
    near = actions.candidates(work, [held.child.id])[held.child.id]
    form = assign_form(
        near, held.row.version, work.actor.account_id, "alert", "", sent=request.form
    )
    if form.submitted:
        try:
            actions.assign(work, held.row, some(form.version), UUID(some(form.to)))
        except actions.AlertClosedError:
            return _mended(held)
        work.commit()
        name = next(one.name for one in near if str(one.id) == form.to.data)
        say(
            "good",
            _("The alert is given to %(name)s.", name=name),
            _("A message tells this person."),
        )
        return redirect(back_to(maybe(form.back), _page(held)), 303)
    return _shown(work, held, form)


@bp.route(
    "/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>/uitstellen", methods=["GET", "POST"]
)
@guard(Permission.ALERT_PUT_OFF, on=the_alert_in_hand)
def put_off(work: Work, held: AlertInHand) -> ResponseReturnValue:
    """Let an alert rest until a day, with a reason; on that day it is back by itself."""
    form = PutOffForm(request.form, values={"version": held.row.version})
    form.until.earliest = plus_days(work.today, 1)
    form.until.latest = work.today + actions.FARTHEST
    if form.submitted:
        try:
            actions.put_off(work, held.row, some(form.version), some(form.until), some(form.reason))
            work.commit()
        except actions.AlertClosedError:
            return _mended(held)
        except actions.PutOffTooOftenError:
            form.complain(_("This alert was put off twice already. It can no longer wait."))
        except actions.NotTheOwnerError:
            form.complain(_("Only the owner or a coordinator puts an alert off. Take it first."))
        except LostRaceError:
            look_again(work, held.row, form)
        else:
            day = day_in_sentence(some(form.until), work.today)
            say("good", _("The alert rests until %(day)s.", day=day), _("On that day it is back."))
            return redirect(_page(held), 303)
    return _shown(work, held, form)


def _shown(work: Work, held: AlertInHand, form: AssignForm | PutOffForm) -> ResponseReturnValue:
    """Return the page of the alert with the form that is not right, or that was asked for."""
    alert = queries.one_of(work, held.child, held.row.id)
    if alert is None:
        return _mended(held)
    seen = AlertSeen(held.child, alert)
    if isinstance(form, PutOffForm):
        return alert_page(work, seen, putting_off=form)
    return alert_page(work, seen, assigning=form)


def _page(held: AlertInHand) -> str:
    return url_for("continuity.alert", child_id=held.child.id, alert_id=held.row.id)


def _mended(held: AlertInHand) -> ResponseReturnValue:
    say("", _("This alert was mended in the meantime."), _("There is nothing left to do."))
    return redirect(_page(held), 303)
