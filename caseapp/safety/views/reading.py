"""The files of the own location, one file, and the Today of a protection lead."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Permission
from caseapp.domain.safety import STEPS, Part
from caseapp.kernel.work import Work
from caseapp.safety import facts, queries
from caseapp.safety.facts import Course
from caseapp.safety.scope import the_file
from caseapp.safety.views.blueprint import bp, lines, name_of
from caseapp.web.guard import guard


@bp.route("/meldcode")
@guard(Permission.PROTECTION_FILE)
def files(work: Work) -> ResponseReturnValue:
    """List the files of the own location: those that are open, what is late on top, then the closed ones."""
    work.saw("list-protection", object="protection_file")
    rows = queries.files(work)
    return render_template(
        "safety/files.html",
        lines=lines(facts.courses(work, [one for one in rows if not one.closed_on]), work.today),
        closed=lines(facts.courses(work, [one for one in rows if one.closed_on]), work.today),
    )


def protection_today(work: Work) -> ResponseReturnValue:
    """Show a protection lead what is late; nobody else has such a Today."""
    work.saw("list-protection", object="protection_file")
    rows = [one for one in queries.files(work) if not one.closed_on]
    found = lines(facts.courses(work, rows), work.today)
    late = [one for one in found if one.late or one.course.unreadable]
    return render_template("safety/today.html", lines=late, others=len(found) - len(late))


@bp.route("/meldcode/<uuid:file_id>")
@guard(Permission.PROTECTION_FILE, on=the_file)
def one_file(work: Work, course: Course) -> ResponseReturnValue:
    """Show a file: what is late, the five steps, Veilig Thuis, and what stood there before."""
    return render_template(
        "safety/one_file.html",
        course=course,
        name=name_of(course),
        steps=STEPS,
        more=(Part.SAFE_HOME, Part.CLOSE),
        late=course.late(work.today),
        names=accounts.names(work, {one.by for one in course.entries if one.by}),
    )
