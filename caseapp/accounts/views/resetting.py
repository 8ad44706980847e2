"""Letting somebody in anew who lost password or second factor; mostly that takes two people."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import REFUSALS, ResetForm, SureForm
from caseapp.accounts.scope import the_open_account
from caseapp.accounts.views.blueprint import bp
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission
from caseapp.domain.two_people import Verdict
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.accounts.models import Account, TwoPeople


@dataclass(frozen=True, slots=True)
class Standing:
    """How far letting somebody in anew is, for who is looking."""

    asked: "TwoPeople | None"
    alone: bool
    """Nobody ever signed in with this account: one person may make another first password."""
    is_agreed: bool
    is_mine: bool
    second: str
    ends_at: datetime | None


@bp.route("/accounts/<uuid:account_id>/wachtwoord", methods=["GET", "POST"])
@guard(Permission.ACCOUNT_EDIT, on=the_open_account, fresh=True)
def new_password(work: Work, row: "Account") -> ResponseReturnValue:
    """Give somebody who lost password or second factor a first password, once a second person agreed."""
    standing = _standing(work, row)
    form = SureForm(request.form)
    if form.submitted:
        secret = actions.new_initial_password()
        hashed = passwords(machine().settings).hash(secret)
        try:
            actions.reset(work, row, standing.asked, hashed)
        except RefusedError as refused:
            work.undo()
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            return render_template("accounts/secret.html", row=row, secret=secret, is_new=False)
    return _page(row, standing, form, ResetForm(None, values={}))


@bp.route("/accounts/<uuid:account_id>/wachtwoord/vragen", methods=["POST"])
@guard(Permission.ACCOUNT_EDIT, on=the_open_account, fresh=True)
def ask_reset(work: Work, row: "Account") -> ResponseReturnValue:
    """Ask a second person to agree that somebody is let in anew."""
    form = ResetForm(request.form)
    if form.submitted:
        try:
            actions.ask_reset(work, row, some(form.reason))
        except RefusedError as refused:
            work.undo()
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("It is asked."), _("A coordinator has to agree. You get a message."))
            return redirect(url_for("accounts.new_password", account_id=row.id), 303)
    return _page(row, _standing(work, row), form, form)


@bp.route("/accounts/<uuid:account_id>/uitloggen", methods=["POST"])
@guard(Permission.ACCOUNT_EDIT, on=the_open_account, fresh=True)
def sign_out_account(work: Work, row: "Account") -> ResponseReturnValue:
    """Sign somebody out everywhere, whose phone or laptop is lost."""
    if SureForm(request.form).submitted:
        actions.end_sessions(work, row.id)
        work.commit()
        say("good", _("%(name)s is signed out everywhere.", name=row.name))
    return redirect(url_for("accounts.account", account_id=row.id), 303)


def _page(row: "Account", standing: Standing, form: SureForm | ResetForm, asking: ResetForm) -> str:
    return render_template(
        "accounts/new_password.html", row=row, standing=standing, form=form, asking=asking
    )


def _standing(work: Work, row: "Account") -> Standing:
    asked = queries.reset_asked(work, row.id)
    names = queries.names(work, [asked.decided_by]) if asked is not None else {}
    return Standing(
        asked=asked,
        alone=actions.is_unused(work, row),
        is_agreed=asked is not None and asked.decision == Verdict.APPROVED,
        is_mine=asked is not None and asked.asked_by == work.actor.account_id,
        second=next(iter(names.values()), ""),
        ends_at=asked.ends_at if asked is not None else None,
    )
