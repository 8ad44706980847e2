"""Pages about the care of a child."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.accounts import queries as accounts
from caseapp.audit import queries as audit
from caseapp.care import actions, facts, queries
from caseapp.care.forms import (
    AppointmentForm,
    CareForm,
    EndForm,
    KeepWaitingForm,
    SeenForm,
    TakeBackForm,
    values_of,
)
from caseapp.care.scope import LineOfChild, the_line
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child_to_receive, the_open_child
from caseapp.web.days import write_day
from caseapp.web.forms import Form, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import label
from caseapp.web.past import Was, meanwhile, what_was

if TYPE_CHECKING:
    from caseapp.care.models import CareFacts

E = TypeVar("E", CareForm, EndForm)

bp = Blueprint("care", __name__)

REPAIRS = frozenset({"CAR-1", "CAR-2", "CAR-3"})
"""The alerts from which these forms are opened, by their codes in the address."""

REFUSALS: Final[Mapping[type[actions.MeaningError], Words]] = {
    actions.DayOrderError: _l("This lies before %(day)s, when this care began."),
    actions.NotEarlierError: _l("Choose care that was referred before this care."),
    actions.FollowedEarlierError: _l("Other care goes on from this since %(day)s."),
    actions.MoveQuestionError: _l("Say what the move of %(day)s did to this care."),
    actions.ContradictionError: _l("Finished and broken off by the move cannot both be."),
    actions.LineEndedError: _l("This care ended on %(day)s."),
    actions.NotSeenError: _l("This day was taken back already."),
    actions.AlreadySeenError: _l("This day is saved already."),
}
"""What the form says at the field that is wrong."""


def _when_it_opens(
    view: Callable[[Work, LineOfChild, "CareFacts"], ResponseReturnValue],
) -> Callable[[Work, LineOfChild], ResponseReturnValue]:
    """Give the view what stands in the line; a line that does not open is never saved over."""

    @wraps(view)
    def look(work: Work, line: LineOfChild) -> ResponseReturnValue:
        stored = readable(line.row, "facts")
        if not isinstance(stored, Unreadable):
            return view(work, line, stored)
        say(
            "critical",
            _("This record cannot be read, so it cannot be changed."),
            _("Tell the administrator: ref %(reference)s.", reference=stored.reference),
        )
        return redirect(url_for("care.chapter", child_id=line.child.id), 303)

    return look


@bp.route("/kinderen/<uuid:child_id>/zorg")
@guard(Permission.CHILD_READ, on=the_child_to_receive)
def chapter(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the care of a child, the newest first: what goes on, what waits, what stopped."""
    needs = {}
    if child.open_file and work.actor.may(Permission.HEALTH_READ):
        needs = facts.needs(work, child.id)
        work.saw("health-read", [child.id], object="care_line", fields=("needs",))
    entries = facts.history(work, child.id, child.until_on)
    return render_template("care/chapter.html", child=child, entries=entries, needs=needs)


