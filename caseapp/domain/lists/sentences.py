"""What people read about a row or a file: what is wrong, and what to do."""

from collections.abc import Callable, Mapping
from typing import Final

from caseapp.domain.lists.problems import FileError, Problem
from caseapp.domain.lists.words import FileFault, ListKind, Reason, Severity, Verdict

Translate = Callable[[str], str]


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
    Reason.MISSING_VALUE: N_("Column %(column)s is empty. Fill it in."),
    Reason.BAD_V_NUMBER: N_("This is not a V-number. Enter the 10 digits."),
    Reason.PERHAPS_BSN: N_("This may be a BSN, which has no place here. Enter the V-number."),
    Reason.V_NUMBER_REPAIRED: N_(
        "The V-number %(value)s was repaired to 10 digits. Check the number."
    ),
    Reason.BAD_DATE: N_("“%(value)s” is not a date. Write it as 31-12-2026."),
    Reason.IMPLAUSIBLE_DATE: N_("The date %(value)s cannot be right. Correct it."),
    Reason.FUTURE_DATE: N_("The date %(value)s lies in the future. Correct it."),
    Reason.DATE_FROM_NUMBER: N_(
        "The number %(value)s was read as a date. Check column %(column)s."
    ),
    Reason.UNKNOWN_CODE: N_(
        "“%(value)s” is not on the list for column %(column)s. Choose one that is."
    ),
    Reason.CODE_REPAIRED: N_("GM was put before %(value)s. Check the municipality."),
    Reason.BAD_NUMBER: N_("“%(value)s” is not a number that fits here. Correct it."),
    Reason.UNKNOWN_LOCATION: N_(
        "We do not know location %(value)s. Add the location or correct the code."
    ),
    Reason.TOO_LONG: N_("Column %(column)s has more than 200 characters. Make it shorter."),
    Reason.FORMULA_LIKE: N_("“%(value)s” begins like a formula. Remove the sign in front of it."),
    Reason.NOT_A_ROW: N_(
        "This is a total, a note or the header once more. Remove the row if you like."
    ),
    Reason.SHIFTED_ROW: N_(
        "The row has more cells than the header. Put cells with a delimiter between quotes."
    ),
    Reason.DUPLICATE_ROW: N_("This row is in the list already. Remove one of them if you like."),
    Reason.CONTRADICTING_ROWS: N_("Other rows say something else about this. Keep the right one."),
    Reason.END_BEFORE_START: N_("The end %(value)s is before the start. Correct one of them."),
    Reason.DATES_OUT_OF_ORDER: N_(
        "The date %(value)s does not fit the other dates of this row. Check them."
    ),
    Reason.BEFORE_BIRTH: N_("The date %(value)s is before the birth date. Check both."),
    Reason.NOT_FOLLOWED: N_(
        "This person is 23 or older. Remove the row or correct the birth date."
    ),
    Reason.SAME_LOCATION: N_(
        "The move goes to %(value)s, where the child already is. Correct the place."
    ),
    Reason.UNKNOWN_CHILD: N_(
        "We do not know a child with V-number %(value)s. Import the occupancy list first."
    ),
    Reason.BIRTH_DATE_DIFFERS: N_(
        "We have another birth date than %(value)s. Check which one is right."
    ),
    Reason.NAME_DIFFERS: N_("We have another name with this V-number. Check whose number it is."),
    Reason.AMV_DIFFERS: N_("We have something else for unaccompanied. Check which one is right."),
    Reason.CLOCK_DATE_DIFFERS: N_(
        "We have another date than %(value)s in column %(column)s. Check which one is right."
    ),
    Reason.OLDER_THAN_OURS: N_(
        "We know a later place than the one of %(value)s. Check where the child is."
    ),
    Reason.LOCATION_CLOSED: N_(
        "Location %(value)s is not open on that day. Check the place and the day."
    ),
    Reason.FROM_DIFFERS: N_("The child is at another place than the move begins. Check the place."),
    Reason.STATUS_GOES_BACK: N_(
        "We know a later status than “%(value)s”. Check how far the move is."
    ),
    Reason.UNANNOUNCED_MOVE: N_(
        "The child is at %(value)s and nobody told us. We record the move; check who knew of it."
    ),
    Reason.TRANSFER_ARRIVED: N_(
        "The child has arrived at %(value)s. We record the arrival; check the handover."
    ),
}
"""One sentence or two for each reason; `value` is the cell, `column` its Dutch name."""

_DOUBTFUL: Final[Mapping[Reason, str]] = {
    Reason.MISSING_VALUE: N_(
        "The row has no date for the waiting list, the enrolment or the start. Fill in one."
    ),
}

FILE_SENTENCES: Final[Mapping[FileFault, str]] = {
    FileFault.EMPTY_FILE: N_("The file is empty. Choose another file."),
    FileFault.NOT_TEXT: N_("The file is not a list. Save it as CSV or XLSX."),
    FileFault.UNKNOWN_ENCODING: N_("We cannot read these characters. Save the file as CSV UTF-8."),
    FileFault.NOT_A_WORKBOOK: N_("We cannot read this workbook. Save it anew as XLSX or CSV."),
    FileFault.NO_HEADER: N_(
        "No row with column names was found. Put the column names above the list."
    ),
    FileFault.MISSING_COLUMN: N_("These columns are missing: %(column)s. Add them to the list."),
    FileFault.DUPLICATE_COLUMN: N_("Column %(column)s is there twice. Remove one of them."),
    FileFault.TOO_MANY_ROWS: N_("The list has more than 50,000 rows. Cut it in parts."),
}
"""One sentence or two for each reason why a file could not be read."""


def of_problem(problem: Problem, translate: Translate) -> str:
    """Return what to say about a row in a language."""
    sentence = SENTENCES[problem.reason]
    if problem.severity is Severity.DOUBTFUL:
        sentence = _DOUBTFUL.get(problem.reason, sentence)
    return translate(sentence) % {"column": problem.column or "", "value": problem.value or ""}


def of_file(error: FileError, translate: Translate) -> str:
    """Return what to say about a file in a language."""
    return translate(FILE_SENTENCES[error.code]) % error.parameters
