"""What a list tells of a line of care that we know; nobody is there to answer a question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseapp.care.actions.contacts import note_seen
from caseapp.care.models import CareLine
from caseapp.domain.differences import changed_fields
from caseapp.domain.events import CareCorrected
from caseapp.kernel.work import Work


def follow_list(
    work: Work, row: CareLine, told: Mapping[str, Any], contact_on: date | None = None
) -> None:
    """Write down what a list tells anew of a line, and a day on which the child was seen.

    `told` has the fields of CareFacts that differ. An end comes without a reason: whether a move broke the
    care off stays a question (data-model.md 6). Raises LostRaceError, Unreadable.
    """
    was = row.facts
    said = replace(was, **told)
    if work.revise(row, None, facts=said):
        names = changed_fields(was, said)
        work.record(CareCorrected(object_id=row.id, child_id=row.child_id, fields=names))
    if contact_on is not None:
        note_seen(work, row, contact_on)
