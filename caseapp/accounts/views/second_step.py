"""The second step of signing in, and the same proof once more before a dangerous act."""

import json
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from flask import Flask, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import WRONGS, RecoveryForm, SecondStepForm, SureForm
from caseapp.accounts.views import known_browser
from caseapp.accounts.views.blueprint import bp
from caseapp.accounts.views.door import begin, too_many
from caseapp.domain.second_factor import Level, Wrong
from caseapp.kernel.work import Work
from caseapp.web.forms import Form, maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import half_way, signed_in, tell_proof
from caseapp.web.language_switch import own_address
from caseapp.web.login import SignedIn
from caseapp.web.request import machine, visitor

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState

TOKEN: Final = "csrf_token"  # noqa: S105 (the name of a field, not a secret)
JSON: Final = {"Content-Type": "application/json"}
UNPROVED: Final = 401
NOT_YET: Final = actions.Proven()


def anybody(_who: SignedIn) -> bool:
    """Let everyone in who knew the password."""
    return True


def without_factor(who: SignedIn) -> bool:
    """Let in who knew the password and has no second factor to prove yet."""
    return not who.has_factor


def here() -> SignedIn:
    """Return who is asking, and how far; a view behind a guard has somebody."""
    who = visitor()
    if who is None or who.actor.account_id is None:
        abort(401)
    return who


@bp.route("/inloggen/tweede-stap", methods=["GET", "POST"])
@half_way(anybody)
def second_step(work: Work) -> ResponseReturnValue:
    """Ask for the second factor; who has none chooses a password first, and then sets one up."""
    who, wished = here(), own_address(request.values.get("next", "/"))
    form = SecondStepForm(request.form, values={"next": wished})
    if who.level is Level.FULL:
        return redirect(url_for("accounts.me") if who.actor.role is None else wished, 303)
    if not who.has_factor:
        first = "accounts.password" if who.must_change else "accounts.factors"
        return redirect(url_for(first), 303)
    if form.is_sent:
        mark = known_browser.mark(work)
        proven = _proved(work, form, mark)
        if proven.token is not None:
            begin(proven.token)
            known_browser.keep(mark)
            return redirect(_first_page(who, proven, wished), 303)
    return _page(work, form)


@bp.route("/inloggen/herstelcode", methods=["GET", "POST"])
@half_way(anybody)
def recovery(work: Work) -> ResponseReturnValue:
    """Let somebody in who lost the second factor, with a code from paper."""
    wished = own_address(request.values.get("next", "/"))
    form = RecoveryForm(request.form, values={"next": wished})
    if here().level is Level.FULL:
        return redirect(wished, 303)
    if form.submitted:
        mark = known_browser.mark(work)
        proven = _prove(work, actions.With.RECOVERY, some(form.code), mark)
        if proven.token is not None:
            begin(proven.token)
            known_browser.keep(mark)
            say("warning", _("You used a recovery code."), _("Set up your second step anew now."))
            return redirect(url_for("accounts.factors"), 303)
        form.code.errors = [str(WRONGS[proven.wrong or Wrong.NOT_RIGHT])]
    return render_template("accounts/recovery.html", form=form, wished=wished)


@bp.route("/inloggen/passkey", methods=["POST"])
@half_way(anybody)
def passkey_question(work: Work) -> ResponseReturnValue:
    """Tell the browser what a passkey has to sign: good once, for five minutes."""
    SureForm(request.form)  # refuses fields that nobody asked for
    who = here()
    asked = actions.ask_passkey(work, machine().settings, who.session_id, _own_id(who))
    work.commit()
    return asked, 200, JSON


@bp.route("/account/bewijs", methods=["GET", "POST"])
@signed_in
def proof(work: Work) -> ResponseReturnValue:
    """Ask for the second factor once more; after that dangerous acts open for ten minutes."""
    wished = own_address(request.values.get("next", "/"))
    form = SecondStepForm(request.form, values={"next": wished})
    kept = maybe(form.kept) or ""
    if form.is_sent:
        proven = _proved(work, form, known_browser.mark(work))
        if proven.token is not None:
            session["_user_id"] = proven.token
            return _go_on(kept) if kept else redirect(wished, 303)
    return _page(work, form, is_again=True, kept=kept)


def ask_proof(work: Work) -> ResponseReturnValue:
    """Answer something that was sent too long after the proof: ask for it, and keep what was sent."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN]
    kept = json.dumps({"to": request.full_path.rstrip("?"), "fields": sent})
    form = SecondStepForm(None, values={})
    return _page(work, form, is_again=True, kept=kept), UNPROVED


def _go_on(kept: str) -> ResponseReturnValue:
    """Show what was kept behind one button: the person sends it, not we."""
    try:
        found = json.loads(kept)
        to, fields = own_address(str(found["to"])), [(str(k), str(v)) for k, v in found["fields"]]
    except (ValueError, TypeError, KeyError):
        abort(400)
    return render_template("accounts/go_on.html", to=to, fields=fields)


def _page(work: Work, form: Form, *, is_again: bool = False, kept: str = "") -> str:
    own_id = _own_id(here())
    return render_template(
        "accounts/second_step.html",
        form=form,
        is_again=is_again,
        kept=kept,
        has_app=queries.app_of(work, own_id) is not None,
        has_passkey=bool(queries.passkeys_of(work, own_id)),
        wished=own_address(request.values.get("next", "/")),
        demo_command=_demo_command(work, own_id),
    )


def _demo_command(work: Work, own_id: UUID) -> str:
    """Return what prints the code of this account in a demo; nothing anywhere else."""
    if machine().settings.stage != "demo":
        return ""
    row = queries.account(work, own_id)
    return f"make demo-code A={row.reachable.email.partition('@')[0]}" if row is not None else ""


def _first_page(who: SignedIn, proven: actions.Proven, wished: str) -> str:
    if who.must_change:
        return url_for("accounts.password")
    has_role = proven.actor is not None and proven.actor.role is not None
    return wished if has_role else url_for("accounts.me")


def _proved(work: Work, form: SecondStepForm, mark: str) -> actions.Proven:
    """Return what became of a proof; without a token the form says what is wrong."""
    if not form.submitted:
        return NOT_YET
    credential, code = maybe(form.credential), maybe(form.code)
    if credential:
        proven = _prove(work, actions.With.PASSKEY, credential, mark)
    elif code:
        proven = _prove(work, actions.With.CODE, code, mark)
    else:
        form.code.errors = [_("Type the six digits that your app shows now.")]
        return NOT_YET
    if proven.wrong is not None:
        form.code.errors = [str(WRONGS[proven.wrong])]
    return proven


def _prove(work: Work, kind: actions.With, answer: str, mark: str) -> actions.Proven:
    who = here()
    proof = actions.Proof(
        session_id=who.session_id,
        account_id=_own_id(who),
        kind=kind,
        answer=answer,
        address=request.remote_addr or "",
        mark=mark,
    )
    work.session.rollback()  # what follows has transactions of its own
    proven = actions.prove(machine(), proof, work.route)
    if proven.wait is not None:
        too_many(proven.wait)
    return proven


def _own_id(who: SignedIn) -> UUID:
    if who.actor.account_id is None:
        abort(401)
    return who.actor.account_id


@bp.record
def _tell_guard(state: "BlueprintSetupState") -> None:
    tell_proof(cast("Flask", state.app), ask_proof)
