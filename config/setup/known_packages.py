"""Holds the locks against what people agreed to: names, pins and hashes, and that an environment is the lock.

Prints what is wrong and returns 1. It needs no network: known faults are asked for in deps.sh.
"""

import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib.metadata import distributions
from typing import Final

from sbom import LOCKS, pins

ASKED: Final = ("runtime", "fonts", "dev")
LIKE: Final = 0.86
"""From here on a name looks like another: requests and request, cryptography and crypto-graphy."""
LOOK_ALIKE: Final = frozenset({
    frozenset({"argon2-cffi", "argon2-cffi-bindings"}), frozenset({"pyasn1", "pyasn1-modules"}),
    frozenset({"boto3", "botocore"}), frozenset({"psycopg", "psycopg-binary"}),
    frozenset({"flask", "flask-cors"}),
    frozenset({"typing-extensions", "typing-inspection"}), frozenset({"cyclonedx-bom", "cyclonedx-python-lib"}),
    frozenset({"jsonschema", "jsonschema-path"}), frozenset({"jsonschema", "jsonschema-specifications"}),
    frozenset({"mypy", "mypy-extensions"}), frozenset({"rich", "rich-argparse"}),
    frozenset({"cssbeautifier", "jsbeautifier"}),  # of one maker, djlint asks for both
    frozenset({"httpx", "httpx2"}), frozenset({"httpcore", "httpcore2"}),  # by Python, for oidc-provider-mock
    frozenset({"rfc3339-validator", "rfc3986-validator"}),  # of one maker, for two standards
})  # fmt: skip
"""Pairs that were looked at: both are what they seem."""


def faults(name: str, lock: str, asked: str) -> Iterator[str]:
    """Yield what is wrong with a lock, and with what it was made from."""
    found = list(pins(lock))
    names = list(dict.fromkeys(each for each, _version, _hashes in found))
    for package, version, hashes in found:
        if not hashes:
            yield f"{name}.lock: {package} has no hash."
        if not re.fullmatch(r"[0-9][0-9A-Za-z.+!-]*", version):
            yield f"{name}.lock: {package} has no exact version."
    for line in lock.splitlines():
        if re.match(
            r"\s*(-i|--index-url|--extra-index-url|--find-links|-f|-e|git\+|https?:|.* @ )", line
        ):
            yield f"{name}.lock: a line names a place: {line.strip()[:60]}"
    wanted = {
        each.lower() for each in re.findall(r"^([A-Za-z0-9][A-Za-z0-9-]*)", asked, re.MULTILINE)
    }
    for missing in sorted(wanted - set(names)):
        yield f"{name}.lock: {missing} is asked for and not pinned."
    yield from _look_alikes(name, names)


def _look_alikes(name: str, names: list[str]) -> Iterator[str]:
    """Yield pairs of names of which one may be there by mistake, or by malice."""
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            alike = SequenceMatcher(None, one, other).ratio() >= LIKE
            if alike and frozenset({one, other}) not in LOOK_ALIKE:
                yield f"{name}.lock: {one} and {other} look alike: has somebody looked at both?"


def strangers(locks: str) -> Iterator[str]:
    """Yield what is installed here and stands in no lock, or in another version."""
    pinned: dict[str, set[str]] = {}
    for package, version, _hashes in pins(locks):
        pinned.setdefault(package, set()).add(version)
    for package in distributions():
        name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
        if name in {"pip", "setuptools"}:
            continue
        if name not in pinned:
            yield f"{name} is installed and stands in no lock."
        elif package.version not in pinned[name]:
            yield f"{name} is installed as {package.version}, which no lock says."


def main() -> int:
    """Look at everything."""
    locks = {name: (LOCKS / f"{name}.lock").read_text("utf-8") for name in ASKED}
    wrong = [
        fault
        for name, lock in locks.items()
        for fault in faults(name, lock, (LOCKS / f"{name}.in").read_text("utf-8"))
    ]
    wrong += strangers("\n".join(locks.values()))
    print(
        "\n".join(wrong) or f"{sum(map(len, map(list, map(pins, locks.values()))))} pins are fine."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
