"""Scenarios: a child's facts, a day, and exactly what the rules must find.

`python tests/scenarios.py [FOLDER] [--rules PLA-1,...]` takes any folder of scenario files (name,
story, on, dossier, expect); tests/domain/test_scenarios.py takes the ones in tests/data. Everything
is compared, unless rules are named.
"""

import argparse
import json
import sys
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from caseapp.domain.continuity import assess  # noqa: E402 (the script runs without an install)
from caseapp.domain.document import parse  # noqa: E402
from caseapp.domain.limits import limits_from  # noqa: E402
from caseapp.settings import limits_file  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "scenarios"


def differences(path: Path, rules: Collection[str] = ()) -> Iterator[str]:
    """Yield what the rules (all if none is named) missed (-) and found too much (+) in a scenario."""
    scenario = json.loads(path.read_text("utf-8"))
    findings = assess(
        parse(scenario["dossier"]), date.fromisoformat(scenario["on"]), limits_from(limits_file())
    )
    found = [
        {
            "rule": one.rule,
            "subject": one.subject,
            "severity": one.severity.value,
            "since": one.since.isoformat(),
            "due": one.due and one.due.isoformat(),
        }
        for one in findings
        if not rules or one.rule in rules
    ]
    expected = [one for one in scenario["expect"] if not rules or one["rule"] in rules]
    yield from (f"- {one}" for one in expected if one not in found)
    yield from (f"+ {one}" for one in found if one not in expected)
    if sorted(map(str, found)) == sorted(map(str, expected)) and found != expected:
        yield "~ the order differs"


def main(argv: list[str]) -> int:
    """Compare every scenario of a folder; return 1 when one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--rules", help="codes, with commas (all if not given)")
    args = parser.parse_args(argv)
    rules = args.rules.split(",") if args.rules else ()
    paths = sorted(args.folder.glob("*.json"))
    wrong = {path.stem: said for path in paths if (said := list(differences(path, rules)))}
    for name, said in wrong.items():
        print(name, *said, sep="\n  ")  # noqa: T201
    print(f"{len(paths) - len(wrong)} of {len(paths)} scenarios are as expected.")  # noqa: T201
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
