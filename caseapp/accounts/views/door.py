"""Signing in and out."""

from datetime import timedelta
from typing import Final

from flask import Response as FlaskResponse
from flask import after_this_request, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from caseapp.accounts import actions
from caseapp.accounts.forms import SignInForm, SureForm
from caseapp.accounts.views import known_browser
from caseapp.accounts.views.blueprint import bp, this_session
from caseapp.kernel.passwords import TooBusyError
from caseapp.kernel.work import Work
from caseapp.web.forms import maybe, some
from caseapp.web.guard import public
from caseapp.web.i18n import KEY as LANGUAGE
from caseapp.web.i18n import remember
from caseapp.web.language_switch import own_address
from caseapp.web.request import machine

BROWSERS: Final = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
"""The mark in what a browser says of itself, and what its owner calls it; the first found counts."""

FORGET: Final = '"cache", "storage"'
"""What the browser is told to forget at the end: pages that the Back button could show."""


@bp.route("/inloggen", methods=["GET", "POST"])
@public("here one becomes somebody")
def sign_in(work: Work) -> ResponseReturnValue:
    """Let somebody in with mail address and password."""
    form = SignInForm(request.form, values={"next": own_address(request.args.get("next", "/"))})
    if request.method != "POST" and work.actor.account_id is not None:
        return redirect(own_address(request.args.get("next", "/")), 303)
    if form.submitted:
        mark = known_browser.mark(work)
        entry = _enter(form, work.route, mark)
        if entry.wait is not None:
            too_many(entry.wait)
        if entry.entered is not None:
            begin(entry.entered.token)
            wished = own_address(maybe(form.next) or "/")
            return redirect(url_for("accounts.second_step", next=wished), 303)
        form.complain(_("The mail address or the password is not right."))
    return render_template("accounts/sign_in.html", form=form)


@bp.route("/uitloggen", methods=["POST"])
@public("whose session has ended may leave too")
def sign_out(work: Work) -> ResponseReturnValue:
    """End this session, here and in the database."""
    SureForm(request.form)  # refuses fields that nobody asked for
    here = this_session()
    if here is not None:
        actions.sign_out(work, here)
        work.commit()
    chosen = session.get(LANGUAGE)
    session.clear()
    remember(chosen or "")
    answer = redirect(url_for("accounts.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = FORGET
    return answer


def begin(token: str) -> None:
    """Give the browser the token of a new session: of the one before only the language stays."""
    chosen = session.get(LANGUAGE)
    session.clear()
    remember(chosen or "")
    session["_user_id"] = (
        token  # Flask-Login's name; its mark of address and browser we do not keep
    )


def too_many(wait: timedelta) -> None:
    """Answer 429, and say when to come back; raises TooManyRequests."""

    @after_this_request
    def _later(answer: FlaskResponse) -> FlaskResponse:
        answer.headers["Retry-After"] = str(int(wait.total_seconds()))
        return answer

    raise TooManyRequests


def device_of(user_agent: str) -> str:
    """Return the class of a browser, such as "Firefox, Android", by which its owner knows it."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(word for word in (browser, system) if word)


def _enter(form: SignInForm, route: str, mark: str) -> actions.Entry:
    knock = actions.Knock(
        email=some(form.email),
        password=some(form.password),
        address=request.remote_addr or "",
        device=device_of(request.user_agent.string),
        session_before=this_session(),
        mark=mark,
    )
    try:
        return actions.enter(machine(), knock, route)
    except TooBusyError:
        return actions.Entry(wait=timedelta(minutes=1))
