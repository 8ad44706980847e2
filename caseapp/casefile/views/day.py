"""A day at one location: who leaves, who comes, and the handovers to accept; many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.casefile import actions
from caseapp.casefile.forms import AcceptedForm, ArrivedForm, DepartedForm, RowsField
from caseapp.casefile.views.blueprint import bp
from caseapp.casefile.views.caseload import own_places
from caseapp.domain.codes import Topic
from caseapp.domain.policy import Permission
from caseapp.kernel.seals import readable
from caseapp.kernel.work import Work
from caseapp.moves import actions as moving
from caseapp.moves import queries as moves
from caseapp.moves.actions import Taken
from caseapp.moves.forms import REFUSALS
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import name_and_age
from caseapp.web.days import NoSuchDayError, UnreadableDayError, read_day
from caseapp.web.filters import day_near
from caseapp.web.forms import Option, some
from caseapp.web.frame import say
from caseapp.web.guard import guard
from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from caseapp.moves.models import Promise, Transfer
    from caseapp.reference.models import Location

FormOfDay = DepartedForm | ArrivedForm | AcceptedForm


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody of whom a step could not be written down, and why."""

    who: str
    why: Words


@dataclass(slots=True)
class Day:
    """One location on one day: its rows, and the forms over them."""

    place: "Location"
    day: date
    places: Sequence["Location"]
    leaving: Sequence["Transfer"]
    coming: Sequence["Transfer"]
    to_accept: Sequence["Transfer"]
    promises: Mapping[UUID, list["Promise"]]
    names: Mapping[UUID, str]
    left: DepartedForm
    came: ArrivedForm
    accepted: AcceptedForm
    refused: Sequence[Refused] = ()
    saved: Words = ""

    @property
    def address(self) -> dict[str, Any]:
        """Return what the address says of the place and the day."""
        return {"locatie": self.place.code, "dag": self.day.isoformat()}


@bp.route("/verhuizingen/dag")
@guard(Permission.MOVE_ARRIVE)
def day(work: Work) -> ResponseReturnValue:
    """Show who leaves and who comes at a location today, and which handovers wait."""
    return _page(_day(work))


@bp.route("/verhuizingen/dag/vertrek", methods=["POST"])
@guard(Permission.MOVE_PLAN)
def departed(work: Work) -> ResponseReturnValue:
    """Write down who left, many at once."""
    seen = _day(work)
    if seen is None or not seen.left.submitted:
        return _page(seen)
    rows = _ticked(seen.left.who, seen.leaving)
    return _taken(work, seen, moving.depart_all(work, rows, some(seen.left.on)), _left)


@bp.route("/verhuizingen/dag/aankomst", methods=["POST"])
@guard(Permission.MOVE_ARRIVE)
def arrived(work: Work) -> ResponseReturnValue:
    """Write down who arrived, many at once; who is not ticked is still to come."""
    seen = _day(work)
    if seen is None or not seen.came.submitted:
        return _page(seen)
    rows = _ticked(seen.came.who, seen.coming)
    return _taken(work, seen, actions.arrive_all(work, rows, some(seen.came.on)), _came)


@bp.route("/verhuizingen/dag/aanvaarden", methods=["POST"])
@guard(Permission.HANDOVER_ACCEPT)
def accepted(work: Work) -> ResponseReturnValue:
    """Accept many handovers at once, each with what is still open."""
    seen = _day(work)
    if seen is None or not seen.accepted.submitted:
        return _page(seen)
    rows = _ticked(seen.accepted.who, seen.to_accept)
    return _taken(work, seen, moving.accept_all(work, rows), _accepted)


def _day(work: Work) -> Day | None:
    """Read the place and the day from the address; None for who works at no location."""
    places = own_places(work)
    place = next((one for one in places if one.code == request.args.get("locatie")), None)
    place = place or (places[0] if places else None)
    if place is None:
        return None
    on = _asked_day(work, request.args.get("dag", ""))
    rows = (
        moves.leaving(work, place.id, on),
        moves.coming(work, place.id, on),
        moves.to_accept(work, place.id),
    )
    every = [row for part in rows for row in part]
    ids = list(dict.fromkeys(row.child_id for row in every))
    work.saw("list-day", ids)
    cards = people.cards(work, ids)
    names = {row.id: name_and_age(cards.get(row.child_id), work.today) for row in every}
    going, coming, waiting = (
        sorted(part, key=lambda row: (row.planned_on, names[row.id], str(row.id))) for part in rows
    )
    ordered = (going, coming, waiting)
    promises = moves.open_promises(work, [row.id for row in waiting])
    return Day(place, on, places, *ordered, promises, names, *_forms(work, ordered, names))


