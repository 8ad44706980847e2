"""Lines of care as the rules read them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.care.models import CareContact, CareFacts, CareLine
from caseapp.domain import facts as domain
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its lines of care with the days on which it was seen; raises Unreadable."""
    seen: dict[UUID, list[Any]] = {}
    for _, _, facts, line_id in opened(
        work, CareContact, "facts", child_ids, CareContact.care_line_id
    ):
        seen.setdefault(line_id, []).append(facts.on)
    found: dict[UUID, list[domain.CareLine]] = {child_id: [] for child_id in child_ids}
    for child_id, key, facts, continues in opened(
        work, CareLine, "facts", child_ids, CareLine.continues_id
    ):
        found[child_id].append(line(key, facts, continues, tuple(sorted(seen.get(key, ())))))
    return {child_id: {"care": tuple(lines)} for child_id, lines in found.items()}


def line(
    key: UUID, facts: CareFacts, continues: UUID | None, seen: tuple[Any, ...]
) -> domain.CareLine:
    """Return one line of care as the rules read it."""
    return domain.CareLine(
        id=str(key),
        kind=facts.kind,
        place_bound=facts.place_bound,
        referred_on=facts.referred_on,
        provider=facts.provider,
        continues=str(continues) if continues else None,
        intake_on=facts.intake_on,
        started_on=facts.started_on,
        ended_on=facts.ended_on,
        end_reason=facts.end_reason,
        contacts_on=seen,
        next_contact_on=facts.next_contact_on,
        medication_until=facts.medication_until,
        waiting_kept_on=facts.waiting_kept_on,
    )
