"""Random series of lists through the product and through the naive reading, side by side.

As a script: `python -m tests.list_oracle.series [--worlds N] [--first SEED]`. It prints where the two
say other things, with the lists so far, and ends with 1 if they do.
"""

import argparse
import sys
from collections.abc import Iterator

from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.known import Known
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.report import Report
from caseapp.domain.lists.words import ListKind
from tests.list_oracle.known_world import Told, tell
from tests.list_oracle.reading_lists import read_list
from tests.list_oracle.world_lists import lists_of
from tests.list_oracle.world_state import World

AGAIN = 2


def differences(seed: int) -> Iterator[str]:
    """Yield where the two differ in one world; each list comes twice, the second time as it stands."""
    known, world = Known(), World()
    for turn, listed in enumerate(lists_of(seed), 1):
        for time in range(1, AGAIN + 1):
            report = examine(ListKind(listed.kind), listed.data, on=listed.on, known=known)
            known = apply_to(known, report.intents)
            told = tell(read_list(listed.kind, listed.data, listed.on, world.codes), world)
            world = told.after
            found = list(compare(report, told))
            if found:
                yield f"world {seed}, list {turn} {listed.kind} {listed.on}, time {time}:"
                yield from (f"  {line}" for line in found)
                yield listed.data.decode()
                return


def compare(report: Report, told: Told) -> Iterator[str]:
    """Yield where two reports differ; a row is its verdict and its problems in any order."""
    ours = {row.number: (row.verdict.value, sorted(map(repr, _said(row)))) for row in report.rows}
    theirs = {
        row.number: (told.verdicts[row.number], sorted(repr(tuple(p)) for p in row.problems))
        for row in told.read.rows
    }
    for number in sorted(ours.keys() | theirs.keys()):
        if ours.get(number) != theirs.get(number):
            yield f"row {number}: product {ours.get(number)}"
            yield f"         oracle {theirs.get(number)}"
    counts = {verdict.value: count for verdict, count in report.counts.items()}
    if counts != told.counts:
        yield f"counts: product {counts}, oracle {told.counts}"
    if list(report.not_on_list) != told.not_on_list:
        yield f"not on list: product {list(report.not_on_list)}, oracle {told.not_on_list}"


def _said(row):
    return [(p.column, p.severity.value, p.reason.value, p.value) for p in row.problems]


def main(arguments: list[str]) -> int:
    """Print the differences of some worlds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--stop", type=int, default=3, help="after so many worlds that differ")
    asked = parser.parse_args(arguments)
    wrong = 0
    for seed in range(asked.first, asked.first + asked.worlds):
        found = list(differences(seed))
        if found:
            print("\n".join(found))  # noqa: T201 - it is a command
            wrong += 1
        if wrong >= asked.stop:
            break
    print(f"{wrong} worlds differ")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
