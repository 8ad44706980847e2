"""The moves of many children together: put on a list, weighed side by side, decided in one act."""

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.continuity.views.blueprint import bp
from caseapp.continuity.views.impact_rows import COLUMNS, Line, Matrix, matrix_of, prefix_of
from caseapp.domain.impact import Group, Topic
from caseapp.domain.intents.moves import ListDecision, ListStep
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves.forms import REFUSALS, DecisionForm
from caseapp.moves.scope import ListOf, the_list
from caseapp.reference import queries as reference
from caseapp.web.forms import Form, maybe, refuse_other_rows, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.impact_marks import GROUPS, TOPICS
from caseapp.web.impact_words import tell_item
from caseapp.web.sheets import Cell as SheetCell
from caseapp.web.sheets import download, workbook
from caseapp.web.tiles import Tally

GROUP_CODES: Final = {"eerst": Group.FIRST, "regelen": Group.ARRANGE, "rust": Group.CALM}
ROW_FIELD: Final = re.compile(r"[0-9a-f]{32}-(?:step|version)")
TOPIC_CODES: Final = {"zorg": Topic.CARE, "school": Topic.SCHOOL, "gezin": Topic.FAMILY}


@bp.route("/verhuizingen/lijst/<uuid:list_id>", methods=["GET", "POST"])
@guard(Permission.MOVE_CONFIRM, on=the_list)
def impact_list(work: Work, found: ListOf) -> ResponseReturnValue:
    """Show what the moves of a list break, worst first, and take the decisions in one act."""
    if request.method == "POST":
        chosen, decisions = _decisions(found)
        if decisions:
            return _act(work, found, chosen, decisions)
        say("", _("Nothing was decided."), _("Choose for at least one child what happens."))
        return redirect(_here(found), 303)
    return _page(work, found, matrix_of(work, found))


@bp.route("/verhuizingen/lijst/<uuid:list_id>/werkblad", methods=["POST"])
@guard(Permission.MOVE_CONFIRM, on=the_list)
def impact_sheet(work: Work, found: ListOf) -> ResponseReturnValue:
    """Give the list as a worksheet: the same rows that the reader may see, and no formula runs in it."""
    Form(request.form)  # refuses fields that nobody asked for
    lines = matrix_of(work, found).lines
    about: dict[str, Any] = {"object": "move_list", "object_id": found.list.id}
    work.saw("export-list-of-moves", [line.child_id for line in lines], **about)
    return download(
        "verhuizingen", workbook(_("Moves"), _heads(), [_cells(work, one) for one in lines])
    )


def _decisions(found: ListOf) -> tuple[dict[UUID, str], list[ListDecision]]:
    """Read the choices that were sent, by row; a row that was not on the page is left as it is."""
    refuse_other_rows(request.form, ROW_FIELD)
    chosen: dict[UUID, str] = {}
    decisions = []
    for row in found.rows:
        prefix = prefix_of(row.id)
        if f"{prefix}version" not in request.form:
            continue
        form = DecisionForm(request.form, prefix=prefix)
        choice = maybe(form.step) or ""
        chosen[row.id] = choice
        if choice in set(ListStep):
            decisions.append(ListDecision(row.id, ListStep(choice), some(form.version)))
    return chosen, decisions


def _act(
    work: Work, found: ListOf, chosen: Mapping[UUID, str], decisions: list[ListDecision]
) -> ResponseReturnValue:
    """Take all steps or none; when some cannot be, name them and keep what was chosen for the others."""
    rows = {row.id: row for row in found.rows}
    try:
        moves.take_steps(work, rows, decisions)
    except moves.NotAllError as met:
        work.undo()
        errors = {key: REFUSALS[why] for key, why in met.refused.items()}
        return _page(work, found, matrix_of(work, found, chosen, errors))
    work.commit()
    words = ngettext("%(num)s decision is saved.", "%(num)s decisions are saved.", len(decisions))
    say("good", words, _("Who has to know is told."))
    return redirect(_here(found), 303)


