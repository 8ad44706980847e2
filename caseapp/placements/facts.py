"""Where a child lived and was, as the rules read it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.domain import codes, facts
from caseapp.domain.reach import Stay
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work
from caseapp.placements.models import Placement, PlacementFacts, Whereabouts, WhereaboutsFacts
from caseapp.reference import queries as reference


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child what goes into its Dossier: placements, whereabouts. Raises Unreadable.

    `stays` tells besides where it lived by key: for who must know of an alert.
    """
    found: dict[UUID, dict[str, Any]] = {
        child_id: {"placements": (), "whereabouts": (), "stays": ()} for child_id in child_ids
    }
    _add_stays(work, child_ids, found)
    _add_whereabouts(work, child_ids, found)
    return found


def _add_stays(work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]) -> None:
    rows = opened(
        work, Placement, "facts", child_ids,
        Placement.location_id, Placement.kind, Placement.operator, Placement.municipality,
        Placement.region, Placement.group_size, Placement.from_on, Placement.to_on,
    )  # fmt: skip
    every = list(rows)
    names = reference.fact_names(work, [row[3] for row in every])
    more: PlacementFacts
    for child_id, key, more, location_id, kind, operator, town, region, size, start, end in every:
        found[child_id]["stays"] += (Stay(key, location_id, region, start, end),)
        found[child_id]["placements"] += (
            facts.Placement(
                id=str(key),
                location=names.get(location_id) or more.place_name or "",
                kind=codes.PlacementKind(kind),
                municipality=town,
                region=codes.Region(region),
                start=start,
                end=end,
                operator=codes.Operator(operator) if operator else None,
                group_size=size,
                reason=codes.MoveReason(more.reason) if more.reason else None,
            ),
        )


def _add_whereabouts(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, dict[str, Any]]
) -> None:
    columns = (Whereabouts.state, Whereabouts.from_on, Whereabouts.to_on)
    more: WhereaboutsFacts
    for child_id, key, more, state, start, end in opened(
        work, Whereabouts, "facts", child_ids, *columns
    ):
        found[child_id]["whereabouts"] += (
            facts.Whereabouts(
                id=str(key),
                state=codes.WhereaboutsState(state),
                start=start,
                end=end,
                police_report_on=more.police_report_on,
                note=more.note,
            ),
        )
