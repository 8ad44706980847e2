"""Cells that hold a word of a closed list, a code, or free text."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Operator, PlacementKind, Region, Sex, TransferStatus
from caseapp.domain.countries import NATIONALITIES
from caseapp.domain.lists.texts import Cell
from caseapp.domain.lists.values import Reader, Reading, Value, cannot
from caseapp.domain.lists.words import Reason

YES_WORDS: Final = frozenset({"j", "ja", "y", "yes", "1", "true", "waar"})
NO_WORDS: Final = frozenset({"n", "nee", "no", "0", "false", "onwaar"})
MARK: Final = "x"
"""Stands for yes in a column that holds nothing else, where empty then is no."""

_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_MUNICIPALITY: Final = re.compile(r"GM[0-9]{4}")
_BARE_MUNICIPALITY: Final = re.compile(r"[0-9]{2,4}")
_BRIN: Final = re.compile(r"[0-9]{2}[A-Z]{2}(?:[0-9]{2})?")
_NEW_CODE: Final = re.compile(r"[A-Z0-9_-]{2,20}")


def _by_word(codes: type[StrEnum], **dutch: StrEnum) -> Mapping[str, Value]:
    return {code.value.lower(): code for code in codes} | {**dutch}


SEXES: Final[Mapping[str, Value]] = {
    **dict.fromkeys(("m", "man", "jongen", "male"), Sex.MALE),
    **dict.fromkeys(("v", "vrouw", "meisje", "f", "female"), Sex.FEMALE),
    **dict.fromkeys(("x", "o"), Sex.UNKNOWN),
}
YES_OR_NO: Final[Mapping[str, Value]] = {
    **dict.fromkeys(YES_WORDS, True),
    **dict.fromkeys(NO_WORDS, False),
}
ONLY_MARKS: Final[Mapping[str, Value]] = {MARK: True}
PLACEMENT_KINDS: Final = _by_word(PlacementKind)
REGIONS: Final = _by_word(Region)
SCHOOL_TYPES: Final = _by_word(SchoolType)
OPERATORS: Final = _by_word(
    Operator, particulier=Operator.PRIVATE, veiligheidsregio=Operator.GEMEENTE
)
CARE_KINDS: Final = _by_word(
    CareKind,
    ziekenhuis=CareKind.SPECIALIST,
    paramedisch=CareKind.PARAMEDIC,
    mondzorg=CareKind.DENTAL,
    tandarts=CareKind.DENTAL,
    overig=CareKind.OTHER,
    anders=CareKind.OTHER,
)
STATUSES: Final = _by_word(
    TransferStatus,
    gepland=TransferStatus.PLANNED,
    bevestigd=TransferStatus.CONFIRMED,
    vertrokken=TransferStatus.DEPARTED,
    aangekomen=TransferStatus.ARRIVED,
    geannuleerd=TransferStatus.CANCELLED,
)
COUNTRIES: Final[Mapping[str, Value]] = {code.lower(): code for code in NATIONALITIES}


def word_reader(words: Mapping[str, Value], reason: Reason = Reason.UNKNOWN_CODE) -> Reader:
    """Return the reader of words in any case."""
    unknown = cannot(reason)
    readings = {word: Reading(value) for word, value in words.items()}

    def read(text: str, cell: Cell) -> Reading:
        return readings.get(text.lower(), unknown)

    return read


def code_reader(words: Mapping[str, Value]) -> Reader:
    """Return the reader of codes in any case, with a space or a hyphen for their underscore."""
    unknown = cannot(Reason.UNKNOWN_CODE)
    readings = {word: Reading(value) for word, value in words.items()}

    def read(text: str, cell: Cell) -> Reading:
        word = text.lower().replace(" ", "_").replace("-", "_")
        return readings.get(word, unknown)

    return read


def location_reader(codes: Collection[str]) -> Reader:
    """Return the reader of the codes of locations that we know, in any case."""
    return word_reader({code.lower(): code for code in codes}, Reason.UNKNOWN_LOCATION)


def municipality(text: str, cell: Cell) -> Reading:
    """Read a municipality code; bare digits get their letters back."""
    code = text.upper()
    if _MUNICIPALITY.fullmatch(code):
        return Reading(code)
    if _BARE_MUNICIPALITY.fullmatch(code):
        return Reading(f"GM{code:0>4}", Reason.CODE_REPAIRED)
    return cannot(Reason.UNKNOWN_CODE)


def brin(text: str, cell: Cell) -> Reading:
    """Read the number of a school, with or without that of its branch."""
    return _matching(_BRIN, text)


def new_code(text: str, cell: Cell) -> Reading:
    """Read the code of a location, one that we may not know yet."""
    return _matching(_NEW_CODE, text)


def _matching(pattern: re.Pattern[str], text: str) -> Reading:
    code = text.upper()
    return Reading(code) if pattern.fullmatch(code) else cannot(Reason.UNKNOWN_CODE)


def free_text(text: str, cell: Cell) -> Reading:
    """Read a text as it is written, unless it could be taken for a formula."""
    return cannot(Reason.FORMULA_LIKE) if text.startswith(_FORMULA_SIGNS) else Reading(text)