@bp.route("/kinderen/<uuid:child_id>/zorg/nieuw", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_open_child)
def add(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down care: a referral, a place on a waiting list, or care that goes on."""
    form = _asked(work, child.id, {"version": 0}, health=work.actor.may(Permission.HEALTH_READ))
    if form.submitted and _done(form, lambda: actions.record(work, child.id, form.read())):
        return _saved(work, child, _("The care is saved."))
    return render_template("care/add.html", form=_settled(work, child, form), child=child)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@_when_it_opens
def edit(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Correct a line of care, or write down what came after."""
    row, child = line.row, line.child
    needs = readable(row, "needs") if work.actor.may(Permission.HEALTH_READ) else None
    health = work.actor.may(Permission.HEALTH_READ) and not isinstance(needs, Unreadable)
    values = values_of(stored, row.continues_id, needs if health else None)
    form = _asked(work, child.id, values | {"version": row.version}, health=health, own=row)
    race = None
    if form.submitted:
        version = some(form.version)
        try:
            if _done(form, lambda: actions.correct(work, row, version, form.read())):
                return _saved(work, child, _("The care is saved."))
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
@_when_it_opens
def seen(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that the provider saw the child."""
    form = SeenForm(request.form, values={"version": line.row.version, "on": work.today})
    form.around(work.today)
    if form.submitted and _done(
        form, lambda: actions.saw(work, line.row, some(form.version), form.read())
    ):
        return _saved(work, line.child, _("The contact is saved."))
    return _page(work, "care/seen.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/gezien/terug", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@_when_it_opens
def take_back(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Take back a day on which the child was not seen after all: it may hide that care stopped."""
    days = facts.seen_days(work, line.child.id).get(line.row.id, ())
    form = TakeBackForm(request.form).offer(reversed(days))
    if form.submitted and _done(form, lambda: actions.take_back(work, line.row, form.read())):
        return _saved(work, line.child, _("The day counts no more."))
    return _page(work, "care/take_back.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/afspraak", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@_when_it_opens
def appointment(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down the next appointment: what mends care that a move broke."""
    form = AppointmentForm(request.form, values={"version": line.row.version}).after(work.today)
    if form.submitted and _done(
        form,
        lambda: actions.book(work, line.row, some(form.version), some(form.next_contact_on)),
    ):
        return _saved(work, line.child, _("The appointment is saved."))
    return _page(work, "care/appointment.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/wachtlijst", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@_when_it_opens
def keep_waiting(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that the place on the waiting list is kept."""
    values = {"version": line.row.version, "waiting_kept_on": work.today}
    form = KeepWaitingForm(request.form, values=values).until(work.today)
    if form.submitted and _done(
        form,
        lambda: actions.keep_waiting(
            work, line.row, some(form.version), some(form.waiting_kept_on)
        ),
    ):
        return _saved(work, line.child, _("The place on the waiting list is kept."))
    return _page(work, "care/keep_waiting.html", form, line, stored)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/einde", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@_when_it_opens
def end(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that care ended; close to a move, whether the move broke it off."""
    form = EndForm(request.form, values={"version": line.row.version, "ended_on": work.today})
    if form.submitted and _done(
        form, lambda: actions.end(work, line.row, some(form.version), form.read())
    ):
        return _saved(work, line.child, _("The end of the care is saved."))
    return _page(work, "care/end.html", _settled(work, line.child, form), line, stored)


def _asked(
    work: Work, child_id: Any, values: dict[str, Any], *, health: bool, own: Any = None
) -> CareForm:
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
    form = CareForm(request.form, values=values).offer(earlier).until(work.today)
    return form if health else form.without_needs()


def _done(form: Form, do: Callable[[], object]) -> bool:
    """Do it, or write at the field why it cannot be."""
    try:
        do()
    except actions.MeaningError as wrong:
        day = write_day(wrong.day) if wrong.day else ""
        form[wrong.field].errors = [str(REFUSALS[type(wrong)]) % {"day": day}]
        return False
    return True


def _settled(work: Work, child: Sight, form: E) -> E:
    """Return the form with the question about a move when the end lies close to one, else without."""
    day, asks = form.ended_on.data, form.is_sent or isinstance(form, EndForm)
    form.ask_about(queries.move_near(work, child.id, day) if day and asks else None)
    return form


def _page(
    work: Work, template: str, form: Form, line: LineOfChild, stored: "CareFacts"
) -> ResponseReturnValue:
    """Show a short form with what is known of the line, and what an alert says of it."""
    return render_template(
        template,
        form=form,
        child=line.child,
        care=stored,
        line_id=line.row.id,
        seen=facts.seen_days(work, line.child.id).get(line.row.id, ()),
        repairs=_repairs(),
        moved_on=max(people.move_days(work, line.child.id), default=None),
    )


def _past(work: Work, form: Form, line: LineOfChild, now: Mapping[str, Any]) -> list[Was]:
    """Return what stood in the line before; what the form does not ask is not opened either."""
    columns = ("facts", "needs") if "needs" in form else ("facts",)
    entries = audit.past_of(work, "care_line", line.row.id, columns)
    names = accounts.names(work, {entry.by for entry in entries})
    return what_was(form, now, entries, _values, names)


def _values(entry: audit.Earlier) -> Mapping[str, Any] | Unreadable:
    needs = entry.sealed.get("needs")
    broken = next((one for one in (entry.facts, needs) if isinstance(one, Unreadable)), None)
    return broken or values_of(entry.facts, entry.clear.get("continues_id"), needs)


def _repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def _saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    work.commit()
    say("good", words)
    page = "casefile.show" if _repairs() else "care.chapter"
    return redirect(url_for(page, child_id=child.id), 303)
