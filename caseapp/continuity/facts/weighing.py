"""What another number of a rule would do: the rule run twice on the same facts, counts only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from caseapp.continuity import queries
from caseapp.continuity.facts.gathering import files
from caseapp.domain.case import Case
from caseapp.domain.continuity import graver
from caseapp.domain.limits import LimitBook
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Finding, Rule, Severity
from caseapp.kernel.work import Work, reading_past
from caseapp.people import queries as people

MOST: Final = 3000
"""Of more children than this only so many are looked at, evenly spread: the page does not wait longer."""
AT_ONCE: Final = 500


@dataclass(slots=True)
class Weighed:
    """How many alerts of a rule there are today and how many there would be, by severity."""

    children: int
    looked_at: int
    now: Counter[Severity] = field(default_factory=Counter)
    then: Counter[Severity] = field(default_factory=Counter)

    @property
    def is_sample(self) -> bool:
        """Say whether only some of the children were looked at."""
        return self.looked_at < self.children

    def more(self, severity: Severity | None = None) -> int:
        """Return how many alerts more (below zero: fewer) there would be among those looked at."""
        if severity is not None:
            return self.then[severity] - self.now[severity]
        return self.then.total() - self.now.total()


@reading_past("other limits are tried on every child, and only counted")
def weigh(work: Work, code: str, other: LimitBook) -> Weighed:
    """Run one rule with the limits of now and with others, for every child or an even sample of them.

    A rule over many children is run over all of them. Raises Unreadable when a fact does not open.
    """
    return _weigh_one(work, RULES[code], other) if code in RULES else _weigh_load(work, code, other)


def _weigh_load(work: Work, code: str, other: LimitBook) -> Weighed:
    everyone = len(people.followed_after(work, 0, None))
    weighed = Weighed(everyone, everyone)
    for count, book in ((weighed.now, work.limits), (weighed.then, other)):
        found = queries.loads_now(work, book)
        count.update(one.severity for one in found if one.rule == code)
    return weighed


def _weigh_one(work: Work, rule: Rule, other: LimitBook) -> Weighed:
    everyone = [child_id for _no, child_id in people.followed_after(work, 0, None)]
    chosen = everyone[:: -(-len(everyone) // MOST) or 1]
    weighed = Weighed(len(everyone), len(chosen))
    for case in _cases(work, chosen):
        weighed.now.update(_found(rule, case, work.limits))
        weighed.then.update(_found(rule, case, other))
    return weighed


def _found(rule: Rule, case: Case, limits: LimitBook) -> Iterator[Severity]:
    """Yield the severity of each thing that a rule finds, each identity once."""
    if not case.watched:
        return
    numbers = limits.on(case.today, case.lodged).get(rule.code, {})
    found: dict[str, Finding] = {}
    for one in rule.promise(case, case.today, numbers):
        found[one.subject] = graver(found.get(one.subject, one), one)
    yield from (one.severity for one in found.values())


def _cases(work: Work, child_ids: list[UUID]) -> Iterator[Case]:
    for start in range(0, len(child_ids), AT_ONCE):
        for file in files(work, child_ids[start : start + AT_ONCE]).values():
            yield Case(file.dossier, work.today)
