"""The administration of accounts: list, one account, open, correct, close, a new first password."""

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import REFUSALS, AccountForm, SureForm
from caseapp.accounts.scope import the_absent, the_account, the_open_account
from caseapp.accounts.views.blueprint import RightLine, bp, carried_by, lines
from caseapp.accounts.views.filtering import filters, region_of_line, wanted
from caseapp.domain.granting import RefusedError, may_ask, oversees
from caseapp.domain.policy import Permission, Role, ScopeKind
from caseapp.kernel.passwords import passwords
from caseapp.kernel.work import Work
from caseapp.web.forms import some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.accounts.models import Account


@bp.route("/accounts")
@guard(Permission.ACCOUNT_READ)
def accounts(work: Work) -> ResponseReturnValue:
    """List the accounts; what waits for a second person comes first."""
    asked = wanted(request.args)
    size = machine().settings.page_size
    found = queries.listing(
        work, role=asked.role, state=asked.state, place=asked.place, page=asked.page, size=size
    )
    work.saw("list-accounts", object="account")
    rights = lines(work, [grant for grants in found.rights.values() for grant in grants])
    return render_template(
        "accounts/accounts.html",
        rows=found.rows,
        total=found.total,
        rights={
            row.id: [r.where for r in rights if r.grant.account_id == row.id] for row in found.rows
        },
        waiting=_waiting(work),
        asked=asked,
        size=size,
        pages=max(1, ceil(found.total / size)),
        filters=filters(work, asked),
    )


@bp.route("/accounts/nieuw", methods=["GET", "POST"])
@guard(Permission.ACCOUNT_EDIT, fresh=True)
def open_account(work: Work) -> ResponseReturnValue:
    """Open an account and show its first password once."""
    form = AccountForm(request.form, values={"version": 0})
    if form.submitted:
        secret = actions.new_initial_password()
        hashed = passwords(machine().settings).hash(secret)
        try:
            row = actions.open_account(work, form.read())
        except RefusedError as refused:
            form.email.errors = [str(REFUSALS[refused.code])]
        else:
            actions.set_password(work, row, hashed, initial=True)
            work.commit()
            return render_template("accounts/secret.html", row=row, secret=secret, is_new=True)
    return render_template("accounts/open_account.html", form=form)


@bp.route("/accounts/<uuid:account_id>")
@guard(Permission.ACCOUNT_READ, on=the_account)
def account(work: Work, row: "Account") -> ResponseReturnValue:
    """Show one account with its rights."""
    sees_email = work.actor.may(Permission.ACCOUNT_EDIT)
    rights = lines(work, queries.grants_of(work, row.id))
    return render_template(
        "accounts/account.html",
        row=row,
        email=row.reachable.email if sees_email else "",
        rights=rights,
        may_end={line.grant.id for line in rights if _may_end(work, line)},
        is_own=row.id == work.actor.account_id,
        may_arrange=the_absent(work, row.id) is not None,
        is_initial=row.initial_until is not None,
    )


@bp.route("/accounts/<uuid:account_id>/gegevens", methods=["GET", "POST"])
@guard(Permission.ACCOUNT_EDIT, on=the_open_account, fresh=True)
def edit(work: Work, row: "Account") -> ResponseReturnValue:
    """Correct who somebody is; another role ends all rights of the role before."""
    form = AccountForm(request.form, values=_known(row))
    if form.submitted:
        try:
            actions.correct_account(work, row, some(form.version), form.read())
        except RefusedError as refused:
            form.complain(REFUSALS[refused.code])
        else:
            return _saved(work, row, _("The account is saved."))
    return render_template("accounts/edit.html", form=form, row=row)


@bp.route("/accounts/<uuid:account_id>/sluiten", methods=["GET", "POST"])
@guard(Permission.ACCOUNT_EDIT, on=the_open_account, fresh=True)
def close(work: Work, row: "Account") -> ResponseReturnValue:
    """Close an account: sessions and rights end at once."""
    form = SureForm(request.form)
    if form.submitted:
        try:
            actions.close_account(work, row)
        except RefusedError as refused:
            return _refused(row, refused)
        return _saved(work, row, _("The account is closed."))
    carried = carried_by(work, row.id)
    return render_template("accounts/close.html", form=form, row=row, carried=carried)


def _may_end(work: Work, line: RightLine) -> bool:
    """Say whether who is looking may take this right back."""
    if line.is_over or not work.actor.may(Permission.GRANT_ASK):
        return False
    role, scope = Role(line.grant.role), ScopeKind(line.grant.scope_kind)
    return may_ask(work.actor, role, scope, region_of_line(work, line))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A right that waits for a second person."""

    right: RightLine
    who: queries.Someone
    is_mine: bool
    """Who is looking asked for it, so somebody else has to approve it."""
    may_approve: bool


def _waiting(work: Work) -> list[Waiting]:
    """Return what waits; for a coordinator, what is in reach or was asked for by oneself."""
    found = lines(work, queries.waiting(work))
    people = queries.people(work, [line.grant.account_id for line in found])
    rows = [_waits(work, line, people[line.grant.account_id]) for line in found]
    if work.actor.role is Role.COORDINATOR:
        return [row for row in rows if row.may_approve or row.is_mine]
    return rows


def _waits(work: Work, line: RightLine, who: queries.Someone) -> Waiting:
    role, scope = Role(line.grant.role), ScopeKind(line.grant.scope_kind)
    is_mine = line.grant.asked_by == work.actor.account_id
    may = oversees(work.actor, role, scope, region_of_line(work, line))
    return Waiting(line, who, is_mine, may and not is_mine and who.id != work.actor.account_id)


def _known(row: "Account") -> dict[str, Any]:
    return {
        "name": row.name,
        "email": row.reachable.email,
        "phone": row.phone,
        "organisation": row.organisation,
        "role": row.role,
        "version": row.version,
    }


def _saved(work: Work, row: "Account", words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    return redirect(url_for("accounts.account", account_id=row.id), 303)


def _refused(row: "Account", refused: RefusedError) -> ResponseReturnValue:
    say("critical", REFUSALS[refused.code])
    return redirect(url_for("accounts.account", account_id=row.id), 303)
