"""A dossier that people can read: chapter after chapter, word and value, with what is said beside it.

The same chapters make the text, the page to print and, later, the PDF.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _

from caseapp.domain.facts import Birth, Dossier
from caseapp.domain.privacy_rights import Chapter
from caseapp.kernel.seals import Unreadable, readable
from caseapp.privacy.facts import NEEDS, Beside, Everything
from caseapp.web.days import write_day
from caseapp.web.fact_words import FACTS, UNSAID
from caseapp.web.filters import birth_date, number
from caseapp.web.i18n import Words
from caseapp.web.labels import label

if TYPE_CHECKING:
    from caseapp.privacy.models import Statement

Pair = tuple[str, str]

CHAPTERS: Final[Mapping[Chapter, tuple[str, ...]]] = {
    Chapter.PLACES: ("placements", "whereabouts", "transfers", "responsible"),
    Chapter.SCHOOL: ("school", "absences", "absence_reports"),
    Chapter.CARE: ("care",),
    Chapter.GUARDIANSHIP: ("guardianship", "plans", "support"),
    Chapter.OBSERVATIONS: ("observations", "contacts", "meetings"),
    Chapter.FAMILY: ("family_members", "consents"),
}
"""Which lists of the document stand in which chapter; the child itself stands before all of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A list of records under a title: each record as pairs of word and value."""

    title: str
    records: Sequence[Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter: its parts, and what is said beside it."""

    title: str
    parts: Sequence[Part]
    said: Sequence[Pair] = ()


def told(found: Everything) -> list[Told]:
    """Return all that is kept of a child as chapters, in their order; an empty one says that."""
    whole = Told(
        _("The child"),
        [Part("", [list(pairs(found.dossier.child))])],
        _said(found.statements, Chapter.WHOLE),
    )
    return [whole, *(_chapter(found, chapter) for chapter in CHAPTERS)]


def _chapter(found: Everything, chapter: Chapter) -> Told:
    parts = list(_parts(found.dossier, CHAPTERS[chapter]))
    parts += _besides([one for one in found.beside if one.chapter is chapter])
    return Told(str(label(chapter)), parts, _said(found.statements, chapter))


def _parts(dossier: Dossier, names: Sequence[str]) -> Iterator[Part]:
    for name in names:
        records = getattr(dossier, name)
        if records:
            yield Part(str(FACTS[name]), [list(pairs(one)) for one in records])


def _besides(texts: Sequence[Beside]) -> Iterator[Part]:
    for what in dict.fromkeys(one.what for one in texts):
        title = (
            _("Practical needs around health") if what == NEEDS else _("What staff thought of it")
        )
        records = [
            [(str(FACTS["on"]), write_day(one.on)), (str(FACTS["text"]), one.text)]
            for one in texts
            if one.what == what
        ]
        yield Part(title, records)


def _said(statements: "Sequence[Statement]", chapter: Chapter) -> list[Pair]:
    return [quote(row) for row in statements if row.chapter == chapter]


def quote(row: "Statement") -> Pair:
    """Return who said something beside the record and when, and what; a seal that does not open says so."""
    facts = readable(row, "facts")
    if isinstance(facts, Unreadable):
        return _("Statement"), _("Not readable - ref %(reference)s", reference=facts.reference)
    who = _("%(who)s, on %(day)s", who=label(facts.asker), day=write_day(facts.on))
    return who[:1].upper() + who[1:], facts.text


def pairs(record: Any) -> Iterator[Pair]:
    """Yield word and value of each fact that a record has; records inside it follow in place."""
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name in UNSAID or value is None or value in ((), {}):
            continue
        yield from _pair(FACTS[one.name], value)


def _pair(word: Words, value: Any) -> Iterator[Pair]:
    if is_dataclass(value) and not isinstance(value, Birth):
        yield from pairs(value)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for inner in value:
            said = ", ".join(f"{name}: {text}" for name, text in pairs(inner))
            yield str(word), said
    else:
        yield str(word), say(value)


SAY: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (StrEnum, lambda code: str(label(code))),
    (bool, lambda is_so: _("Yes") if is_so else _("No")),
    (date, write_day),
    (Birth, lambda born: f"{birth_date(born)} ({label(born.status)})"),
    (Mapping, lambda marks: ", ".join(f"{say(key)}: {say(one)}" for key, one in marks.items())),
    (tuple, lambda several: ", ".join(say(one) for one in several)),
    (int, number),
    (float, number),
)
"""How a value of each kind is said; text is said as it is."""


def say(value: Any) -> str:
    """Return a value of a fact as people read it."""
    return next((words(value) for kind, words in SAY if isinstance(value, kind)), str(value))


def as_text(title: str, chapters: Sequence[Told]) -> str:
    """Return the chapters as plain text, one fact a line."""
    lines = [title, "=" * len(title), ""]
    for chapter in chapters:
        lines += [chapter.title, "-" * len(chapter.title), ""]
        if not chapter.parts:
            lines += [_("Nothing is written down"), ""]
        for part in chapter.parts:
            lines += [f"{part.title}:", ""] if part.title else []
            for record in part.records:
                lines += [*(f"  {word}: {value}" for word, value in record), ""]
        beside = _("Said beside the file")
        for who, text in chapter.said:
            lines += [f"  {beside} - {who}:", f"    {text}", ""]
    return "\n".join(lines) + "\n"
