"""Asking for rights, approving and ending them; and who is the contact person of a location."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import actions, queries
from caseapp.accounts.forms import REFUSALS, SureForm
from caseapp.accounts.forms.rights import ContactForm, EndForm, GrantForm
from caseapp.accounts.scope import (
    Right,
    the_location,
    the_open_account,
    the_right_to_approve,
    the_right_to_end,
)
from caseapp.accounts.views.blueprint import bp, lines
from caseapp.domain.codes import Region
from caseapp.domain.granting import RefusedError, may_ask
from caseapp.domain.policy import OPENS_DOSSIERS, SCOPES_OF, Permission, Role, ScopeKind
from caseapp.kernel.work import Sighting, Work
from caseapp.reference import queries as reference
from caseapp.web.choices import Option
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import REGIONS

if TYPE_CHECKING:
    from caseapp.accounts.models import Account
    from caseapp.reference.models import Location


@bp.route("/accounts/<uuid:account_id>/rechten/nieuw", methods=["GET", "POST"])
@guard(Permission.GRANT_ASK, on=the_open_account, fresh=True)
def ask(work: Work, row: "Account") -> ResponseReturnValue:
    """Ask for a right of somebody else."""
    form = GrantForm(request.form)
    form.where.choices = _places(work, Role(row.role))
    form.from_on.earliest = form.until_on.earliest = work.today
    if form.submitted:
        try:
            grant = actions.ask_grant(work, form.read(row.id))
        except RefusedError as refused:
            _denied(work, row, refused)
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            if grant.needs_approval:
                say("good", _("The right is asked for."), _("A coordinator has to approve it."))
            else:
                say("good", _("The right is given."))
            return _back(row)
    opens = Role(row.role) in OPENS_DOSSIERS
    return render_template("accounts/ask.html", form=form, row=row, opens_dossiers=opens)


@bp.route("/accounts/<uuid:account_id>/rechten/<uuid:grant_id>/goedkeuren", methods=["POST"])
@guard(Permission.GRANT_APPROVE, on=the_right_to_approve, fresh=True)
def approve(work: Work, right: Right) -> ResponseReturnValue:
    """Approve a right as the second person."""
    if SureForm(request.form).submitted:
        try:
            actions.approve_grant(work, right.grant)
        except RefusedError as refused:
            _denied(work, right.account, refused)
            say("critical", REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("The right is approved."))
    return _back(right.account)


@bp.route("/accounts/<uuid:account_id>/rechten/<uuid:grant_id>/einde", methods=["GET", "POST"])
@guard(Permission.GRANT_ASK, on=the_right_to_end, fresh=True)
def end(work: Work, right: Right) -> ResponseReturnValue:
    """End a right, now or after a day; or turn down one that waits."""
    form = EndForm(request.form)
    form.last_day.earliest = work.today
    if form.submitted:
        day = maybe(form.last_day)
        try:
            if day is None:
                actions.revoke_grant(work, right.grant)
            else:
                actions.end_grant(work, right.grant, day)
        except RefusedError as refused:
            _denied(work, right.account, refused)
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("The end of the right is saved."))
            return _back(right.account)
    (line,) = lines(work, [right.grant])
    return render_template("accounts/end.html", form=form, row=right.account, right=line)


@bp.route("/locaties/<uuid:location_id>/contactpersoon", methods=["GET", "POST"])
@guard(Permission.LOCATION_EDIT, on=the_location)
def contact(work: Work, place: "Location") -> ResponseReturnValue:
    """Choose who answers for the children of a location when nobody else does."""
    there = queries.cpks(work, [place.id]).get(place.id, [])
    form = ContactForm(
        request.form,
        values={"contact": str(place.contact_account_id or ""), "version": place.version},
    ).among((str(one.id), one.label) for one in there)
    if form.submitted:
        chosen = next((one.id for one in there if str(one.id) == maybe(form.contact)), None)
        actions.choose_contact(work, place, some(form.version), chosen)
        work.commit()
        say("good", _("The contact person is saved."))
        return redirect(url_for("reference.location", location_id=place.id), 303)
    return render_template("accounts/contact.html", form=form, place=place, anybody=bool(there))


def _places(work: Work, role: Role) -> list[Option]:
    """Return where a right of this role can hold, as far as who is asking may ask for it."""
    found = []
    for scope in ScopeKind:
        if scope in SCOPES_OF[role]:
            found += _of_scope(work, role, scope)
    return found


def _of_scope(work: Work, role: Role, scope: ScopeKind) -> list[Option]:
    if scope is ScopeKind.LOCATION:
        return [
            Option(f"location:{row.id}", row.name, group=REGIONS[Region(row.region)])
            for row in sorted(reference.locations(work), key=lambda row: row.region)
            if may_ask(work.actor, role, scope, row.region)
        ]
    if scope is ScopeKind.REGION:
        return [
            Option(f"region:{region.value}", _("region %(region)s", region=REGIONS[region]))
            for region in Region
            if may_ask(work.actor, role, scope, region)
        ]
    words = {
        ScopeKind.ALL: _("the whole country"),
        ScopeKind.GUARDIANSHIP: _("guardianship desk"),
        ScopeKind.NONE: _("the children assigned to this guardian")
        if role is Role.GUARDIAN
        else _("no files"),
    }
    return [Option(scope.value, words[scope])] if may_ask(work.actor, role, scope, None) else []


def _denied(work: Work, row: "Account", refused: RefusedError) -> None:
    """Let the trail hear of what was refused; nothing else is written, for nothing is committed."""
    work.trail.append(
        Sighting(
            "denied",
            object="grant",
            object_id=row.id,
            fields=(refused.code.value,),
            outcome="denied",
        )
    )


def _back(row: "Account") -> ResponseReturnValue:
    return redirect(url_for("accounts.account", account_id=row.id), 303)
