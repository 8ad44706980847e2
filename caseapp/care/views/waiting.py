"""Pages about waiting: another provider takes over, what providers answer, and the letter that asks."""

from typing import TYPE_CHECKING

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.care import actions, facts
from caseapp.care.forms import (
    AnswerCorrectionForm,
    AnswerForm,
    FollowOnForm,
    answer_values,
)
from caseapp.care.scope import AnswerOnLine, LineOfChild, the_answer, the_line
from caseapp.care.views.blueprint import (
    bp,
    done,
    refused,
    saved,
    short_page,
    when_it_opens,
)
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.reference import queries as reference
from caseapp.web.forms import maybe, some
from caseapp.web.guard import guard
from caseapp.web.languages import language_names
from caseapp.web.past import meanwhile

if TYPE_CHECKING:
    from caseapp.care.models import CareFacts


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/verder", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def refer_on(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down that another provider takes over: the waiting keeps counting from the first referral."""
    form = FollowOnForm(request.form, values={"referred_on": work.today})
    form.around(stored.referred_on, work.today)
    if form.submitted and done(
        form,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.refer_on(work, line.row, form.read())
        ),
    ):
        return saved(work, line.child, _("The new referral is saved."))
    known = facts.waiting_of(work, line.child.id, line.row.id)
    return short_page(work, "care/refer_on.html", form, line, stored, waiting=known)


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/antwoord", methods=["GET", "POST"])
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def add_answer(work: Work, line: LineOfChild, stored: "CareFacts") -> ResponseReturnValue:
    """Write down what the provider answered."""
    form = AnswerForm(request.form, values={"on": work.today}).until(work.today)
    if form.submitted and done(
        form,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.record_answer(work, line.row, form.read())
        ),
    ):
        return saved(work, line.child, _("The answer is saved."))
    return short_page(
        work, "care/answer.html", form, line, stored, answer_id=None, past=[], race=None
    )


@bp.route(
    "/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/antwoord/<uuid:answer_id>",
    methods=["GET", "POST"],
)
@guard(Permission.CARE_EDIT, on=the_answer)
def edit_answer(work: Work, answer: AnswerOnLine) -> ResponseReturnValue:
    """Correct what the provider answered, or take it back; what was there stays readable."""
    row, line = answer.row, LineOfChild(answer.child, answer.line)
    stored, about = readable(row, "facts"), readable(answer.line, "facts")
    if isinstance(stored, Unreadable) or isinstance(about, Unreadable):
        return refused(answer.child, stored if isinstance(stored, Unreadable) else about)
    values = answer_values(stored)
    form = AnswerCorrectionForm(request.form, values=values | {"version": row.version})
    form.until(work.today)
    race = None
    if form.submitted:
        try:
            if _corrected(work, answer, form):
                return saved(work, answer.child, _("The answer is changed."))
        except LostRaceError:
            race = meanwhile(form, values, row.version)
    past = what_stood(
        work, form, values, ("provider_answer", answer.row.id), by_facts(answer_values)
    )
    return short_page(
        work, "care/answer.html", form, line, about, answer_id=row.id, past=past, race=race
    )


def _corrected(work: Work, answer: AnswerOnLine, form: AnswerCorrectionForm) -> bool:
    version, counts = some(form.version), not form.taken_back.data
    return done(
        form,
        lambda: actions.correct_answer(
            work, answer.line, answer.row, version, form.read(), counts=counts
        ),
    )


@bp.route("/kinderen/<uuid:child_id>/zorg/<uuid:line_id>/brief")
@guard(Permission.CARE_EDIT, on=the_line)
@when_it_opens
def letter(work: Work, line: LineOfChild, _stored: "CareFacts") -> ResponseReturnValue:
    """Show the letter that asks a provider to count the waiting from the first referral; it is printed."""
    child = line.child
    known = facts.waiting_of(work, child.id, line.row.id)
    work.saw("letter-made", [child.id], object="care_line", object_id=line.row.id)
    return render_template(
        "care/letter.html",
        child=child,
        waiting=known,
        place=_place(work, child),
        tongue=_tongue(child),
        writer=accounts.people(work, [work.actor.account_id]).get(work.actor.account_id)
        if work.actor.account_id
        else None,
    )


def _place(work: Work, child: Sight) -> str:
    """Return the name of where the child lives; of a place that is kept secret nothing."""
    here = people.here(work, [child.id]).get(child.id)
    place = reference.location(work, here.location_id) if here and here.location_id else None
    return "" if place is None or place.confidential else place.name


def _tongue(child: Sight) -> str:
    """Return in which language to speak with the child, as far as it is known."""
    known = readable(child.child, "facts")
    if isinstance(known, Unreadable):
        return ""
    return known.language_text or str(language_names(known.languages))
