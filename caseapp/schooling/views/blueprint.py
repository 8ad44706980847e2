"""The blueprint of this slice, and what its pages share."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.web.frame import say, say_unreadable

bp = Blueprint("schooling", __name__)

REPAIRS = frozenset({"SCH-1", "SCH-2", "SCH-3", "SCH-4", "SCH-5", "SCH-6", "SCH-7"})
"""The alerts from which these forms are opened, by their codes in the address."""


def repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    """Save, say so, and go on: to the child when an alert led here, to see what became of it."""
    work.commit()
    say("good", words)
    page = "casefile.show" if repairs() else "schooling.chapter"
    return redirect(url_for(page, child_id=child.id), 303)


def refused(child: Sight, fault: Unreadable) -> ResponseReturnValue:
    """Say that something cannot be read and so cannot be changed."""
    say_unreadable(fault)
    return redirect(url_for("schooling.chapter", child_id=child.id), 303)
