"""The matrix of a list of moves: what each child's move breaks, in marks, worst first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from caseapp.continuity import facts
from caseapp.continuity.facts import Ahead, Going
from caseapp.domain.codes import MoveReason, TransferStatus
from caseapp.domain.impact import Group, Topic
from caseapp.domain.intents.moves import ListStep
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.moves.forms import STEPS, WAIT, DecisionForm
from caseapp.moves.scope import ListOf
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import name_of
from caseapp.web.filters import age, day_in_sentence
from caseapp.web.i18n import Words
from caseapp.web.impact_marks import mark
from caseapp.web.labels import TRANSFER_STATUSES

if TYPE_CHECKING:
    from caseapp.moves.models import Hold, MoveListRow, Transfer
    from caseapp.people.models import Card

COLUMNS: Final = (
    Topic.CARE,
    Topic.MEDICINE,
    Topic.WAITING,
    Topic.SCHOOL,
    Topic.FAMILY,
    Topic.APPOINTMENT,
    Topic.PLACE,
    Topic.MOVES,
)
OFFERED: Final[Mapping[str | None, tuple[ListStep, ...]]] = {
    None: (ListStep.PLAN, ListStep.CONFIRM),
    TransferStatus.PLANNED: (ListStep.CONFIRM,),
    TransferStatus.CONFIRMED: (ListStep.DEPART,),
}
"""What can be decided, by the state of the move; None: not on record yet."""
BEFOREHAND: Final = {Group.FIRST: WAIT[0], Group.ARRANGE: "", Group.CALM: ListStep.CONFIRM.value}
"""What stands in the row before anybody chose: wait, nothing, or go on."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: critical, warning, notice, good, or nothing at all."""

    topic: Topic
    kind: str = "none"
    words: Words = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One child of a list: who, to where, what breaks, and what can be decided."""

    key: UUID
    child_id: UUID
    card: "Card | None"
    name: Words
    age: str
    left: str
    place: str
    day: Words
    state: Words
    on_hold: Words
    href: str
    ahead: Ahead
    cells: Sequence[Cell]
    version: int
    form: DecisionForm | None
    error: Words = ""

    @property
    def group(self) -> Group:
        """Return what this child needs first."""
        return self.ahead.impact.group

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Return the key that puts the most harmed first, whatever order the list had."""
        found = self.ahead.impact
        return list(Group).index(found.group), -found.harm, str(self.name), str(self.key)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All lines of a list, worst first; how many need no decision any more, and how many cannot be read."""

    lines: Sequence[Line]
    arrived: int
    unreadable: int
    places: Mapping[str, int]

    @property
    def day(self) -> Words:
        """Return the day on which most of them move, in words."""
        days = Counter(line.day for line in self.lines)
        return days.most_common(1)[0][0] if days else ""

    def in_group(self, group: Group) -> list[Line]:
        """Return the lines of one group."""
        return [line for line in self.lines if line.group is group]

    def with_topic(self, topic: Topic) -> list[Line]:
        """Return the lines in which something of a topic breaks or asks attention."""
        return [line for line in self.lines if _hurts(line, topic)]


def _hurts(line: Line, topic: Topic) -> bool:
    return any(c.topic is topic and c.kind in {"critical", "warning"} for c in line.cells)


def matrix_of(
    work: Work,
    found: ListOf,
    chosen: Mapping[UUID, str] | None = None,
    errors: Mapping[UUID, Words] | None = None,
) -> Matrix:
    """Return the matrix of a list; `chosen` keeps what was chosen before, `errors` says what cannot be.

    The same handful of statements for one child and for two hundred.
    """
    known = _known(work, found)
    away = [one for one in known if not one.is_there]
    going = [_readable_going(one.row, one.move) for one in away]
    ahead = facts.look_as_far_as_readable(work, [one for one in going if one is not None])
    lines = sorted(
        (
            _line(work, one, ahead[one.row.child_id], chosen, (errors or {}).get(one.row.id, ""))
            for one in known
            if one.row.child_id in ahead
        ),
        key=lambda line: line.order,
    )
    places = Counter(line.place for line in lines)
    return Matrix(lines, len(known) - len(away), len(away) - len(lines), places)


def _known(work: Work, found: ListOf) -> "list[_Known]":
    """Return what is known of each row of a list."""
    ids = [row.child_id for row in found.rows]
    planned = moves.planned(work, ids)
    mine = {row.id: moves.move_of(row, planned.get(row.child_id, ())) for row in found.rows}
    holds = moves.held_among(work, [move.id for move in mine.values() if move is not None])
    here = {child_id: at.location_id for child_id, at in people.here(work, ids).items()}
    cards = people.cards(work, ids)
    ends = [*here.values(), *(row.to_location_id for row in found.rows)]
    names = reference.location_names(work, ends)
    return [
        _Known(
            row=row,
            move=(move := mine[row.id]),
            hold=holds.get(move.id) if move else None,
            card=cards.get(row.child_id),
            left=names.get(at, "") if (at := here.get(row.child_id)) else "",
            place=names.get(row.to_location_id, ""),
            is_there=at == row.to_location_id,
        )
        for row in found.rows
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one row before its words are made."""

    row: "MoveListRow"
    move: "Transfer | None"
    hold: "Hold | None"
    card: "Card | None"
    left: str
    place: str
    is_there: bool


