"""The report on a list as people read it on the command line."""

from collections.abc import Iterator
from datetime import datetime
from gettext import NullTranslations
from typing import Final

from babel.dates import format_date
from babel.support import Translations

from caseapp.domain.lists.report import Report, RowReport
from caseapp.domain.lists.sentences import KINDS, VERDICTS, of_file, of_problem
from caseapp.kernel import clock
from caseapp.settings import ROOT

CATALOGUES: Final = ROOT / "config" / "words"
_LONGEST_CELL: Final = 60


def words_of(language: str) -> NullTranslations:
    """Return the texts in a language; those of the source when there are none."""
    return Translations.load(str(CATALOGUES), [language])


def lines_of(
    report: Report,
    words: NullTranslations,
    language: str,
    *,
    applied: bool,
    before: datetime | None,
) -> Iterator[str]:
    """Yield the report: what became of the rows, then each row of which there is something to say.

    `before` is when this very file came in last.
    """
    _, day = words.gettext, format_date(report.on, "long", locale=language)
    yield f"{_(KINDS[report.kind])}, {day}: {report.file}"
    if report.error is not None:
        yield of_file(report.error, _)
        return
    if before is not None:
        came = format_date(clock.local_day(before), "long", locale=language)
        yield _("This file came in before, on %(day)s.") % {"day": came}
    if applied:
        yield _("The rows that were accepted are written.")
    else:
        yield _("This was a trial: nothing is written.")
    yield ""
    for verdict, number in report.counts.items():
        yield f"{number:8}  {_(VERDICTS[verdict])}"
    if report.ignored_columns:
        names = ", ".join(report.ignored_columns)
        yield ""
        yield _("Columns that we do not know, and leave out: %(names)s") % {"names": names}
    for row in report.rows:
        yield from _row(row, words)
    yield from _missing(report, words)


def _row(row: RowReport, words: NullTranslations) -> Iterator[str]:
    if not row.problems:
        return
    _ = words.gettext
    yield ""
    yield _("Row %(row)s: %(verdict)s") % {"row": row.number, "verdict": _(VERDICTS[row.verdict])}
    for problem in row.problems:
        yield f"  {_where(problem.column, problem.value)}{of_problem(problem, _)}"


def _where(column: str | None, value: str | None) -> str:
    """Return the column and its cell, kept to one line and without anything that steers a screen."""
    if column is None:
        return ""
    shown = "".join(sign if sign.isprintable() else " " for sign in value or "")
    cut = shown if len(shown) <= _LONGEST_CELL else f"{shown[:_LONGEST_CELL]}…"
    return f"{column} “{cut}”: " if cut else f"{column}: "


def _missing(report: Report, words: NullTranslations) -> Iterator[str]:
    if not report.not_on_list:
        return
    number = len(report.not_on_list)
    yield ""
    yield words.ngettext(
        "%(number)s child lives at a location of this list and is not on it. Nothing is written about it:",
        "%(number)s children live at a location of this list and are not on it. Nothing is written about them:",
        number,
    ) % {"number": number}
    for v_number in report.not_on_list:
        yield f"  {v_number}"
