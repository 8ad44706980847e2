"""Finds a Chromium that starts; `python -m tests.chromium` prints its address or fails."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def candidates() -> list[str]:
    """Return where a Chromium may be: the one that was named, the system's, playwright's own."""
    named = os.environ.get("CASEAPP_CHROMIUM")
    if named:
        return [named]
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    own = sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    return [*filter(None, map(shutil.which, NAMES)), *map(str, own)]


def starts(program: str) -> bool:
    """Say whether the program answers; Ubuntu's stub for its snap does not."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "snap" not in done.stdout


def executable() -> str:
    """Return the first Chromium that starts.

    Raises LookupError, with what to do, when there is none.
    """
    for program in candidates():
        if starts(program):
            return program
    raise LookupError("No Chromium starts here: run 'make test', or set CASEAPP_CHROMIUM.")


def launch_arguments() -> dict[str, object]:
    """Return what playwright's launch() takes: that Chromium, as root, without calls out."""
    return {"executable_path": executable(), "args": list(ARGUMENTS)}


if __name__ == "__main__":
    try:
        print(executable())  # noqa: T201 -- the answer of the command
    except LookupError as error:
        sys.exit(str(error))
