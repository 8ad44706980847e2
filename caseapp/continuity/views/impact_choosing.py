"""Choosing whose moves are weighed together: by V-number, by a location that closes, or as a family."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts.actions import only_once
from caseapp.continuity.views.blueprint import bp, places_of
from caseapp.domain.moving import RefusedError
from caseapp.domain.names import digits_of
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.moves.forms import MOST, REFUSALS, FamilyForm, ListForm, RowForm, TogetherForm
from caseapp.moves.scope import ListRowOf, the_list_row
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import name_and_age
from caseapp.web.choices import Option
from caseapp.web.forms import maybe, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.places import location_options


@bp.route("/verhuizingen/lijst", methods=["GET", "POST"])
@guard(Permission.MOVE_CONFIRM)
def impact_new_list(work: Work) -> ResponseReturnValue:
    """Put children on a list: V-numbers as they were pasted, or everybody at a location that closes."""
    form = ListForm(request.form, values={"announced_on": work.today})
    _offer(work, form)
    form.closes.choices = location_options(reference.locations(work))
    if form.submitted:
        children = _children(work, form)
        if not form.wrong:
            closes = maybe(form.closes)
            return _made(work, form, children, UUID(closes) if closes else None)
    return render_template(
        "continuity/impact_new_list.html", form=form, lists=moves_of.own_lists(work)
    )


@bp.route("/kinderen/<uuid:child_id>/gezin/verhuizing", methods=["GET", "POST"])
@guard(Permission.MOVE_CONFIRM, on=the_open_child)
def impact_family(work: Work, child: Sight) -> ResponseReturnValue:
    """Weigh the move of a family together: the child, who stands on its file, and who has its family number."""
    family = people.family_of(work, child.id)
    cards = people.cards(work, family)
    places = places_of(work, family)
    work.saw("list-family", family)
    everybody = tuple(str(key) for key in family)
    form = FamilyForm(request.form, values={"announced_on": work.today, "children": everybody})
    _offer(work, form)
    form.children.choices = tuple(
        Option(str(key), name_and_age(cards.get(key), work.today), hint=places.get(key, ""))
        for key in family
    )
    if form.submitted:
        return _made(work, form, [UUID(key) for key in maybe(form.children) or ()])
    return render_template("continuity/impact_family.html", form=form, child=child)


@bp.route("/verhuizingen/lijst/<uuid:list_id>/kind/<uuid:row_id>", methods=["GET", "POST"])
@guard(Permission.MOVE_CONFIRM, on=the_list_row)
def impact_row(work: Work, listed: ListRowOf) -> ResponseReturnValue:
    """Let one child of a list go to another place, or on another day, than the others."""
    row, home = listed.row, url_for("continuity.impact_list", list_id=listed.row.list_id)
    values = {"to_location": str(row.to_location_id), "planned_on": row.planned_on}
    form = RowForm(request.form, values=values)
    form.to_location.choices = location_options(reference.locations(work, open_only=True))
    form.planned_on.earliest = work.today
    if form.submitted:
        try:
            moves.change_row(work, row, UUID(some(form.to_location)), some(form.planned_on))
        except RefusedError as refused:
            form.complain(REFUSALS[refused.why])
        else:
            work.commit()
            say("good", _("The place and the day are saved."))
            return redirect(home, 303)
    return render_template("continuity/impact_row.html", form=form, child=listed.child, home=home)


def _offer(work: Work, form: TogetherForm) -> None:
    form.to_location.choices = location_options(reference.locations(work, open_only=True))
    form.announced_on.latest = work.today


def _children(work: Work, form: ListForm) -> Sequence[UUID]:
    """Return who goes on the list; what is wrong stands on the form afterwards, with the text kept."""
    closes = maybe(form.closes)
    if closes:
        found = people.living_at(work, UUID(closes), MOST)
        if len(found) > MOST:
            form.closes.errors = [
                _(
                    "More than %(most)s children live there. Paste V-numbers, part by part.",
                    most=MOST,
                )
            ]
        elif not found:
            form.closes.errors = [_("No child of your region lives there.")]
        return found
    pasted = form.pasted
    known = people.by_v_numbers(work, pasted.numbers)
    missing = [*pasted.unread, *(number for number in pasted.numbers if number not in known)]
    if not known:
        form.v_numbers.errors = [_("None of these children can be found. Check the numbers.")]
    elif missing and not maybe(form.leave_out):
        form.v_numbers.errors = [_not_found(missing)]
    return list(dict.fromkeys(known.values()))


def _not_found(missing: Sequence[str]) -> str:
    """Name back what was not found: never whether somebody else has such a child."""
    named = ", ".join(_grouped(one) for one in missing)
    return ngettext(
        "%(num)s cannot be found among your children: %(which)s",
        "%(num)s cannot be found among your children: %(which)s",
        len(missing),
        which=named,
    )


def _grouped(piece: str) -> str:
    digits = digits_of(piece)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if digits == piece else piece


def _made(
    work: Work, form: TogetherForm, children: Sequence[UUID], closes_id: UUID | None = None
) -> ResponseReturnValue:
    """Keep the list and go to it; the same form sent twice makes one list."""
    wish = form.wish(tuple(children), closes_id)
    only_once(work, maybe(form.once), lambda: moves.make_list(work, wish))
    work.commit()
    newest = moves_of.own_lists(work)[0]
    words = ngettext("%(num)s child on the list.", "%(num)s children on the list.", len(children))
    say("good", words, _("Nothing is planned yet: first see what breaks."))
    return redirect(url_for("continuity.impact_list", list_id=newest.id), 303)
