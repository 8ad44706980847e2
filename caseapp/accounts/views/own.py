"""The own account: language, password, sessions."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import WEAKNESSES, LanguageForm, PasswordForm, SureForm
from caseapp.accounts.scope import the_own_session
from caseapp.accounts.views.blueprint import bp, lines, this_session
from caseapp.accounts.views.door import device_of, too_many
from caseapp.accounts.views.second_step import here, without_factor
from caseapp.kernel.passwords import TooBusyError
from caseapp.kernel.work import Work
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import half_way, own, signed_in, signed_in_freshly
from caseapp.web.i18n import language, remember
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.accounts.models import Account, UserSession


@bp.route("/account")
@signed_in
def me(work: Work) -> ResponseReturnValue:
    """Show who I am here, what I may do, and where I am signed in."""
    row = _own(work)
    return render_template(
        "accounts/me.html",
        row=row,
        email=row.reachable.email,
        rights=lines(work, queries.grants_of(work, row.id)),
        sessions=queries.sessions_of(work, row.id),
        this_session=this_session(),
        language_form=LanguageForm(values={"language": language()}),
    )


@bp.route("/account/wachtwoord", methods=["GET", "POST"])
@half_way(without_factor, fresh=True)
def password(work: Work) -> ResponseReturnValue:
    """Change my password: every session ends, and this browser gets a new one."""
    form = PasswordForm(request.form)
    if form.submitted and some(form.new) != some(form.again):
        form.again.errors = [_("The two new passwords are not the same. Type them again.")]
    elif form.submitted:
        changed = _change(form, work)
        if changed.token is not None:
            session["_user_id"] = changed.token
            say("good", _("Your password is changed."), _("You are signed out everywhere else."))
            return redirect(url_for("accounts.second_step", next=url_for("accounts.me")), 303)
        if changed.weak is not None:
            form.new.errors = [str(WEAKNESSES[changed.weak])]
        else:
            form.old.errors = [_("This is not the password you have now.")]
    is_initial = queries.must_change(work, _own_id(work))
    return render_template("accounts/password.html", form=form, is_initial=is_initial)


@bp.route("/account/taal", methods=["POST"])
@signed_in
def my_language(work: Work) -> ResponseReturnValue:
    """Keep the language that I read, on every device."""
    form = LanguageForm(request.form)
    if form.submitted:
        actions.choose_language(work, _own_id(work), some(form.language))
        work.commit()
        remember(some(form.language))
        say("good", _("The language is saved."))
    return redirect(url_for("accounts.me"), 303)


@bp.route("/account/sessies/<uuid:session_id>/beeindigen", methods=["POST"])
@own(the_own_session, fresh=True)
def end_session(work: Work, row: "UserSession") -> ResponseReturnValue:
    """End one of my sessions, on a device that I lost."""
    if SureForm(request.form).submitted:
        actions.revoke_session(work, row)
        work.commit()
        say("good", _("You are signed out there."))
    return redirect(url_for("accounts.me"), 303)


@bp.route("/account/sessies/beeindigen", methods=["POST"])
@signed_in_freshly
def end_sessions(work: Work) -> ResponseReturnValue:
    """End all my sessions but this one."""
    if SureForm(request.form).submitted:
        actions.end_sessions(work, _own_id(work), keep=this_session())
        work.commit()
        say("good", _("You are signed out everywhere else."))
    return redirect(url_for("accounts.me"), 303)


def _change(form: PasswordForm, work: Work) -> actions.Changed:
    wish = actions.Change(
        actor=work.actor,
        account_id=_own_id(work),
        old=some(form.old),
        new=some(form.new),
        address=request.remote_addr or "",
        device=device_of(request.user_agent.string),
        level=here().level,
        proved_at=here().proved_at,
    )
    try:
        changed = actions.change_password(machine(), wish, work.route)
    except TooBusyError:
        changed = actions.Changed(wait=timedelta(minutes=1))
    if changed.wait is not None:
        too_many(changed.wait)
    return changed


def _own_id(work: Work) -> UUID:
    if work.actor.account_id is None:
        abort(401)
    return work.actor.account_id


def _own(work: Work) -> "Account":
    row = queries.account(work, _own_id(work))
    if row is None:
        abort(401)
    return row
