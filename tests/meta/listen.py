"""Imports every module of a package and prints what any of them opened meanwhile.

Run as a script in a fresh interpreter: listen.py FOLDER PACKAGE.
"""

import importlib
import sys
from pathlib import Path

LOUD = (
    "open",
    "os.listdir",
    "os.scandir",
    "os.mkdir",
    "os.system",
    "socket.",
    "sqlite3.",
    "subprocess.",
    "urllib.",
)
ZONES = "zoneinfo"
"""A time zone is a constant of the law, kept in a file of the system's or of tzdata."""


def main(folder: Path, package: str) -> None:
    """Report each loud thing that is done by the package itself, not by an import it makes."""
    home = str(folder / package)
    names = [
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((folder / package).rglob("*.py"))
    ]
    heard: set[str] = set()

    def hook(event: str, args: tuple[object, ...]) -> None:
        if not event.startswith(LOUD) or (args and ZONES in str(args[0])):
            return
        frame = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith("<frozen importlib"):
                return
            if file.startswith(home):
                heard.add(f"{Path(file).relative_to(folder)}:{frame.f_lineno} {event} {args[:1]}")
                return
            frame = frame.f_back

    sys.path.insert(0, str(folder))
    sys.addaudithook(hook)
    for name in names:
        importlib.import_module(name)
    print("\n".join(sorted(heard)))  # noqa: T201 -- the answer of the script


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