def _readable_going(row: "MoveListRow", move: "Transfer | None") -> Going | None:
    """Return the move of a row as one to look at; None when why it moves does not open."""
    try:
        return _going(row, move)
    except Unreadable:
        return None


def _going(row: "MoveListRow", move: "Transfer | None") -> Going:
    on_record = facts.of_transfer(move) if move is not None else None
    if on_record is not None:
        return on_record
    return Going(
        child_id=row.child_id,
        to_location_id=row.to_location_id,
        on=row.planned_on,
        announced_on=row.announced_on,
        reason=MoveReason(row.facts.reason) if row.facts.reason else None,
        term_time_reason=row.facts.term_time_reason,
    )


def _line(
    work: Work,
    known: _Known,
    ahead: Ahead,
    chosen: Mapping[UUID, str] | None,
    error: Words,
) -> Line:
    row, move = known.row, known.move
    held = known.hold
    until = day_in_sentence(held.until_on, work.today) if held else ""
    return Line(
        key=row.id,
        child_id=row.child_id,
        card=known.card,
        name=name_of(known.card) if known.card else _("name not readable"),
        age=age(known.card.birth, work.today) if known.card else "",
        left=known.left,
        place=known.place,
        day=day_in_sentence(move.planned_on if move else row.planned_on, work.today),
        state=TRANSFER_STATUSES[TransferStatus(move.status)] if move else _("not planned yet"),
        on_hold=_("on hold until %(day)s", day=until) if held else "",
        href=_address(row, move),
        ahead=ahead,
        cells=[_cell(work, ahead, topic) for topic in COLUMNS],
        version=move.version if move else 0,
        form=_form(known, ahead, (chosen or {}).get(row.id)),
        error=error,
    )


def _address(row: "MoveListRow", move: "Transfer | None") -> str:
    """Return the page of the impact on one child: of the move on record, or of one only thought of."""
    values: dict[str, Any] = {"child_id": row.child_id}
    if move is not None:
        return url_for("continuity.impact", transfer_id=move.id, **values)
    day = f"{row.planned_on:%d-%m-%Y}"
    return url_for("continuity.impact_ahead", naar=row.to_location_id, dag=day, **values)


def _cell(work: Work, ahead: Ahead, topic: Topic) -> Cell:
    item = ahead.impact.worst_of(topic)
    if item is None:
        return Cell(topic)
    kind = item.severity.value if item.severity else "good"
    return Cell(topic, kind, mark(item, work.today))


def prefix_of(key: UUID) -> str:
    """Return what stands before the names of the fields of one row."""
    return f"{key.hex}-"


def _form(known: _Known, ahead: Ahead, chosen: str | None) -> DecisionForm | None:
    """Return the choice of one row; none for a child that is on the way."""
    move = known.move
    offered = OFFERED.get(move.status if move else None)
    if offered is None:
        return None
    if known.hold is not None:
        offered = tuple(step for step in offered if step is ListStep.PLAN)
    options = [WAIT, *((step.value, STEPS[step]) for step in offered)]
    prefix = prefix_of(known.row.id)
    start = BEFOREHAND[ahead.impact.group] if chosen is None else chosen
    if start not in dict(options):
        start = WAIT[0] if start else ""
    version = str(move.version if move else 0)
    sent = MultiDict({f"{prefix}step": start, f"{prefix}version": version})
    form = DecisionForm(sent, prefix=prefix, ids="")
    form.step.choices = options
    return form
