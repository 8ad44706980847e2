"""What a move of one child breaks: of a planned move beside the decision, and of one only thought of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from caseapp.continuity import facts
from caseapp.continuity.facts import Ahead, Going
from caseapp.continuity.forms import ThinkForm
from caseapp.continuity.views.blueprint import bp
from caseapp.domain.codes import TransferStatus
from caseapp.domain.impact import Alternative, Fact, Impact, Item
from caseapp.domain.policy import Actor, Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.moves.scope import MoveOf, the_own_move
from caseapp.moves.views.blueprint import bearer, shown
from caseapp.moves.views.holding import holds_of
from caseapp.people import queries as people
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.reference import queries as reference
from caseapp.web.forms import some
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.impact_words import tell_broken, tell_item
from caseapp.web.places import location_options
from caseapp.web.repairs import allows
from caseapp.web.sentences import record_of

STEPS: Final = (_l("Planned"), _l("See what breaks"), _l("Confirm"), _l("Hand over"), _l("Arrive"))
ASKED: Final = ("naar", "dag")
"""What the address of a move that is only thought of may hold: a code of a place, and a day."""

SOURCES: Final = {
    "CAR-1": "care",
    "CAR-3": "waiting",
    "CAR-4": "medicine",
    Fact.APPOINTMENT: "appointment",
}
"""By rule or fact: the source of the promise that settles it on the handover."""

ENDPOINTS: Final = {
    "CAR-1": ("care.appointment", "line_id"),
    "CAR-4": ("care.appointment", "line_id"),
    Fact.APPOINTMENT: ("care.appointment", "line_id"),
    "SCH-2": ("schooling.add", ""),
    "PLA-5": ("casefile.family", ""),
    "CAR-3": ("moves.handover", "transfer_id"),
    "TRF-1": ("moves.handover", "transfer_id"),
    "PLA-3": ("moves.change", "transfer_id"),
    "PLA-4": ("moves.change", "transfer_id"),
}
"""By rule or fact: the page that repairs it before the move, and which key it wants."""


@dataclass(frozen=True, slots=True)
class Row:
    """One item as a line of the page: its words, the page that repairs it, and whether that was done."""

    severity: str
    heading: Words
    text: Words
    repair: Words = ""
    href: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Another place: its name, what would still break there, and what it spares."""

    name: str
    breaks: int
    attention: int
    spared: Sequence[Words]
    href: str


@bp.route("/kinderen/<uuid:child_id>/verhuizing/<uuid:transfer_id>/gevolgen")
@guard(Permission.MOVE_READ, on=the_own_move)
def impact(work: Work, move: MoveOf) -> ResponseReturnValue:
    """Show what a planned move breaks, above and beside the decision."""
    going = facts.of_transfer(move.row)
    is_open = move.row.status in (TransferStatus.PLANNED, TransferStatus.CONFIRMED)
    is_open = is_open or move.row.status == TransferStatus.DEPARTED
    ahead = facts.look_ahead(work, [going]).get(move.child.id) if going and is_open else None
    may_confirm = move.row.status == TransferStatus.PLANNED and work.actor.may(
        Permission.MOVE_CONFIRM
    )
    return render_template(
        "continuity/impact.html",
        child=move.child,
        move=shown(work, move.row),
        bearer=bearer(work, move.child.id),
        holds=holds_of(work, move),
        wish=_wish(work, move),
        steps=STEPS,
        at_step=1 if move.row.status == TransferStatus.PLANNED else 3,
        may_confirm=may_confirm,
        **_parts(work, move.child, ahead, move.row.id),
    )


def _wish(work: Work, move: MoveOf) -> str:
    """Return what the child wants of this move, as the best decision keeps it; nothing when nobody asked."""
    row = moves.best_decision(work, move.row.id)
    facts_of = readable(row, "facts") if row is not None else None
    if facts_of is None or isinstance(facts_of, Unreadable):
        return ""
    return facts_of.child_view or ""


