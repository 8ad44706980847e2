"""Reading for lists: what has to be known to compare one, and what became of those that came in."""

from caseapp.exchange.queries.comparing import Places, Snapshot, known, may_bring, places
from caseapp.exchange.queries.rows import (
    RowCounts,
    ShownRow,
    count_rows,
    refused_rows,
    row_counts,
    rows,
    taken,
)
from caseapp.exchange.queries.runs import MOST_RUNS, overdue, run, run_of_file, runs, table

__all__ = [
    "MOST_RUNS",
    "Places",
    "RowCounts",
    "ShownRow",
    "Snapshot",
    "count_rows",
    "known",
    "may_bring",
    "overdue",
    "places",
    "refused_rows",
    "row_counts",
    "rows",
    "run",
    "run_of_file",
    "runs",
    "table",
    "taken",
]
