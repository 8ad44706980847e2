"""The blueprint of this slice, and what its pages share."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from caseapp.care import actions, facts
from caseapp.care.scope import LineOfChild
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.web.days import write_day
from caseapp.web.forms import Form
from caseapp.web.frame import say, say_unreadable
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.care.models import CareFacts

bp = Blueprint("care", __name__)

REPAIRS = frozenset({"CAR-1", "CAR-2", "CAR-3", "CAR-4", "CAR-5", "CAR-6"})
"""The alerts from which these forms are opened, by their codes in the address."""

REFUSALS: Final[Mapping[type[actions.MeaningError], Words]] = {
    actions.DayOrderError: _l("This lies before %(day)s, when this care began."),
    actions.NotEarlierError: _l("Choose care that was referred before this care."),
    actions.FollowedEarlierError: _l("Other care goes on from this since %(day)s."),
    actions.MoveQuestionError: _l("Say what the move of %(day)s did to this care."),
    actions.ContradictionError: _l("Finished and broken off by the move cannot both be."),
    actions.LineEndedError: _l("This care ended on %(day)s."),
    actions.NoDateError: _l("Enter the day that the provider gave."),
    actions.NotSeenError: _l("This day was taken back already."),
    actions.AlreadySeenError: _l("This day is saved already."),
}
"""What the form says at the field that is wrong."""


def when_it_opens(
    view: Callable[[Work, LineOfChild, "CareFacts"], ResponseReturnValue],
) -> Callable[[Work, LineOfChild], ResponseReturnValue]:
    """Give the view what stands in the line; a line that does not open is never saved over."""

    @wraps(view)
    def look(work: Work, line: LineOfChild) -> ResponseReturnValue:
        stored = readable(line.row, "facts")
        if not isinstance(stored, Unreadable):
            return view(work, line, stored)
        return refused(line.child, stored)

    return look


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do it, or write at the field why it cannot be."""
    try:
        do()
    except actions.MeaningError as wrong:
        day = write_day(wrong.day) if wrong.day else ""
        form[wrong.field].errors = [str(REFUSALS[type(wrong)]) % {"day": day}]
        return False
    return True


def refused(child: Sight, fault: Unreadable) -> ResponseReturnValue:
    """Say that something cannot be read and so cannot be changed."""
    say_unreadable(fault)
    return redirect(url_for("care.chapter", child_id=child.id), 303)


def short_page(
    work: Work, template: str, form: Form, line: LineOfChild, stored: "CareFacts", **more: Any
) -> ResponseReturnValue:
    """Show a short form with what is known of the line, and what an alert says of it."""
    return render_template(
        template,
        form=form,
        child=line.child,
        care=stored,
        line_id=line.row.id,
        seen=facts.seen_days(work, line.child.id).get(line.row.id, ()),
        repairs=repairs(),
        **more,
        moved_on=max(people.move_days(work, line.child.id), default=None),
    )


def repairs() -> str:
    """Return the code of the alert from which this form was opened, or nothing."""
    code = request.args.get("signalering", "")
    return code if code in REPAIRS else ""


def saved(work: Work, child: Sight, words: str) -> ResponseReturnValue:
    """Save, say so, and go on: to the child when an alert led here, to see what became of it."""
    work.commit()
    say("good", words)
    page = "casefile.show" if repairs() else "care.chapter"
    return redirect(url_for(page, child_id=child.id), 303)
