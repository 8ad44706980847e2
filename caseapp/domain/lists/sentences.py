"""What people read about a row or a file: what is wrong, and what to do."""

from collections.abc import Callable, Mapping
from typing import Final

from caseapp.domain.lists.problems import FileError, Problem
from caseapp.domain.lists.texts import clean
from caseapp.domain.lists.words import FileFault, ListKind, Reason, Severity, Verdict

Translate = Callable[[str], str]

_LONGEST_SAID: Final = 60


def N_(msgid: str) -> str:  # noqa: N802 - the name by which the catalogue tool knows it
    """Mark a text for the catalogue; it is translated when it is shown."""
    return msgid


KINDS: Final[Mapping[ListKind, str]] = {
    ListKind.LOCATIONS: N_("Locations"),
    ListKind.OCCUPANCY: N_("Who lives where"),
    ListKind.TRANSFERS: N_("Moves"),
    ListKind.CARE: N_("Care"),
    ListKind.SCHOOL: N_("School"),
}
"""What each list is called."""

VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.NEW: N_("new"),
    Verdict.CHANGED: N_("changed"),
    Verdict.SAME: N_("the same"),
    Verdict.DOUBTFUL: N_("in doubt"),
    Verdict.REFUSED: N_("refused"),
}
"""What becomes of a row, as a heading of a count."""

SENTENCES: Final[Mapping[Reason, str]] = {
    Reason.MISSING_VALUE: N_("Column %(column)s is empty: fill it in."),
    Reason.BAD_V_NUMBER: N_("“%(value)s” is not a V-number: enter its 10 digits."),
    Reason.PERHAPS_BSN: N_("This may be a BSN, which has no place here: enter the V-number."),
    Reason.V_NUMBER_REPAIRED: N_(
        "“%(value)s” was read as a V-number of 10 digits: check that it is the right one."
    ),
    Reason.BAD_DATE: N_("“%(value)s” in column %(column)s is not a date: write it as 31-12-2026."),
    Reason.IMPLAUSIBLE_DATE: N_(
        "The date %(value)s in column %(column)s cannot be right: correct it."
    ),
    Reason.FUTURE_DATE: N_(
        "The date %(value)s in column %(column)s lies after the day of the list: correct it."
    ),
    Reason.DATE_FROM_NUMBER: N_(
        "The number %(value)s in column %(column)s was read as a date: check it."
    ),
    Reason.UNKNOWN_CODE: N_(
        "“%(value)s” is not on the list for column %(column)s: choose a code that is."
    ),
    Reason.CODE_REPAIRED: N_(
        "%(value)s was read as a municipality code with GM before it: check the municipality."
    ),
    Reason.BAD_NUMBER: N_(
        "“%(value)s” is not a number that fits in column %(column)s: correct it."
    ),
    Reason.UNKNOWN_LOCATION: N_(
        "We do not know location %(value)s: add the location or correct the code."
    ),
    Reason.TOO_LONG: N_("Column %(column)s has more than 200 characters: make the text shorter."),
    Reason.FORMULA_LIKE: N_("“%(value)s” begins like a formula: take the sign in front away."),
    Reason.NOT_A_ROW: N_(
        "This is a total, a note or the header once more: take the row out if you like."
    ),
    Reason.SHIFTED_ROW: N_(
        "The row has more cells than the header: put each cell with a delimiter in it between quotes."
    ),
    Reason.DUPLICATE_ROW: N_(
        "This row is in the list already: take one of the two out if you like."
    ),
    Reason.CONTRADICTING_ROWS: N_(
        "Other rows say something else about the same: keep only the row that is right."
    ),
    Reason.END_BEFORE_START: N_(
        "The end %(value)s lies before the start: correct one of the two dates."
    ),
    Reason.DATES_OUT_OF_ORDER: N_(
        "The date %(value)s in column %(column)s does not fit the other dates of the row: check them."
    ),
    Reason.BEFORE_BIRTH: N_(
        "The date %(value)s in column %(column)s lies before the birth date: check both dates."
    ),
    Reason.NOT_FOLLOWED: N_(
        "Who was born on %(value)s is 23 or older: take the row out or correct the birth date."
    ),
    Reason.SAME_LOCATION: N_(
        "The move goes to %(value)s, where the child already is: correct the location."
    ),
    Reason.UNKNOWN_CHILD: N_(
        "We do not know a child with V-number %(value)s: import the occupancy list first."
    ),
    Reason.BIRTH_DATE_DIFFERS: N_(
        "We have another birth date than %(value)s: check which one is right."
    ),
    Reason.NAME_DIFFERS: N_(
        "We have another name than “%(value)s” with this V-number: check whose number it is."
    ),
    Reason.AMV_DIFFERS: N_(
        "We have something else than “%(value)s” for unaccompanied: check which one is right."
    ),
    Reason.CLOCK_DATE_DIFFERS: N_(
        "We have another date than %(value)s in column %(column)s: check which one is right."
    ),
    Reason.OLDER_THAN_OURS: N_(
        "We know where the child was after %(value)s: check where the child is now."
    ),
    Reason.LOCATION_CLOSED: N_(
        "Location %(value)s is not open on that day: check the location and the day."
    ),
    Reason.FROM_DIFFERS: N_(
        "The move begins at %(value)s and the child is somewhere else: check the location."
    ),
    Reason.STATUS_GOES_BACK: N_(
        "We know a later status than “%(value)s”: check how far the move is."
    ),
    Reason.UNANNOUNCED_MOVE: N_(
        "The child is at %(value)s, nobody told us and we record the move: find out who knew of it."
    ),
    Reason.TRANSFER_ARRIVED: N_(
        "The child is at %(value)s as expected and we record the arrival: check the handover."
    ),
}
"""One sentence for each reason; `value` is the cell, `column` its Dutch name."""