@bp.route("/kinderen/<uuid:child_id>/verhuizing/gevolgen")
@guard(Permission.MOVE_PLAN, on=the_open_child)
def impact_ahead(work: Work, child: Sight) -> ResponseReturnValue:
    """Show what a move would break before anybody plans it: choose a place and a day, look, then plan."""
    asked = MultiDict({name: request.args[name] for name in ASKED if request.args.get(name)})
    at = people.here(work, [child.id]).get(child.id)
    form = ThinkForm(asked)
    form.naar.choices = location_options(
        one
        for one in reference.locations(work, open_only=True)
        if at is None or one.id != at.location_id
    )
    form.dag.earliest = work.today
    going = None
    if asked and form.submitted:
        going = Going(child.id, UUID(some(form.naar)), some(form.dag), work.today)
    ahead = facts.look_ahead(work, [going]).get(child.id) if going else None
    return render_template(
        "continuity/impact_ahead.html",
        child=child,
        form=form,
        going=going,
        **_parts(work, child, ahead, None),
    )


def _parts(
    work: Work, child: Sight, ahead: Ahead | None, transfer_id: UUID | None
) -> dict[str, Any]:
    """Return the parts of the page: what breaks, what asks attention, what goes well, other places."""
    if ahead is None:
        return {
            "impact": None,
            "breaks": [],
            "attention": [],
            "good": [],
            "already": [],
            "places": [],
        }
    rows = Rows(work, child, ahead, transfer_id)
    found = ahead.impact
    places = facts.other_places(work, ahead) if work.actor.may(Permission.MOVE_PLAN) else []
    return {
        "impact": found,
        "breaks": rows.of(found.breaks),
        "attention": rows.of(found.attention),
        "good": rows.of(found.good),
        "already": rows.broken(found.already),
        "places": _places(work, child, found, places),
    }


class Rows:
    """Makes the lines of a page of what it knows of the child, the move and the reader."""

    def __init__(self, work: Work, child: Sight, ahead: Ahead, transfer_id: UUID | None) -> None:
        self._work = work
        self._child = child
        self._ahead = ahead
        self._transfer_id = transfer_id

    def of(self, items: Iterable[Item]) -> list[Row]:
        """Return the lines of these items."""
        return [self._row(item) for item in items]

    def broken(self, items: Iterable[Item]) -> list[Row]:
        """Return the lines of what is broken already, with or without the move."""
        name, today = self._child.card.first_name, self._work.today
        told = [(item, tell_broken(item, name, today)) for item in items]
        return [
            Row(item.severity.value if item.severity else "notice", one.heading, one.text)
            for item, one in told
        ]

    def _row(self, item: Item) -> Row:
        name, today = self._child.card.first_name, self._work.today
        told = tell_item(item, self._ahead.impact, name, today)
        severity = item.severity.value if item.severity else "good"
        settled = self._is_settled(item)
        href = "" if settled or item.severity is None else self._href(item, self._work.actor)
        return Row(severity, told.heading, told.text, told.repair, href, settled)

    def _is_settled(self, item: Item) -> bool:
        source = SOURCES.get(item.about)
        wanted = f"{source}:{record_of(item.subject)}"
        settled = {one.partition("#")[0] for one in self._ahead.settled}
        if item.about == "SCH-2":
            return any(one.startswith("school:") for one in settled)
        return source is not None and wanted in settled

    def _href(self, item: Item, actor: Actor) -> str:
        endpoint, key = ENDPOINTS.get(item.about, ("", ""))
        if not endpoint or not allows(actor, endpoint):
            return ""
        values: dict[str, Any] = {"child_id": self._child.id}
        if key == "transfer_id" and self._transfer_id is None:
            return ""
        if key:
            values[key] = self._transfer_id if key == "transfer_id" else record_of(item.subject)
        return url_for(endpoint, **values)


def _places(work: Work, child: Sight, chosen: Impact, places: Iterable[Alternative]) -> list[Place]:
    ids = reference.by_names(work)
    name = child.card.first_name
    return [
        Place(
            name=one.to.location,
            breaks=len(one.impact.breaks),
            attention=len(one.impact.attention),
            spared=[tell_item(item, chosen, name, work.today).heading for item in one.spared],
            href=_thought(child, ids.get(one.to.location.strip().lower()), chosen),
        )
        for one in places
    ]


def _thought(child: Sight, location_id: UUID | None, chosen: Impact) -> str:
    """Return the address of the same move to another place; nothing for a name that two places share."""
    if location_id is None:
        return ""
    day = f"{chosen.move.on:%d-%m-%Y}"
    values: dict[str, Any] = {"child_id": child.id, "naar": location_id, "dag": day}
    return url_for("continuity.impact_ahead", **values)
