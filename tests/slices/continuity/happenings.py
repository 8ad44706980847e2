"""What can happen to a child in a history made by chance: two moves, and care, school and talks in between."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from caseapp.care import actions as care
from caseapp.care import queries as care_of
from caseapp.domain import care_codes, codes
from caseapp.domain.calendar import plus_days
from caseapp.domain.intents.care import CareDetails, CareEnd, SeenByProvider
from caseapp.domain.intents.guardianship import PlanDetails
from caseapp.domain.intents.moves import Plan
from caseapp.domain.intents.observations import Agreed, ContactDetails, ObservationDetails
from caseapp.domain.intents.placements import WhereaboutsDetails
from caseapp.domain.intents.schooling import AbsencePeriod, SchoolingDetails
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.observations import actions as observations
from caseapp.placements import actions as placements
from caseapp.schooling import actions as schooling
from tests.world import TODAY, World

PLACES: Final = ("AZC-HERE", "NO-BESIDE", "AZC-FAR")
TOWNS: Final = {"AZC-HERE": "GM9901", "NO-BESIDE": "GM9902", "AZC-FAR": "GM9903"}
CONTACTS: Final = {"AZC-HERE": "cpk", "NO-BESIDE": "cpk_beside", "AZC-FAR": "cpk_far"}
LASTS: Final = 130
"""Days from the first day of a history to the day on which it is looked at."""
FIRST: Final = TODAY
LAST: Final = plus_days(FIRST, LASTS)
KINDS: Final = (
    care_codes.CareKind.GGZ, care_codes.CareKind.PARAMEDIC, care_codes.CareKind.DENTAL,
    care_codes.CareKind.JGZ, care_codes.CareKind.GZA_INTAKE,
)  # fmt: skip


@dataclass(slots=True)
class Play:
    """A child whose history is played: who did what on which day, for the one who reads a failure."""

    world: World
    child_id: UUID
    here: str
    told: list[str] = field(default_factory=list)

    @property
    def cpk(self) -> str:
        """Return the contact person of the place where the child lives."""
        return CONTACTS[self.here]


Do = Callable[[Work, Play, date], object]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens on a day: what it is called, what is done, and by whom."""

    name: str
    do: Do
    who: str | None = None
    """Nobody named: the contact person of the place where the child lives then."""
    to: str | None = None
    """Where the child lives from then on, when this moves it."""


History = Mapping[int, list[Happening]]


def history(chosen: random.Random) -> History:
    """Make a history: two moves, with or without notice, and what happens in between."""
    found: dict[int, list[Happening]] = {}
    here, day = PLACES[0], chosen.randint(1, 20)
    for _move in range(2):
        there = chosen.choice([place for place in PLACES if place != here])
        last = day
        for offset, happening in _move_to(chosen, there):
            last = max(last, day + offset)
            found.setdefault(day + offset, []).append(happening)
        here, day = there, last + chosen.randint(5, 30)
    for _ in range(chosen.randint(6, 16)):
        happening = chosen.choice(BETWEEN)(chosen)
        found.setdefault(chosen.randint(0, LASTS - 1), []).append(happening)
    return {day: found[day] for day in sorted(found) if day < LASTS}


def _move_to(chosen: random.Random, there: str) -> Iterator[tuple[int, Happening]]:
    """Yield the steps of one move, with the days between the first of them and each."""
    if chosen.random() < 0.3:
        yield 0, Happening("moved without notice", partial(_unannounced, there), "national", there)
        if chosen.random() < 0.6:
            yield chosen.randint(0, 10), Happening("accept", _accept, CONTACTS[there])
        return
    notice = chosen.randint(0, 25)
    yield 0, Happening("plan", partial(_plan, there, notice))
    if chosen.random() < 0.7:
        yield chosen.randint(0, notice), Happening("send", _send)
    if chosen.random() < 0.5:
        yield chosen.randint(0, notice), Happening("accept", _accept, CONTACTS[there])
    if chosen.random() < 0.4:
        yield notice, Happening("depart", _depart)
    late = chosen.choice((0, 0, 0, 1, 4))
    yield notice + late, Happening("arrive", _arrive, CONTACTS[there], there)
    if chosen.random() < 0.6:
        yield notice + late + chosen.randint(0, 8), Happening("accept", _accept, CONTACTS[there])


def _last_move(work: Work, play: Play) -> Any:
    with work.beyond("the story knows its moves"):
        return moves_of.transfers(work, play.child_id)[-1]


def _plan(there: str, notice: int, work: Work, play: Play, day: date) -> None:
    said = Plan(plus_days(day, notice), day, play.world.locations[there])
    moves.plan(work, play.child_id, said)


def _send(work: Work, play: Play, _day: date) -> None:
    moves.send(work, _last_move(work, play))


def _accept(work: Work, play: Play, _day: date) -> None:
    moves.accept(work, _last_move(work, play))


def _depart(work: Work, play: Play, day: date) -> None:
    moves.depart(work, _last_move(work, play), None, day)


def _arrive(work: Work, play: Play, day: date) -> None:
    moves.arrive(work, _last_move(work, play), None, day)


def _unannounced(there: str, work: Work, play: Play, day: date) -> None:
    moves.record_unannounced(work, play.child_id, play.world.locations[there], day)


