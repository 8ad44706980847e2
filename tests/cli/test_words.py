"""The catalogue: nothing is lost, nothing lacks Dutch in silence."""

import gettext
import multiprocessing
from pathlib import Path

import pytest

from caseapp.cli import words as command
from caseapp.cli.words import Words, compile_words, merged, problems, read, used, write

CODE = """
from flask_babel import gettext as _, lazy_gettext as _l, ngettext
TITLE = _l("Children")
def told(n): return _("Seen by %(name)s", name="x") + ngettext("%(num)s day", "%(num)s days", n)
"""
PAGE = '{% extends "base.html" %}{{ _("Save") }}{{ _l("Record") }}'
DUTCH = """
msgid "Children"
msgstr "Kinderen"

msgid "Record"
msgstr "Vastleggen"

msgid "Save"
msgstr "Opslaan"

msgid "Seen by %(name)s"
msgstr "Gezien door %(name)s"

msgid "%(num)s day"
msgid_plural "%(num)s days"
msgstr[0] "één dag"
msgstr[1] "%(num)s dagen"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Words:
    for file, text in {"caseapp/a.py": CODE, "templates/a.html": PAGE}.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return Words(tmp_path)


def say(tree: Words, dutch: str) -> None:
    """Put Dutch in the catalogue, in the one form."""
    tree.catalogue.parent.mkdir(parents=True, exist_ok=True)
    tree.catalogue.write_text(dutch, "utf-8")
    write(tree, read(tree))


def wrong(tree: Words) -> list[str]:
    return sorted(problems(used(tree), read(tree)))


def test_texts_are_found_in_code_and_templates(tree: Words) -> None:
    ids = {message.id for message in used(tree) if message.id}
    plural = ("%(num)s day", "%(num)s days")
    assert ids == {"Children", "Seen by %(name)s", plural, "Save", "Record"}


def test_a_template_that_does_not_parse_loses_no_text_in_silence(tree: Words) -> None:
    (tree.root / "templates" / "a.html").write_text("{% if %}", "utf-8")
    with pytest.raises(Exception, match="Expected an expression"):
        used(tree)


def test_a_complete_catalogue_has_nothing_to_mend(tree: Words) -> None:
    say(tree, DUTCH)
    assert wrong(tree) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"Opslaan"', '""', "no Dutch: Save"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "in doubt: Save"),
        ('"Gezien door %(name)s"', '"Gezien"', "placeholders differ: Seen by %(name)s"),
        ('"%(num)s dagen"', '"dagen"', "placeholders differ: %(num)s day"),
        ('msgstr[1] "%(num)s dagen"', 'msgstr[1] ""', "no Dutch: %(num)s day"),
    ],
)
def test_each_fault_is_told(tree: Words, before: str, after: str, told: str) -> None:
    assert before in DUTCH
    say(tree, DUTCH.replace(before, after))
    assert wrong(tree) == [told]


def test_an_unused_text_is_kept_as_obsolete_until_it_is_dropped(tree: Words) -> None:
    say(tree, DUTCH + '\nmsgid "Gone"\nmsgstr "Weg"\n')
    assert wrong(tree) == ["used no more: Gone"]
    write(tree, merged(used(tree), read(tree)))
    assert '#~ msgid "Gone"' in tree.catalogue.read_text("utf-8")
    assert wrong(tree) == ["used no more: Gone"]
    write(tree, merged(used(tree), read(tree), drop=True))
    assert wrong(tree) == []


def test_a_text_that_comes_back_finds_its_dutch(tree: Words) -> None:
    say(tree, DUTCH)
    page = tree.root / "templates" / "a.html"
    page.write_text("", "utf-8")
    write(tree, merged(used(tree), read(tree)))
    page.write_text(PAGE, "utf-8")
    write(tree, merged(used(tree), read(tree)))
    assert wrong(tree) == []


def test_extracting_twice_changes_nothing_and_order_and_dates_never_show(tree: Words) -> None:
    say(tree, DUTCH)
    write(tree, merged(used(tree), read(tree)))
    first = tree.catalogue.read_text("utf-8")
    write(tree, merged(used(tree), read(tree)))
    assert tree.catalogue.read_text("utf-8") == first
    assert "a.py" not in first
    assert "Date" not in first
    ids = [line for line in first.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
    assert ids == sorted(ids)


def test_a_compiled_catalogue_speaks_dutch(tree: Words) -> None:
    say(tree, DUTCH)
    compile_words(tree)
    dutch = gettext.translation("messages", tree.root / "config" / "words", languages=["nl"])
    assert dutch.gettext("Save") == "Opslaan"
    assert [dutch.ngettext("%(num)s day", "%(num)s days", n) for n in (1, 2)] == [
        "één dag",
        "%(num)s dagen",
    ]


def test_a_fragment_that_loses_a_placeholder_is_refused(tree: Words, tmp_path: Path) -> None:
    fragment = tmp_path / "mine.po"
    fragment.write_text('msgid "By %(name)s"\nmsgstr "Door"\n', "utf-8")
    assert command._add(tree, fragment) == 1
    assert not tree.catalogue.exists()


def test_a_fragment_that_cannot_be_read_is_refused(tree: Words, tmp_path: Path) -> None:
    assert command._add(tree, tmp_path / "absent.po") == 1


def add_twenty(root: Path, who: int) -> None:
    for number in range(20):
        fragment = root / f"{who}-{number}.po"
        fragment.write_text(f'msgid "text {who} {number}"\nmsgstr "tekst"\n', "utf-8")
        command._add(Words(root), fragment)


def test_two_who_add_at_once_lose_nothing(tree: Words) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=add_twenty, args=(tree.root, who)) for who in (1, 2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert len(read(tree)) == 40
