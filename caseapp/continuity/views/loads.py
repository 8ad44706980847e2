"""What weighs on people and places: guardians with too many children, places without a contact person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.continuity import actions, queries
from caseapp.continuity.scope import the_load
from caseapp.continuity.views.blueprint import bp
from caseapp.domain.load import TOO_MANY, UNATTENDED
from caseapp.domain.policy import Permission
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import LostRaceError, Work
from caseapp.reference import queries as reference
from caseapp.web.filters import day_short
from caseapp.web.forms import Form, VersionField, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.tiles import AlertRow, TileFace

if TYPE_CHECKING:
    from caseapp.continuity.models import LoadAlert


class LoadForm(Form):
    """Take up an alert over many children."""

    version = VersionField()


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, and what the reader can do with it."""

    row: AlertRow
    id: UUID
    version: int
    is_mine: bool


@bp.route("/signaleringen/belasting")
@guard(Permission.ALERT_ASSIGN)
def loads(work: Work) -> ResponseReturnValue:
    """Show what weighs too much on whom, the gravest first."""
    rows = queries.open_loads(work)
    names = accounts.names(work, [row.owner_account_id for row in rows])
    guardians = accounts.names(work, [row.subject_id for row in rows if row.rule == TOO_MANY])
    places = reference.location_names(
        work, [row.subject_id for row in rows if row.rule == UNATTENDED]
    )
    return render_template(
        "continuity/loads.html",
        shown=[_shown(work, row, guardians | places, names) for row in rows],
    )


@bp.route("/signaleringen/belasting/<uuid:load_id>/oppakken", methods=["POST"])
@guard(Permission.ALERT_ASSIGN, on=the_load)
def take_load(work: Work, row: "LoadAlert") -> ResponseReturnValue:
    """Take it up oneself."""
    form = LoadForm(request.form)
    if form.submitted:
        try:
            actions.take_load(work, row, some(form.version))
            work.commit()
            say("good", _("You take this up."))
        except actions.AlertClosedError:
            say("good", _("This is mended meanwhile."))
        except LostRaceError:
            work.undo()
            say("warning", _("Somebody else was first. Look again."))
    return redirect(url_for("continuity.loads"), 303)


def _shown(
    work: Work, row: "LoadAlert", subjects: dict[UUID, str], names: dict[UUID, str]
) -> Shown:
    face = TileFace(str(row.children), ngettext("child", "children", row.children), row.severity)
    told = AlertRow(
        severity=Severity(row.severity),
        tile=face,
        who=subjects.get(row.subject_id, "?"),
        sentence=_sentence(work, row),
        name=subjects.get(row.subject_id, "?"),
        href=_page_of(row),
        meta=(_("since %(day)s", day=day_short(row.since, work.today)),),
        came_back=row.times > 1,
        owner=names.get(row.owner_account_id, "") if row.owner_account_id else "",
    )
    return Shown(told, row.id, row.version, row.owner_account_id == work.actor.account_id)


def _sentence(work: Work, row: "LoadAlert") -> Words:
    if row.rule == UNATTENDED:
        return ngettext(
            "%(num)s child without a child contact person.",
            "%(num)s children without a child contact person.",
            row.children,
        )
    most = work.limits.on(work.today)[TOO_MANY]["warning_children"]
    return _(
        "guardian of %(children)s children. The norm is %(most)s at most.",
        children=row.children,
        most=most,
    )


def _page_of(row: "LoadAlert") -> str:
    if row.rule == UNATTENDED:
        return url_for("reference.location", location_id=row.subject_id)
    return ""
