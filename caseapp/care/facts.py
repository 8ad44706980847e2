"""Lines of care as the rules read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp.care import queries
from caseapp.care.models import CareContact, CareFacts, CareLine
from caseapp.domain import facts as domain
from caseapp.domain.chains import Chains
from caseapp.domain.differences import known_until
from caseapp.domain.states import CareState, care_state
from caseapp.kernel.bulk import opened
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child its lines of care with the days on which it was seen; raises Unreadable."""
    seen: dict[UUID, list[Any]] = {}
    for _, _, facts, line_id, counts in opened(
        work, CareContact, "facts", child_ids, CareContact.care_line_id, CareContact.counts
    ):
        if counts:
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chapter: a line of care and how it stands, or the reference of one that does not open.

    `waiting_since` is the first referral of its chain: a move or a new referral never resets it.
    """

    id: UUID
    line: domain.CareLine | None
    state: CareState | None = None
    waiting_since: date | None = None
    reference: str = ""


def history(work: Work, child_id: UUID, until_on: date | None = None) -> list[Entry]:
    """Return the lines of care of a child, the newest first; those that do not open stand on top.

    With `until_on` only what was known on that day: how it stood then, and nothing unreadable.
    """
    seen = seen_days(work, child_id)
    found: list[domain.CareLine] = []
    broken: list[Entry] = []
    for row in queries.lines(work, child_id):
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable):
            broken.append(Entry(row.id, None, reference=facts.reference))
            continue
        if until_on is not None:
            if facts.referred_on > until_on:
                continue
            facts = known_until(facts, until_on)
        days = (day for day in seen.get(row.id, ()) if until_on is None or day <= until_on)
        found.append(line(row.id, facts, row.continues_id, tuple(days)))
    whole = _entries(found, until_on or work.today)
    return whole if until_on is not None else broken + whole


def _entries(lines: Sequence[domain.CareLine], today: date) -> list[Entry]:
    since = {one.id: chain[0].referred_on for chain in Chains(lines) for one in chain}
    newest = sorted(lines, key=lambda one: (one.referred_on, one.id), reverse=True)
    return [Entry(UUID(one.id), one, care_state(one, today), since[one.id]) for one in newest]


def seen_days(work: Work, child_id: UUID) -> dict[UUID, tuple[date, ...]]:
    """Return for each line the days on which the child was seen, the first one first.

    A day that does not open is left out: it counts for nothing, so an alert stays rather than goes.
    """
    found: dict[UUID, list[date]] = {}
    for row in queries.contacts(work, child_id):
        seen = readable(row, "facts")
        if not isinstance(seen, Unreadable):
            found.setdefault(row.care_line_id, []).append(seen.on)
    return {line_id: tuple(sorted(days)) for line_id, days in found.items()}


def needs(work: Work, child_id: UUID) -> dict[UUID, str | Unreadable]:
    """Return the practical needs of each line that has them; only for who may read about health."""
    found = {row.id: readable(row, "needs") for row in queries.lines(work, child_id)}
    return {line_id: said for line_id, said in found.items() if said is not None}
