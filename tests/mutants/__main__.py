"""How many small faults the tests notice, module by module.

`python -m tests.mutants [--module M] [--each 20] [--share 0.2] [--seed 1] [--paper]`
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutants import paper, trying
from tests.mutants.guarded import GUARDED
from tests.mutants.sampling import Sample, Tried, tried

STATE = trying.ROOT / "instance" / "proofs" / "mutants.each.json"


def main(arguments: Sequence[str]) -> int:
    """Try a sample of the mutants of each module, and say what was noticed; 1 when it is too little."""
    asked = _asked(arguments)
    trying.warm_up()
    known = _kept(asked.state)
    found: dict[str, list[Tried]] = {}
    sample = Sample(asked.each, asked.share, asked.seed)
    for module in asked.module or GUARDED:
        suite = trying.Suite.of(module, GUARDED[module])
        outcomes = known.setdefault(_key(suite), {})
        found[module] = tried(suite, sample, outcomes, lambda: _keep(asked.state, known))
        for one in found[module]:
            if not one.is_killed:
                _say(f"  {module}:{one.line} {one.name}")
        _say(paper.line(module, found[module]))
    if asked.paper:
        paper.write(found, asked.seed)
    faults = paper.faults(found)
    _say("\n".join([paper.total(found), *faults]))
    return 1 if faults else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--module", action="append", choices=[*GUARDED])
    parser.add_argument("--each", type=int, help="so many mutants of each module (all)")
    parser.add_argument("--share", type=float, default=1.0, help="which part of the mutants (1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paper", action="store_true", help="write docs/mutants.md")
    parser.add_argument("--state", type=Path, default=STATE)
    return parser.parse_args(arguments)


def _key(suite: trying.Suite) -> str:
    """Return what an outcome depends on: the module and its tests, letter by letter."""
    texts = [suite.source, *((trying.ROOT / test).read_text("utf-8") for test in suite.tests)]
    return f"{suite.module} {hashlib.sha256(''.join(texts).encode()).hexdigest()[:16]}"


def _kept(file: Path) -> dict[str, dict[str, bool]]:
    return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}


def _keep(file: Path, known: dict[str, dict[str, bool]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(known, indent=1), "utf-8")


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
