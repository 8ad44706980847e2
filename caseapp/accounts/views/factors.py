"""The own second factors: setting them up at the first sign-in, and looking after them later."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

import segno
from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import REFUSALS, WRONGS, AppForm, NameForm, NewPasskeyForm, SureForm
from caseapp.accounts.scope import the_own_factor
from caseapp.accounts.views import known_browser
from caseapp.accounts.views.blueprint import bp
from caseapp.accounts.views.door import begin
from caseapp.accounts.views.second_step import here
from caseapp.domain.granting import RefusedError
from caseapp.domain.second_factor import Level, Wrong
from caseapp.kernel.work import Work
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import half_way, own, signed_in_freshly
from caseapp.web.login import SignedIn
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.accounts.models import Factor

QUIET: Final = 4
"""The white edge round a QR code, in dots: readers need it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one path of unit squares, for an SVG without a style of its own."""

    size: int
    path: str


def to_set_up(who: SignedIn) -> bool:
    """Let in who has no second factor yet, once the first password is replaced."""
    return not (who.has_factor or who.must_change)


@bp.route("/account/tweede-stap")
@half_way(to_set_up)
def factors(work: Work) -> ResponseReturnValue:
    """Show with what I can do the second step; the first time, choose one."""
    own_id = _own_id()
    return render_template(
        "accounts/factors.html",
        rows=queries.factors_of(work, own_id),
        left=queries.recovery_codes_left(work, own_id),
        form=NewPasskeyForm(None, values={}),
    )


@bp.route("/account/tweede-stap/app/nieuw", methods=["POST"])
@half_way(to_set_up, fresh=True)
def new_app(work: Work) -> ResponseReturnValue:
    """Begin to set up a code app."""
    SureForm(request.form)  # refuses fields that nobody asked for
    actions.begin_app(work, _own_id(), here().session_id, _("Code app"))
    work.commit()
    return redirect(url_for("accounts.app"), 303)


@bp.route("/account/tweede-stap/app", methods=["GET", "POST"])
@half_way(to_set_up, fresh=True)
def app(work: Work) -> ResponseReturnValue:
    """Show the key of the app, as a picture and as text, and take its first code."""
    form = AppForm(request.form)
    row = queries.app_in_hand(work, _own_id(), here().session_id)
    if row is None:
        return redirect(url_for("accounts.factors"), 303)
    if form.submitted:
        wrong = actions.use_code(work, row, some(form.code))
        if wrong is None:
            actions.confirm(work, row)
            return _added(work)
        form.code.errors = [str(WRONGS[wrong])]
        work.undo()
    address = queries.address_of_app(work, row)
    return render_template(
        "accounts/app.html",
        form=form,
        key=" ".join(_groups(row.material)),
        address=address,
        picture=_picture(address),
    )


@bp.route("/account/tweede-stap/passkey/vraag", methods=["POST"])
@half_way(to_set_up, fresh=True)
def new_passkey_question(work: Work) -> ResponseReturnValue:
    """Tell the browser what it needs to make a passkey."""
    SureForm(request.form)  # refuses fields that nobody asked for
    row = queries.account(work, _own_id())
    if row is None:
        abort(401)
    asked = actions.ask_for_new_passkey(work, machine().settings, here().session_id, row)
    work.commit()
    return asked, 200, {"Content-Type": "application/json"}


@bp.route("/account/tweede-stap/passkey", methods=["GET", "POST"])
@half_way(to_set_up, fresh=True)
def new_passkey(work: Work) -> ResponseReturnValue:
    """Make a passkey with this phone, computer or key, and give it a name."""
    form = NewPasskeyForm(request.form)
    if form.submitted:
        credential = maybe(form.credential) or ""
        made = actions.read_new_passkey(work, machine().settings, here().session_id, credential)
        if made is not None and not queries.is_known_passkey(work, made):
            actions.begin_passkey(work, _own_id(), some(form.name), made)
            return _added(work)
        form.complain(WRONGS[Wrong.PASSKEY])
        work.undo()
    return render_template("accounts/new_passkey.html", form=form)


@bp.route("/account/tweede-stap/<uuid:factor_id>", methods=["GET", "POST"])
@own(the_own_factor, fresh=True)
def rename_factor(work: Work, row: "Factor") -> ResponseReturnValue:
    """Give a phone or a key another name."""
    form = NameForm(request.form, values={"name": row.name})
    if form.submitted:
        actions.rename_factor(work, row, some(form.name))
        work.commit()
        say("good", _("The name is saved."))
        return redirect(url_for("accounts.factors"), 303)
    return render_template("accounts/rename_factor.html", form=form, row=row)


@bp.route("/account/tweede-stap/<uuid:factor_id>/verwijderen", methods=["GET", "POST"])
@own(the_own_factor, fresh=True)
def remove_factor(work: Work, row: "Factor") -> ResponseReturnValue:
    """Take a phone or a key away, which may be lost; the other sessions end too."""
    form = SureForm(request.form)
    if form.submitted:
        try:
            actions.remove_factor(work, row)
        except RefusedError as refused:
            work.undo()
            say("critical", REFUSALS[refused.code])
        else:
            actions.end_sessions(work, _own_id(), keep=here().session_id)
            work.commit()
            say("good", _("It is removed."), _("You are signed out everywhere else."))
        return redirect(url_for("accounts.factors"), 303)
    return render_template("accounts/remove_factor.html", form=form, row=row)


@bp.route("/account/herstelcodes", methods=["GET", "POST"])
@signed_in_freshly
def recovery_codes(work: Work) -> ResponseReturnValue:
    """Make ten recovery codes and show them once, to be kept on paper."""
    form = SureForm(request.form)
    if form.submitted:
        codes = actions.new_recovery_codes(work, _own_id())
        work.commit()
        return render_template("accounts/recovery_codes.html", form=form, codes=codes)
    left = queries.recovery_codes_left(work, _own_id())
    return render_template("accounts/recovery_codes.html", form=form, codes=(), left=left)


def _added(work: Work) -> ResponseReturnValue:
    """Save a new factor; it was proved just now, so the session rises and gets another token."""
    who, mark = here(), known_browser.mark(work)
    proven = actions.rise(machine(), work, who.session_id, request.remote_addr or "", mark)
    if proven.token is None:
        abort(401)
    if who.level is Level.FULL:
        session["_user_id"] = proven.token
        say("good", _("It is added."), _("From now on you can do the second step with it too."))
        return redirect(url_for("accounts.factors"), 303)
    begin(proven.token)
    known_browser.keep(mark)
    say("good", _("Your second step is set up."))
    return redirect(url_for("accounts.recovery_codes"), 303)


def _picture(text: str) -> Picture:
    rows = [list(row) for row in segno.make(text, micro=False).matrix_iter(border=QUIET)]
    dots = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dot in enumerate(row) if dot)
    return Picture(len(rows), "".join(dots))


def _groups(text: str, size: int = 4) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def _own_id() -> UUID:
    account_id = here().actor.account_id
    if account_id is None:
        abort(401)
    return account_id
