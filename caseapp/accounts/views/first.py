"""The page where the first administrator of an installation chooses a password."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions
from caseapp.accounts.forms import WEAKNESSES, FirstKeyForm
from caseapp.accounts.views.blueprint import bp
from caseapp.accounts.views.door import begin, device_of, too_many
from caseapp.kernel.passwords import TooBusyError
from caseapp.kernel.work import Work
from caseapp.web.forms import some
from caseapp.web.guard import public
from caseapp.web.request import machine


@bp.route("/inloggen/eerste-keer", methods=["GET", "POST"])
@public("the key that the command line printed is what lets in")
def first_key(work: Work) -> ResponseReturnValue:
    """Take the key and a new password; the second step is set up right after."""
    form = FirstKeyForm(request.form)
    if form.submitted and some(form.new) != some(form.again):
        form.again.errors = [_("The two new passwords are not the same. Type them again.")]
    elif form.submitted:
        used = _use(form, work.route)
        if used.wait is not None:
            too_many(used.wait)
        if used.token is not None:
            begin(used.token)
            return redirect(url_for("accounts.second_step"), 303)
        if used.weak is not None:
            form.new.errors = [str(WEAKNESSES[used.weak])]
        else:
            form.key.errors = [_("This key does not work, or not any more.")]
    return render_template("accounts/first_key.html", form=form)


def _use(form: FirstKeyForm, route: str) -> actions.Used:
    use = actions.Use(
        key=some(form.key).strip(),
        password=some(form.new),
        address=request.remote_addr or "",
        device=device_of(request.user_agent.string),
    )
    try:
        return actions.use_first_key(machine(), use, route)
    except TooBusyError:
        return actions.Used(wait=timedelta(minutes=1))
