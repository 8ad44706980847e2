"""Rules about care: it goes on after a move, the waiting counts from the first referral."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseapp.domain import calendar
from caseapp.domain.care_codes import CareKind
from caseapp.domain.case import PLANNED, Case, Move, ended, running, waiting
from caseapp.domain.chains import counted
from caseapp.domain.facts import CareLine
from caseapp.domain.rules.rule import (
    Detail,
    Finding,
    Limits,
    OwnerGroup,
    Severity,
    Strand,
    day_to_come,
    days_from,
    rule,
)

_YOUTH_CARE: Final = frozenset({CareKind.GGZ, CareKind.JEUGDHULP})


def _broken(line: CareLine, move: Move) -> Detail:
    return {
        "care": line.kind.value,
        "from_location": move.left.location,
        "to_location": move.placement.location,
    }


def _waiting(last: CareLine, referred: date) -> Detail:
    return {"care": last.kind.value, "counted_from": referred, "line": last.id}


def _first_move_after(child: Case, day: date) -> date:
    """Return the day of the first move later than a day; the caller knows that there is one."""
    return min(move.day for move in child.moves if move.day > day)


def _coming(line: CareLine, today: date) -> bool:
    return line.next_contact_on is not None and line.next_contact_on >= today


def _goes_on(child: Case, line: CareLine, move: Move) -> bool:
    """Say whether a line was mended since a move: ended, seen, an appointment, or taken over."""
    if ended(line, child.today) or _coming(line, child.today):
        return True
    if any(day >= move.day for day in line.contacts_on):
        return True
    return any(
        other.started_on is not None or _coming(other, child.today)
        for other in child.chains.continuing(line)
    )


@rule("CAR-1", "Care interrupted by a move", Strand.CARE, OwnerGroup.INTERRUPTION)
def care_follows_the_child(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Care that was running and is bound to the place goes on after a move."""
    move = child.move_that_led_here
    if move is None:
        return
    eve = calendar.plus_days(move.day, -1)
    for line in child.care:
        if not line.place_bound or not running(line, eve) or _goes_on(child, line, move):
            continue
        last = max(filter(None, (line.started_on, *line.contacts_on)))
        since = _first_move_after(child, last)
        deadline = calendar.working_days_after(since, limits["critical_wd"])
        medicine = line.medication_until or date.max
        yield Finding(
            "CAR-1",
            f"{line.id}@{move.placement.id}",
            Severity.CRITICAL if today >= deadline or medicine < today else Severity.WARNING,
            since=since,
            due=min(deadline, medicine),
            detail=_broken(line, move),
        )


@rule(
    "CAR-2",
    "Waiting too long",
    Strand.CARE,
    OwnerGroup.RECORD,
    tile=days_from("counted_from"),
)
def waiting_has_an_end(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Waiting for care counts from the first referral, and no move or new referral resets it."""
    for chain in child.chains:
        if not waiting(chain[-1], today):
            continue
        counting = counted(chain)
        referred = counting[0].referred_on
        if chain[-1].kind in _YOUTH_CARE:
            grave = calendar.plus_days(referred, limits["youth_critical_days"])
            unseen = all(line.intake_on is None for line in counting)
            soon = calendar.plus_days(referred, limits["youth_intake_days"])
            since = soon if unseen else grave
        else:
            grave = calendar.plus_days(referred, limits["other_critical_days"])
            since = calendar.plus_days(referred, limits["other_days"])
        if today >= since:
            yield Finding(
                "CAR-2",
                chain[0].id,
                Severity.CRITICAL if today >= grave else Severity.WARNING,
                since=since,
                detail=_waiting(chain[-1], referred),
            )


@rule("CAR-3", "Place on the waiting list at risk", Strand.CARE, OwnerGroup.INTERRUPTION)
def places_on_waiting_lists_are_kept(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """A place on a waiting list that is bound to the place is kept or taken over after a move."""
    move = child.move_that_led_here
    if move is None:
        return
    eve = calendar.plus_days(move.day, -1)
    for line in child.care:
        if not line.place_bound or not waiting(line, eve) or not waiting(line, today):
            continue
        last = max(line.referred_on, line.waiting_kept_on or line.referred_on)
        if last >= move.day or any(child.chains.continuing(line)):
            continue
        since = _first_move_after(child, last)
        deadline = calendar.working_days_after(since, limits["critical_wd"])
        yield Finding(
            "CAR-3",
            f"{line.id}@{move.placement.id}",
            Severity.CRITICAL if today >= deadline else Severity.WARNING,
            since=since,
            due=deadline,
            detail=_broken(line, move),
        )


@rule(
    "CAR-4",
    "Medicine runs out around a move",
    Strand.CARE,
    OwnerGroup.INTERRUPTION,
    tile=day_to_come,
)
def medicine_lasts_past_a_move(child: Case, today: date, limits: Limits) -> Iterator[Finding]:
    """Medicine lasts until some time after a planned move, or a check-up comes before it is gone."""
    coming = [
        transfer
        for transfer in child.transfers
        if transfer.status in PLANNED and transfer.planned_on >= today
    ]
    for line in child.care if coming else ():
        medicine = line.medication_until
        if medicine is None or not running(line, today) or _checked(line, today, medicine):
            continue
        for transfer in coming:
            if medicine < calendar.plus_days(transfer.planned_on, limits["after_move_days"]):
                yield Finding(
                    "CAR-4",
                    f"{line.id}@{transfer.id}",
                    Severity.CRITICAL,
                    since=max(transfer.announced_on, line.started_on or transfer.announced_on),
                    due=medicine,
                    detail={"care": line.kind.value, "planned_on": transfer.planned_on},
                )


def _checked(line: CareLine, today: date, medicine: date) -> bool:
    """Say whether an appointment comes while there is still medicine."""
    return line.next_contact_on is not None and today <= line.next_contact_on <= medicine
