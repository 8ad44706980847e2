"""The file of the reporting code (meldcode): its parts, what it says now, and its clocks (MEL-1).

Only the child-protection lead of a location knows of it. It is no part of a dossier, so its rule is no rule of
the engine: it has no limits to set, and no recipients but the lead. The terms are those of the code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseapp.domain.calendar import plus_days, working_days_after
from caseapp.domain.rules.rule import Severity


class Part(StrEnum):
    """What is written in a file: the five steps in their order, then what follows."""

    SIGNS = "signs"
    CONSULT = "consult"
    TALK = "talk"
    WEIGH = "weigh"
    DECIDE = "decide"
    SAFE_HOME = "safe_home"
    CLOSE = "close"


STEPS: Final = (Part.SIGNS, Part.CONSULT, Part.TALK, Part.WEIGH, Part.DECIDE)


class Question(StrEnum):
    """The five questions of the assessment framework, in their order."""

    SUSPECT = "suspect"
    UNSAFE = "unsafe"
    ABLE = "able"
    ACCEPTED = "accepted"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was weighed at one question, and why."""

    question: Question
    yes: bool
    because: str


@dataclass(frozen=True, slots=True)
class SafeHome:
    """What went to Veilig Thuis and came back, by day."""

    reported_on: date
    answered_on: date | None = None
    answer: str | None = None
    looks_from: date | None = None
    """First day of its investigation."""
    looks_until: date | None = None
    """Day on which it told how the investigation ended."""


@dataclass(frozen=True, slots=True)
class Written:
    """One part as it was written: a later one stands in its place, and this one stays in the file."""

    part: Part
    on: date
    note: str
    acute: bool = False
    answers: tuple[Answer, ...] = ()
    reports: bool | None = None
    """Step 5: whether it is reported to Veilig Thuis."""
    helps: bool | None = None
    """Step 5: whether help is offered or arranged."""
    safe_home: SafeHome | None = None


class Refusal(StrEnum):
    """Why something cannot be written."""

    CLOSED = "closed"
    STEP_BEFORE = "step_before"
    NOT_WEIGHED = "not_weighed"
    NO_STEP_ONE = "no_step_one"
    BEFORE_SIGNS = "before_signs"
    NOT_YET = "not_yet"
    OUT_OF_ORDER = "out_of_order"
    NOTHING_DECIDED = "nothing_decided"
    HAS_OPEN_FILE = "has_open_file"


class SafetyRefusedError(ValueError):
    """Something cannot be written in this file, or not yet."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.value)
        self.code = code


class Clause(StrEnum):
    """The four clocks of MEL-1."""

    DECIDE_NOW = "decide_now"
    DECIDE = "decide"
    ANSWER = "answer"
    INVESTIGATION = "investigation"


DECIDE_WITHIN: Final = 10
ANSWER_WITHIN: Final = 5
"""Working days."""
INVESTIGATION_DAYS: Final = 70


@dataclass(frozen=True, slots=True)
class Clock:
    """From which day on something is late, and how serious that is."""

    clause: Clause
    severity: Severity
    from_on: date

    def has_run_out(self, today: date) -> bool:
        """Say whether it is late today."""
        return self.from_on <= today


def present(written: Iterable[Written]) -> dict[Part, Written]:
    """Return each part as it stands: what was written last."""
    return {one.part: one for one in written}


def clocks(parts: dict[Part, Written]) -> tuple[Clock, ...]:
    """Return the clocks of a file that run, and those that have run out; none of a file that is closed."""
    signs = parts.get(Part.SIGNS)
    if signs is None or Part.CLOSE in parts:
        return ()
    severity = Severity.CRITICAL if signs.acute else Severity.WARNING
    told = parts[Part.SAFE_HOME].safe_home if Part.SAFE_HOME in parts else None
    found: list[tuple[Clause, date]] = []
    if Part.DECIDE not in parts:
        found.append(_decide(signs))
    if told and told.answered_on is None:
        found.append((Clause.ANSWER, working_days_after(told.reported_on, ANSWER_WITHIN)))
    if told and told.looks_from and told.looks_until is None:
        found.append((Clause.INVESTIGATION, plus_days(told.looks_from, INVESTIGATION_DAYS)))
    return tuple(Clock(clause, severity, on) for clause, on in found)


def _decide(signs: Written) -> tuple[Clause, date]:
    if signs.acute:
        return Clause.DECIDE_NOW, signs.on
    return Clause.DECIDE, working_days_after(signs.on, DECIDE_WITHIN)


def refuse(parts: dict[Part, Written], new: Written, today: date) -> None:
    """Raise SafetyRefusedError when a part cannot be written now; writing a part again corrects it."""
    for code, holds in _reasons(parts, new, today):
        if holds:
            raise SafetyRefusedError(code)


def _reasons(
    parts: dict[Part, Written], new: Written, today: date
) -> Sequence[tuple[Refusal, bool]]:
    signs = new if new.part is Part.SIGNS else parts.get(Part.SIGNS)
    return (
        (Refusal.CLOSED, Part.CLOSE in parts),
        (Refusal.NO_STEP_ONE, signs is None),
        (Refusal.STEP_BEFORE, not _in_turn(parts, new.part)),
        (Refusal.NOT_WEIGHED, new.part is Part.WEIGH and not _is_whole(new.answers)),
        (Refusal.NOTHING_DECIDED, new.part is Part.DECIDE and None in (new.reports, new.helps)),
        (Refusal.NOT_YET, any(day > today for day in _days(new))),
        (Refusal.BEFORE_SIGNS, signs is not None and _is_before(signs.on, parts, new)),
        (Refusal.OUT_OF_ORDER, new.safe_home is not None and not _is_ordered(new.safe_home)),
    )


def _in_turn(parts: dict[Part, Written], part: Part) -> bool:
    """Say whether all steps before were written; in acute danger steps 3 to 5 go together, in any order."""
    signs = parts.get(Part.SIGNS)
    if part in parts or part not in STEPS or (signs is not None and signs.acute):
        return True
    return all(step in parts for step in STEPS[: STEPS.index(part)])


def next_step(parts: dict[Part, Written]) -> Part | None:
    """Return the first step that is not written; None when all are."""
    return next((step for step in STEPS if step not in parts), None)


def _is_whole(answers: Sequence[Answer]) -> bool:
    return [one.question for one in answers] == list(Question)


def _is_before(first: date, parts: dict[Part, Written], new: Written) -> bool:
    """Say whether something would lie before the first step: the new part, or what stands already."""
    others = (one for part, one in parts.items() if part not in (Part.SIGNS, new.part))
    return any(day < first for one in (new, *others) for day in _days(one))


def _days(one: Written) -> tuple[date, ...]:
    told = one.safe_home
    more = (told.reported_on, told.answered_on, told.looks_from, told.looks_until) if told else ()
    return (one.on, *(day for day in more if day is not None))


def _is_ordered(told: SafeHome) -> bool:
    """Say whether the days of Veilig Thuis follow each other, and nothing ends that did not begin."""
    if told.looks_until is not None and told.looks_from is None:
        return False
    known = [day for day in (told.reported_on, told.looks_from, told.looks_until) if day]
    answered = told.answered_on is None or told.answered_on >= told.reported_on
    return answered and known == sorted(known)
