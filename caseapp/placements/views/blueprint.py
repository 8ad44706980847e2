"""The blueprint of this slice, and what its pages share."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.audit import queries as audit
from caseapp.audit.views import what_stood
from caseapp.domain.periods import EndsBeforeStartError, PeriodError
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.placements.forms import StayQuestions, WhereaboutsQuestions, in_the_way
from caseapp.web.forms import Form
from caseapp.web.frame import say
from caseapp.web.past import Was

bp = Blueprint("placements", __name__)

REPAIRS = frozenset({"PLA-6", "SAF-1", "SAF-2"})
"""The alerts from which these forms are opened, by their codes in the address."""


def repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def was_before(
    work: Work, form: Form, row: Any, values_of: Callable[[Any], dict[str, Any]]
) -> list[Was]:
    """Return what stood in a row before it was corrected, in the words of its form."""
    record = (row.__tablename__, row.id)
    return what_stood(work, form, values_of(row), record, lambda one: _values_then(one, values_of))


def _values_then(
    entry: audit.Earlier, values_of: Callable[[Any], dict[str, Any]]
) -> dict[str, Any] | Unreadable:
    if isinstance(entry.facts, Unreadable):
        return entry.facts
    then = dict(entry.clear) | {"facts": entry.facts}
    for name in ("from_on", "to_on"):
        then[name] = date.fromisoformat(then[name]) if then[name] else None
    return values_of(SimpleNamespace(**then))


def complain(form: StayQuestions | WhereaboutsQuestions, error: PeriodError) -> None:
    """Write at the day that is wrong why a period cannot be."""
    field = form.to_on if isinstance(error, EndsBeforeStartError) else form.from_on
    field.errors = [str(in_the_way(error))]


def saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    """Save, say so, and go on: to the child when an alert led here, to see what became of it."""
    work.commit()
    say("good", words)
    page = "casefile.show" if repairs() else "placements.stays"
    return redirect(url_for(page, child_id=child.id), 303)
