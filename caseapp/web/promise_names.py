"""What a promise is about, in a sentence: words of the record, and its codes in the language of the reader."""

from typing import Final

from caseapp.domain.care_codes import CareKind, SchoolType
from caseapp.domain.codes import Topic
from caseapp.web.care_words import CARE_IN_SENTENCE
from caseapp.web.kind_labels import SCHOOL_TYPES
from caseapp.web.labels import label

SAYS_ITSELF: Final = frozenset(
    {Topic.ACTION, Topic.SAFETY, Topic.SPECIAL_NEEDS, Topic.WISH_OF_CHILD, Topic.OTHER}
)
"""Here a person wrote what was promised; the other topics name a provider, a school or a person."""


def without_codes(text: str) -> str:
    """Return what a promise says; a record without a name of its own is named by its kind."""
    if text in set(CareKind):
        return str(CARE_IN_SENTENCE[CareKind(text)])
    if text in set(SchoolType):
        return str(SCHOOL_TYPES[SchoolType(text)])
    return text


def promise_name(topic: str, text: str) -> str:
    """Return "swimming lessons", or "waiting list, De Praktijk" where the text alone does not say it."""
    if topic not in set(Topic) or topic in SAYS_ITSELF:
        return text
    return f"{label(Topic(topic))}, {without_codes(text)}"
