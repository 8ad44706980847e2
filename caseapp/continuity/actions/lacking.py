"""Keeping which rule is silent about a child because a fact is missing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from caseapp.continuity import queries
from caseapp.continuity.models import Gap as Row
from caseapp.domain.gaps import Gap
from caseapp.kernel.bulk import among, in_parts, insert_all
from caseapp.kernel.work import Work


def keep_gaps(work: Work, found: Mapping[UUID, Sequence[Gap]]) -> None:
    """Let the gaps on record be those that were found; nothing is written about a child that stays as it is."""
    known = queries.known_gaps(work, list(found))
    wanted = {child_id: _keys(child_id, gaps) for child_id, gaps in found.items() if gaps}
    other = [child_id for child_id in found if known.get(child_id) != wanted.get(child_id)]
    for part in in_parts(child_id for child_id in other if child_id in known):
        work.session.execute(delete(Row).where(among(work, Row.child_id, part)))
    insert_all(work, Row, [row for key in other for row in _rows(key, wanted.get(key, ()))])


def _keys(child_id: UUID, gaps: Sequence[Gap]) -> set[queries.GapKey]:
    return {
        (gap.fact.value, gap.rule, UUID(gap.record) if gap.record else child_id,
         queries.RANKS[gap.severity])
        for gap in gaps
    }  # fmt: skip


def _rows(child_id: UUID, keys: Collection[queries.GapKey]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a child; each says of what it is the first."""
    last: tuple[str, str] = ("", "")
    for fact, rule, record_id, rank in sorted(keys):
        heads = 3 if not last[0] else 2 if fact != last[0] else int(rule != last[1])
        last = (fact, rule)
        yield {
            "child_id": child_id, "fact": fact, "rule": rule, "record_id": record_id, "rank": rank,
            "heads": heads,
        }  # fmt: skip
