"""Deciding about rows that wait for a person: one by one, the ticked ones, or all of one doubt."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.words import Reason
from caseapp.domain.policy import Permission
from caseapp.exchange import actions, queries
from caseapp.exchange.forms import DecideForm, Deed
from caseapp.exchange.scope import the_run_to_change
from caseapp.exchange.views.asking import address_of
from caseapp.exchange.views.blueprint import bp
from caseapp.kernel.work import Work
from caseapp.web.forms import maybe
from caseapp.web.frame import say
from caseapp.web.guard import guard

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

DECIDES: Final[dict[Deed, Decision | None]] = {
    Deed.TAKE: Decision.TAKE,
    Deed.LEAVE: Decision.LEAVE,
    Deed.OPEN: None,
}


@bp.route("/verhuizingen/lijsten/<uuid:run_id>/besluiten", methods=["POST"])
@guard(Permission.LIST_IMPORT, on=the_run_to_change)
def decide(work: Work, found: "ListRun") -> ResponseReturnValue:
    """Keep what somebody decided, and go back to the same rows."""
    form = DecideForm(request.form)
    if not form.submitted:
        return redirect(address_of(found.id), 303)
    one = maybe(form.one)
    if one is not None:
        return _one(work, found, *one)
    deed, numbers = _many(work, found, form)
    if deed is None or not numbers:
        say("", _("Nothing was decided."), _("Tick at least one row."))
    else:
        decided = actions.decide(work, found, numbers, DECIDES[deed])
        work.commit()
        _tell(deed, decided)
    return redirect(address_of(found.id), 303)


def _one(work: Work, run: "ListRun", deed: Deed, number: int) -> ResponseReturnValue:
    """Decide about one row, and come back to it: the row says what was decided."""
    decided = actions.decide(work, run, [number], DECIDES[deed])
    work.commit()
    if not decided:
        _tell(deed, decided)
        return redirect(address_of(run.id), 303)
    return redirect(f"{address_of(run.id)}#rij-{number}", 303)


def _many(work: Work, run: "ListRun", form: DecideForm) -> tuple[Deed | None, Collection[int]]:
    """Return what to do with which rows: the ticked ones, or all that wait for the doubt of the filter."""
    every, code = maybe(form.every), request.args.get("reden", "")
    if every is None:
        return maybe(form.ticked), maybe(form.row) or ()
    if code not in set(Reason):
        return every, ()
    return every, queries.numbers_to_decide(work, run, Reason(code))


def _tell(deed: Deed, decided: int) -> None:
    if not decided:
        say(
            "warning",
            _("Nothing was decided."),
            _("The list is not waiting for decisions about these rows any more."),
        )
    elif deed is Deed.TAKE:
        say("good", ngettext("%(num)s row is taken.", "%(num)s rows are taken.", decided))
    elif deed is Deed.LEAVE:
        say("good", ngettext("%(num)s row is left out.", "%(num)s rows are left out.", decided))
    else:
        say("", ngettext("%(num)s row waits again.", "%(num)s rows wait again.", decided))
