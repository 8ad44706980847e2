"""Pages about the meetings of the people round a child."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.observations import actions
from caseapp.observations.facts import Entry, What
from caseapp.observations.forms import MeetingCorrectionForm, MeetingForm, meeting_values
from caseapp.observations.scope import MeetingOf, the_meeting, the_meeting_to_correct
from caseapp.observations.views.blueprint import bp, refused, repairs, show_earlier, to_chapter
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.web.forms import Form, maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.past import Was, meanwhile


@bp.route("/kinderen/<uuid:child_id>/overleg", methods=["GET", "POST"])
@guard(Permission.CONTACT_LOG, on=the_open_child)
def add_meeting(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a meeting of the people round a child."""
    form = MeetingForm(request.form, values={"on": work.today}).until(work.today)
    if form.submitted:
        only_once(
            work, maybe(form.once), lambda: actions.record_meeting(work, child.id, form.read())
        )
        work.commit()
        say("good", _("The meeting is saved."))
        return to_chapter(child)
    return _page(form, child, None)


@bp.route("/kinderen/<uuid:child_id>/overleg/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.CONTACT_LOG, on=the_meeting_to_correct)
def edit_meeting(work: Work, held: MeetingOf) -> ResponseReturnValue:
    """Correct a meeting, or take it back; what was there stays readable."""
    row, child = held.row, held.child
    stored = readable(row, "facts")
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    values = meeting_values(stored)
    form = MeetingCorrectionForm(request.form, values=values | {"version": row.version})
    form.until(work.today)
    race = None
    if form.submitted:
        counts = not form.taken_back.data
        try:
            actions.correct_meeting(work, row, some(form.version), form.read(), counts=counts)
        except LostRaceError:
            race = meanwhile(form, values, row.version)
        else:
            work.commit()
            say("good", _("The meeting is changed."))
            return to_chapter(child)
    past = what_stood(work, form, values, ("meeting", row.id), by_facts(meeting_values))
    return _page(form, child, row, past, race)


@bp.route("/kinderen/<uuid:child_id>/overleg/<uuid:row_id>/eerder")
@guard(Permission.OBSERVATION_READ, on=the_meeting)
def earlier_meeting(work: Work, held: MeetingOf) -> ResponseReturnValue:
    """Show a meeting with what stood there before."""
    row, stored = held.row, readable(held.row, "facts")
    if isinstance(stored, Unreadable):
        return refused(held.child, stored)
    entry = Entry(What.MEETING, row.id, stored.on, row, stored, author=row.recorded_by)
    record, now = ("meeting", row.id), meeting_values(stored)
    past = what_stood(work, MeetingCorrectionForm(), now, record, by_facts(meeting_values))
    return show_earlier(work, held.child, entry, past)


def _page(
    form: Form, child: Sight, row: Any, past: Sequence[Was] = (), race: Any = None
) -> ResponseReturnValue:
    return render_template(
        "observations/meeting.html",
        form=form,
        child=child,
        row=row,
        past=past,
        race=race,
        repairs=repairs(),
    )
