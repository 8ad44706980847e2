"""Who reaches a child by where it lives, where it is going and who is responsible: worked out from facts.

People keep the outcome as rows (people.reach); this says what they have to be, so that a correction
of an old stay and a move of today are one and the same sum (security.md 3.2).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from caseapp.domain.calendar import plus_days
from caseapp.domain.policy import Sees

READS_ON: Final = 30
"""Days in which who a child left still reads what happened up to departure: the place since the child
moved, and who stayed responsible after that since the receiver took over."""

READS_AHEAD: Final = 14
"""Days before a planned move from which the receiver may read a handover that was sent."""


class Why(StrEnum):
    """Why a place, a person or a desk reaches a child."""

    HERE = "here"
    COMING = "coming"
    LEFT = "left"
    RESPONSIBLE = "responsible"
    GUARDIAN = "guardian"
    SUPPORT = "support"
    DESK = "desk"
    TOLD = "told"


BY_PLACE: Final = frozenset({Why.HERE, Why.COMING, Why.LEFT, Why.RESPONSIBLE})
"""What this module decides; the others come from guardianship, support, desks and alerts."""


class Stay(NamedTuple):
    """A stay, as far as reach needs it; `start` is its first day, `end` the day it ended."""

    id: UUID
    location_id: UUID | None
    region: str
    start: date
    end: date | None = None
    transfer_id: UUID | None = None


class Coming(NamedTuple):
    """A move that is not over yet; `sent`: its handover too; `left`: the child is on its way."""

    transfer_id: UUID
    location_id: UUID | None
    region: str | None
    planned_on: date
    sent: bool = True
    left: bool = False

    @property
    def opens(self) -> date:
        """Return the day from which the receiver may know of it; without a handover, that of the move."""
        return plus_days(self.planned_on, -READS_AHEAD) if self.sent else self.planned_on


class Holding(NamedTuple):
    """A time during which somebody with an account is responsible."""

    id: UUID
    account_id: UUID
    start: date
    end: date | None = None


class Reaching(NamedTuple):
    """One row of reach as it has to be: from the start of a day (None: now) until that of another."""

    why: Why
    sees: Sees
    location_id: UUID | None = None
    region: str | None = None
    account_id: UUID | None = None
    origin_id: UUID | None = None
    until_on: date | None = None
    start: date | None = None
    end: date | None = None

    @property
    def key(self) -> tuple[str, UUID | None, str | None, UUID | None, UUID | None]:
        """Return what makes it the same row as before."""
        return str(self.why), self.location_id, self.region, self.account_id, self.origin_id


def reaching(
    stays: Iterable[Stay], coming: Iterable[Coming], holdings: Iterable[Holding], today: date
) -> list[Reaching]:
    """Return who reaches a child by place and responsibility, today and as far as is known ahead."""
    runs, held = _runs(stays), tuple(holdings)
    found = [
        *_by_stay(runs, today),
        *_by_move(coming, today),
        *_by_baton(held, today),
        *_by_baton_before(held, runs, today),
    ]
    return [one for one in found if one.end is None or one.end > today]


def _runs(stays: Iterable[Stay]) -> list[Stay]:
    """Return the stays in order, those that go on at one location taken as one; each with its first day."""
    ordered = sorted(stays, key=lambda s: (s.start, s.end or date.max, s.end is None, str(s.id)))
    runs: list[Stay] = []
    for stay in ordered:
        if runs and (runs[-1].location_id, runs[-1].region) == (stay.location_id, stay.region):
            continue
        runs.append(stay)
    return runs


def _by_stay(runs: Sequence[Stay], today: date) -> Iterator[Reaching]:
    """Yield where the child is (also after the last stay ended: somebody must see it), and was."""
    for number, run in enumerate(runs):
        after = runs[number + 1].start if number + 1 < len(runs) else None
        start = run.start if number and run.start > today else None
        yield Reaching(Why.HERE, Sees.ALL, run.location_id, run.region, start=start, end=after)
    for left, came in pairwise(runs):
        yield Reaching(
            Why.LEFT,
            Sees.UNTIL_DEPARTURE,
            left.location_id,
            left.region,
            origin_id=came.transfer_id or came.id,
            until_on=came.start,
            start=came.start if came.start > today else None,
            end=plus_days(came.start, READS_ON),
        )


def _by_move(coming: Iterable[Coming], today: date) -> Iterator[Reaching]:
    """Yield where a child is coming: the handover once it was sent, else who stands at the door (ADR 0020)."""
    for move in coming:
        if move.location_id or move.region:
            yield Reaching(
                Why.COMING,
                Sees.HANDOVER if move.sent else Sees.HEADER,
                move.location_id,
                move.region,
                origin_id=move.transfer_id,
                start=move.opens if move.opens > today and not move.left else None,
            )


def _by_baton(holdings: Iterable[Holding], today: date) -> Iterator[Reaching]:
    for one in holdings:
        yield Reaching(
            Why.RESPONSIBLE,
            Sees.ALL,
            account_id=one.account_id,
            origin_id=one.id,
            start=one.start if one.start > today else None,
            end=one.end,
        )


def _by_baton_before(
    holdings: Iterable[Holding], runs: Sequence[Stay], today: date
) -> Iterator[Reaching]:
    """Yield who was responsible until after the child left: what happened up to departure, for a while."""
    for one in holdings:
        if one.end is None:
            continue
        left = next((run.start for run in runs[1:] if one.start < run.start < one.end), None)
        if left is not None:
            yield Reaching(
                Why.LEFT,
                Sees.UNTIL_DEPARTURE,
                account_id=one.account_id,
                origin_id=one.id,
                until_on=left,
                start=one.end if one.end > today else None,
                end=plus_days(one.end, READS_ON),
            )
