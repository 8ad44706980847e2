"""Checks that lists of a folder give the reports that stand beside them.

As a script: `python tests/samples.py [FOLDER]`, with order.json, each NAME and NAME.expected.json;
without a folder the samples of the repository. It prints every difference and ends with 1 if any.
"""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent / "data" / "samples"

if __name__ == "__main__":
    # A script is started from anywhere, and so the house has to be found first.
    sys.path.insert(0, str(SAMPLES.parents[2]))

from caseapp.domain.lists.applying import apply_to  # noqa: E402
from caseapp.domain.lists.known import Known  # noqa: E402
from caseapp.domain.lists.pipeline import examine  # noqa: E402
from caseapp.domain.lists.words import ListKind  # noqa: E402

Said = dict[str, Any]
COMPARED = ("kind", "file", "on", "encoding", "delimiter", "sheet", "header_row")
LISTS = ("ignored_columns", "not_on_list")


def expected_of(folder: Path, name: str) -> Said:
    """Return the report that a list must give: beside it, with or without its ending."""
    stem = folder / f"{Path(name).stem}.expected.json"
    path = stem if stem.exists() else folder / f"{name}.expected.json"
    return json.loads(path.read_text(encoding="utf-8"))


def differences(folder: Path) -> list[str]:
    """Import the lists of a folder in their order, and return where a report differs."""
    known, found = Known(), []
    for turn in json.loads((folder / "order.json").read_text(encoding="utf-8")):
        kind, on, name = ListKind(turn["kind"]), date.fromisoformat(turn["on"]), turn["file"]
        data, expected = (folder / name).read_bytes(), expected_of(folder, name)
        report = examine(kind, data, on=on, known=known, file=name)
        known = apply_to(known, report.intents)
        again = examine(kind, data, on=on, known=known, file=name).as_json()["counts"]
        found += [f"{name}: {line}" for line in compare(expected, report.as_json(), again)]
    return found


def compare(expected: Said, report: Said, again: Said) -> list[str]:
    """Return where a report is other than expected."""
    found = [
        f"{name} is {report[name]!r}, expected {expected[name]!r}"
        for name in (*COMPARED, *LISTS, "counts")
        if name in expected and report[name] != expected[name]
    ]
    if (code := (expected.get("error") or {}).get("code")) != (report["error"] or {}).get("code"):
        found.append(f"error is {report['error']!r}, expected {code!r}")
    if "again" in expected and again != expected["again"]:
        found.append(f"again is {again!r}, expected {expected['again']!r}")
    said = {row["row"]: row for row in report["rows"]}
    wanted = {row["row"]: row for row in expected["rows"]}
    for number in sorted(said.keys() | wanted.keys()):
        found += _row(number, said.get(number), wanted.get(number))
    found += [
        f"row {row['row']} must pass without a word on {row['column']}"
        for row in expected.get("tolerated", [])
        for problem in said.get(row["row"], {"problems": []})["problems"]
        if problem["column"] in {row["column"], None}
    ]
    return found


def _row(number: int, said: Said | None, wanted: Said | None) -> list[str]:
    if said is None or wanted is None:
        return [f"row {number} is {_short(said)}, expected {_short(wanted)}"]
    found = []
    if said["verdict"] != wanted["verdict"]:
        found.append(f"row {number} is {said['verdict']}, expected {wanted['verdict']}")
    if _marks(said) != _marks(wanted):
        found.append(f"row {number} says {_short(said)}, expected {_short(wanted)}")
    values = {_mark(problem): problem["value"] for problem in said["problems"]}
    found += [
        f"row {number} shows {values.get(_mark(problem))!r}, expected {problem['value']!r}"
        for problem in wanted["problems"]
        if "value" in problem and values.get(_mark(problem)) != problem["value"]
    ]
    found += [f"row {number} lacks a message" for p in said["problems"] if not p["message"]]
    return found


def _mark(problem: Said) -> tuple[str | None, str, str]:
    return problem["column"], problem["class"], problem["reason"]


def _marks(row: Said) -> Counter[tuple[str | None, str, str]]:
    return Counter(map(_mark, row["problems"]))


def _short(row: Said | None) -> str:
    return "silent" if row is None else f"{row['verdict']} {[_mark(p) for p in row['problems']]}"


def main(arguments: list[str]) -> int:
    """Print the differences of a folder."""
    found = differences(Path(arguments[0]) if arguments else SAMPLES)
    print("\n".join(found) or "every list gives its report")  # noqa: T201 - it is a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
