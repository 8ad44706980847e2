"""What a child, or somebody for it, says beside the record: written down, shown there, taken back."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from flask import Flask, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.policy import Permission
from caseapp.domain.privacy_rights import Chapter, RightRefusedError
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.privacy import actions, queries
from caseapp.privacy.forms import StatementForm, VersionForm
from caseapp.privacy.scope import RequestOf, StatementOf, the_request, the_statement
from caseapp.privacy.views.blueprint import bp, name_of
from caseapp.privacy.views.reading import quote
from caseapp.privacy.views.requesting import to_request
from caseapp.web.annex import Annex, Link, Said, annexes
from caseapp.web.forms import maybe
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import label

if TYPE_CHECKING:
    from caseapp.privacy.models import Statement

PAGES: Final[Mapping[Chapter, str]] = {
    Chapter.PLACES: "placements.stays",
    Chapter.SCHOOL: "schooling.chapter",
    Chapter.CARE: "care.chapter",
    Chapter.GUARDIANSHIP: "guardianship.chapter",
    Chapter.OBSERVATIONS: "observations.chapter",
    Chapter.FAMILY: "casefile.family",
}
"""On the page of the child: beside which chapter a statement stands."""


@bp.route("/kinderen/<uuid:child_id>/verklaring", methods=["GET", "POST"])
@guard(Permission.STATEMENT_EDIT, on=the_open_child)
def state(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down what the child, or somebody for it, says beside a part of the file."""
    form = StatementForm(request.form, values={"on": work.today}).until(work.today)
    if form.submitted:
        only_once(
            work,
            maybe(form.once),
            lambda: actions.record_statement(work, child.id, form.read()),
        )
        return _to_child(work, child, _("The statement stands beside the file."))
    back = url_for("casefile.show", child_id=child.id), child.card.name
    name = child.card.first_name
    return render_template("privacy/statement.html", form=form, back_to=back, name=name)


@bp.route(
    "/kinderen/<uuid:child_id>/verklaring/<uuid:statement_id>/intrekken", methods=["GET", "POST"]
)
@guard(Permission.STATEMENT_EDIT, on=the_statement)
def withdraw(work: Work, found: StatementOf) -> ResponseReturnValue:
    """Take a statement back, on the word of who said it."""
    form = VersionForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            actions.withdraw_statement(work, found.row, maybe(form.version))
        except RightRefusedError as refused:
            form.complain(label(refused.code))
        else:
            return _to_child(work, found.child, _("The statement is taken back."))
    return render_template(
        "privacy/withdraw.html",
        form=form,
        child=found.child,
        said=quote(found.row),
        chapter=Chapter(found.row.chapter),
    )


@bp.route("/verzoeken/<uuid:request_id>/verklaring", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request)
def request_statement(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Put the words of who asks beside the file, when the record itself stays as it is."""
    form = StatementForm(request.form, values={"on": work.today}).until(work.today)
    if form.submitted and found.child is not None:
        child_id: UUID = found.row.child_id
        only_once(
            work,
            maybe(form.once),
            lambda: actions.record_for_request(work, child_id, form.read(), found.row.id),
        )
        return to_request(work, found, _("The statement stands beside the file."))
    back = url_for("privacy.one_request", request_id=found.row.id), _("Request")
    name = name_of(found.child)
    return render_template("privacy/statement.html", form=form, back_to=back, name=name)


def _to_child(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    return redirect(url_for("casefile.show", child_id=child.id), 303)


@bp.record
def _tell_children(state: BlueprintSetupState) -> None:
    """Let the page of a child show what is said beside the file, and lead to who saw it."""
    annexes(cast("Flask", state.app)).append(_annex)


def _annex(work: Work, child_id: UUID) -> Annex:
    may_edit = work.actor.may(Permission.STATEMENT_EDIT)
    said = [_said(row, may_edit=may_edit) for row in queries.statements(work, child_id)]
    return Annex(said, list(_links(work, child_id)))


def _said(row: "Statement", *, may_edit: bool) -> Said:
    who, text = quote(row)
    chapter = Chapter(row.chapter)
    href = ""
    if may_edit:
        href = url_for("privacy.withdraw", child_id=row.child_id, statement_id=row.id)
    return Said(label(chapter), PAGES.get(chapter, ""), who, text, href)


def _links(work: Work, child_id: UUID) -> Iterator[Link]:
    if work.actor.may(Permission.STATEMENT_EDIT):
        href = url_for("privacy.state", child_id=child_id)
        yield Link(href, _("Write down what the child says about the file"))
    if work.actor.may(Permission.WHO_SAW):
        yield Link(url_for("privacy.looks", child_id=child_id), _("Who saw this file"))
