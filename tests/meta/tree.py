"""The tree as the meta-tests see it: its files, and copies of it to break."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "caseapp"


def tracked(root: Path = ROOT) -> list[Path]:
    """Return every file that is in git or would be; in a folder without git, every file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    inside = listed.returncode == 0 and (root / ".git").exists()
    found = (
        (root / name for name in listed.stdout.decode().split("\0") if name)
        if inside
        else root.rglob("*")
    )
    return sorted(path for path in found if path.is_file())


def texts(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every tracked file that is text."""
    for path in tracked(root):
        try:
            yield str(path.relative_to(root)), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def copy_of_the_house(target: Path) -> Path:
    """Copy the package and its settings, so that a twin can break them."""
    shutil.copytree(PACKAGE, target / "caseapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target


def modules(package: Path = PACKAGE) -> list[str]:
    """Return the dotted name of every module of a package."""
    names = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names
