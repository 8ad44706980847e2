"""Destroying a file: what would go, a second person, and then for good."""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.granting import Refusal as NotAgreed
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Permission
from caseapp.domain.privacy_rights import RightRefusedError
from caseapp.kernel.work import Work
from caseapp.privacy import actions, queries
from caseapp.privacy.actions import NoSuchChildError
from caseapp.privacy.forms import DestroyForm, EraseForm
from caseapp.privacy.scope import RequestOf, the_request
from caseapp.privacy.views.blueprint import bp, name_of
from caseapp.privacy.views.refusing import refused_words
from caseapp.privacy.views.requesting import stays_until, to_request
from caseapp.privacy.views.together import standing_of
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.request import machine


@bp.route("/verzoeken/<uuid:request_id>/vernietigen/vragen", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request, fresh=True)
def ask_erasure(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Ask a second person to destroy the file."""
    form = DestroyForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            actions.ask_erasure(work, found.row, maybe(form.version), some(form.because))
        except (RightRefusedError, RefusedError) as refused:
            form.complain(refused_words(refused))
        else:
            return to_request(work, found, _("A second person is asked to agree."))
    return render_template(
        "privacy/ask_erasure.html", form=form, found=found, stays_until=stays_until(work, found)
    )


@bp.route("/verzoeken/<uuid:request_id>/vernietigen", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request, fresh=True)
def erase(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Destroy the file for good, on what two people agreed to; the request is closed with it."""
    form = EraseForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            _destroy(work, found)
        except (RightRefusedError, RefusedError) as refused:
            form.complain(refused_words(refused))
        else:
            say("good", _("The file is destroyed."), _("Nobody can bring it back."))
            return redirect(url_for("privacy.one_request", request_id=found.row.id), 303)
    return render_template(
        "privacy/erase.html",
        form=form,
        found=found,
        name=name_of(found.child),
        together=standing_of(work, found.row),
    )


def _destroy(work: Work, found: RequestOf) -> None:
    """Destroy in a transaction of its own, then close the request in another: its words go with the file.

    A kill between the two leaves a request without a file, which is only closed.
    """
    if found.child is not None:
        actions.refuse_erasure(work, found.row)
        _erase(work, found)
    row = queries.request(work, found.row.id)
    if row is not None:
        actions.close_erased(work, row)
    work.commit()


def _erase(work: Work, found: RequestOf) -> None:
    approval, child_id = found.row.together_id, found.row.child_id
    if approval is None:
        raise RefusedError(NotAgreed.NOT_APPROVED)
    work.session.rollback()
    with suppress(NoSuchChildError):
        actions.erase_child(
            machine(), work.actor, child_id, approval, route=work.route, access=work.access
        )
