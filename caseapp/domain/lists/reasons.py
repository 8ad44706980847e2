"""Why a child moves, in the words of a list."""

from typing import Final

from caseapp.domain.codes import MoveReason
from caseapp.domain.lists.texts import without_accents

_WORDS: Final[tuple[tuple[str, MoveReason], ...]] = (
    ("onaangekondigd", MoveReason.UNANNOUNCED),
    ("sluit", MoveReason.LOCATION_CLOSES),
    ("capaciteit", MoveReason.CAPACITY),
    ("medisch", MoveReason.MEDICAL),
    ("veilig", MoveReason.SAFETY),
    ("bescherm", MoveReason.PROTECTION_INDICATION),
    ("kleinschalig", MoveReason.SMALL_SCALE_PLACEMENT),
    ("hereniging", MoveReason.FAMILY_REUNIFICATION),
    ("leeftijd", MoveReason.AGE),
    ("18 jaar", MoveReason.AGE),
    ("eigen verzoek", MoveReason.OWN_REQUEST),
    ("afgewezen", MoveReason.REJECTED),
    ("afwijzing", MoveReason.REJECTED),
    ("huisvesting", MoveReason.STATUS_HOLDER_HOUSING),
    ("uitplaatsing", MoveReason.STATUS_HOLDER_HOUSING),
    ("vergunning", MoveReason.PERMIT_TO_NIDOS),
    ("nidos", MoveReason.PERMIT_TO_NIDOS),
    ("eerste opvang", MoveReason.FIRST_RECEPTION),
    ("procedure", MoveReason.PROCEDURE_STEP),
)
"""Part of what is written, and what it means; the first that fits counts."""


def reason_of(text: str) -> MoveReason:
    """Return the code for a reason in words, or as a code itself; `other` for words that we do not know."""
    plain = without_accents(text.lower())
    code = plain.replace(" ", "_").replace("-", "_")
    if code in set(MoveReason):
        return MoveReason(code)
    return next((reason for words, reason in _WORDS if words in plain), MoveReason.OTHER)
