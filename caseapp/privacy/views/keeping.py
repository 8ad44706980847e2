"""What of the record is due to go: a list for each zone, and the decision of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.audit.queries.ageing import oldest_at
from caseapp.domain.calendar import plus_days
from caseapp.domain.policy import Permission
from caseapp.domain.privacy_rights import RightRefusedError
from caseapp.domain.retention import CountsFrom, Decision, Term, Zone
from caseapp.kernel import clock
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.privacy import actions, queries
from caseapp.privacy.forms import DestroyForm, KeepForm
from caseapp.privacy.scope import ItemOf, the_item
from caseapp.privacy.views.blueprint import bp, name_and_age
from caseapp.web.days import write_day
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.privacy.models import RetentionItem


@dataclass(frozen=True, slots=True)
class DueLine:
    """A file that is due in a zone: whose, since when, and whether it waits again."""

    row: "RetentionItem"
    who: str
    since: date | None
    kept_before: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ZoneLines:
    """A zone: how long, by which rule, what is due in it, and a sentence about what is not a file."""

    zone: Zone
    term: Words
    basis: str
    lines: Sequence[DueLine]
    note: Words = ""


@bp.route("/bewaren")
@guard(Permission.PRIVACY_DESK)
def retention(work: Work) -> ResponseReturnValue:
    """Show for each zone how long it is kept, and which files are due."""
    rows = queries.waiting_items(work)
    work.saw("list-retention", {row.child_id for row in rows}, object="retention_item")
    lines = [_line(work, row) for row in rows]
    zones = [
        ZoneLines(
            zone,
            _term_words(term),
            term.basis,
            [line for line in lines if line.row.zone == zone],
            _note(work, term),
        )
        for zone, term in queries.terms(work).items()
    ]
    return render_template("privacy/retention.html", zones=zones, due=len(lines))


def _line(work: Work, row: "RetentionItem") -> DueLine:
    who = name_and_age(queries.found(work, child_id=row.child_id), work.today)
    facts: Any = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return DueLine(row, who, None, "", facts.reference)
    return DueLine(row, who, facts.over_on, facts.because or "")


def _term_words(term: Term) -> str:
    if term.counts_from is CountsFrom.BIRTH:
        return _("until the age of %(years)s", years=term.years)
    if term.days:
        return ngettext("%(num)s day", "%(num)s days", term.days)
    years = ngettext("%(num)s year", "%(num)s years", term.years)
    if term.counts_from is CountsFrom.LAST_CHANGE:
        return _("%(years)s after the last change to a closed file", years=years)
    return _("%(years)s after it was written", years=years)


def _note(work: Work, term: Term) -> str:
    """Return what stands for a zone that holds no files: when the oldest is due, or who sees to it."""
    if term.zone is Zone.LOG:
        oldest = oldest_at(work)
        if oldest is None:
            return _("Nothing is recorded yet.")
        day = write_day(term.over_on(clock.local_day(oldest)))
        return _("The oldest line is due on %(day)s.", day=day)
    if term.zone is Zone.LISTS:
        return ngettext(
            "After %(num)s day the key of a list is destroyed by itself.",
            "After %(num)s days the key of a list is destroyed by itself.",
            machine().settings.list_key_days,
        )
    if term.zone is Zone.REQUESTS:
        return _("That a request was made is kept; its words go with the file of the child.")
    return ""


@bp.route("/bewaren/<uuid:item_id>/langer", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_item)
def keep(work: Work, found: ItemOf) -> ResponseReturnValue:
    """Keep a file longer, until a day and for a reason."""
    form = KeepForm(request.form, values={"version": found.row.version})
    form.until_on.earliest = plus_days(work.today, 1)
    if form.submitted:
        try:
            actions.keep(
                work, found.row, maybe(form.version), some(form.until_on), some(form.because)
            )
        except RightRefusedError as refused:
            form.complain(label(refused.code))
        else:
            work.commit()
            say("good", _("The file is kept longer."))
            return redirect(url_for("privacy.retention"), 303)
    return _form(work, found, form, "privacy/keep.html")


@bp.route("/bewaren/<uuid:item_id>/vernietigen", methods=["GET", "POST"])
@guard(Permission.PRIVACY_DESK, on=the_item)
def destroy(work: Work, found: ItemOf) -> ResponseReturnValue:
    """Ask to destroy a file of which every term is over: a request, about which two people decide."""
    form = DestroyForm(request.form, values={"version": found.row.version})
    if form.submitted:
        try:
            row = actions.ask_to_destroy(
                work, found.row, maybe(form.version), found.child, some(form.because)
            )
        except RightRefusedError as refused:
            form.complain(label(refused.code))
        else:
            work.commit()
            say("good", _("The request is saved."), _("Now ask a second person to agree."))
            return redirect(url_for("privacy.one_request", request_id=row.id), 303)
    return _form(work, found, form, "privacy/destroy.html")


def _form(work: Work, found: ItemOf, form: KeepForm | DestroyForm, page: str) -> str:
    last = actions.last_term(work, found.child.child_id)
    return render_template(
        page,
        form=form,
        found=found,
        zone=Zone(found.row.zone),
        name=name_and_age(found.child, work.today),
        waits=found.row.decision == Decision.WAITING,
        runs_until=last if work.today < last < date.max else None,
        is_followed=last == date.max,
    )
