"""Pages about the care of a child."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.care import actions, facts, queries
from caseapp.care.forms import (
    AppointmentForm,
    CareCorrectionForm,
    CareForm,
    CareQuestions,
    EndForm,
    KeepWaitingForm,
    SeenForm,
    TakeBackForm,
    values_of,
)
from caseapp.care.scope import LineOfChild, the_line
from caseapp.care.views.blueprint import bp, done, repairs, saved, short_page, when_it_opens
from caseapp.domain.care_codes import CareKind
from caseapp.domain.policy import Permission, Sees
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child_to_receive, the_open_child
from caseapp.web.days import write_day
from caseapp.web.forms import Form, maybe, some
from caseapp.web.guard import guard
from caseapp.web.labels import label
from caseapp.web.past import Was, meanwhile

if TYPE_CHECKING:
    from caseapp.care.models import CareFacts

E = TypeVar("E", bound="CareQuestions | EndForm")
K = TypeVar("K", bound=CareQuestions)

MISSING: Final[Mapping[str, CareKind]] = {
    "CAR-5": CareKind.GZA_INTAKE,
    "CAR-6": CareKind.JGZ,
}
"""The kind of care that an alert says is missing."""


@bp.route("/kinderen/<uuid:child_id>/zorg")
@guard(Permission.CHILD_READ, on=the_child_to_receive)
def chapter(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the care of a child, the newest first: what goes on, what waits, what stopped."""
    needs = {}
    if child.open_file and work.actor.may(Permission.HEALTH_READ):
        needs = facts.needs(work, child.id)
        work.saw("health-read", [child.id], object="care_line", fields=("needs",))
    hears_answers = child.sees.rank >= Sees.UNTIL_DEPARTURE.rank
    return render_template(
        "care/chapter.html",
        child=child,
        entries=facts.history(work, child.id, child.until_on),
        needs=needs,
        answers=facts.answers(work, child.id, child.until_on) if hears_answers else {},
    )


@bp.route("/kinderen/<uuid:child_id>/zorg/nieuw", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_open_child)
def add(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down care: a referral, a place on a waiting list, or care that goes on."""
    health = work.actor.may(Permission.HEALTH_READ)
    form = _asked(CareForm, work, child.id, _known_from_alert(work), health=health)
    if form.submitted and done(
        form,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.record(work, child.id, form.read())
        ),
    ):
        return saved(work, child, _("The care is saved."))
    return render_template(
        "care/add.html", form=_settled(work, child, form), child=child, repairs=repairs()
    )


def _known_from_alert(work: Work) -> dict[str, Any]:
    """Return what the alert tells of the care that is missing: its kind, and that it is new today."""
    kind = MISSING.get(repairs())
    known: dict[str, Any] = {"version": 0}
    return known if kind is None else known | {"kind": kind.value, "referred_on": work.today}


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def edit(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Correct a line of care, or write down what came after."""
    row, child = line.row, line.child
    needs = readable(row, "needs") if work.actor.may(Permission.HEALTH_READ) else None
    health = work.actor.may(Permission.HEALTH_READ) and not isinstance(needs, Unreadable)
    values = values_of(stored, row.continues_id, needs if health else None)
    shown = values | {"version": row.version}
    form = _asked(CareCorrectionForm, work, child.id, shown, health=health, own=row)
    race = None
    if form.submitted:
        version = some(form.version)
        try:
            if done(form, lambda: actions.correct(work, row, version, form.read())):
                return saved(work, child, _("The care is saved."))
        except LostRaceError:
            race = meanwhile(form, values, row.version)
    return render_template(
        "care/edit.html",
        form=_settled(work, child, form),
        child=child,
        race=race,
        past=_past(work, form, line, values),
        unreadable=needs.reference if isinstance(needs, Unreadable) else "",
    )


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/gezien", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def seen(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that the provider saw the child."""
    form = SeenForm(request.form, values={"version": line.row.version, "on": work.today})
    form.around(work.today)
    if form.submitted and done(
        form, lambda: actions.saw(work, line.row, some(form.version), form.read())
    ):
        return saved(work, line.child, _("The contact is saved."))
    return short_page(work, "care/seen.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/gezien/terug", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def take_back(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Take back a day on which the child was not seen after all: it may hide that care stopped."""
    days = facts.seen_days(work, line.child.id).get(line.row.id, ())
    form = TakeBackForm(request.form).offer(reversed(days))
    if form.submitted and done(form, lambda: actions.take_back(work, line.row, form.read())):
        return saved(work, line.child, _("The day counts no more."))
    return short_page(work, "care/take_back.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/afspraak", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def appointment(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down the next appointment: what mends care that a move broke."""
    form = AppointmentForm(request.form, values={"version": line.row.version}).after(work.today)
    if form.submitted and done(
        form,
        lambda: actions.book(work, line.row, some(form.version), some(form.next_contact_on)),
    ):
        return saved(work, line.child, _("The appointment is saved."))
    return short_page(work, "care/appointment.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/wachtlijst", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def keep_waiting(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that the place on the waiting list is kept."""
    values = {"version": line.row.version, "waiting_kept_on": work.today}
    form = KeepWaitingForm(request.form, values=values).until(work.today)
    if form.submitted and done(
        form,
        lambda: actions.keep_waiting(
            work, line.row, some(form.version), some(form.waiting_kept_on)
        ),
    ):
        return saved(work, line.child, _("The place on the waiting list is kept."))
    return short_page(work, "care/keep_waiting.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/einde", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def end(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that care ended; close to a move, whether the move broke it off."""
    form = EndForm(request.form, values={"version": line.row.version, "ended_on": work.today})
    if form.submitted and done(
        form, lambda: actions.end(work, line.row, some(form.version), form.read())
    ):
        return saved(work, line.child, _("The end of the care is saved."))
    return short_page(work, "care/end.html", _settled(work, line.child, form), line, stored)


def _asked(
    kind: type[K],
    work: Work,
    child_id: Any,
    values: dict[str, Any],
    *,
    health: bool,
    own: Any = None,
) -> K:
    """Return the form of a line, with the earlier lines that it can go on from."""
    earlier = []
    for entry in facts.history(work, child_id):
        if own is not None and entry.id == own.id:
            continue
        if entry.line is not None:
            day = write_day(entry.line.referred_on)
            words = _("%(care)s, referred on %(day)s", care=label(entry.line.kind), day=day)
            named = f"{words} ({entry.line.provider})" if entry.line.provider else words
            earlier.append((entry.id, named))
        elif own is not None and own.continues_id == entry.id:
            words = _("Not readable - ref %(reference)s", reference=entry.reference)
            earlier.append((entry.id, words))
    form = kind(request.form, values=values).offer(earlier).until(work.today)
    return form if health else form.without_needs()


def _settled(work: Work, child: Sight, form: E) -> E:
    """Return the form with the question about a move when the end lies close to one, else without."""
    day, asks = form.ended_on.data, form.is_sent or isinstance(form, EndForm)
    form.ask_about(queries.move_near(work, child.id, day) if day and asks else None)
    return form


def _past(work: Work, form: Form, line: LineOfChild, now: Mapping[str, Any]) -> list[Was]:
    """Return what stood in the line before; what the form does not ask is not opened either."""
    columns = ("facts", "needs") if "needs" in form else ("facts",)
    return what_stood(work, form, now, ("care_line", line.row.id), _values, columns)


def _values(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    needs = entry.sealed.get("needs")
    broken = next((one for one in (entry.facts, needs) if isinstance(one, Unreadable)), None)
    return broken or values_of(entry.facts, entry.clear.get("continues_id"), needs)
