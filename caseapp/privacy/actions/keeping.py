"""What of the record is due to go: found by the clock, kept longer or asked to be destroyed by a person."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp.accounts import queries as accounts
from caseapp.domain.events import RetentionDecided, RetentionDue
from caseapp.domain.intents.privacy import RequestDetails
from caseapp.domain.policy import Role
from caseapp.domain.privacy_rights import Asker, Identity, Refusal, Right, RightRefusedError
from caseapp.domain.retention import OF_A_FILE, CountsFrom, Decision, Kept, over_of
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work, reading_past
from caseapp.privacy import queries
from caseapp.privacy.actions.registering import register
from caseapp.privacy.models import PrivacyRequest, RetentionFacts, RetentionItem
from caseapp.privacy.queries import DESK


def find_due(work: Work) -> int:
    """Put every closed file of which a term is over on the list, and again when it was kept until today.

    The privacy officers are told once a finding; nothing is destroyed. Returns how many there are new.
    """
    kept = queries.closed_children(work, _closed_before(work))
    known = {(row.child_id, row.zone): row for row in queries.items_of(work, list(kept))}
    told: tuple[UUID, ...] = accounts.in_role(work, Role.PRIVACY_OFFICER) if kept else ()
    found = 0
    for child_id, one in kept.items():
        for zone, over_on in over_of(queries.terms(work), one).items():
            if over_on > work.today:
                continue
            row = known.get((child_id, zone.value))
            new = _put(work, child_id, zone.value, over_on) if row is None else _again(work, row)
            if new is not None:
                work.record(RetentionDue(object_id=new.id, told=told))
                found += 1
    return found


def _closed_before(work: Work) -> date:
    """Return the last day of closing on which a term can be over by now: the shortest that counts from it."""
    terms = queries.terms(work)
    of_closing = [
        terms[zone] for zone in OF_A_FILE if terms[zone].counts_from is CountsFrom.LAST_CHANGE
    ]
    shortest = min(of_closing, key=lambda term: term.over_on(work.today))
    return shortest.began_by(work.today)


def _put(work: Work, child_id: UUID, zone: str, over_on: date) -> RetentionItem:
    row = RetentionItem(
        id=new_id(),
        child_id=child_id,
        zone=zone,
        decision=Decision.WAITING.value,
        found_at=work.now,
    )
    return work.add(row, facts=RetentionFacts(over_on))


def _again(work: Work, row: RetentionItem) -> RetentionItem | None:
    """Let a file wait for a person again when the day until which it was kept has come."""
    until = row.facts.keep_until if row.decision == Decision.KEPT else None
    if until is None or until > work.today:
        return None
    work.revise(row, decision=Decision.WAITING.value, found_at=work.now)
    return row


@reading_past(DESK)
def keep(work: Work, row: RetentionItem, version: int | None, until: date, because: str) -> None:
    """Keep a file longer than its term, until a day and for a reason.

    Raises RightRefusedError when it was decided already, LostRaceError.
    """
    _refuse_decided(row)
    facts = replace(row.facts, keep_until=until, because=because)
    work.revise(row, version, decision=Decision.KEPT.value, facts=facts)
    work.flush()
    work.record(_decided(row))


@reading_past(DESK)
def ask_to_destroy(
    work: Work, row: RetentionItem, version: int | None, child: queries.Found, because: str
) -> PrivacyRequest:
    """Begin the erasure of a file of which the term is over in every zone: two people still have to agree.

    Raises RightRefusedError while a term still runs, LostRaceError.
    """
    _refuse_decided(row)
    if child.card is None or not all_over(work, child):
        raise RightRefusedError(Refusal.OTHER_ZONE)
    work.revise(
        row,
        version,
        decision=Decision.DESTROY.value,
        facts=replace(row.facts, because=because),
    )
    work.flush()
    work.record(_decided(row))
    said = RequestDetails(Right.ERASURE, Asker.HOUSE, Identity.NOT_NEEDED, work.today, because)
    return register(work, child.child_id, child.card.birth, said)


def all_over(work: Work, child: queries.Found) -> bool:
    """Say whether the terms of a file are over in all zones that it lies in."""
    return last_term(work, child.child_id) <= work.today


@reading_past(DESK)
def last_term(work: Work, child_id: UUID) -> date:
    """Return the day on which the last term of a closed file is over; far away for one that is followed."""
    kept: Kept | None = queries.closed_children(work, work.today, [child_id]).get(child_id)
    return max(over_of(queries.terms(work), kept).values()) if kept else date.max


def _refuse_decided(row: RetentionItem) -> None:
    if row.decision != Decision.WAITING:
        raise RightRefusedError(Refusal.DECIDED)


def _decided(row: RetentionItem) -> RetentionDecided:
    return RetentionDecided(
        object_id=row.id, child_id=row.child_id, fields=("decision", row.decision)
    )
