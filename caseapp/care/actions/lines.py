"""Writing down a line of care and what happens to it; what was there before stays readable."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.care import queries
from caseapp.care.actions.contacts import note_seen
from caseapp.care.actions.refusals import (
    AlreadySeenError,
    ContradictionError,
    DayOrderError,
    FollowedEarlierError,
    LineEndedError,
    MoveQuestionError,
    NotEarlierError,
)
from caseapp.care.models import CareFacts, CareLine
from caseapp.domain.care_codes import EndReason
from caseapp.domain.differences import changed_fields
from caseapp.domain.events import CareCorrected, CareRecorded
from caseapp.domain.intents.care import AtMove, CareDetails, CareEnd, FollowOn, SeenByProvider
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people


def record(work: Work, child_id: UUID, details: CareDetails) -> CareLine:
    """Write down a line of care.

    Raises DayOrderError, NotEarlierError, MoveQuestionError, ContradictionError.
    """
    said = _facts_of(work, child_id, details, None)
    _refuse_odd_chain(work, child_id, None, details)
    row = work.add(
        CareLine(id=new_id(), child_id=child_id, continues_id=details.continues_id),
        facts=said,
        needs=details.needs,
    )
    named = changed_fields(CareFacts(said.kind, said.place_bound, said.referred_on), said)
    always = ("kind", "place_bound", "referred_on")
    work.record(CareRecorded(object_id=row.id, child_id=child_id, fields=(*always, *named)))
    return row


def refer_on(work: Work, row: CareLine, said: FollowOn) -> CareLine:
    """Write down the referral to another provider that goes on from a line: what is known goes along.

    Raises DayOrderError, NotEarlierError, LineEndedError.
    """
    _refuse_after_end(row.facts, "referred_on", said.referred_on)
    known = row.facts
    details = CareDetails(
        kind=known.kind,
        referred_on=said.referred_on,
        place_bound=known.place_bound,
        provider=said.provider,
        continues_id=row.id,
        next_contact_on=said.next_contact_on,
    )
    return record(work, row.child_id, details)


def correct(work: Work, row: CareLine, version: int, details: CareDetails) -> None:
    """Correct a line of care, or write down what came after.

    Raises LostRaceError when somebody else was first, DayOrderError, NotEarlierError,
    FollowedEarlierError, MoveQuestionError, ContradictionError; Unreadable when what stands there
    does not open.
    """
    said = _facts_of(work, row.child_id, details, row.facts)
    _refuse_odd_chain(work, row.child_id, row.id, details)
    needs = {"needs": details.needs} if details.needs_asked else {}
    _revise(work, row, version, said, continues_id=details.continues_id, **needs)


def saw(work: Work, row: CareLine, version: int, seen: SeenByProvider) -> None:
    """Write down that the provider saw the child; an appointment that is over by that day is cleared.

    Raises LostRaceError, DayOrderError, LineEndedError, AlreadySeenError.
    """
    was = row.facts
    _refuse_before("on", seen.on, was.referred_on)
    _refuse_after_end(was, "on", seen.on)
    if seen.next_contact_on is not None:
        _refuse_before("next_contact_on", seen.next_contact_on, seen.on)
        _refuse_after_end(was, "next_contact_on", seen.next_contact_on)
    people.lock(work, row.child_id)
    coming = was.next_contact_on
    still = coming if coming is not None and coming > seen.on else None
    said = replace(was, next_contact_on=seen.next_contact_on or still)
    _revise(work, row, version, said)
    if not note_seen(work, row, seen.on) and said == was:
        raise AlreadySeenError("on", seen.on)


def book(work: Work, row: CareLine, version: int, on: date) -> None:
    """Write down the next appointment; raises LostRaceError, DayOrderError, LineEndedError."""
    _refuse_before("next_contact_on", on, row.facts.referred_on)
    _refuse_after_end(row.facts, "next_contact_on", on)
    _revise(work, row, version, replace(row.facts, next_contact_on=on))


def keep_waiting(work: Work, row: CareLine, version: int, on: date) -> None:
    """Write down on which day it was confirmed that the place on the waiting list is kept.

    Raises LostRaceError, DayOrderError, LineEndedError.
    """
    _refuse_before("waiting_kept_on", on, row.facts.referred_on)
    _refuse_after_end(row.facts, "waiting_kept_on", on)
    _revise(work, row, version, replace(row.facts, waiting_kept_on=on))


def end(work: Work, row: CareLine, version: int, said: CareEnd) -> None:
    """End a line of care; close to a move only when it was said whether the move broke it off.

    Raises LostRaceError, DayOrderError, MoveQuestionError, ContradictionError.
    """
    facts = _ended(work, row.child_id, row.facts, said)
    _refuse_disorder(facts)
    _revise(work, row, version, facts)


def _revise(work: Work, row: CareLine, version: int, said: CareFacts, **clear: Any) -> None:
    """Change a line, and note the names of what changed."""
    was = row.facts
    changed = work.revise(row, version, facts=said, **clear)
    if changed:
        names = changed_fields(was, said) + tuple(n for n in changed if n != "facts")
        work.record(CareCorrected(object_id=row.id, child_id=row.child_id, fields=names))


def _facts_of(work: Work, child_id: UUID, details: CareDetails, was: CareFacts | None) -> CareFacts:
    bound = details.place_bound
    said = CareFacts(
        kind=details.kind,
        place_bound=details.kind.breaks_at_a_move if bound is None else bound,
        referred_on=details.referred_on,
        provider=details.provider,
        intake_on=details.intake_on,
        started_on=details.started_on,
        next_contact_on=details.next_contact_on,
        medication_until=details.medication_until,
        waiting_kept_on=details.waiting_kept_on,
    )
    if details.end is not None:
        stood = (was.ended_on, was.end_reason) if was else ()
        same = stood == (details.end.ended_on, details.end.end_reason)
        said = (
            replace(said, ended_on=details.end.ended_on, end_reason=details.end.end_reason)
            if same
            else _ended(work, child_id, said, details.end)
        )
    _refuse_disorder(said)
    return said


def _ended(work: Work, child_id: UUID, facts: CareFacts, said: CareEnd) -> CareFacts:
    """Return the facts with their end; the answer about the move decides over the reason."""
    near = queries.move_near(work, child_id, said.ended_on)
    reason, moved = said.end_reason, said.end_reason is EndReason.MOVED
    if near and said.at_move is None and not moved:
        raise MoveQuestionError("at_move", near)
    if near and said.at_move is AtMove.FINISHED and moved:
        raise ContradictionError("at_move", near)
    if near and said.at_move is AtMove.BROKEN_OFF:
        reason = EndReason.MOVED
    return replace(facts, ended_on=said.ended_on, end_reason=reason)


def _refuse_disorder(facts: CareFacts) -> None:
    for name in ("intake_on", "started_on", "waiting_kept_on", "ended_on"):
        _refuse_before(name, getattr(facts, name), facts.referred_on)
    if facts.started_on is not None:
        _refuse_before("ended_on", facts.ended_on, facts.started_on)


def _refuse_before(name: str, day: date | None, first: date) -> None:
    if day is not None and day < first:
        raise DayOrderError(name, first)


def _refuse_after_end(facts: CareFacts, name: str, day: date) -> None:
    """Let nothing happen after the end; care that a move broke off may go on."""
    ended_on = facts.ended_on
    if ended_on is not None and facts.end_reason is not EndReason.MOVED and day > ended_on:
        raise LineEndedError(name, ended_on)


def _refuse_odd_chain(
    work: Work, child_id: UUID, own_id: UUID | None, details: CareDetails
) -> None:
    """Let a line continue only an earlier one of the same child, and never go round."""
    rows = {row.id: row for row in queries.lines(work, child_id)}
    for row in rows.values():
        if row.continues_id == own_id is not None:
            _refuse_follower(row, details.referred_on)
    if details.continues_id is None:
        return
    earlier = rows.get(details.continues_id)
    if earlier is None or own_id in _behind(earlier, rows):
        raise NotEarlierError("continues")
    facts = readable(earlier, "facts")
    if not isinstance(facts, Unreadable) and facts.referred_on > details.referred_on:
        raise NotEarlierError("continues")


def _refuse_follower(follower: CareLine, referred_on: date) -> None:
    facts = readable(follower, "facts")
    if not isinstance(facts, Unreadable) and facts.referred_on < referred_on:
        raise FollowedEarlierError("referred_on", facts.referred_on)


def _behind(line: CareLine | None, rows: Mapping[UUID, CareLine]) -> set[UUID]:
    """Return the keys of a line and of those that it continues."""
    passed: set[UUID] = set()
    while line is not None and line.id not in passed:
        passed.add(line.id)
        line = rows.get(line.continues_id) if line.continues_id else None
    return passed
