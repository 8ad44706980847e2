"""Writes the inventory of what the program is installed with, from the locks, as CycloneDX JSON.

sbom.py [FILE]: build/sbom.json when none is named. It holds names, versions, licences and hashes, and no
address of any registry, so that it is the same whatever mirror a machine uses.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from licences import READ, licence_of

ROOT: Final = Path(__file__).resolve().parents[2]
LOCKS: Final = ROOT / "config" / "requirements"
PIN: Final = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;\\]+)", re.MULTILINE)
HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def pins(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, version and hashes of each package of a lock."""
    starts = [*PIN.finditer(lock)]
    ends = [match.start() for match in starts[1:]] + [len(lock)]
    for match, end in zip(starts, ends, strict=True):
        yield match[1], match[2], HASH.findall(lock[match.start() : end])


def inventory(lock: str, version: str) -> dict[str, Any]:
    """Return the inventory of one lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "caseapp",
                "version": version,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": [_component(*pin) for pin in pins(lock)],
    }


def _component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "licenses": [{"license": {"name": READ.get(name) or _licence(name)}}],
        "properties": [{"name": "caseapp:sha256", "value": each} for each in sorted(hashes)],
    }


def _licence(name: str) -> str:
    try:
        return licence_of(distribution(name))
    except PackageNotFoundError:
        return "not installed here"


def main(target: Path) -> int:
    """Write the inventory of runtime.lock."""
    lock = (LOCKS / "runtime.lock").read_text("utf-8")
    about = (ROOT / "pyproject.toml").read_text("utf-8")
    found = re.search(r'^version = "([^"]+)"', about, re.MULTILINE)
    bom = inventory(lock, found[1] if found else "0")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bom, indent=1) + "\n", "utf-8")
    print(f"{target.name}: {len(bom['components'])} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "sbom.json"))
