"""The pages that people agree to: write them from the code, or say that they differ."""

import argparse
from collections.abc import Mapping
from difflib import unified_diff
from importlib import import_module
from pathlib import Path
from typing import Final

from caseapp.settings import ROOT

PAGES: Final[Mapping[str, str]] = {
    "rules.md": "caseapp.cli.rules_page:rules_page",
    "permissions.md": "caseapp.domain.permissions_table:permissions_table",
    "events.md": "caseapp.cli.events_page:events_page",
    "logging.md": "caseapp.cli.logging_page:logging_page",
    "data.md": "caseapp.cli.data_page:data_page",
    "crypto.md": "caseapp.cli.crypto_page:crypto_page",
}
"""Each page in docs/ and the function without arguments that returns it as Markdown."""

NOTE: Final = "<!-- Written by `make docs` from {source}: change the code, not this page. -->\n\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a check compare without writing."""
    parser.add_argument("--check", action="store_true", help="write nothing; fail on a difference")


def run(args: argparse.Namespace) -> int:
    """Write every page; or return 1 and show what differs."""
    differing = 0
    for name, source in PAGES.items():
        target = ROOT / "docs" / name
        text = page(source)
        if args.check:
            differing += _differs(target, text)
        else:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, "utf-8")
            print(f"docs/{name}")
    if differing:
        print("The code and these pages differ: run 'make docs' and have the change agreed to.")
    return 1 if differing else 0


def page(source: str) -> str:
    """Return the page that the function at "module:name" makes, under a note of its source."""
    module, name = source.split(":")
    body: str = getattr(import_module(module), name)()
    return NOTE.format(source=f"{module}.{name}") + body.rstrip("\n") + "\n"


def _differs(target: Path, text: str) -> bool:
    stands = target.read_text("utf-8") if target.exists() else ""
    if stands == text:
        return False
    lines = unified_diff(
        stands.splitlines(), text.splitlines(), f"docs/{target.name}", "the code", lineterm="", n=0
    )
    print("\n".join(lines))
    return True
