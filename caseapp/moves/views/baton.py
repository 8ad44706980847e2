"""Who is responsible for a child: now and before, and taking it over."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import readable
from caseapp.kernel.work import Work
from caseapp.moves import actions, queries
from caseapp.moves.forms import REFUSALS, TakeOverForm
from caseapp.moves.views.blueprint import bearer, bp
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.caseload_words import WHYS_PASSED
from caseapp.web.forms import Option, some
from caseapp.web.frame import say
from caseapp.web.guard import guard


@bp.route("/kinderen/<uuid:child_id>/verantwoordelijk", methods=["GET", "POST"])
@guard(Permission.TAKE_OVER, on=the_open_child)
def take_over(work: Work, child: Sight) -> ResponseReturnValue:
    """Become responsible for a child that lives at the own place, or give it to who works there."""
    people = actions.may_hold(work, child.id)
    me = str(work.actor.account_id)
    form = TakeOverForm(request.form, values={"account": me})
    form.account.choices = [Option(str(one.id), one.label) for one in people]
    if form.submitted:
        try:
            actions.take_over(work, child.id, UUID(some(form.account)))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            work.commit()
            say("good", _("It is saved who is responsible."))
            return redirect(url_for("casefile.show", child_id=child.id), 303)
    every = list(reversed(queries.responsible(work, child.id)))
    return render_template(
        "moves/responsible.html",
        form=form,
        child=child,
        bearer=bearer(work, child.id),
        people=people,
        history=every,
        names=accounts.names(work, [row.account_id for row in every]),
        readable=readable,
        whys=WHYS_PASSED,
    )