_DOUBTFUL: Final[Mapping[Reason, str]] = {
    Reason.MISSING_VALUE: N_(
        "The row has no date of the waiting list, the enrolment or the start: fill in one of them."
    ),
}

FILE_SENTENCES: Final[Mapping[FileFault, str]] = {
    FileFault.EMPTY_FILE: N_("The file is empty: choose another file."),
    FileFault.NOT_TEXT: N_("The file is no list that we can read: save it as CSV or XLSX."),
    FileFault.UNKNOWN_ENCODING: N_(
        "We cannot read the characters of this file: save it as CSV UTF-8."
    ),
    FileFault.NOT_A_WORKBOOK: N_("We cannot read this workbook: save it anew as XLSX or CSV."),
    FileFault.NO_HEADER: N_(
        "We find no row with column names: put the column names above the list."
    ),
    FileFault.MISSING_COLUMN: N_("The list has no column %(column)s: add what is missing."),
    FileFault.DUPLICATE_COLUMN: N_("Column %(column)s is there twice: take one of the two out."),
    FileFault.TOO_MANY_ROWS: N_("The list has more than 50,000 rows: cut it in parts."),
}
"""One sentence for each reason why a file could not be read."""


def of_problem(problem: Problem, translate: Translate) -> str:
    """Return what to say about a row in a language."""
    sentence = SENTENCES[problem.reason]
    if problem.severity is Severity.DOUBTFUL:
        sentence = _DOUBTFUL.get(problem.reason, sentence)
    return translate(sentence) % {"column": problem.column or "", "value": _said(problem.value)}


def _said(value: str | None) -> str:
    """Return a cell as it stands in a sentence: on one line, not too long, `…` for a hidden one."""
    text = clean(value or "")
    return text[:_LONGEST_SAID] + "…" if len(text) > _LONGEST_SAID or not text else text


def of_file(error: FileError, translate: Translate) -> str:
    """Return what to say about a file in a language."""
    return translate(FILE_SENTENCES[error.code]) % error.parameters
