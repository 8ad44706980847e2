"""What a list tells of a line of care that we know; nobody is there to answer a question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseapp.care import queries
from caseapp.care.models import CareContact, CareLine, SeenFacts
from caseapp.domain.differences import changed_fields
from caseapp.domain.events import CareCorrected, CareSeen
from caseapp.kernel.db import new_id
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
        _add_contact(work, row, contact_on)


def _add_contact(work: Work, row: CareLine, on: date) -> None:
    if queries.is_noted(work, row.id, on):
        return
    index = queries.day_index(work, row.id, on)
    seen = CareContact(id=new_id(), care_line_id=row.id, child_id=row.child_id, day_index=index)
    work.add(seen, facts=SeenFacts(on))
    work.record(CareSeen(object_id=seen.id, child_id=row.child_id, fields=("on",)))