def _asked_day(work: Work, text: str) -> date:
    try:
        return read_day(text) if text else work.today
    except (UnreadableDayError, NoSuchDayError):
        return work.today


def _forms(
    work: Work, rows: Sequence[Sequence["Transfer"]], names: Mapping[UUID, str]
) -> tuple[DepartedForm, ArrivedForm, AcceptedForm]:
    """Return the three forms; what was sent fills the one of this address only."""

    def made(kind: type[Any], view: str, own: Sequence["Transfer"], **values: Any) -> Any:
        sent = request.form if request.endpoint == f"casefile.{view}" else None
        form = kind(sent, ids=f"{view}-", values=values)
        if sent is None:
            _not_sent(form, values)
        form.who.choices = _options(work, own, names)
        if "on" in form:
            form.on.latest = work.today
        return form

    return (
        made(DepartedForm, "departed", rows[0], on=work.today),
        made(ArrivedForm, "arrived", rows[1], on=work.today),
        made(AcceptedForm, "accepted", rows[2]),
    )


def _not_sent(form: Any, values: Mapping[str, Any]) -> None:
    """Let a form be as it is before it is sent, though another one of this page was."""
    form.is_sent = False
    for field in form:
        field.raw_data, field.data = None, values.get(field.name)


def _options(
    work: Work, rows: Sequence["Transfer"], names: Mapping[UUID, str]
) -> tuple[Option, ...]:
    ends = [end for row in rows for end in (row.from_location_id, row.to_location_id)]
    places = reference.location_names(work, ends)
    sent = {
        key for key, one in moves.handovers(work, [row.id for row in rows]).items() if one.sent_on
    }
    return tuple(
        Option(str(row.id), names[row.id], _way(work, row, places, is_sent=row.id in sent))
        for row in rows
    )


def _way(work: Work, row: "Transfer", places: Mapping[UUID, str], *, is_sent: bool) -> str:
    """Return "from azc Hier to azc Ver, planned yesterday, handover not sent yet"."""
    left = places.get(row.from_location_id, "?") if row.from_location_id else "?"
    goes_to = places.get(row.to_location_id, "?") if row.to_location_id else "?"
    said = [
        _("%(left)s to %(goes_to)s", left=left, goes_to=goes_to),
        _("planned %(day)s", day=day_near(row.planned_on, work.today)),
    ]
    if not is_sent:
        said.append(_("handover not sent yet"))
    return ", ".join(said)


def _ticked(field: RowsField, rows: Sequence["Transfer"]) -> list["Transfer"]:
    """Return the rows that were ticked; one that is in the list no more was done before."""
    wanted = set(field.data or ())
    return [row for row in rows if str(row.id) in wanted]


def _taken(work: Work, seen: Day, taken: Taken, words: Any) -> ResponseReturnValue:
    """Save what could be done; when something could not, name it on the page itself."""
    if taken.done:
        work.commit()
    if not taken.refused:
        say("good" if taken.done else "", words(len(taken.done)) if taken.done else _before())
        return redirect(url_for("casefile.day", **seen.address), 303)
    after = _day(work)
    if after is None:
        return redirect(url_for("casefile.day"), 303)
    after.refused = [Refused(seen.names[key], REFUSALS[why]) for key, why in taken.refused.items()]
    after.saved = words(len(taken.done)) if taken.done else ""
    return _page(after)


def _before() -> str:
    return _("This was saved already.")


def _left(number: int) -> str:
    return ngettext("%(num)s child is on the way.", "%(num)s children are on the way.", number)


def _came(number: int) -> str:
    return ngettext("%(num)s child has arrived.", "%(num)s children have arrived.", number)


def _accepted(number: int) -> str:
    return ngettext("%(num)s handover is accepted.", "%(num)s handovers are accepted.", number)


def _page(seen: Day | None) -> ResponseReturnValue:
    return render_template(
        "casefile/day.html", seen=seen, sent=_sent(seen), readable=readable, Topic=Topic
    )


def _sent(seen: Day | None) -> FormOfDay | None:
    """Return the form that was sent, for what is wrong with it."""
    every = (seen.left, seen.came, seen.accepted) if seen else ()
    return next((form for form in every if form.is_sent), None)
