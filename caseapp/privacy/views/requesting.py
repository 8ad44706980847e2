"""Requests of children and parents: the list, writing one down, one request, extending and closing it."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.policy import Permission
from caseapp.domain.privacy_rights import (
    ARTICLES,
    Asker,
    RequestState,
    Right,
    RightRefusedError,
    due_on,
    may_extend,
    whose_consent,
)
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.privacy import actions, queries
from caseapp.privacy.forms import CloseForm, ExtendForm, RequestForm
from caseapp.privacy.queries import Found
from caseapp.privacy.scope import RequestOf, the_found_child, the_request
from caseapp.privacy.views.blueprint import bp, name_and_age
from caseapp.privacy.views.lines import RequestLine, request_lines
from caseapp.privacy.views.together import standing_of
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import label


@bp.route("/verzoeken")
@guard(Permission.PRIVACY_DESK)
def requests(work: Work) -> ResponseReturnValue:
    """Show the open requests, the one that is due first on top, and the latest closed ones."""
    return render_template(
        "privacy/requests.html",
        lines=request_lines(work, queries.open_requests(work)),
        closed=request_lines(work, queries.open_requests(work, closed=True)),
    )


@bp.route("/inzage/<uuid:child_id>/verzoek", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_found_child)
def new_request(work: Work, child: Found) -> ResponseReturnValue:
    """Write a request down; its month begins on the day on which it came in."""
    form = RequestForm(request.form, values={"received_on": work.today}).until(work.today)
    card = child.card
    if form.submitted and card is not None:
        made: list[Any] = []
        only_once(
            work,
            maybe(form.once),
            lambda: made.append(actions.register(work, child.child_id, card.birth, form.read())),
        )
        work.commit()
        say("good", _("The request is saved."), _("Its month runs from the day it came in."))
        if made:
            return redirect(url_for("privacy.one_request", request_id=made[0].id), 303)
        return redirect(url_for("privacy.subject", child_id=child.child_id), 303)
    name = name_and_age(child, work.today)
    return render_template("privacy/new_request.html", form=form, child=child, name=name)


@bp.route("/verzoeken/<uuid:request_id>")
@guard(Permission.PRIVACY_DESK, on=the_request)
def one_request(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Show one request: what is asked, whether this person may, the clock, and what can be done."""
    facts = readable(found.row, "facts")
    is_open = found.row.state == RequestState.OPEN
    return render_template(
        "privacy/request.html",
        line=RequestLine.of(work, found.row, found.child),
        child=found.child,
        facts=None if isinstance(facts, Unreadable) else facts,
        laws=_laws(found, facts),
        article=ARTICLES[Right(found.row.right)],
        together=standing_of(work, found.row),
        may_extend=is_open
        and found.row.extended_on is None
        and may_extend(found.row.received_on, work.today),
        is_open=is_open,
        stays_until=stays_until(work, found),
    )


def stays_until(work: Work, found: RequestOf) -> date | None:
    """Return the day until which the law asks to keep a file that somebody wants destroyed; None: no longer."""
    if found.row.right != Right.ERASURE:
        return None
    last = queries.term_of(work, found.row.child_id)
    return last if last is not None and last > work.today else None


def _laws(found: RequestOf, facts: Any) -> list[tuple[Words, bool]]:
    """Return what each of the two laws says of who asks, by the age of the child on the day of receipt."""
    if isinstance(facts, Unreadable) or found.row.asker == Asker.HOUSE:
        return []
    asker = label(Asker(found.row.asker))
    laws: list[tuple[Words, bool]] = [
        (_("Care law (12 and 16 years): %(who)s may ask.", who=asker), True)
        if facts.by_care_law
        else (_("Care law (12 and 16 years): %(who)s may not ask.", who=asker), False),
        (_("Law on data (16 years): %(who)s may ask.", who=asker), True)
        if facts.by_data_law
        else (_("Law on data (16 years): %(who)s may not ask.", who=asker), False),
    ]
    card = found.child.card if found.child else None
    if found.row.asker == Asker.OTHER and card is not None:
        of = [str(label(one)) for one in whose_consent(card.birth, found.row.received_on)]
        laws.append((_("Needs the written consent of: %(whom)s.", whom=", ".join(of)), True))
    return laws


@bp.route("/verzoeken/<uuid:request_id>/verlengen", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request)
def extend(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Give a request two months more, with a reason that is told to who asks."""
    form = ExtendForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            actions.extend(work, found.row, maybe(form.version), some(form.because))
        except RightRefusedError as refused:
            form.complain(label(refused.code))
        else:
            return to_request(work, found, _("The request is extended."))
    until = due_on(found.row.received_on, extended=True)
    return render_template("privacy/extend.html", form=form, found=found, until=until)


@bp.route("/verzoeken/<uuid:request_id>/afsluiten", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_request)
def close(work: Work, found: RequestOf) -> ResponseReturnValue:
    """Close a request: answered, refused with reasons, or taken back."""
    form = CloseForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            how = RequestState(some(form.how))
            actions.close(work, found.row, maybe(form.version), how, some(form.answer))
        except RightRefusedError as refused:
            form.complain(label(refused.code))
        else:
            return to_request(work, found, _("The request is closed."))
    return render_template("privacy/close.html", form=form, found=found)


def to_request(work: Work, found: RequestOf, words: Words) -> ResponseReturnValue:
    """Commit, say what was done, and go to the page of the request."""
    work.commit()
    say("good", words)
    return redirect(url_for("privacy.one_request", request_id=found.row.id), 303)
