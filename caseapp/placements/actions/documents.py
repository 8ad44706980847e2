"""Stays and whereabouts of many documents at once."""

from collections.abc import Sequence
from typing import Any

from caseapp.domain.facts import Placement as StayFacts
from caseapp.domain.incoming import Incoming
from caseapp.domain.turnovers import turnovers
from caseapp.kernel.bulk import insert_all, sealed_row
from caseapp.kernel.work import Work
from caseapp.placements.models import Placement, PlacementFacts, Whereabouts, WhereaboutsFacts


def take_in(work: Work, incoming: Sequence[Incoming]) -> None:
    """Write the stays and whereabouts of many documents; raises Unreadable for a child without a key."""
    stays = [row for document in incoming for row in _stay_rows(work, document)]
    insert_all(work, Placement, stays)
    away = [row for document in incoming for row in _whereabouts_rows(work, document)]
    insert_all(work, Whereabouts, away)


def _stay_rows(work: Work, document: Incoming) -> list[dict[str, Any]]:
    began_by = {stay: transfer for transfer, stay in turnovers(document.dossier).items()}
    return [
        _stay_row(work, document, stay, began_by.get(stay.id))
        for stay in document.dossier.placements
    ]


def _stay_row(
    work: Work, document: Incoming, stay: StayFacts, transfer: str | None
) -> dict[str, Any]:
    location_id = document.locations.get(stay.location)
    facts = PlacementFacts(
        reason=stay.reason.value if stay.reason else None,
        place_name=stay.location if location_id is None else None,
    )
    return sealed_row(
        work,
        Placement,
        document.child_id,
        document.key("placements", stay.id),
        child_no=document.child_no,
        location_id=location_id,
        kind=stay.kind.value,
        operator=stay.operator.value if stay.operator else None,
        municipality=stay.municipality,
        region=stay.region.value,
        group_size=stay.group_size,
        from_on=stay.start,
        to_on=stay.end,
        transfer_id=document.key("transfers", transfer) if transfer else None,
        facts=facts,
    )


def _whereabouts_rows(work: Work, document: Incoming) -> list[dict[str, Any]]:
    return [
        sealed_row(
            work,
            Whereabouts,
            document.child_id,
            document.key("whereabouts", one.id),
            child_no=document.child_no,
            state=one.state.value,
            from_on=one.start,
            to_on=one.end,
            facts=WhereaboutsFacts(one.police_report_on, one.note),
        )
        for one in document.dossier.whereabouts
    ]
