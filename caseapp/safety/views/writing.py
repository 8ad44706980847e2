"""Opening a file of the reporting code, and writing its parts."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts.actions import only_once
from caseapp.domain.policy import Permission
from caseapp.domain.safety import SafetyRefusedError
from caseapp.kernel.work import LostRaceError, Work
from caseapp.safety import actions, queries
from caseapp.safety.forms import FORMS, OpenForm, values_of
from caseapp.safety.scope import PartOf, the_part
from caseapp.safety.views.blueprint import bp, name_of
from caseapp.web.forms import maybe
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.labels import label


@bp.route("/meldcode/nieuw", methods=["GET", "POST"])
@guard(Permission.PROTECTION_FILE)
def new_file(work: Work) -> ResponseReturnValue:
    """Open a file about a child of the own location: chosen by name, or by its V-number."""
    here = queries.children_here(work)
    work.saw("protection-choose", list(here))
    form = OpenForm(request.form, values={"on": work.today})
    form.on.latest = work.today
    form.child.choices = [(str(key), card.name) for key, card in here.items()]
    if form.submitted and (child_id := _chosen(work, form)):
        made: list[UUID] = []
        try:
            only_once(
                work,
                maybe(form.once),
                lambda: made.append(actions.open_file(work, child_id, form.read()).id),
            )
            work.commit()
        except SafetyRefusedError as refused:
            form.complain(label(refused.code))
        except LostRaceError:
            form.complain(_("A file about this child was opened a moment ago. Look in the list."))
        else:
            say("good", _("The file is opened."))
            to = url_for("safety.one_file", file_id=made[0]) if made else url_for("safety.files")
            return redirect(to, 303)
    return render_template("safety/new_file.html", form=form, is_empty=not here)


def _chosen(work: Work, form: OpenForm) -> UUID | None:
    """Return the child of the form; without one the form says why."""
    number, key = maybe(form.v_number), maybe(form.child)
    found = queries.child_with(work, number) if number else UUID(key) if key else None
    if found is None:
        form.v_number.errors = [_("No child with this V-number lives at your location.")]
    return found


@bp.route("/meldcode/<uuid:file_id>/deel/<int:number>", methods=["GET", "POST"])
@guard(Permission.PROTECTION_FILE, on=the_part)
def part(work: Work, found: PartOf) -> ResponseReturnValue:
    """Write a part of a file, or write it again: what stood there is kept."""
    row, name, stands = found.course.row, name_of(found.course), found.course.parts.get(found.part)
    values = values_of(stands) if stands else {"on": work.today}
    form = FORMS[found.part](request.form, values=values | {"version": row.version})
    form.until(work.today)
    to = url_for("safety.one_file", file_id=row.id)
    if form.submitted:
        try:
            actions.write(work, row, maybe(form.version), form.read())
            work.commit()
        except SafetyRefusedError as refused:
            form.complain(label(refused.code))
        except LostRaceError:
            work.undo()
            form.complain(
                _("Somebody wrote in this file meanwhile. Look at the file, then write again.")
            )
        else:
            say("good", _("It is saved."))
            return redirect(to, 303)
    return render_template("safety/part.html", form=form, name=name, part=found.part, to=to)
