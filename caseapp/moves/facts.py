"""How a child was moved and who is responsible, as the rules read it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.accounts import queries as accounts
from caseapp.domain import codes, facts
from caseapp.domain.calendar import covers
from caseapp.domain.lists.known import KnownTransfer
from caseapp.domain.policy import Role
from caseapp.domain.promises import Handed, Kept, Wanted
from caseapp.kernel.bulk import AT_ONCE, among, opened
from caseapp.kernel.work import Work
from caseapp.moves.models import (
    Handover,
    Promise,
    PromiseFacts,
    Responsible,
    ResponsibleFacts,
    Transfer,
    TransferFacts,
)
from caseapp.reference import queries as reference

UNKNOWN: Final = "-"
"""Where a move began or went, when nobody wrote it down: a document must name a place."""

ROLES: Final = {
    Role.CPK: codes.WorkerRole.CPK,
    Role.GUARDIAN: codes.WorkerRole.GUARDIAN,
}
"""The role in a document of somebody with an account; any other is `other`."""


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child what goes into its Dossier: transfers, responsible. Raises Unreadable.

    Besides, for who must know of an alert: `ends` of its moves by key, and `baton`: the account of today.
    For promises that follow the record: `handed`, what each handover says that was made from it. For what is
    missing: `guessed`, the moves of which nobody said when they were announced.
    """
    found: dict[UUID, dict[str, Any]] = {
        child_id: {
            "transfers": (),
            "responsible": (),
            "ends": {},
            "baton": None,
            "handed": {},
            "guessed": set(),
        }
        for child_id in child_ids
    }
    _add_transfers(work, child_ids, found)
    _add_responsible(work, child_ids, found)
    return found


_OF_A_MOVE: Final = (
    Transfer.from_location_id,
    Transfer.to_location_id,
    Transfer.announced_on,
    Transfer.planned_on,
    Transfer.status,
    Transfer.arrived_on,
    Transfer.announced_known,
)


def _add_transfers(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> None:
    handovers = _handovers(work, child_ids, found)
    every = list(opened(work, Transfer, "facts", child_ids, *_OF_A_MOVE))
    names = reference.fact_names(work, [one for row in every for one in row[3:5]])
    more: TransferFacts
    for child_id, key, more, left, goes_to, announced_on, planned_on, status, *rest in every:
        arrived_on, announced_known = rest
        found[child_id]["ends"][key] = (left, goes_to)
        if not announced_known:
            found[child_id]["guessed"].add(str(key))
        found[child_id]["transfers"] += (
            facts.Transfer(
                id=str(key),
                from_location=names.get(left) or more.from_name or UNKNOWN,
                to_location=names.get(goes_to) or more.to_name or UNKNOWN,
                announced_on=announced_on,
                planned_on=planned_on,
                status=codes.TransferStatus(status),
                arrived_on=arrived_on,
                reason=codes.MoveReason(more.reason) if more.reason else None,
                term_time_reason=more.term_time_reason,
                handover=handovers.get(key),
            ),
        )


def _handovers(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> dict[UUID, facts.Handover]:
    """Return the handovers of these children by move: a row of its own, or promises alone."""
    items = _items(work, child_ids, found)
    handovers = {key: facts.Handover(items=tuple(listed)) for key, listed in items.items()}
    statement = select(
        Handover.child_id, Handover.transfer_id, Handover.sent_on, Handover.acknowledged_on
    )
    for start in range(0, len(child_ids), AT_ONCE):
        part = child_ids[start : start + AT_ONCE]
        for child_id, key, sent_on, accepted_on in work.session.execute(
            statement.where(among(work, Handover.child_id, part))
        ):
            handovers[key] = facts.Handover(sent_on, accepted_on, tuple(items.get(key, ())))
            found[child_id]["handed"].setdefault(key, Handed()).opened = True
    return handovers


_OF_A_PROMISE: Final = (
    Promise.transfer_id,
    Promise.topic,
    Promise.outcome,
    Promise.source,
    Promise.withdrawn_on,
)


def _items(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> dict[UUID, list[facts.HandoverItem]]:
    """Return the promises by move; one that the record no longer says, and that nobody settled, is none."""
    items: dict[UUID, list[facts.HandoverItem]] = {}
    more: PromiseFacts
    for child_id, key, more, transfer_id, topic, outcome, source, withdrawn_on in opened(
        work, Promise, "facts", child_ids, *_OF_A_PROMISE
    ):
        if source is not None:
            said = Wanted(source, codes.Topic(topic), more.text, more.about, more.since, more.day)
            kept = Kept(key, said, outcome is not None, more.outcome_on, withdrawn_on is not None)
            found[child_id]["handed"].setdefault(transfer_id, Handed()).kept.append(kept)
        if withdrawn_on is None or outcome is not None:
            items.setdefault(transfer_id, []).append(
                facts.HandoverItem(
                    id=str(key),
                    topic=codes.Topic(topic),
                    text=more.text,
                    outcome=codes.Outcome(outcome) if outcome else None,
                )
            )
    return items


def _add_responsible(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> None:
    columns = (Responsible.account_id, Responsible.from_on, Responsible.to_on)
    every = list(opened(work, Responsible, "facts", child_ids, *columns))
    people = accounts.people(work, [row[3] for row in every])
    more: ResponsibleFacts
    for child_id, key, more, account_id, start, end in every:
        who = people.get(account_id)
        found[child_id]["responsible"] += (
            _held(str(key), start, end, more)
            if who is None
            else _held_by(str(key), start, end, who),
        )
        if covers(start, end, work.today):
            found[child_id]["baton"] = account_id


def _held(key: str, start: Any, end: Any, more: ResponsibleFacts) -> facts.Responsible:
    return facts.Responsible(
        id=key,
        start=start,
        end=end,
        name=more.name,
        role=codes.WorkerRole(more.role) if more.role else None,
        organisation=codes.Organisation(more.organisation) if more.organisation else None,
    )


def _held_by(key: str, start: Any, end: Any, who: accounts.Someone) -> facts.Responsible:
    employer = (who.organisation or "").lower()
    known = {one.value for one in codes.Organisation}
    return facts.Responsible(
        id=key,
        start=start,
        end=end,
        name=who.name,
        role=ROLES.get(who.role, codes.WorkerRole.OTHER),
        organisation=codes.Organisation(employer) if employer in known else None,
    )


def known(
    work: Work, child_ids: Sequence[UUID], places: Mapping[UUID, str]
) -> dict[UUID, tuple[KnownTransfer, ...]]:
    """Return the moves of children as a list is held against them; `places` are codes. Raises Unreadable."""
    rows = opened(
        work, Transfer, "facts", child_ids,
        Transfer.from_location_id, Transfer.to_location_id, Transfer.announced_on,
        Transfer.announced_known, Transfer.planned_on, Transfer.status,
    )  # fmt: skip
    found: dict[UUID, tuple[KnownTransfer, ...]] = {}
    more: TransferFacts
    for child_id, key, more, left, goes_to, announced_on, is_known, planned_on, status in rows:
        one = KnownTransfer(
            ref=str(key),
            to_location=places.get(goes_to) or more.to_name or UNKNOWN,
            planned_on=planned_on,
            status=codes.TransferStatus(status),
            from_location=places.get(left) or more.from_name,
            announced_on=announced_on if is_known else None,
            reason=more.reason_text or more.reason,
        )
        found[child_id] = (*found.get(child_id, ()), one)
    return found
