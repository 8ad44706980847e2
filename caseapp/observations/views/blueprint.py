"""The blueprint of this slice, and what its pages share."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.accounts import queries as accounts
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.observations.facts import Entry
from caseapp.observations.forms import NOT_ASKED
from caseapp.people.queries import Sight
from caseapp.web.frame import say_unreadable
from caseapp.web.past import Was

bp = Blueprint("observations", __name__)


REPAIRS = frozenset({"OBS-1", "OBS-2", "OBS-3", "OBS-4", "GUA-2", "AFT-1"})
"""The alerts from which these forms are opened, by their codes in the address."""


def repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def to_chapter(child: Sight) -> ResponseReturnValue:
    """Go on to where what was saved stands on top: the chapter, or the child when an alert led here."""
    if repairs():
        return redirect(url_for("casefile.show", child_id=child.id), 303)
    return redirect(url_for("observations.chapter", child_id=child.id), 303)


def refused(child: Sight, fault: Unreadable) -> ResponseReturnValue:
    """Say that something cannot be read and so cannot be changed."""
    say_unreadable(fault)
    return to_chapter(child)


def show_earlier(
    work: Work, child: Sight, entry: Entry, past: Sequence[Was]
) -> ResponseReturnValue:
    """Show one entry with what stood there before."""
    return render_template(
        "observations/earlier.html",
        child=child,
        entry=entry,
        past=past,
        names=accounts.names(work, [entry.author]),
        not_asked=NOT_ASKED,
    )
