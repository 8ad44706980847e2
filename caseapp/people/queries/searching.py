"""Search inside the own scope, by any part of a name or by V-number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.names import digits_of, is_v_number, rank
from caseapp.domain.reach import Why
from caseapp.kernel.bulk import among
from caseapp.kernel.seals import envelope_of
from caseapp.kernel.work import Work
from caseapp.people.models import Card, Child, Reach
from caseapp.people.queries.children import open_cards
from caseapp.people.queries.sight import visible_ids


@dataclass(frozen=True, slots=True)
class Found:
    """One child that a search found."""

    child_id: UUID
    card: Card
    location_id: UUID | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, best first; `cut` says that there is more than is shown."""

    found: tuple[Found, ...]
    cut: bool = False
    unreadable: int = 0


MOST_FOUND: Final = 50


def search(work: Work, words: str) -> SearchResult:
    """Find children in the caller's scope by V-number or by any part of a name, folding script and accents.

    Names are opened inside the scope and matched in memory: nothing about a name stands in an index
    (security.md 2.6). The trail keeps which children were shown, never what was asked.
    """
    rows = _candidates(work, words)
    named = open_cards(work, [(row[0], row[1]) for row in rows])
    matched = rank(words, named) if not is_v_number(words) else list(named)
    shown = matched[:MOST_FOUND]
    places = _places(work, shown)
    work.saw("search", shown)
    found = tuple(Found(child_id, named[child_id], places.get(child_id)) for child_id in shown)
    return SearchResult(found, len(matched) > len(shown), len(rows) - len(named))


def _candidates(work: Work, words: str) -> Sequence[Any]:
    statement = select(Child.id, envelope_of(Child, "card")).where(
        Child.id.in_(visible_ids(work.actor, work.now))
    )
    if is_v_number(words):
        statement = statement.where(Child.v_index == work.vault.index("v_number", digits_of(words)))
    return work.session.execute(statement).all()


def _places(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    here = select(Reach.child_id, Reach.location_id).where(
        among(work, Reach.child_id, child_ids),
        Reach.why == Why.HERE,
        Reach.until_at.is_(None),
        Reach.location_id.is_not(None),
    )
    return {child: place for child, place in work.session.execute(here) if place is not None}
