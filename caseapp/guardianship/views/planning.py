"""Plans of the guardian and reviews of them."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.domain.care_codes import PlanKind
from caseapp.domain.policy import Permission
from caseapp.guardianship import actions, facts
from caseapp.guardianship.forms import PlanCorrectionForm, PlanForm, plan_values
from caseapp.guardianship.scope import PlanOf, the_plan
from caseapp.guardianship.views.blueprint import bp, refused, to_chapter
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile


@bp.route("/kinderen/<uuid:child_id>/plannen/nieuw", methods=["GET", "POST"])
@guard(Permission.SUPPORT_EDIT, on=the_open_child)
def add_plan(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a plan, or a review when there is a plan already."""
    kind = PlanKind.REVIEW if facts.has_plan(work, child.id) else PlanKind.PLAN
    form = PlanForm(request.form, values={"on": work.today, "kind": kind.value}).until(work.today)
    if form.submitted:
        only_once(work, maybe(form.once), lambda: actions.record_plan(work, child.id, form.read()))
        work.commit()
        say("good", _("The plan is saved."))
        return to_chapter(child)
    return render_template(
        "guardianship/plan.html", form=form, child=child, row=None, past=[], race=None
    )


@bp.route("/kinderen/<uuid:child_id>/plannen/<uuid:plan_id>", methods=["GET", "POST"])
@guard(Permission.SUPPORT_EDIT, on=the_plan)
def edit_plan(work: Work, plan: PlanOf) -> ResponseReturnValue:
    """Correct a plan or a review, or take it back; what was there stays readable."""
    row, child = plan.row, plan.child
    stored = readable(row, "facts")
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    values = plan_values(stored)
    form = PlanCorrectionForm(request.form, values=values | {"version": row.version})
    form.until(work.today)
    race = None
    if form.submitted:
        counts = not form.taken_back.data
        try:
            actions.correct_plan(work, row, some(form.version), form.read(), counts=counts)
        except LostRaceError:
            race = meanwhile(form, values, row.version)
        else:
            work.commit()
            say("good", _("The plan is changed."))
            return to_chapter(child)
    past = what_stood(work, form, values, ("plan", row.id), by_facts(plan_values))
    return render_template(
        "guardianship/plan.html", form=form, child=child, row=row, past=past, race=race
    )
