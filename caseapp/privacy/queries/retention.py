"""Reading what of the record is due to go: closed files, what their terms count from, what was found."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent
from caseapp.domain.events import Action
from caseapp.domain.retention import Decision, Kept, Terms, over_of, read_terms
from caseapp.guardianship.models import Guardianship
from caseapp.kernel import clock
from caseapp.kernel.bulk import among, in_parts
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.people.models import Child
from caseapp.privacy.models import RetentionItem
from caseapp.settings import retention_file


def terms(work: Work) -> Terms:
    """Return how long each zone is kept; read once in a unit of work."""
    return work.once("retention terms", lambda: read_terms(retention_file()))


def closed_children(
    work: Work, until: date, child_ids: Collection[UUID] | None = None
) -> dict[UUID, Kept]:
    """Return of every file, or of each of these, that was closed by a day what its terms count from.

    A file of which the card does not open is left out: what it says of a term nobody can tell.
    """
    wanted = select(Child.id, Child.closed_on).where(Child.closed_on <= until).order_by(Child.no)
    if child_ids is not None:
        wanted = wanted.where(among(work, Child.id, child_ids))
    with work.beyond("what of the record is due to go"):
        closed = {key: on or date.min for key, on in work.session.execute(wanted)}
        cards = people.cards(work, list(closed))
        changed = _last_changes(work, list(cards))
        guarded = _guarded(work, list(cards))
    return {
        key: Kept(card.birth, max(changed.get(key, date.min), closed[key]), key in guarded)
        for key, card in cards.items()
    }


def term_of(work: Work, child_id: UUID) -> date | None:
    """Return the day on which the last term of a file is over, as if one that is followed were closed today.

    None for a child whose file is gone or does not open.
    """
    with work.beyond("how long the law asks to keep a file"):
        row = work.session.get(Child, child_id)
        card = people.cards(work, [child_id]).get(child_id)
        if row is None or card is None:
            return None
        is_closed = row.closed_on is not None and row.closed_on <= work.today
        if is_closed:
            kept = closed_children(work, work.today, [child_id])[child_id]
        else:
            kept = Kept(card.birth, work.today, child_id in _guarded(work, [child_id]))
    return max(over_of(terms(work), kept).values())


def _last_changes(work: Work, child_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return the day on which something was written about each child last, by a person."""
    found: dict[UUID, date] = {}
    for part in in_parts(child_ids):
        rows = work.session.execute(
            select(AuditEvent.child_id, func.max(AuditEvent.at))
            .where(
                among(work, AuditEvent.child_id, part),
                AuditEvent.action.in_((Action.CREATE, Action.UPDATE, Action.DELETE)),
                AuditEvent.account_id.is_not(None),
                AuditEvent.object.not_in(("privacy_request", "retention_item", "two_people")),
            )
            .group_by(AuditEvent.child_id)
        )
        found.update({key: clock.local_day(at) for key, at in rows if key})
    return found


def _guarded(work: Work, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of these children ever had a guardian."""
    found: set[UUID] = set()
    for part in in_parts(child_ids):
        mine = among(work, Guardianship.child_id, part)
        found.update(work.session.scalars(select(Guardianship.child_id).where(mine).distinct()))
    return found


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


def oldest_line(work: Work) -> datetime | None:
    """Return the moment of the oldest record of the trail."""
    return work.session.scalar(select(func.min(AuditEvent.at)))
