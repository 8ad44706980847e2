"""The chapter about guardians, plans and the road to 23."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp.domain.case import SUPPORT_UNTIL_AGE
from caseapp.domain.policy import Permission
from caseapp.guardianship import facts, queries
from caseapp.guardianship.scope import may_change
from caseapp.guardianship.views.blueprint import bp
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child_to_receive
from caseapp.web.guard import guard


@bp.route("/kinderen/<uuid:child_id>/voogdij")
@guard(Permission.CHILD_READ, on=the_child_to_receive)
def chapter(work: Work, child: Sight) -> ResponseReturnValue:
    """Show guardians over time, plans, support until 23, and what is decided on the road."""
    told = facts.chapter(work, child.id, child.sees, child.until_on)
    may_assign = child.open_file and work.actor.may(Permission.GUARDIAN_ASSIGN)
    follows = (
        child.open_file
        and queries.workers_now(work, [child.id]).get(child.id) == work.actor.account_id
    )
    known = readable(child.child, "facts")
    alone = not isinstance(known, Unreadable) and known.unaccompanied
    has_road = child.open_file and (alone or bool(told.supports))
    return render_template(
        "guardianship/chapter.html",
        child=child,
        told=told,
        alone=alone,
        has_road=has_road,
        road=facts.road(work, child.id, child.card.birth) if has_road else None,
        ends_by_law=SUPPORT_UNTIL_AGE,
        may_assign=may_assign and not follows,
        may_decide=child.open_file and work.actor.may(Permission.SUPPORT_EDIT),
        changeable={
            line.row.id
            for line in told.guardians
            if may_assign and may_change(work, line.row.account_id)
        },
    )
