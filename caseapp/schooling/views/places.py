"""Pages about the schools of a child: places, waiting lists, exemptions."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.audit.views import by_facts, what_stood
from caseapp.domain.policy import Permission, Sees
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_child_to_receive, the_open_child
from caseapp.reference import queries as reference
from caseapp.schooling import actions, facts
from caseapp.schooling.forms import (
    KeepForm,
    SchoolingCorrectionForm,
    SchoolingForm,
    SchoolingQuestions,
    values_of,
)
from caseapp.schooling.scope import RecordOfChild, the_record
from caseapp.schooling.views.blueprint import bp, refused, repairs, saved
from caseapp.web.days import write_day
from caseapp.web.forms import Option, maybe, some
from caseapp.web.guard import guard
from caseapp.web.past import meanwhile

F = TypeVar("F", bound=SchoolingQuestions)


@bp.route("/kinderen/<uuid:child_id>/school")
@guard(Permission.CHILD_READ, on=the_child_to_receive)
def chapter(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the schools of a child, the newest first, and what is now."""
    shows_absence = child.sees.rank >= Sees.UNTIL_DEPARTURE.rank
    return render_template(
        "schooling/chapter.html",
        child=child,
        entries=facts.history(work, child.id, child.until_on),
        absence=facts.absences(work, child.id, child.until_on) if shows_absence else None,
    )


@bp.route("/kinderen/<uuid:child_id>/school/nieuw", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_open_child)
def add(work: Work, child: Sight) -> ResponseReturnValue:
    """Write down a school place, a waiting list or an exemption."""
    near = _municipality(work, child)
    values = {"version": 0, "municipality": near if repairs() else None}
    form = _asked(SchoolingForm, work, near, values)
    if form.submitted and _done(
        form,
        lambda: only_once(
            work, maybe(form.once), lambda: actions.record(work, child.id, form.read())
        ),
    ):
        return saved(work, child, _("School is saved."))
    return render_template(
        "schooling/add.html",
        form=form,
        child=child,
        repairs=repairs(),
        former=_kept(work, child),
    )


@bp.route("/kinderen/<uuid:child_id>/school/<uuid:record_id>", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_record)
def edit(work: Work, record: RecordOfChild) -> ResponseReturnValue:
    """Correct a school record, or write down what came after."""
    stored = readable(record.row, "facts")
    if isinstance(stored, Unreadable):
        return refused(record.child, stored)
    near = _municipality(work, record.child)
    values = values_of(stored) | {"version": record.row.version}
    form = _asked(SchoolingCorrectionForm, work, near, values)
    race = None
    if form.submitted:
        try:
            version = some(form.version)
            if _done(form, lambda: actions.correct(work, record.row, version, form.read())):
                return saved(work, record.child, _("School is saved."))
        except LostRaceError:
            race = meanwhile(form, values, record.row.version)
    past = what_stood(work, form, values, ("school_record", record.row.id), by_facts(values_of))
    return render_template(
        "schooling/edit.html", form=form, child=record.child, past=past, race=race
    )


@bp.route("/kinderen/<uuid:child_id>/school/<uuid:record_id>/blijft", methods=["GET", "POST"])
@guard(Permission.SCHOOL_EDIT, on=the_record)
def keep(work: Work, record: RecordOfChild) -> ResponseReturnValue:
    """Write down that a child keeps this school after a move: what mends it without another school."""
    row, child, stored = record.row, record.child, readable(record.row, "facts")
    if isinstance(stored, Unreadable):
        return refused(child, stored)
    values = {"kept_after_move_on": work.today, "version": row.version}
    form = KeepForm(request.form, values=values).until(work.today)
    race = None
    if form.submitted:
        try:
            actions.keep(work, row, some(form.version), some(form.kept_after_move_on))
        except actions.EndsBeforeStartError as wrong:
            form.kept_after_move_on.errors = [
                _("This lies before the first day, %(day)s.", day=write_day(wrong.first))
            ]
        except LostRaceError:
            now = {"kept_after_move_on": stored.kept_after_move_on}
            race = meanwhile(form, now, row.version)
        else:
            return saved(work, child, _("School is saved."))
    return render_template("schooling/keep.html", form=form, child=child, school=stored, race=race)


def _kept(work: Work, child: Sight) -> list[facts.Entry]:
    """Return the schools that a child can keep, when the alert about a move led here."""
    if repairs() != "SCH-2":
        return []
    return [
        entry
        for entry in facts.history(work, child.id)
        if entry.record is not None and entry.record.attending_from is not None
    ]


def _asked(kind: type[F], work: Work, near: str | None, values: Mapping[str, Any]) -> F:
    """Return the form with the schools of the list: those of the present municipality first."""
    listed = reference.schools(work)
    same = {"name", "brin", "municipality"}
    known = next(
        (row for row in listed if all(getattr(row, n) == values.get(n) for n in same)), None
    )
    shown = dict(values)
    if known is not None:
        shown |= dict.fromkeys(same) | {"school": str(known.id)}
    offered = sorted(listed, key=lambda row: row.municipality != near or near is None)
    groups = _("In the municipality where the child lives"), _("Elsewhere")
    schools = [
        Option(
            str(row.id),
            f"{row.name} ({row.brin})" if row.brin else row.name,
            group=groups[near is None or row.municipality != near],
        )
        for row in offered
    ]
    return kind(request.form, values=shown).offer(schools).until(work.today)


def _done(form: SchoolingQuestions, do: Callable[[], object]) -> bool:
    """Do it, or write at the field why it cannot be."""
    try:
        do()
    except actions.NoDayError:
        form.waiting_list_since.errors = [
            _("Enter at least one of these days: waiting list, enrolled or in class.")
        ]
    except actions.EndsBeforeStartError as wrong:
        form.to.errors = [
            _("The end lies before the first day, %(day)s.", day=write_day(wrong.first))
        ]
    else:
        return True
    return False


def _municipality(work: Work, child: Sight) -> str | None:
    """Return the municipality where the child lives now, or lived last."""
    here = people.here(work, [child.id]).get(child.id)
    place = reference.location(work, here.location_id) if here and here.location_id else None
    return place.municipality if place else None
