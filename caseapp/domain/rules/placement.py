"""Rules about where a child lives: emergency places, moves, brothers and sisters, nowhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.calendar import covers
from caseapp.domain.case import EMERGENCY, PLANNED, Case
from caseapp.domain.codes import Relation, TransferStatus, WhereaboutsState
from caseapp.domain.rules.rule import (
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    days_from,
    rule,
    times,
)

_ELSEWHERE: Final = frozenset(
    {
        WhereaboutsState.MISSING,
        WhereaboutsState.RETURNED_ABROAD,
        WhereaboutsState.WITH_RELATIVES,
    }
)

Span = tuple[date, date | None]


@rule(
    "PLA-1",
    "Emergency stay too long",
    Strand.PLACEMENT,
    OwnerGroup.PLACEMENT,
    tile=days_from("counted_from"),
)
def emergency_places_stay_short(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child does not grow up in emergency places: the days in them add up over all moves."""
    if child.current is None or child.current.kind not in EMERGENCY:
        return
    spans = _emergency_spans(child)
    days = sum(_days(span, today) for span in spans)
    if days < limits["notice_days"]:
        return
    severity = Severity.NOTICE
    if days >= limits["warning_days"]:
        severity = Severity.WARNING
    if days >= limits["critical_days"]:
        severity = Severity.CRITICAL
    yield Finding(
        "PLA-1",
        "emergency",
        severity,
        since=_day_reached(spans, limits["notice_days"]),
        due=_day_reached(spans, limits["critical_days"]),
        detail={
            "counted_from": calendar.plus_days(today, -days),
            "limit_days": limits["critical_days"],
        },
    )


def _emergency_spans(child: Case) -> list[Span]:
    """Return the periods in emergency places, the current one as if the child stays."""
    return [
        (stay.start, None if stay is child.current else stay.end)
        for stay in child.placements
        if stay.kind in EMERGENCY
    ]


def _days(span: Span, today: date) -> int:
    start, end = span
    until = today if end is None else min(end, today)
    return max(0, (until - start).days)


def _day_reached(spans: Sequence[Span], days: int) -> date:
    """Return the day on which the days of all spans together reach a number, one being open."""
    changes: Counter[date] = Counter()
    for start, end in spans:
        if end is None or start < end:
            changes[start] += 1
        if end is not None and start < end:
            changes[end] -= 1
    counted, at_once, since = 0, 0, min(changes)
    for day in sorted(changes):
        passed = (day - since).days * at_once
        if counted + passed >= days:
            break
        counted, at_once, since = counted + passed, at_once + changes[day], day
    return calendar.plus_days(since, -((counted - days) // at_once))


@rule(
    "PLA-2",
    "Moved again and again",
    Strand.PLACEMENT,
    OwnerGroup.PLACEMENT,
    tile=times("moves", "planned"),
)
def moves_are_few(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A minor is not moved again and again: moves of the last year and those planned count."""
    if not child.minor:
        return
    oldest = calendar.plus_days(today, -limits["window_days"])
    moved = [move.day for move in child.moves if move.day > oldest]
    here = child.current.location if child.current else None
    planned = [one.announced_on for one in child.underway if one.to_location != here]
    days = sorted(moved + planned)
    if len(days) < limits["warning_moves"]:
        return
    yield Finding(
        "PLA-2",
        "moves",
        Severity.CRITICAL if len(days) >= limits["critical_moves"] else Severity.WARNING,
        since=days[limits["warning_moves"] - 1],
        detail={"moves": len(moved), "planned": len(planned)},
    )


@rule(
    "PLA-3",
    "Move in term time",
    Strand.PLACEMENT,
    OwnerGroup.PLACEMENT,
    tile=day_to_come,
)
def moves_wait_for_the_holidays(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child that goes to school moves in the holidays, unless someone wrote down why not."""
    for transfer in child.transfers:
        day = transfer.planned_on
        if transfer.status not in PLANNED or day < today or transfer.term_time_reason is not None:
            continue
        region = child.term_time.region_on(today)
        if calendar.is_school_day(day, region) and child.compulsory_on(day):
            yield Finding("PLA-3", transfer.id, Severity.WARNING, transfer.announced_on, day)


@rule("PLA-4", "Short notice", Strand.PLACEMENT, OwnerGroup.PLACEMENT, tile=day_to_come)
def moves_are_told_in_time(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child hears of a move two weeks ahead, so that there is time to arrange and to say goodbye."""
    for transfer in child.underway:
        told, day = transfer.announced_on, transfer.planned_on
        if day >= calendar.plus_days(told, limits["told_ahead_days"]):
            continue
        hasty = day < calendar.working_days_after(told, limits["critical_ahead_wd"])
        severity = Severity.CRITICAL if hasty else Severity.WARNING
        yield Finding("PLA-4", transfer.id, severity, told, day)


@rule("PLA-5", "Brothers and sisters apart", Strand.PLACEMENT, OwnerGroup.INTERRUPTION)
def siblings_stay_together(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A minor lives with minor brothers and sisters, unless someone wrote down why not."""
    if not child.minor or child.current is None:
        return
    for member in child.family:
        if (
            member.relation is not Relation.SIBLING
            or member.minor is not True
            or member.location in {None, child.current.location}
            or member.apart_reason is not None
        ):
            continue
        began = child.stay[0].start
        detail = {"relation": member.relation.value, "member": member.ref}
        if member.name is not None:
            detail["name"] = member.name
        yield Finding(
            "PLA-5",
            f"sibling:{member.ref}",
            Severity.CRITICAL,
            since=max(began, member.location_since or began),
            detail=detail,
        )


@rule("PLA-6", "Nowhere on record", Strand.PLACEMENT, OwnerGroup.DESK)
def every_child_is_somewhere(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A child has a place on record, is on the way to one, or is known to be elsewhere."""
    if child.current is not None or not child.placements:
        return
    if any(transfer.status is TransferStatus.DEPARTED for transfer in child.transfers):
        return
    if any(w.state in _ELSEWHERE and covers(w.start, w.end, today) for w in child.whereabouts):
        return
    last = max(child.placements, key=lambda stay: stay.end or stay.start)
    yield Finding(
        "PLA-6",
        "no-placement",
        Severity.CRITICAL,
        since=last.end or last.start,
        detail={"location": last.location},
    )
