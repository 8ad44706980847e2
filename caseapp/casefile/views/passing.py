"""Handing over a whole caseload: who carries how many, and all children of one colleague to others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts import queries as accounts
from caseapp.accounts.queries import Someone
from caseapp.casefile import actions, queries
from caseapp.casefile.forms import PassOnForm
from caseapp.casefile.queries import Load
from caseapp.casefile.scope import the_colleague
from caseapp.casefile.views.blueprint import bp
from caseapp.continuity.views.blueprint import places_of
from caseapp.domain.intents.caseload import Passing, WhyPassed
from caseapp.domain.moving import RefusedError
from caseapp.domain.policy import Permission, Role
from caseapp.guardianship.actions import NoGuardianError, NotTheirsError
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.people import queries as people
from caseapp.web.alert_rows import name_and_age
from caseapp.web.forms import Option, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.accounts.models import Account

STAYS: Final = "-"
"""The answer for a child that stays with the colleague."""


@dataclass(slots=True)
class Row:
    """One child of the caseload: who, where, and who can take it over."""

    child_id: UUID
    who: str
    place: Words
    receivers: Sequence[Someone]
    error: Words = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The children of a caseload at one place, and who can take over all of them."""

    key: str
    name: Words
    rows: Sequence[Row]
    receivers: Sequence[Someone]


@bp.route("/overdragen")
@guard(Permission.CASELOAD_GIVE)
def caseloads(work: Work) -> ResponseReturnValue:
    """List who carries how many children in the own scope, to hand a whole caseload over."""
    counts = queries.carriers(work)
    who = accounts.people(work, counts)
    gone = accounts.gone(work, list(counts))
    lines = sorted(
        ((who[key], number, key in gone) for key, number in counts.items()),
        key=lambda line: (line[0].name, str(line[0].id)),
    )
    return render_template("casefile/caseloads.html", lines=lines)


@bp.route("/overdragen/<uuid:account_id>", methods=["GET", "POST"])
@guard(Permission.CASELOAD_GIVE, on=the_colleague)
def pass_on(work: Work, colleague: "Account") -> ResponseReturnValue:
    """Hand the children of a colleague over, in one act: to one for all, or to another for some."""
    load = queries.load_of(work, colleague.id)
    work.saw("list-caseload-of", load.child_ids)
    places = _places(work, colleague, load)
    form = PassOnForm(request.form)
    form.to.choices = _options(one.receivers for place in places for one in place.rows)
    if form.is_sent and _is_done(form, load):
        return _to_page(colleague, "", _("These children were handed over already."))
    if form.submitted:
        chosen = _chosen(form, places)
        if chosen is not None and _passed(work, colleague, form, chosen):
            work.commit()
            return _to_page(
                colleague, "good", _handed(len(chosen)), _("Who takes over gets one message.")
            )
    return render_template(
        "casefile/pass_on.html",
        form=form,
        colleague=colleague,
        places=places,
        number=len(load.child_ids),
        others=_others(work, colleague, load),
        stays=STAYS,
    )


def _others(work: Work, colleague: "Account", load: Load) -> int:
    """Return how many children are out of scope, for who is over the rights of the colleague."""
    return load.others if load.others and queries.may_know_others(work, colleague.id) else 0


def _places(work: Work, colleague: "Account", load: Load) -> list[Place]:
    cards = people.cards(work, load.child_ids)
    names = places_of(work, load.child_ids)
    receivers = _receivers(work, colleague, load.child_ids)
    rows = [
        Row(key, name_and_age(cards.get(key), work.today), names.get(key, ""), receivers[key])
        for key in load.child_ids
    ]
    rows.sort(key=lambda row: (str(row.place), row.who, str(row.child_id)))
    found = []
    for number, (name, group) in enumerate(groupby(rows, lambda row: row.place), 1):
        inside = list(group)
        shared = [one for one in inside[0].receivers if all(one in row.receivers for row in inside)]
        found.append(Place(str(number), name or _("nowhere on record"), inside, shared))
    return found


def _receivers(
    work: Work, colleague: "Account", child_ids: Sequence[UUID]
) -> Mapping[UUID, list[Someone]]:
    if _guards(colleague):
        guardians = [one for one in accounts.of_role(work, Role.GUARDIAN) if one.id != colleague.id]
        return dict.fromkeys(child_ids, guardians)
    return moves.may_receive(work, colleague.id, child_ids)


def _guards(colleague: "Account") -> bool:
    return Role(colleague.role) is Role.GUARDIAN


def _options(lists: Iterable[Sequence[Someone]]) -> list[Option]:
    every = {one.id: one for receivers in lists for one in receivers}
    ordered = sorted(every.values(), key=lambda one: (one.name, str(one.id)))
    return [Option(str(one.id), one.label) for one in ordered]


def _is_done(form: PassOnForm, load: Load) -> bool:
    """Say whether all that was asked for has been handed over meanwhile, as by the same form sent twice."""
    asked = set(form.each.data or ())
    return bool(asked) and asked.isdisjoint(str(child_id) for child_id in load.child_ids)


def _chosen(form: PassOnForm, places: Sequence[Place]) -> dict[UUID, UUID] | None:
    """Return to whom each child goes; None when somebody is missing, and then the row says it."""
    found: dict[UUID, UUID] = {}
    wrong = []
    for place in places:
        for row in place.rows:
            answer = form.each.of(row.child_id) or form.place.of(place.key) or form.to.data or ""
            if answer == STAYS or str(row.child_id) not in (form.each.data or {}):
                continue
            if answer in {str(one.id) for one in row.receivers}:
                found[row.child_id] = UUID(answer)
            else:
                row.error = _("Choose who takes this child over.")
                if answer:
                    row.error = _("This colleague does not work where the child lives.")
                wrong.append(f"each-{row.child_id}")
    if wrong:
        form.each.first_wrong = wrong[0]
        form.each.errors = [
            ngettext("Look at %(num)s child below.", "Look at %(num)s children below.", len(wrong))
        ]
        return None
    if not found:
        form.complain(_("All children stay where they are. Choose who takes over."))
        return None
    return found


def _passed(
    work: Work, colleague: "Account", form: PassOnForm, chosen: Mapping[UUID, UUID]
) -> bool:
    """Hand over; say on the form why it cannot be: then nothing was changed."""
    said = Passing(colleague.id, chosen, WhyPassed(some(form.why)))
    try:
        actions.pass_on(work, said, guarding=_guards(colleague))
    except (RefusedError, NoGuardianError, NotTheirsError):
        work.undo()
        form.complain(
            _(
                "Meanwhile something changed: a child, or a colleague. Look again, then save once more."
            )
        )
        return False
    return True


def _handed(number: int) -> str:
    return ngettext("%(num)s child is handed over.", "%(num)s children are handed over.", number)


def _to_page(
    colleague: "Account", kind: str, words: Words, text: Words = ""
) -> ResponseReturnValue:
    say(kind, words, text)
    return redirect(url_for("casefile.pass_on", account_id=colleague.id), 303)
