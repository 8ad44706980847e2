"""Checks that lists of a folder give the reports that stand beside them.

As a script: `python tests/samples.py [FOLDER]`, with order.json, each NAME and NAME.expected.json;
without a folder the samples of the repository. It prints every difference and ends with 1 if any.
`tests/database_samples.py` does the same with a database and the real command.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

SAMPLES = Path(__file__).parent / "data" / "samples"

if __name__ == "__main__":
    # A script is started from anywhere, and so the house has to be found first.
    sys.path.insert(0, str(SAMPLES.parents[2]))

from caseapp.domain.lists.applying import apply_to  # noqa: E402
from caseapp.domain.lists.known import Known  # noqa: E402
from caseapp.domain.lists.pipeline import examine  # noqa: E402
from caseapp.domain.lists.words import ListKind, Reason, Severity, Verdict  # noqa: E402

Said = dict[str, Any]
COMPARED = ("kind", "file", "on", "encoding", "delimiter", "sheet", "header_row")
LISTS = ("ignored_columns", "not_on_list")
FORM = (*COMPARED, *LISTS, "error", "counts", "rows")
PROBLEM_FORM = {"column", "class", "reason", "value", "message"}
LONGEST_VALUE = 200


class Turn(NamedTuple):
    """A list at its turn; without a day of its own it has that of its report."""

    kind: ListKind
    on: date
    file: str


def turns(folder: Path) -> Iterator[Turn]:
    """Yield the lists of a folder in the order in which they come.

    order.json is a list, or an object that holds it; each item is an object, or only the name of a file.
    """
    order = json.loads((folder / "order.json").read_text(encoding="utf-8-sig"))
    if isinstance(order, dict):
        (order,) = (value for value in order.values() if isinstance(value, list))
    for item in order:
        turn = {"file": item} if isinstance(item, str) else item
        about = {"kind", "on"} <= turn.keys() or expected_of(folder, turn["file"])
        turn = turn if about is True else about | turn
        yield Turn(ListKind(turn["kind"]), date.fromisoformat(turn["on"]), turn["file"])


def expected_of(folder: Path, name: str) -> Said:
    """Return the report that a list must give: beside it, with or without its ending."""
    path = folder / f"{name}.expected.json"
    if not path.exists():
        path = path.with_name(f"{Path(name).stem}.expected.json")
    return json.loads(path.read_text(encoding="utf-8-sig"))


def differences(folder: Path) -> list[str]:
    """Import the lists of a folder in their order, and return where a report differs."""
    known, found = Known(), []
    for kind, on, name in turns(folder):
        data = (folder / name).read_bytes()
        report = examine(kind, data, on=on, known=known, file=Path(name).name)
        known = apply_to(known, report.intents)
        again = examine(kind, data, on=on, known=known, file=Path(name).name).as_json()["counts"]
        told = compare(expected_of(folder, name), report.as_json(), again)
        found += [f"{name}: {line}" for line in told]
    return found


def compare(expected: Said, report: Said, again: Said) -> list[str]:
    """Return where a report is other than expected, or has not the form that it must have."""
    if wrong := _form(report):
        return wrong
    found = [
        f"{name} is {report[name]!r}, expected {expected[name]!r}"
        for name in (*COMPARED, *LISTS, "counts")
        if name in expected and report[name] != expected[name]
    ]
    code, wanted = _code(report.get("error")), _code(expected.get("error"))
    if code != wanted:
        found.append(f"error is {code!r}, expected {wanted!r}")
    if "again" in expected and again != expected["again"]:
        found.append(f"again is {again!r}, expected {expected['again']!r}")
    return [*found, *_rows(expected, report), *_tolerated(expected, report)]


def _form(report: Said) -> list[str]:
    """Return what a report lacks, or says with other words than those of the closed lists."""
    found = [f"the report has no {name}" for name in FORM if name not in report]
    if found:
        return found
    if report["counts"].keys() != set(Verdict):
        found.append(f"the counts are of {[*report['counts']]}")
    if report["error"] and not report["error"].get("message"):
        found.append("the error has no message")
    for row in report["rows"]:
        if row["verdict"] not in set(Verdict):
            found.append(f"row {row['row']} has the verdict {row['verdict']!r}")
        found += [f"row {row['row']} has a problem {p}" for p in row["problems"] if not _is_good(p)]
    numbers = [row["row"] for row in report["rows"]]
    return found if len(numbers) == len(set(numbers)) else [*found, "a row stands there twice"]


def _is_good(problem: Said) -> bool:
    named = problem.get("reason") in set(Reason) and problem.get("class") in set(Severity)
    short = len(problem.get("value") or "") <= LONGEST_VALUE
    return named and short and problem.keys() == PROBLEM_FORM and bool(problem["message"])


def _code(error: Said | str | None) -> str | None:
    return error["code"] if isinstance(error, dict) else error


def _rows(expected: Said, report: Said) -> Iterator[str]:
    """Yield each row that differs; one without a problem may be left out on either side."""
    said = {row["row"]: row for row in report["rows"]}
    wanted = {row["row"]: row for row in expected.get("rows", [])}
    for number in sorted(said.keys() | wanted.keys()):
        ours, theirs = said.get(number), wanted.get(number)
        if ours and theirs:
            yield from _row(number, ours, theirs)
        elif (ours or theirs or {})["problems"]:
            yield f"row {number} is {_short(ours)}, expected {_short(theirs)}"


def _row(number: int, said: Said, wanted: Said) -> Iterator[str]:
    if said["verdict"] != wanted["verdict"] or _marks(said) != _marks(wanted):
        yield f"row {number} is {_short(said)}, expected {_short(wanted)}"
        return
    values = {_mark(problem): problem["value"] for problem in said["problems"]}
    for problem in wanted["problems"]:
        if "value" in problem and values[_mark(problem)] != problem["value"]:
            shown, mark = values[_mark(problem)], " ".join(map(str, _mark(problem)))
            yield f"row {number} shows {shown!r} for {mark}, expected {problem['value']!r}"


def _tolerated(expected: Said, report: Said) -> Iterator[str]:
    """Yield each row that must pass without a word, and of which something is said all the same."""
    said = {row["row"]: row for row in report["rows"]}
    wanted = {row["row"]: row for row in expected.get("rows", [])}
    nothing: Said = {"problems": []}
    for row in expected.get("tolerated", []):
        number, silent = row["row"], {row["column"], None}
        more = _marks(said.get(number, nothing)) - _marks(wanted.get(number, nothing))
        for mark in more:
            if mark[0] in silent:
                yield f"row {number} must pass without a word on {row['column']}: {row.get('what')}"


def _mark(problem: Said) -> tuple[str | None, str, str]:
    return problem["column"], problem["class"], problem["reason"]


def _marks(row: Said) -> Counter[tuple[str | None, str, str]]:
    return Counter(map(_mark, row["problems"]))


def _short(row: Said | None) -> str:
    if row is None:
        return "silent"
    marks = [
        f"{column or 'the row'}: {reason} ({kind})"
        for column, kind, reason in map(_mark, row["problems"])
    ]
    return f"{row['verdict']} [{', '.join(marks)}]"


def show(found: list[str]) -> int:
    """Print what differs, and return how a script ends."""
    print("\n".join(found) or "every list gives its report")  # noqa: T201 - it is a command
    if found:
        print(f"{len(found)} differences")  # noqa: T201 - it is a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(show(differences(Path(sys.argv[1]) if sys.argv[1:] else SAMPLES)))
