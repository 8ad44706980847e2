"""All that is kept of one child, for an answer: the document, what stands beside it, and what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.care import queries as care
from caseapp.continuity.facts import dossiers
from caseapp.domain.confidential import without_towns
from caseapp.domain.facts import Dossier
from caseapp.domain.privacy_rights import Chapter
from caseapp.kernel.work import Work
from caseapp.observations import facts as observations
from caseapp.observations import queries as observed
from caseapp.privacy import queries

if TYPE_CHECKING:
    from caseapp.privacy.models import Statement

INTERPRETATION: Final = "interpretation"
NEEDS: Final = "needs"


@dataclass(frozen=True, slots=True)
class Beside:
    """A text that is kept and that the document has no place for."""

    what: str
    chapter: Chapter
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All that is kept of a child, as who asks may have it."""

    dossier: Dossier
    beside: Sequence[Beside]
    statements: "Sequence[Statement]"


def everything(work: Work, child_id: UUID, *, without_words: bool = False) -> Everything | None:
    """Return all that is kept of a child; None when there is no such child.

    Where other members of the family live is left out: that is theirs (AVG 15.4); so is, when asked, what
    the child said in its own words. A confidential place has neither name nor town. The caller says who
    may. Raises Unreadable: half an answer is none.
    """
    with work.beyond("the answer to a request at the privacy desk"):
        dossier = dossiers(work, [child_id]).get(child_id)
        if dossier is None:
            return None
        read = {"observations": dossier.observations, "contacts": dossier.contacts}
        whole = replace(dossier, **observations.with_texts(work, child_id, read))
        return Everything(
            _discreet(whole, without_words=without_words),
            tuple(_beside(work, child_id)),
            queries.statements(work, child_id),
        )


def _discreet(dossier: Dossier, *, without_words: bool) -> Dossier:
    family = tuple(
        replace(one, location=None, location_since=None) for one in dossier.family_members
    )
    seen = dossier.observations
    if without_words:
        seen = tuple(replace(one, child_view=None) for one in seen)
    return without_towns(replace(dossier, family_members=family, observations=seen))


def _beside(work: Work, child_id: UUID) -> Iterator[Beside]:
    for row in observed.observations(work, child_id):
        if row.interpretation:
            yield Beside(INTERPRETATION, Chapter.OBSERVATIONS, row.on_day, row.interpretation)
    for line in care.lines(work, child_id):
        if line.needs:
            yield Beside(NEEDS, Chapter.CARE, line.facts.referred_on, line.needs)