def _refer(chosen: random.Random) -> Happening:
    kind = chosen.choice(KINDS)

    def do(work: Work, play: Play, day: date) -> None:
        care.record(work, play.child_id, CareDetails(kind, day, place_bound=kind is KINDS[0]))

    return Happening(f"refer {kind}", do)


def _seen(chosen: random.Random) -> Happening:
    number, ahead = chosen.random(), chosen.choice((None, 7, 21))

    def do(work: Work, play: Play, day: date) -> None:
        row = _line(work, play, number)
        care.saw(
            work, row, row.version, SeenByProvider(day, plus_days(day, ahead) if ahead else None)
        )

    return Happening("seen by the provider", do)


def _book(chosen: random.Random) -> Happening:
    number, ahead = chosen.random(), chosen.randint(1, 30)

    def do(work: Work, play: Play, day: date) -> None:
        row = _line(work, play, number)
        care.book(work, row, row.version, plus_days(day, ahead))

    return Happening("appointment", do)


def _keep_waiting(chosen: random.Random) -> Happening:
    number = chosen.random()

    def do(work: Work, play: Play, day: date) -> None:
        row = _line(work, play, number)
        care.keep_waiting(work, row, row.version, day)

    return Happening("place on the list kept", do)


def _end_care(chosen: random.Random) -> Happening:
    number, reason = chosen.random(), chosen.choice(list(care_codes.EndReason))

    def do(work: Work, play: Play, day: date) -> None:
        row = _line(work, play, number)
        care.end(work, row, row.version, CareEnd(day, reason))

    return Happening(f"care ends, {reason}", do)


def _line(work: Work, play: Play, number: float) -> Any:
    lines = care_of.lines(work, play.child_id)
    return lines[int(number * len(lines))]


def _school(chosen: random.Random) -> Happening:
    kind = chosen.choice((care_codes.SchoolType.VO_ISK, care_codes.SchoolType.TNV_TOV))

    def do(work: Work, play: Play, day: date) -> None:
        said = SchoolingDetails(
            kind, name="A school", municipality=TOWNS[play.here], attending_from=day
        )
        schooling.record(work, play.child_id, said)

    return Happening(f"to school, {kind}", do)


def _absent(chosen: random.Random) -> Happening:
    days, authorised = chosen.randint(0, 4), chosen.random() < 0.3

    def do(work: Work, play: Play, day: date) -> None:
        said = AbsencePeriod(plus_days(day, -days), day, 5.0, authorised=authorised)
        schooling.log_absences(work, play.child_id, said)

    return Happening("absent", do)


def _contact(chosen: random.Random) -> Happening:
    by = chosen.choice((care_codes.ContactBy.CPK, care_codes.ContactBy.GUARDIAN))
    mode = chosen.choice((care_codes.ContactMode.FACE_TO_FACE, care_codes.ContactMode.PHONE))

    def do(work: Work, play: Play, day: date) -> None:
        observations.log_contact(work, play.child_id, ContactDetails(day, by, mode))

    return Happening(f"contact by {by}", do)


def _observe(chosen: random.Random) -> Happening:
    level = chosen.choice(list(care_codes.Level))
    rating = chosen.choice(list(care_codes.Rating))
    ahead = chosen.choice((None, 3, 20))

    def do(work: Work, play: Play, day: date) -> None:
        agreed = Agreed("Call the school", due_on=plus_days(day, ahead)) if ahead else None
        said = ObservationDetails(
            day,
            "Quiet today",
            level,
            child_view="It is fine",
            conditions={care_codes.Condition.RESPECT: rating},
            agreed=agreed,
        )
        observations.record(work, play.child_id, said)

    return Happening(f"observed, {level}", do)


def _missing(chosen: random.Random) -> Happening:
    days = chosen.randint(1, 6)

    def do(work: Work, play: Play, day: date) -> None:
        said = WhereaboutsDetails(codes.WhereaboutsState.MISSING, plus_days(day, -days), day)
        placements.record_whereabouts(work, play.child_id, said)

    return Happening("was missing", do)


def _cancel(_chosen: random.Random) -> Happening:
    def do(work: Work, play: Play, _day: date) -> None:
        moves.cancel(work, _last_move(work, play), None, "The school begins first.")

    return Happening("cancel", do)


def _give(chosen: random.Random) -> Happening:
    to = chosen.choice(sorted(CONTACTS.values()))

    def do(work: Work, play: Play, day: date) -> None:
        moves.give(work, play.child_id, play.world.accounts[to], day)

    return Happening(f"responsible is {to}", do, "national")


def _guardian_plan(_chosen: random.Random) -> Happening:
    def do(work: Work, play: Play, day: date) -> None:
        said = PlanDetails(day, care_codes.PlanKind.PLAN)
        guardianship.record_plan(work, play.child_id, said)

    return Happening("plan of the guardian", do, "guardian")


BETWEEN: Final[tuple[Callable[[random.Random], Happening], ...]] = (
    _refer, _seen, _seen, _book, _book, _keep_waiting, _end_care, _school, _absent, _contact,
    _contact, _observe, _missing, _cancel, _give, _guardian_plan,
)  # fmt: skip
