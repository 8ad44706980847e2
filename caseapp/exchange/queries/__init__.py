"""Reading for lists: what has to be known to compare one, and what became of those that came in."""

from caseapp.exchange.queries.comparing import Places, Snapshot, keys_of, known, may_bring, places
from caseapp.exchange.queries.hindering import Hinders, Hindrance, hindrances
from caseapp.exchange.queries.rows import (
    RowCounts,
    ShownRow,
    count_rows,
    last_decision,
    numbers_to_decide,
    refused_rows,
    row_counts,
    rows,
    taken,
)
from caseapp.exchange.queries.runs import MOST_RUNS, brought, overdue, run, run_of_file, runs, table
from caseapp.exchange.queries.touched import children_of, count_children

__all__ = [
    "MOST_RUNS",
    "Hinders",
    "Hindrance",
    "Places",
    "RowCounts",
    "ShownRow",
    "Snapshot",
    "brought",
    "children_of",
    "count_children",
    "count_rows",
    "hindrances",
    "keys_of",
    "known",
    "last_decision",
    "may_bring",
    "numbers_to_decide",
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
