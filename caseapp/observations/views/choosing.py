"""Choosing the child to write about."""

from typing import Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.observations import queries
from caseapp.observations.forms import FindForm
from caseapp.observations.views.blueprint import bp
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.forms import some
from caseapp.web.guard import guard

MOST_SHOWN: Final = 200
"""Children by name on this page; who has more in scope searches."""


@bp.route("/vastleggen", methods=["GET", "POST"])
@guard(Permission.OBSERVE)
def record(work: Work) -> ResponseReturnValue:
    """Choose the child to write an observation about."""
    return _choose(work)


@bp.route("/vastleggen/contact", methods=["GET", "POST"])
@guard(Permission.CONTACT_LOG)
def contacts_to_record(work: Work) -> ResponseReturnValue:
    """Choose the child to write a contact about."""
    return _choose(work)


def _choose(work: Work) -> ResponseReturnValue:
    """Offer the children about whom one wrote last, then all in scope by name; or those that a search finds."""
    form = FindForm(request.form)
    if form.submitted:
        found = people.search(work, some(form.q))
        listed = [one.child_id for one in found.found]
        return _page(work, form, [], listed, cut=found.cut, is_search=True)
    recent = queries.recent_children(work)
    others = [] if work.actor.is_national else queries.children_in_scope(work)
    cards = people.cards(work, others)
    named = sorted(set(cards) - set(recent), key=lambda one: (cards[one].folded, one))
    return _page(work, form, recent, named[:MOST_SHOWN], cut=len(named) > MOST_SHOWN)


def _page(
    work: Work,
    form: FindForm,
    recent: list[UUID],
    named: list[UUID],
    *,
    cut: bool,
    is_search: bool = False,
) -> ResponseReturnValue:
    shown = [*recent, *named]
    work.saw("list-record", shown)
    here = people.here(work, shown)
    places = reference.location_names(work, {one.location_id for one in here.values()})
    return render_template(
        "observations/record.html",
        form=form,
        recent=recent,
        named=named,
        cut=cut,
        is_search=is_search,
        cards=people.cards(work, shown),
        places={
            key: places[one.location_id] for key, one in here.items() if one.location_id in places
        },
    )
