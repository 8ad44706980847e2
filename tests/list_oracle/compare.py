"""Holds our reading of random lists against the naive one: `python -m tests.list_oracle.compare`.

Compared is what needs no knowledge of earlier lists: sections 1 to 4 and 7 of the page. It prints every
difference, and ends with 1 if any.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.lists.known import Known, KnownLocation
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind
from tests.list_oracle.drawing_cells import LOCATIONS
from tests.list_oracle.drawing_files import Drawn, draw_file
from tests.list_oracle.reading_lists import read_list
from tests.list_oracle.shape import Read

KNOWN = Known(
    {
        code: KnownLocation(code, code, PlacementKind.AZC, Operator.COA, "GM0114", Region.NOORD)
        for code in LOCATIONS
    }
)
OF_OTHERS = {"contradicting-rows", "duplicate-row", "unknown-child"}
"""What is said of a row because of other rows, or because nobody is known here."""


def differences(drawn: Drawn) -> Iterator[str]:
    """Yield where the two readings of a file differ."""
    ours = examine(ListKind(drawn.kind), drawn.data, on=drawn.on, known=KNOWN).as_json()
    theirs = read_list(drawn.kind, drawn.data, drawn.on, frozenset(LOCATIONS))
    error = ours["error"] and ours["error"]["code"]
    if error != theirs.error:
        yield f"error: {error}, by the page {theirs.error}"
    elif error is None:
        yield from _of_file(ours, theirs)


def _of_file(ours: dict[str, Any], theirs: Read) -> Iterator[str]:
    for name in ("encoding", "delimiter", "sheet", "header_row", "ignored_columns"):
        if ours[name] != getattr(theirs, name):
            yield f"{name}: {ours[name]!r}, by the page {getattr(theirs, name)!r}"
    if sum(ours["counts"].values()) != len(theirs.rows):
        yield f"rows: {ours['counts']}, by the page {len(theirs.rows)}"
    said = {row["row"]: row for row in ours["rows"]}
    for row in theirs.rows:
        mine = said.pop(row.number, {"verdict": None, "problems": []})
        yield from _of_row(row.number, mine, Counter(row.problems))
    yield from (f"row {number}: {row}, by the page none" for number, row in said.items())


def _of_row(number: int, mine: dict[str, Any], theirs: Counter[Any]) -> Iterator[str]:
    others = [p["reason"] for p in mine["problems"] if p["reason"] in OF_OTHERS]
    ours = Counter(
        (p["column"], p["class"], p["reason"], p["value"])
        for p in mine["problems"]
        if p["reason"] not in OF_OTHERS
    )
    if ours != theirs:
        yield f"row {number}: {[*(ours - theirs)]}, by the page {[*(theirs - ours)]}"
    classes = {severity for _, severity, _, _ in theirs}
    verdict = "refused" if "refused" in classes else "doubtful" if "doubtful" in classes else None
    if verdict and verdict != mine["verdict"] and not others:
        yield f"row {number}: verdict {mine['verdict']}, by the page {verdict}"


def main(arguments: list[str]) -> int:
    """Print the differences of many files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--most", type=int, default=20, help="stop after so many files that differ")
    asked = parser.parse_args(arguments)
    wrong = 0
    for seed in range(asked.first, asked.first + asked.files):
        if found := list(differences(draw_file(seed))):
            wrong += 1
            print(f"seed {seed}", *found, sep="\n  ")  # noqa: T201 - it is a command
        if wrong >= asked.most:
            break
    print(f"{wrong} of {asked.files} files differ")  # noqa: T201 - it is a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