def _here(found: ListOf) -> str:
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("groep", "stuk") if request.args.get(name)
    }
    return url_for("continuity.impact_list", list_id=found.list.id, **asked)


def _page(work: Work, found: ListOf, matrix: Matrix) -> ResponseReturnValue:
    shown = _chosen(matrix)
    printed = request.args.get("print") == "1"
    closes = reference.location(work, found.list.closes_id) if found.list.closes_id else None
    groups = [
        (GROUPS[group], group, [line for line in shown if line.group is group]) for group in Group
    ]
    return render_template(
        "continuity/impact_list.html",
        list_id=found.list.id,
        matrix=matrix,
        groups=[one for one in groups if one[2]],
        columns=[TOPICS[topic] for topic in COLUMNS],
        tallies=_tallies(found, matrix),
        where=_where(matrix),
        closes=reference.name_of(work, closes) if closes else "",
        action=_here(found),
        wrong=[line for line in matrix.lines if line.error],
        printed=printed,
        told=lambda line: _told(work, line) if printed else [],
        gentler=_gentler(matrix),
    )


def _chosen(matrix: Matrix) -> list[Line]:
    """Return the lines that the filter in the address asks for; a code that means nothing is no filter."""
    group = GROUP_CODES.get(request.args.get("groep", ""))
    topic = TOPIC_CODES.get(request.args.get("stuk", ""))
    lines = matrix.with_topic(topic) if topic else matrix.lines
    return [line for line in lines if group is None or line.group is group]


def _tallies(found: ListOf, matrix: Matrix) -> list[Tally]:
    def tally(number: int, words: Words, severity: str = "", **asked: str) -> Tally:
        current = all(request.args.get(name) == code for name, code in asked.items())
        values: dict[str, Any] = {"list_id": found.list.id, **asked}
        return Tally(number, words, url_for("continuity.impact_list", **values), severity, current)

    count = {group: len(matrix.in_group(group)) for group in Group}
    return [
        tally(count[Group.FIRST], _("first a solution"), "critical", groep="eerst"),
        tally(count[Group.ARRANGE], _("arrange before departure"), "warning", groep="regelen"),
        tally(count[Group.CALM], _("nothing breaks"), groep="rust"),
        tally(len(matrix.with_topic(Topic.CARE)), _("care stops"), stuk="zorg"),
        tally(len(matrix.with_topic(Topic.SCHOOL)), _("no place at a school"), stuk="school"),
        tally(len(matrix.with_topic(Topic.FAMILY)), _("family apart"), stuk="gezin"),
    ]


def _where(matrix: Matrix) -> str:
    """Return to where they go, the most first: "azc Drachten (26), azc Emmen (11)"."""
    ordered = sorted(matrix.places.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{place} ({count})" for place, count in ordered)


def _gentler(matrix: Matrix) -> Any:
    """Return the first day that is kinder to every child that moves on a school day; None without one."""
    days = [line.ahead.impact.gentler for line in matrix.lines if line.ahead.impact.on_school_day]
    return max((day for day in days if day is not None), default=None)


def _told(work: Work, line: Line) -> list[tuple[Words, Words]]:
    """Return all that breaks or asks attention, in full, for the printed list."""
    name = line.card.first_name if line.card else ""
    found = line.ahead.impact
    told = [tell_item(one, found, name, work.today) for one in (*found.breaks, *found.attention)]
    return [(one.heading, one.text) for one in told]


def _heads() -> list[str]:
    return [
        _("V-number"), _("Child"), _("Age"), _("From"), _("To"), _("Day"), _("State"),
        _("What first"), *(str(TOPICS[topic]) for topic in COLUMNS), _("Points of harm"),
    ]  # fmt: skip


def _cells(work: Work, line: Line) -> list[SheetCell]:
    found = line.ahead.impact
    return [
        line.card.v_number if line.card else "", str(line.name), line.age, line.left, line.place,
        found.move.on, str(line.on_hold or line.state), str(GROUPS[line.group]),
        *(str(cell.words) for cell in line.cells), found.harm,
    ]  # fmt: skip
