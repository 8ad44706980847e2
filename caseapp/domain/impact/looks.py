"""When each rule is asked about a move, and what its answers say: new, graver, mended or there already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from caseapp.domain.care_codes import CareKind
from caseapp.domain.case import Case
from caseapp.domain.continuity import graver
from caseapp.domain.impact.items import Item, Topic
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding, Rule, Severity, Strand, TileKind

Identity: TypeAlias = tuple[str, str]
Found: TypeAlias = dict[Identity, Finding]


class When(StrEnum):
    """On which day a rule is asked."""

    PLANNED = "planned"
    """Today, with the move planned: what is wrong with its day."""
    ARRIVAL = "arrival"
    """The day of arrival: what stops on that day."""
    FORTNIGHT = "fortnight"
    """Two weeks after: what a large place may be to a child for so long and no longer."""
    SCHOOL = "school"
    """The school day on which missing school becomes a warning."""


BY_STRAND: Final[Mapping[Strand, When]] = {
    Strand.PLACEMENT: When.ARRIVAL,
    Strand.ALONE: When.FORTNIGHT,
    Strand.SCHOOL: When.SCHOOL,
    Strand.CARE: When.ARRIVAL,
    Strand.GUARDIANSHIP: When.ARRIVAL,
}
"""Rules of other themes do not look at where a child lives, or ask for the work that any arrival brings."""

BY_CODE: Final[Mapping[str, When]] = dict.fromkeys(
    ("PLA-3", "PLA-4", "CAR-4", "TRF-1"), When.PLANNED
)
"""Rules about a move that is still to come."""

TOPICS: Final[Mapping[str, Topic]] = {
    "CAR-1": Topic.CARE,
    "CAR-3": Topic.WAITING,
    "CAR-4": Topic.MEDICINE,
    "PLA-2": Topic.MOVES,
    "PLA-3": Topic.DAY,
    "PLA-4": Topic.DAY,
    "PLA-5": Topic.FAMILY,
    "TRF-1": Topic.HANDOVER,
}
TOPIC_OF_STRAND: Final[Mapping[Strand, Topic]] = {
    Strand.PLACEMENT: Topic.PLACE,
    Strand.ALONE: Topic.PLACE,
    Strand.SCHOOL: Topic.SCHOOL,
    Strand.CARE: Topic.CARE,
    Strand.GUARDIANSHIP: Topic.GUARDIAN,
}

BROKEN_OFF: Final = "CAR-1"
CAN_WAIT: Final = frozenset({CareKind.DENTAL.value})
"""Care that may pause; any other that runs and stops is critical before a move: the days that the rule
gives to mend it are the days that are still there now."""


def _asked() -> Mapping[When, tuple[Rule, ...]]:
    found: dict[When, list[Rule]] = {when: [] for when in When}
    for rule in RULES.values():
        when = BY_CODE.get(rule.code) or BY_STRAND.get(rule.strand)
        if when is not None:
            found[when].append(rule)
    return {when: tuple(rules) for when, rules in found.items()}


ASKED: Final = _asked()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a move changes in the findings of a day."""

    worse: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    already: tuple[Finding, ...]


def difference(moved: Case, unmoved: Case, when: When, limits: LimitBook) -> Difference:
    """Compare the findings of a day with and without a move; `when` says which rules are asked."""
    day = moved.today
    stays = frozenset(stay.id for stay in moved.placements)
    with_it = _found(moved, when, limits, stays)
    without = _found(unmoved, when, limits, stays)
    return Difference(
        worse=tuple(f for key, f in with_it.items() if _is_worse(f, without.get(key), day)),
        mended=tuple(f for key, f in without.items() if key not in with_it),
        already=tuple(
            without[key]
            for key, f in with_it.items()
            if key in without and not _is_worse(f, without[key], day)
        ),
    )


def _found(child: Case, when: When, limits: LimitBook, stays: frozenset[str]) -> Found:
    found: Found = {}
    if not child.watched:
        return found
    numbers = limits.on(child.today, child.lodged)
    for rule in ASKED[when]:
        for finding in rule.promise(child, child.today, numbers.get(rule.code, {})):
            key = _identity(finding, stays)
            found[key] = graver(found[key], finding) if key in found else finding
    return found


def _identity(finding: Finding, stays: frozenset[str]) -> Identity:
    """Return what stays the same when a move begins another stay: rule and record, not the stay."""
    record = finding.subject.partition("@")[0]
    return finding.rule, "" if record in stays else record


def _is_worse(now: Finding, before: Finding | None, day: date) -> bool:
    if before is None or now.severity.weight > before.severity.weight:
        return True
    return _count(now, day) > _count(before, day)


def _count(finding: Finding, day: date) -> int:
    """Return the times that a finding counts; 0 when it counts none."""
    tile = RULES[finding.rule].tile(finding, day)
    return tile.number if tile.kind is TileKind.COUNT else 0


def items(findings: tuple[Finding, ...]) -> Iterator[Item]:
    """Yield what was found as items."""
    for finding in findings:
        yield Item(
            topic=topic_of(finding.rule),
            about=finding.rule,
            subject=finding.subject,
            severity=_severity(finding),
            since=finding.since,
            due=finding.due,
            detail=finding.detail,
        )


def topic_of(code: str) -> Topic:
    """Return what the findings of a rule are about."""
    return TOPICS.get(code) or TOPIC_OF_STRAND[RULES[code].strand]


def _severity(finding: Finding) -> Severity:
    if finding.rule == BROKEN_OFF and finding.detail.get("care") not in CAN_WAIT:
        return Severity.CRITICAL
    return finding.severity
