"""Where a child lived and was, as the rules read it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from caseapp.domain import codes, facts
from caseapp.kernel.bulk import opened
from caseapp.kernel.work import Work
from caseapp.placements.models import Placement, PlacementFacts, Whereabouts, WhereaboutsFacts
from caseapp.reference import queries as reference


def gather(work: Work, child_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each child what goes into its Dossier: placements, whereabouts. Raises Unreadable."""
    stays: dict[UUID, list[facts.Placement]] = {}
    away: dict[UUID, list[facts.Whereabouts]] = {}
    _add_stays(work, child_ids, stays)
    _add_whereabouts(work, child_ids, away)
    return {
        child_id: {
            "placements": tuple(stays.get(child_id, ())),
            "whereabouts": tuple(away.get(child_id, ())),
        }
        for child_id in child_ids
    }


def _add_stays(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, list[facts.Placement]]
) -> None:
    rows = opened(
        work, Placement, "facts", child_ids,
        Placement.location_id, Placement.kind, Placement.operator, Placement.municipality,
        Placement.region, Placement.group_size, Placement.from_on, Placement.to_on,
    )  # fmt: skip
    every = list(rows)
    names = reference.location_names(work, [row[3] for row in every])
    more: PlacementFacts
    for child_id, key, more, location_id, kind, operator, town, region, size, start, end in every:
        found.setdefault(child_id, []).append(
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
            )
        )


def _add_whereabouts(
    work: Work, child_ids: Sequence[UUID], found: dict[UUID, list[facts.Whereabouts]]
) -> None:
    columns = (Whereabouts.state, Whereabouts.from_on, Whereabouts.to_on)
    more: WhereaboutsFacts
    for child_id, key, more, state, start, end in opened(
        work, Whereabouts, "facts", child_ids, *columns
    ):
        found.setdefault(child_id, []).append(
            facts.Whereabouts(
                id=str(key),
                state=codes.WhereaboutsState(state),
                start=start,
                end=end,
                police_report_on=more.police_report_on,
                note=more.note,
            )
        )
