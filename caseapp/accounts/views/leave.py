"""Who does whose work: arranging leave for oneself or for who is ill, and ending it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries
from caseapp.accounts.actions import standing_in
from caseapp.accounts.forms import REFUSALS, SureForm
from caseapp.accounts.forms.rights import LeaveForm
from caseapp.accounts.scope import the_absent, the_leave
from caseapp.accounts.views.blueprint import bp, lines
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission, Role
from caseapp.kernel import clock
from caseapp.kernel.work import Sighting, Work
from caseapp.web.forms import maybe
from caseapp.web.frame import say
from caseapp.web.guard import guard

if TYPE_CHECKING:
    from uuid import UUID

    from caseapp.accounts.models import Account, Leave


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """A leave as a line: who is away, who does the work, and when."""

    row: "Leave"
    absent: str
    stand_in: str
    first_day: date
    last_day: date
    is_mine: bool
    """Who is looking is the one who is away."""
    goes: bool
    """It has begun."""


@bp.route("/waarneming", methods=["GET", "POST"])
@guard(Permission.LEAVE_ARRANGE)
def leave(work: Work) -> ResponseReturnValue:
    """Show who does my work and whose work I do, and arrange who does mine."""
    row = queries.account(work, work.actor.account_id) if work.actor.account_id else None
    return _page(work, row, is_own=True) if row is not None else redirect("/", 303)


@bp.route("/accounts/<uuid:account_id>/waarneming", methods=["GET", "POST"])
@guard(Permission.LEAVE_ARRANGE, on=the_absent)
def leave_for(work: Work, row: "Account") -> ResponseReturnValue:
    """Arrange who does the work of a colleague who is ill."""
    return _page(work, row, is_own=False)


@bp.route("/waarneming/<uuid:leave_id>/einde", methods=["POST"])
@guard(Permission.LEAVE_ARRANGE, on=the_leave)
def end_leave(work: Work, row: "Leave") -> ResponseReturnValue:
    """End a leave at once."""
    if SureForm(request.form).submitted:
        try:
            standing_in.end_leave(work, row)
        except RefusedError as refused:
            say("critical", REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("The leave has ended."))
    return redirect(url_for("accounts.leave"), 303)


def _page(work: Work, row: "Account", *, is_own: bool) -> ResponseReturnValue:
    form = LeaveForm(request.form, values={"from_on": work.today})
    form.stand_in.choices = _colleagues(work, row)
    form.which.choices = _works(work, row)
    form.from_on.earliest = form.until_on.earliest = work.today
    form.until_on.latest = (maybe(form.from_on) or work.today) + timedelta(days=27)
    if form.submitted:
        try:
            standing_in.arrange(work, form.read(row.id))
        except RefusedError as refused:
            _denied(work, row.id, refused)
            form.complain(REFUSALS[refused.code])
        else:
            work.commit()
            say("good", _("The leave is arranged."), _("Both of you have a message about it."))
            return redirect(request.path, 303)
    shown = _lines(work, row.id)
    return render_template(
        "accounts/leave.html", form=form, row=row, is_own=is_own, leaves=shown,
        sure=SureForm(), me=work.actor.account_id,
    )  # fmt: skip


def _colleagues(work: Work, row: "Account") -> tuple[tuple[str, str], ...]:
    """Return who may stand in: the same role and employer, with a right of their own."""
    found = queries.of_role(work, Role(row.role))
    return tuple(
        (str(one.id), one.label)
        for one in found
        if one.organisation == row.organisation and one.id not in {row.id, work.actor.account_id}
    )


def _works(work: Work, row: "Account") -> tuple[tuple[str, str], ...]:
    """Return the rights of which one can be lent alone: only for who has more than one."""
    rights = standing_in.own_rights(work, row)
    found = [(str(line.grant.id), str(line.where)) for line in lines(work, rights)]
    return tuple(found) if len(found) > 1 else ()


def _lines(work: Work, account_id: "UUID") -> list[LeaveLine]:
    rows = queries.leaves_of(work, account_id)
    names = queries.names(work, {one for row in rows for one in (row.absent_id, row.stand_in_id)})
    return [
        LeaveLine(
            row=row,
            absent=names.get(row.absent_id, ""),
            stand_in=names.get(row.stand_in_id, ""),
            first_day=clock.local_day(row.begins_at),
            last_day=clock.local_day(row.ends_at - timedelta(seconds=1)),
            is_mine=row.absent_id == account_id,
            goes=row.begins_at <= work.now,
        )
        for row in rows
    ]


def _denied(work: Work, account_id: "UUID", refused: RefusedError) -> None:
    fields = (refused.code.value,)
    denied = Sighting(
        "denied", object="leave", object_id=account_id, fields=fields, outcome="denied"
    )
    work.trail.append(denied)
