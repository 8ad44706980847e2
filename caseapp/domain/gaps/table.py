"""The table of gaps: each fact that can be missing, and the rules that can be silent because of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from caseapp.domain.gaps import child, records
from caseapp.domain.gaps.lack import Filling, Lack, Look


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact, the rules that may need it, and the dossiers in which it is filled in as it could be."""

    fact: Lack
    rules: tuple[str, ...]
    filled: Callable[[Look], Filling]


TABLE: Final = (
    Entry(Lack.PLACE, ("PLA-1", "PLA-5", "AMV-1", "AMV-2", "TRF-3", "OBS-1"), records.place),
    Entry(
        Lack.EARLIER_PLACE,
        ("PLA-1", "PLA-2", "SCH-2", "CAR-1", "CAR-3"),
        records.earlier_place,
    ),
    Entry(Lack.CARE_END_REASON, ("CAR-1", "CAR-2", "CAR-3"), records.care_end_reason),
    Entry(Lack.CARE_START, ("CAR-1", "CAR-4"), records.care_start),
    Entry(Lack.APPLICATION_DAY, ("SCH-1", "SCH-4", "CAR-7", "GUA-1"), child.application_day),
    Entry(Lack.ARRIVAL_DAY, ("CAR-5", "CAR-6"), child.arrival_day),
    Entry(Lack.SCHOOL_START, ("SCH-2", "SCH-5", "SCH-6"), records.school_start),
    Entry(Lack.SIBLING_PLACE, ("PLA-5",), child.sibling_place),
    Entry(Lack.SIBLING_AGE, ("PLA-5",), child.sibling_age),
    Entry(Lack.ANNOUNCED_DAY, ("PLA-4",), records.announced_day),
    Entry(Lack.BIRTH_DAY, ("AGE-2", "AGE-3", "AGE-4", "AGE-5", "AFT-1"), child.birth_day),
    Entry(Lack.ACTION_DAY, ("OBS-4",), records.action_day),
    Entry(Lack.GROUP_SIZE, ("AMV-3",), records.group_size),
)
"""What is not here keeps no rule silent: an absent intake, contact, outcome or municipality makes one speak."""
