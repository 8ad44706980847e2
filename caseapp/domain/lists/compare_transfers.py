"""A list of transfers against the transfers that we know, and against where each child is."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from caseapp.domain.codes import TransferStatus
from caseapp.domain.lists.among_rows import OPEN
from caseapp.domain.lists.applying import applied
from caseapp.domain.lists.intents import AddTransfer, ChangeTransfer, Intent
from caseapp.domain.lists.known import KnownChild, KnownTransfer
from caseapp.domain.lists.outcomes import Outcome, Setting, column_names, filled, unknown_child
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.rows import Row
from caseapp.domain.lists.values import Value
from caseapp.domain.lists.words import Reason, Severity, Verdict

Fault = tuple[str, Severity, Reason]

# The order in which a transfer goes on; the last two both end it.
_RANK: Final = {
    TransferStatus.PLANNED: 0,
    TransferStatus.CONFIRMED: 1,
    TransferStatus.DEPARTED: 2,
    TransferStatus.ARRIVED: 3,
    TransferStatus.CANCELLED: 3,
}
_TOLD: Final = ("from_location", "announced_on", "reason", "status")


def compare_transfers(rows: Sequence[Row], setting: Setting) -> Iterator[tuple[Row, Outcome]]:
    """Yield what each row says, by day; each sees the child as the rows before it left it."""
    children: dict[str, KnownChild] = {}
    for row in sorted(rows, key=lambda row: (_planned(row), row.number)):
        known = setting.child(row)
        if known is None:
            yield row, unknown_child(row)
            continue
        child = children.get(known.v_number, known)
        outcome = _compared(row, child, setting)
        if outcome.possible and not setting.keeps_out(
            row.number, (*row.problems, *outcome.problems)
        ):
            children[child.v_number] = _after(child, outcome.intents)
        yield row, outcome


def _after(child: KnownChild, intents: Sequence[Intent]) -> KnownChild:
    for intent in intents:
        child = applied(child, intent)
    return child


def _planned(row: Row) -> date:
    return row.day("planned_on") or date.min


def _status(row: Row) -> TransferStatus:
    """Return the status; of a row that a person took with one that is unread: planned."""
    status = row.values.get("status")
    return status if isinstance(status, TransferStatus) else TransferStatus.PLANNED


def _compared(row: Row, child: KnownChild, setting: Setting) -> Outcome:
    known = _ours(row, child)
    changes = {} if known is None else _changes(row, known)
    if known is not None and "status" not in changes:
        return _same_status(row, child, known, changes)
    faults = [*_order(row, known), *_faults(row, child, setting)]
    problems = tuple(row.problem(*fault) for fault in faults)
    intent = _intent(row, child, known, changes, setting)
    return Outcome(
        Verdict.NEW if known is None else Verdict.CHANGED,
        problems,
        column_names(row, changes),
        (intent,),
        _takeable(row, child, problems),
    )


def _ours(row: Row, child: KnownChild) -> KnownTransfer | None:
    """Return the move of ours that a row speaks of.

    There are two when one was cancelled and the child came on that day all the same, which nobody told:
    then the one of the same status, and else the one that came about.
    """
    key, status = _key(row), _status(row)
    ours = [t for t in child.transfers if (t.to_location, t.planned_on) == key]
    return min(
        ours,
        key=lambda t: (t.status is not status, t.status is TransferStatus.CANCELLED, t.ref),
        default=None,
    )


def _key(row: Row) -> tuple[Value, Value]:
    return row.values["to_location"], row.values["planned_on"]


def _changes(row: Row, known: KnownTransfer) -> dict[str, Value]:
    said = ((name, row.values[name]) for name in _TOLD if name in row.values)
    return {name: value for name, value in said if value != getattr(known, name)}


def _same_status(
    row: Row, child: KnownChild, known: KnownTransfer, changes: dict[str, Value]
) -> Outcome:
    if not changes:
        return Outcome(Verdict.SAME)
    intent = filled(ChangeTransfer, row, ref=known.ref, changes=changes, turns_over=False)
    return Outcome(Verdict.CHANGED, (), column_names(row, changes), (intent,))


def _order(row: Row, known: KnownTransfer | None) -> Iterator[Fault]:
    if known is not None and _RANK[_status(row)] <= _RANK[known.status]:
        yield "status", Severity.DOUBTFUL, Reason.STATUS_GOES_BACK


def _faults(row: Row, child: KnownChild, setting: Setting) -> Iterator[Fault]:
    """Yield what is wrong with a transfer that is new, or that goes on to its next status."""
    status = _status(row)
    if status is TransferStatus.CANCELLED:
        return
    if setting.is_closed(row.text("to_location"), row.day("planned_on")):
        yield "to_location", Severity.DOUBTFUL, Reason.LOCATION_CLOSED
    if status in OPEN:
        yield from _leaving(row, child)
    elif not _is_there(row, child):
        yield from _arriving(row, child)


def _is_there(row: Row, child: KnownChild) -> bool:
    return child.place is not None and child.place == row.text("to_location")


def _starts_elsewhere(row: Row, child: KnownChild) -> bool:
    """Say whether the move begins where the child is not, or nobody knows where it begins."""
    begins = row.text("from_location")
    return child.place is None if begins is None else begins != child.place


def _is_under_way(row: Row, child: KnownChild) -> bool:
    """Say whether a child would leave that has left for another place: it can leave only once."""
    if _status(row) is not TransferStatus.DEPARTED:
        return False
    left = (t for t in child.transfers if t.status is TransferStatus.DEPARTED)
    return any((t.to_location, t.planned_on) != _key(row) for t in left)


def _leaving(row: Row, child: KnownChild) -> Iterator[Fault]:
    if _starts_elsewhere(row, child) or _is_under_way(row, child):
        yield "from_location", Severity.DOUBTFUL, Reason.FROM_DIFFERS
    elif _is_there(row, child):
        yield "to_location", Severity.REFUSED, Reason.SAME_LOCATION


def _arriving(row: Row, child: KnownChild) -> Iterator[Fault]:
    if _starts_elsewhere(row, child):
        yield "from_location", Severity.DOUBTFUL, Reason.FROM_DIFFERS
    elif not _is_later(row, child):
        yield "planned_on", Severity.DOUBTFUL, Reason.OLDER_THAN_OURS


def _is_later(row: Row, child: KnownChild) -> bool:
    return child.stay is None or child.stay.lies_behind(_planned(row))


def _takeable(row: Row, child: KnownChild, problems: Sequence[Problem]) -> bool:
    """Say whether a person can take the row: a move cannot be un-arrived, and nobody leaves twice."""
    goes_back = any(problem.reason is Reason.STATUS_GOES_BACK for problem in problems)
    return not goes_back and not _is_under_way(row, child)


def _intent(
    row: Row,
    child: KnownChild,
    known: KnownTransfer | None,
    changes: dict[str, Value],
    setting: Setting,
) -> Intent:
    arrived = _status(row) is TransferStatus.ARRIVED
    turns_over = arrived and not _is_there(row, child) and _is_later(row, child)
    if known is not None:
        return filled(ChangeTransfer, row, ref=known.ref, changes=changes, turns_over=turns_over)
    announced = row.day("announced_on")
    return filled(
        AddTransfer,
        row,
        from_location=row.text("from_location") or _from(row, child),
        status=_status(row),
        announced_on=announced or min(setting.on, _planned(row)),
        announced_known=announced is not None,
        turns_over=turns_over,
    )


def _from(row: Row, child: KnownChild) -> str | None:
    """Return where a move begins that does not tell: where the child is, or was before."""
    places = (child.place, child.stay.came_from if child.stay else None)
    return next((place for place in places if place != row.text("to_location")), None)
