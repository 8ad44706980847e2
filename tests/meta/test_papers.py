"""Papers lead somewhere: make's words, links between pages, decisions (Q1)."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from caseapp.cli import COMMANDS
from tests.meta.tree import ROOT, tracked

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
STATUS = re.compile(r"^Status: (?:accepted|superseded by \[(\d{4})\]\([^)]+\))", re.MULTILINE)


def silent_words(root: Path) -> set[str]:
    """Return the targets of a Makefile that bare `make` does not list."""
    text = (root / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", text, re.MULTILINE))
    said = subprocess.run(
        ["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return targets - set(re.findall(r"^\s*make (\S+)", said, re.MULTILINE))


def broken_steps(root: Path, commands: set[str]) -> Iterator[str]:
    """Yield each script, module or command that a Makefile runs and the tree does not have."""
    text = (root / "Makefile").read_text("utf-8")
    for script in re.findall(r"config/setup/\S+\.\w+", text):
        if not (root / script).exists():
            yield script
    for module in re.findall(r"-m (tests\.\w+)", text):
        path = root / module.replace(".", "/")
        if not path.with_suffix(".py").exists() and not (path / "__main__.py").exists():
            yield module
    for command in re.findall(r"-m caseapp (\w+)", text):
        if command not in commands:
            yield f"caseapp {command}"


def dead_links(root: Path) -> Iterator[str]:
    """Yield each link in a page to a file or a heading of the tree that is not there."""
    for page in (path for path in tracked(root) if path.suffix == ".md"):
        for pair in LINK.findall(page.read_text("utf-8")):
            link = pair[0] or pair[1]
            if re.match(r"[a-z]+:", link):
                continue
            file, _, heading = link.partition("#")
            target = (page.parent / file).resolve() if file else page
            if not target.exists() or (heading and heading not in headings(target)):
                yield f"{page.relative_to(root)}: {link}"


def headings(page: Path) -> set[str]:
    """Return the anchors of the headings of a Markdown page."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in found}


def unkept_decisions(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the numbers, the status and the index of the decisions."""
    index = (folder / "README.md").read_text("utf-8")
    pages = sorted(folder.glob("[0-9]*.md"))
    for number, page in enumerate(pages, 1):
        status = STATUS.search(page.read_text("utf-8"))
        if not page.name.startswith(f"{number:04}-"):
            yield f"{page.name}: number {number:04} is missing"
        if status is None:
            yield f"{page.name}: no status"
        elif status[1] and not list(folder.glob(f"{status[1]}-*.md")):
            yield f"{page.name}: superseded by nothing"
        if f"({page.name})" not in index:
            yield f"{page.name}: not in the index"


def write(path: Path, text: str) -> None:
    """Write a page of a twin."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_bare_make_lists_every_word() -> None:
    assert silent_words(ROOT) == set()


def test_a_word_without_help_is_seen(tmp_path: Path) -> None:
    real = (ROOT / "Makefile").read_text("utf-8")
    write(tmp_path / "Makefile", f"{real}\nsecretly:\n\t@true\n")
    assert silent_words(tmp_path) == {"secretly"}


def test_every_step_of_make_is_there() -> None:
    assert list(broken_steps(ROOT, set(COMMANDS))) == []


def test_a_step_that_is_not_there_is_seen(tmp_path: Path) -> None:
    steps = "\tconfig/setup/gone.sh\n\t$(PY) -m tests.gone\n\t$(PY) -m caseapp gone\n"
    write(tmp_path / "Makefile", f"x:\n{steps}\t$(PY) -m caseapp words check\n")
    assert list(broken_steps(tmp_path, {"words"})) == [
        "config/setup/gone.sh",
        "tests.gone",
        "caseapp gone",
    ]


def test_links_between_pages_work() -> None:
    assert list(dead_links(ROOT)) == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "b.md", "# The second page\n")
    write(
        tmp_path / "a.md",
        "[b](docs/b.md) [there](docs/b.md#the-second-page) [up](#top) ![p](p.png) "
        "[gone](docs/c.md) [lost](docs/b.md#lost) [out](https://example.org/)\n\n# Top\n",
    )
    assert list(dead_links(tmp_path)) == ["a.md: p.png", "a.md: docs/c.md", "a.md: docs/b.md#lost"]


def test_decisions_are_numbered_have_a_status_and_are_indexed() -> None:
    assert list(unkept_decisions(ROOT / "docs" / "adr")) == []


def test_a_decision_that_was_not_kept_is_seen(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "[a](0001-a.md) [c](0003-c.md)\n")
    write(tmp_path / "0001-a.md", "Status: accepted\n")
    write(tmp_path / "0003-c.md", "Status: superseded by [0009](0009-z.md)\n")
    write(tmp_path / "0004-d.md", "Nothing said.\n")
    assert list(unkept_decisions(tmp_path)) == [
        "0003-c.md: number 0002 is missing",
        "0003-c.md: superseded by nothing",
        "0004-d.md: number 0003 is missing",
        "0004-d.md: no status",
        "0004-d.md: not in the index",
    ]
