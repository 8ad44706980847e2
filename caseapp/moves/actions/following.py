"""Handovers that open by themselves, and promises that follow the record they were made from."""

from collections.abc import Sequence

from caseapp.domain.events import HandoverFollowed, HandoverOpened
from caseapp.domain.intents.moves import Following
from caseapp.domain.promises import Changes, Wanted, promise_key
from caseapp.kernel.bulk import insert_new, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.models import Handover, Promise, PromiseFacts


def follow_record(work: Work, every: Sequence[Following]) -> None:
    """Open the handovers that are not there yet, and let their promises say what the record says.

    For many children a few statements. Two workers at once make each handover and each promise once.
    """
    opened = [one for one in every if not one.opened]
    insert_new(work, Handover, [_handover(work, one) for one in opened])
    made = [_promise(work, one, said) for one in every for said in one.changes.to_make]
    insert_new(work, Promise, made)
    for one in every:
        happened = HandoverFollowed if one.opened else HandoverOpened
        work.record(happened(object_id=one.transfer_id, child_id=one.child_id))
    _follow(work, [one.changes for one in every])


def _handover(work: Work, one: Following) -> dict[str, object]:
    return sealed_row(work, Handover, one.child_id, new_id(), transfer_id=one.transfer_id)


def _promise(work: Work, one: Following, said: Wanted) -> dict[str, object]:
    return sealed_row(
        work,
        Promise,
        one.child_id,
        promise_key(one.transfer_id, said.source),
        transfer_id=one.transfer_id,
        topic=said.topic.value,
        outcome=None,
        source=said.source,
        facts=_facts(said),
    )


def _follow(work: Work, changes: Sequence[Changes]) -> None:
    """Change and withdraw what stands on handovers already; what it was stays in the past."""
    said = {kept.id: new for one in changes for kept, new in one.to_follow}
    gone = {kept.id for one in changes for kept in one.to_withdraw}
    for row in queries.promises_named(work, [*said, *gone]):
        if row.id in gone:
            work.revise(row, withdrawn_on=work.today)
        else:
            new = said[row.id]
            work.revise(row, topic=new.topic.value, withdrawn_on=None, facts=_said(row, new))


def _said(row: Promise, new: Wanted) -> PromiseFacts:
    """Return what the record says now; what somebody settled stays as it was said then."""
    return row.facts if row.outcome is not None else _facts(new)


def _facts(said: Wanted) -> PromiseFacts:
    return PromiseFacts(said.text, about=dict(said.about), since=said.since, day=said.day)
