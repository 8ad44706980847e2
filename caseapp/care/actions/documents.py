"""Taking in the lines of care of many documents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseapp.care.models import CareContact, CareFacts, CareLine, SeenFacts
from caseapp.care.queries import day_index
from caseapp.domain import facts
from caseapp.domain.incoming import Incoming
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the lines of care of many documents, with the days on which the child was seen; no events.

    A line comes after the one that it continues. One that names no line of its document, or is part of
    a circle, continues nothing: the rules ignore the same (rules.md 1).
    """
    work.vault.prefetch(Domain.DOSSIER, [document.child_id for document in incoming])
    lines = [
        _line_row(work, d, line, earlier)
        for d in incoming
        for line, earlier in _earlier_first(d.dossier.care)
    ]
    insert_all(work, CareLine, lines)
    seen = [row for d in incoming for line in d.dossier.care for row in _seen_rows(work, d, line)]
    insert_all(work, CareContact, seen)


def _earlier_first(
    lines: Sequence[facts.CareLine],
) -> Iterator[tuple[facts.CareLine, str | None]]:
    """Yield each line with the id of the one that it continues, that one always first."""
    there = {line.id for line in lines}
    links = {line.id: line.continues for line in lines if line.continues in there}
    for circled in [line for line in links if line in _behind(line, links)]:
        del links[circled]
    for line in sorted(lines, key=lambda line: len(_behind(line.id, links))):
        yield line, links.get(line.id)


def _behind(line: str, links: Mapping[str, str | None]) -> list[str]:
    """Return the lines that a line continues, the nearest first, each once."""
    found: list[str] = []
    step = links.get(line)
    while step is not None and step not in found:
        found.append(step)
        step = links.get(step)
    return found


def _line_row(
    work: Work, document: Incoming, line: facts.CareLine, earlier: str | None
) -> dict[str, Any]:
    said = CareFacts(
        kind=line.kind,
        place_bound=line.place_bound,
        referred_on=line.referred_on,
        provider=line.provider,
        intake_on=line.intake_on,
        started_on=line.started_on,
        ended_on=line.ended_on,
        end_reason=line.end_reason,
        next_contact_on=line.next_contact_on,
        medication_until=line.medication_until,
        waiting_kept_on=line.waiting_kept_on,
    )
    key = document.key("care", line.id)
    continues = document.key("care", earlier) if earlier else None
    return sealed_row(
        work, CareLine, document.child_id, key, facts=said, needs=None, continues_id=continues
    )


def _seen_rows(work: Work, document: Incoming, line: facts.CareLine) -> Iterator[dict[str, Any]]:
    line_id = document.key("care", line.id)
    for day in dict.fromkeys(line.contacts_on):
        yield sealed_row(
            work,
            CareContact,
            document.child_id,
            new_id(),
            facts=SeenFacts(day),
            care_line_id=line_id,
            day_index=day_index(work, line_id, day),
            counts=True,
        )
