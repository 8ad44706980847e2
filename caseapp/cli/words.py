"""Texts for people: extract them, merge Dutch, check the catalogue, compile it."""

import argparse
import fcntl
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from caseapp.settings import ROOT

HEADER: Final = """\
# Dutch, sorted by the English text; no dates and no line numbers, so that a change shows itself.
msgid ""
msgstr ""
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "lazy_npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+")
"""What a translation must keep: %(name)s, {name} and markup."""

Key: TypeAlias = str | tuple[str, str]


class Words(NamedTuple):
    """A tree of sources and where its Dutch stands."""

    root: Path = ROOT

    @property
    def catalogue(self) -> Path:
        """Return the file that people translate in."""
        return self.root / "config" / "words" / "nl" / "LC_MESSAGES" / "messages.po"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the four things that can be done with words."""
    steps = parser.add_subparsers(dest="step", required=True)
    extract = steps.add_parser("extract", help="take new texts from the code into the catalogue")
    extract.add_argument("--drop", action="store_true", help="forget texts no longer used")
    steps.add_parser("check", help="fail when a text lacks good Dutch or is used no more")
    add = steps.add_parser("add", help="merge a fragment with translations")
    add.add_argument("fragment", type=Path)
    steps.add_parser("compile", help="write what the application reads")


def run(args: argparse.Namespace) -> int:
    """Do one step on this tree; return 1 when something must be mended first."""
    words = Words()
    if args.step == "extract":
        return _extract(words, drop=args.drop)
    if args.step == "add":
        return _add(words, args.fragment)
    if args.step == "compile":
        compile_words(words)
        return 0
    return _check(words)


def used(words: Words) -> Catalog:
    """Return every text that the code and the templates show, without Dutch."""
    found = Catalog()
    for folder, pattern, method in (
        ("caseapp", "**.py", "python"),
        ("templates", "**.html", "jinja2"),
        ("templates", "**.txt", "jinja2"),
    ):
        if not (words.root / folder).is_dir():
            continue
        for _, _, text, _, context in extract_from_dir(
            words.root / folder,
            [(pattern, method)],
            # A template that does not parse must fail here and not lose its texts in silence.
            options_map={pattern: {"silent": "false", "encoding": "utf-8"}},
            keywords=KEYWORDS,
            # Babel by itself leaves out folders such as templates/_parts.
            directory_filter=lambda path: Path(path).name != "__pycache__",
        ):
            found.add(text, context=context)
    return found


def read(words: Words) -> Catalog:
    """Return the catalogue as it stands; an empty one when there is none yet."""
    if not words.catalogue.exists():
        return Catalog(locale="nl")
    with words.catalogue.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def merged(new: Catalog, old: Catalog, *, drop: bool = False) -> Catalog:
    """Return the texts of new with the Dutch of old; what new lacks is kept as obsolete."""
    dutch = {key_of(message): message for message in _all_of(old)}
    result = Catalog(locale="nl")
    for message in _messages(new):
        known = dutch.pop(key_of(message), None)
        said = known.string if known and known.pluralizable == message.pluralizable else None
        flags = known.flags & {"fuzzy"} if known else ()
        result.add(message.id, said or "", context=message.context, flags=flags)
    for key, message in dutch.items():
        if any(_forms(message)) and not drop:
            result.obsolete[key] = message
    return result


def problems(new: Catalog, old: Catalog) -> Iterator[str]:
    """Yield a line for each text that lacks Dutch, is in doubt or unused, or lost a placeholder."""
    dutch = {key_of(message): message for message in _messages(old)}
    for message in _messages(new):
        known = dutch.pop(key_of(message), None)
        if known is None or not all(_forms(known)) or known.pluralizable != message.pluralizable:
            yield f"no Dutch: {_shown(message)}"
        elif known.fuzzy:
            yield f"in doubt: {_shown(message)}"
        elif not _keeps_placeholders(known):
            yield f"placeholders differ: {_shown(message)}"
    for message in (*dutch.values(), *old.obsolete.values()):
        yield f"used no more: {_shown(message)}"


def write(words: Words, catalogue: Catalog) -> None:
    """Write the catalogue in its one form; a reader never sees half of it."""
    text = io.BytesIO()
    write_po(text, catalogue, width=96, no_location=True, omit_header=True, sort_output=True)
    _replace(words.catalogue, HEADER.encode() + text.getvalue())


def compile_words(words: Words) -> None:
    """Write the compiled catalogue beside its source."""
    binary = io.BytesIO()
    write_mo(binary, read(words))
    _replace(words.catalogue.with_suffix(".mo"), binary.getvalue())


def key_of(message: Message) -> Key:
    """Return what tells texts apart: the English (singular) text, with its context if any."""
    english = _english(message)[0]
    return (english, message.context) if message.context else english


def _extract(words: Words, *, drop: bool) -> int:
    with _alone(words):
        new, old = used(words), read(words)
        result = merged(new, old, drop=drop)
        write(words, result)
    lacking = sum(1 for message in _messages(result) if not all(_forms(message)))
    print(f"{len(result)} texts, {lacking} without Dutch, {len(result.obsolete)} used no more.")
    return 0


def _add(words: Words, fragment: Path) -> int:
    try:
        with fragment.open("rb") as file:
            said = read_po(file, locale="nl", abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        print(f"{fragment} cannot be read: {error}")
        return 1
    wrong = [message for message in _messages(said) if not _keeps_placeholders(message)]
    for message in wrong:
        print(f"placeholders differ: {_shown(message)}")
    if wrong:
        return 1
    with _alone(words):
        catalogue = read(words)
        changed = sum(_take(catalogue, message) for message in _messages(said))
        write(words, catalogue)
        compile_words(words)
    print(f"{len(said)} texts read, {changed} new or changed.")
    return 0


def _take(catalogue: Catalog, message: Message) -> bool:
    if not all(_forms(message)):
        return False
    known = catalogue.get(message.id, message.context)
    if known is not None and known.string == message.string:
        return False
    catalogue.delete(message.id, message.context)
    catalogue.obsolete.pop(key_of(message), None)
    catalogue.add(message.id, message.string, context=message.context)
    return True


def _check(words: Words) -> int:
    found = list(problems(used(words), read(words)))
    for line in found:
        print(line)
    print(
        f"{len(found)} to mend in {words.catalogue.relative_to(words.root)}." if found else "Fine."
    )
    return 1 if found else 0


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _all_of(catalogue: Catalog) -> list[Message]:
    return [*catalogue.obsolete.values(), *_messages(catalogue)]


def _english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    if not said:
        return ("",)
    return (said,) if isinstance(said, str) else tuple(said)


def _keeps_placeholders(message: Message) -> bool:
    english = [sorted(PLACEHOLDER.findall(text)) for text in _english(message)]
    dutch = [sorted(PLACEHOLDER.findall(text)) for text in _forms(message)]
    # A singular may say "one" where the plural counts, so it may have fewer.
    one_is_fine = dutch[0] == english[0] or (len(english) > 1 and set(dutch[0]) <= set(english[1]))
    return one_is_fine and all(form == english[-1] for form in dutch[1:])


def _shown(message: Message) -> str:
    context = f"({message.context}) " if message.context else ""
    return context + _english(message)[0]


@contextmanager
def _alone(words: Words) -> Iterator[None]:
    """Let one process at a time change the catalogue."""
    words.catalogue.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(words.catalogue.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _replace(target: Path, content: bytes) -> None:
    if target.exists() and target.read_bytes() == content:
        return
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(content)
    written = Path(file.name)
    written.chmod(0o644)
    written.replace(target)
