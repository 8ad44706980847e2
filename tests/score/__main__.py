"""The score: `python -m tests.score [run|read|attacks]`.

run: run the marked tests, then read; read: count what instance/score.json holds; attacks: write
docs/attacks.md from the tests.
"""

import json
import subprocess
import sys
from typing import Final

from caseapp.settings import ROOT
from tests.score.attacks import PAGE, lacking, marks, page
from tests.score.tally import attacks, tally

KEPT: Final = ROOT / "instance" / "score.json"


def run() -> int:
    """Run every marked test, say the score, and return 1 when it may not be so."""
    KEPT.unlink(missing_ok=True)
    words = ["-n", "2", "--dist", "worksteal", "-q", "-m", "asvs or attack or guards"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "--score", str(KEPT)], cwd=ROOT, check=False
    )
    return read() or done.returncode


def read() -> int:
    """Say the score of the last run, name the rest, and return 1 when there is a fault."""
    if not KEPT.exists():
        sys.stderr.write("No run has been counted: make score.\n")
        return 1
    seen = json.loads(KEPT.read_text("utf-8"))
    result = tally(seen)
    line, without = attacks(seen)
    never_red = lacking(marks())[1]
    told = [
        result.line,
        *(f"  not verified by a test: {each}" for each in result.named),
        *(f"  FAULT {fault}" for fault in result.faults),
        line + (f"; without: {', '.join(map(str, without))}" if without else ""),
        *([f"  FAULT never seen red: {', '.join(map(str, never_red))}"] if never_red else []),
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if result.faults or without or never_red else 0


def write_attacks() -> int:
    """Write the page of the attacks."""
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case [] | ["run"]:
            sys.exit(run())
        case ["read"]:
            sys.exit(read())
        case ["attacks"]:
            sys.exit(write_attacks())
        case _:
            sys.exit(__doc__)
