"""Rules over more than one child: a guardian who carries too many, a place without a contact person."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from caseapp.domain.limits import Numbers
from caseapp.domain.recipients import GUARDIANSHIP
from caseapp.domain.rules.rule import Severity

TOO_MANY: Final = "LOAD-1"
UNATTENDED: Final = "LOAD-2"


@dataclass(frozen=True, slots=True)
class Load:
    """What a rule over many children finds about a guardian or a place: how many, how grave, whose desk."""

    rule: str
    subject_id: UUID
    severity: Severity
    children: int
    desk: str

    @property
    def identity(self) -> tuple[str, UUID]:
        """Return rule and subject: the same identity on a later day is the same alert."""
        return self.rule, self.subject_id


def loads_of_guardians(children: Mapping[UUID, int], limits: Numbers) -> Iterator[Load]:
    """LOAD-1: a guardian has time for each child (Directive 2024/1346, art. 27: 30 at most, 50 if need be)."""
    for account_id, count in children.items():
        if count > limits["warning_children"]:
            grave = count > limits["critical_children"]
            severity = Severity.CRITICAL if grave else Severity.WARNING
            yield Load(TOO_MANY, account_id, severity, count, GUARDIANSHIP)


def unattended_places(
    children: Mapping[UUID, int], attended: Collection[UUID], regions: Mapping[UUID, str]
) -> Iterator[Load]:
    """LOAD-2: a place where children live has a contact person who is at work."""
    for location_id, count in children.items():
        if count and location_id not in attended:
            yield Load(UNATTENDED, location_id, Severity.CRITICAL, count, regions[location_id])


LOADS: Final[Mapping[str, tuple[str, str, Callable[..., Iterator[Load]]]]] = {
    TOO_MANY: ("Guardian carries too many", "guardianship desk", loads_of_guardians),
    UNATTENDED: ("Location without a contact person", "desk of the region", unattended_places),
}
"""By code: name, owner at first, and the rule; its docstring is its row in docs/rules.md."""
