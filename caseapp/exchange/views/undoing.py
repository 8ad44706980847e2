"""Undoing a written list as a whole, while nothing was built on it; otherwise: what was, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from caseapp.domain.lists.course import RunState
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.actions import start_undoing
from caseapp.exchange.actions.undoing import HinderedError, forget_removed
from caseapp.exchange.actions.undoing import undo as undo_list
from caseapp.exchange.forms import ConfirmForm
from caseapp.exchange.queries.hindering import Hinders, Hindrance, hindrances
from caseapp.exchange.scope import the_run_to_change
from caseapp.exchange.views.blueprint import JOB, bp
from caseapp.exchange.views.running import heading
from caseapp.kernel.queueing import nudge
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.request import machine

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

MOST: Final = 25
"""Things built on a list that the page names; more are counted."""

AT_ONCE: Final = 200
"""Children of a list that is undone while somebody waits; more is left to the worker."""

WHY: Final[Mapping[Hinders, Words]] = {
    Hinders.NOT_APPLIED: _l("The list is not applied."),
    Hinders.NOT_KEPT: _l("The list came in before we kept what a list changes."),
    Hinders.LATER_LIST: _l("A later list says something about this child. Undo that list first."),
    Hinders.CHANGED_SINCE: _l("Somebody worked on the file since."),
    Hinders.NAMED_AS_FAMILY: _l("The file of another child names this child as family."),
    Hinders.ON_MOVE_LIST: _l("The child is on a list of moves since."),
    Hinders.PLACE_IN_USE: _l("The place is in use."),
    Hinders.PLACE_CHANGED: _l("Somebody changed the place since."),
}
"""What was built on a list, in a sentence."""


@dataclass(frozen=True, slots=True)
class Built:
    """One thing that was built on a list: about whom or what, why it stands in the way, and where it is."""

    who: str
    why: Words
    href: str = ""


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/terugdraaien", methods=["GET", "POST"])
@guard(Permission.LIST_IMPORT, on=the_run_to_change, fresh=True)
def undo(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Say what undoing means or what stands in its way, and undo the list once somebody says yes."""
    form = ConfirmForm(request.form)
    if form.submitted:
        return _undone(work, found, form)
    return _page(work, found, form)


def _undone(work: Work, run: "ListRun", form: ConfirmForm) -> ResponseReturnValue:
    """Undo the list; a lost race and what was built on it are answered on the page."""
    if queries.count_children(work, run) > AT_ONCE:
        return _left_to_worker(work, run)
    try:
        undo_list(work, run)
        work.commit()
        forget_removed(work)
    except (HinderedError, LostRaceError):
        work.undo()
        form.complain(_("Meanwhile something was built on this list. Nothing was undone."))
        return _page(work, run, form)
    except Unreadable as fault:
        work.undo()
        form.complain(
            _("Something could not be read: ref %(ref)s. Nothing was undone.", ref=fault.reference)
        )
        return _page(work, run, form)
    say("good", _("The list is undone."), _("Everything is as if it had never come in."))
    return redirect(url_for("exchange.run", run_id=run.id), 303)


def _left_to_worker(work: Work, run: "ListRun") -> ResponseReturnValue:
    """Let the worker undo a list about many children: that takes longer than anybody waits for a page."""
    if start_undoing(work, run):
        work.commit()
        nudge(machine().settings, JOB)
    return redirect(url_for("exchange.run", run_id=run.id), 303)


def _page(work: Work, run: "ListRun", form: ConfirmForm) -> ResponseReturnValue:
    if run.state != RunState.APPLIED:
        say("warning", _("This list cannot be undone: it is not applied."))
        return redirect(url_for("exchange.run", run_id=run.id), 303)
    found = hindrances(work, run)
    return render_template(
        "exchange/undo.html",
        form=form,
        head=heading(work, run),
        built=_built(work, found[:MOST]),
        more=max(len(found) - MOST, 0),
        children=queries.count_children(work, run),
    )


def _built(work: Work, found: Sequence[Hindrance]) -> list[Built]:
    """Return what stands in the way, in words; a child whose file is not open is not named."""
    children = [one.child_id for one in found if one.child_id is not None]
    seen = people.visible_among(work, children)
    if seen:
        work.saw("list-hindrances", seen)
    names = {key: card.name for key, card in people.cards(work, seen).items()}
    places = reference.location_names(work, [one.location_id for one in found])
    return [_one(work, one, names, places) for one in found]


def _one(
    work: Work, one: Hindrance, names: Mapping[UUID, str], places: Mapping[UUID, str]
) -> Built:
    why = WHY[one.why]
    if one.run_id is not None and queries.run(work, one.run_id) is not None:
        who = names.get(one.child_id, _("A child")) if one.child_id else ""
        return Built(who, why, url_for("exchange.run", run_id=one.run_id))
    if one.child_id is not None:
        href = url_for("casefile.show", child_id=one.child_id) if one.child_id in names else ""
        return Built(names.get(one.child_id, _("A child at another place")), why, href)
    if one.location_id is not None:
        return Built(places.get(one.location_id, ""), why)
    return Built("", why)
