"""Reading what of the record is due to go: closed files, what their terms count from, what was found."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseapp.audit.queries.ageing import last_written
from caseapp.domain.retention import Decision, Kept, Terms, over_of, read_terms
from caseapp.guardianship import queries as guardianship
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.privacy.models import RetentionItem
from caseapp.settings import retention_file

ABOUT_THE_FILE: Final = ("privacy_request", "retention_item", "two_people")
"""What is written about a file here is no change to it."""


def terms(work: Work) -> Terms:
    """Return how long each zone is kept; read once in a unit of work."""
    return work.once("retention terms", lambda: read_terms(retention_file()))


def closed_children(
    work: Work, until: date, child_ids: Collection[UUID] | None = None
) -> dict[UUID, Kept]:
    """Return of every file, or of each of these, that was closed by a day what its terms count from.

    A file of which the card does not open is left out: what it says of a term nobody can tell.
    """
    with work.beyond("what of the record is due to go"):
        closed = people.closed_by(work, until, child_ids)
        cards = people.cards(work, list(closed))
        changed = last_written(work, list(cards), ABOUT_THE_FILE)
        guarded = guardianship.ever_guarded(work, list(cards))
    return {
        key: Kept(card.birth, max(changed.get(key, date.min), closed[key]), key in guarded)
        for key, card in cards.items()
    }


def term_of(work: Work, child_id: UUID) -> date | None:
    """Return the day on which the last term of a file is over, as if one that is followed were closed today.

    None for a child whose file is gone or does not open.
    """
    with work.beyond("how long the law asks to keep a file"):
        card = people.cards(work, [child_id]).get(child_id)
        if card is None:
            return None
        guarded = child_id in guardianship.ever_guarded(work, [child_id])
        followed = Kept(card.birth, work.today, guarded)
        kept = closed_children(work, work.today, [child_id]).get(child_id, followed)
    return max(over_of(terms(work), kept).values())


def items_of(work: Work, child_ids: Collection[UUID]) -> list[RetentionItem]:
    """Return what was found of these children before, whatever was decided."""
    found: list[RetentionItem] = []
    for part in in_parts(child_ids):
        mine = among(work, RetentionItem.child_id, part)
        found += work.session.scalars(select(RetentionItem).where(mine)).all()
    return found


def waiting_items(work: Work) -> Sequence[RetentionItem]:
    """Return what is due and waits for a person, the longest waiting first."""
    with work.beyond("the retention list of the privacy desk"):
        return work.session.scalars(
            select(RetentionItem)
            .where(RetentionItem.decision == Decision.WAITING)
            .order_by(RetentionItem.found_at, RetentionItem.id)
        ).all()


def item(work: Work, item_id: UUID) -> RetentionItem | None:
    """Return something that is due."""
    with work.beyond("the retention list of the privacy desk"):
        return work.session.get(RetentionItem, item_id)
