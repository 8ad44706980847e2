"""Lists the licence of every package in .venv and stops at one that nobody has judged."""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

# Families that go with the EUPL-1.2 for code that we call and do not copy.
ACCEPTED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Zlib|HPND|Unlicense"
    r"|0BSD|CC0|Public Domain|EUPL",
    re.IGNORECASE,
)
# Tools that are run and never shipped may be stricter.
TOOLS = {
    "axe-playwright-python": "MIT, in its LICENSE file",
    "djlint": "GPL-3.0-or-later, a checker: nothing of it is linked or shipped",
    "text-unidecode": "Artistic-1.0 or GPL-2.0, by way of pytest-playwright",
}
# Licences that were read in the package, for its metadata names none.
READ = {"huey": "MIT, in its LICENSE file"}
RUNTIME = Path(__file__).resolve().parents[1] / "requirements" / "runtime.lock"


def licence_of(package: Distribution) -> str:
    """Return the licence that a package states, wherever in its metadata it does."""
    about = package.metadata
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    stated = about.get("License-Expression") or " / ".join(classified) or about.get("License") or ""
    return stated.strip().splitlines()[0][:60] if stated.strip() else "not stated"


def main() -> int:
    """Print one line a package; return 1 when a licence is not among the accepted ones."""
    runtime = set(re.findall(r"^([a-z0-9-]+)==", RUNTIME.read_text("utf-8"), re.MULTILINE))
    refused = 0
    for package in sorted(distributions(), key=lambda each: each.metadata["Name"].lower()):
        name = package.metadata["Name"].lower().replace("_", "-").replace(".", "-")
        licence = licence_of(package)
        judged = READ.get(name) or (name not in runtime and TOOLS.get(name))
        fine = bool(ACCEPTED.search(licence)) or bool(judged)
        refused += not fine
        mark = " " if fine else "!"
        print(f"{mark} {name:30} {package.version:14} {judged or licence}")
    if refused:
        print(f"{refused} marked with ! need a judgement: see {Path(__file__).name}.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
