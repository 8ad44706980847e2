"""Saying on a page that an alert is a mistake, and that it is right after all."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.continuity import actions, queries
from caseapp.continuity.forms import MISTAKEN_IDS, MistakenForm, RightForm
from caseapp.continuity.scope import AlertInHand, AlertSeen, the_alert_in_hand
from caseapp.continuity.views.blueprint import bp
from caseapp.continuity.views.racing import look_again
from caseapp.continuity.views.showing import alert_page
from caseapp.domain.policy import Permission
from caseapp.kernel.work import LostRaceError, Work
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard


@bp.route(
    "/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>/klopt-niet", methods=["GET", "POST"]
)
@guard(Permission.ALERT_PUT_OFF, on=the_alert_in_hand)
def mistaken(work: Work, held: AlertInHand) -> ResponseReturnValue:
    """Close an alert as a mistake, with a reason; it stays away while the facts stay as they are."""
    form = MistakenForm(request.form, values={"version": held.row.version}, ids=MISTAKEN_IDS)
    if form.submitted:
        try:
            actions.call_mistaken(work, held.row, some(form.version), some(form.reason))
            work.commit()
        except actions.AlertClosedError:
            return _closed(held)
        except actions.NotTheOwnerError:
            form.complain(_("Only the owner or a coordinator says so. Take the alert first."))
        except LostRaceError:
            look_again(work, held.row, form)
        else:
            say(
                "good",
                _("The alert is closed as a mistake."),
                _("It comes back when it grows more serious, or when it happens again."),
            )
            return redirect(_page(held), 303)
    return _shown(work, held, form)


@bp.route("/kinderen/<uuid:child_id>/signaleringen/<uuid:alert_id>/toch-juist", methods=["POST"])
@guard(Permission.ALERT_PUT_OFF, on=the_alert_in_hand)
def right(work: Work, held: AlertInHand) -> ResponseReturnValue:
    """Open an alert again that was no mistake after all."""
    form = RightForm(request.form)
    if not form.submitted:
        return redirect(_page(held), 303)
    try:
        actions.call_right(work, held.row, some(form.version))
        work.commit()
    except (actions.NotMistakenError, LostRaceError):
        work.undo()
        say("", _("This alert is not closed as a mistake any more."), _("Look at how it is now."))
    except actions.NotTheOwnerError:
        say("warning", _("Only the owner or a coordinator takes this back."))
    else:
        say("good", _("The alert is open again."), _("It is as if it had never been closed."))
    return redirect(_page(held), 303)


def _shown(work: Work, held: AlertInHand, form: MistakenForm) -> ResponseReturnValue:
    alert = queries.one_of(work, held.child, held.row.id)
    if alert is None or alert.closed_at is not None:
        return _closed(held)
    return alert_page(work, AlertSeen(held.child, alert), mistaking=form)


def _closed(held: AlertInHand) -> ResponseReturnValue:
    if held.row.mistaken_at is not None:
        say("", _("This alert is closed as a mistake already."))
    else:
        say("", _("This alert was mended in the meantime."), _("There is nothing left to do."))
    return redirect(_page(held), 303)


def _page(held: AlertInHand) -> str:
    return url_for("continuity.alert", child_id=held.child.id, alert_id=held.row.id)
