"""Questions about a list: which one it is, and what becomes of the rows that wait for a person."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

from flask_babel import lazy_gettext as _

from caseapp.domain.lists.sentences import KINDS
from caseapp.domain.lists.words import ListKind
from caseapp.web.forms import (
    Asked,
    BadFieldsError,
    DayField,
    Form,
    HiddenField,
    OnceField,
    Option,
    RadioField,
)
from caseapp.web.i18n import Words
from caseapp.web.uploads import UploadField

MOST_BYTES: Final = 16 * 1024 * 1024
"""How large a list may be: 50,000 rows of every kind fit, as CSV or as XLSX."""

ACCEPTS: Final = ".csv,.txt,.tsv,.xlsx,text/csv,text/plain"
"""What the browser offers first; what it really is, the content says."""

HOLDS: Final[dict[ListKind, Words]] = {
    ListKind.LOCATIONS: _("Which places there are, and how many fit in."),
    ListKind.OCCUPANCY: _("Which child lives at which place. New children come in by this list."),
    ListKind.TRANSFERS: _("Who moves, from where, to where, on which day."),
    ListKind.CARE: _("Which care was asked for, began and ended."),
    ListKind.SCHOOL: _("Which school a child goes to, or waits for."),
}
"""What is on each list, below its name."""

TOO_BIG: Final = _("The file is larger than 16 MB. Cut the list in parts.")


class UploadForm(Form):
    """A list that comes in: which, the file, and the day of which it speaks."""

    once = OnceField()
    kind = RadioField(_("Which list is it?"), required=_("Choose which list it is."))
    file = UploadField(
        _("The file with the list"),
        hint=_("CSV or XLSX, at most 16 MB and 50,000 rows. Leave V-numbers as they are."),
        most=MOST_BYTES,
        too_big=TOO_BIG,
        accept=ACCEPTS,
        required=_("Choose the file."),
    )
    on = DayField(
        _("Of which day is the list?"),
        hint=_("Day-month-year. Whatever lies after this day is the future for the list."),
        required=_("Enter the day of the list."),
    )

    def offer(self, kinds: Iterable[ListKind]) -> None:
        """Let only these lists be chosen."""
        self.kind.choices = [Option(kind.value, _(KINDS[kind]), HOLDS[kind]) for kind in kinds]


LONGEST_NUMBER: Final = 7
"""Digits of the number of a row: a sheet has no more rows."""


class Deed(StrEnum):
    """What to do with the rows that are meant."""

    TAKE = "take"
    LEAVE = "leave"
    OPEN = "open"


class DeedField(Asked[Deed]):
    """The button that was pressed; its value is a deed."""

    look = "hidden"

    def read(self, text: str) -> Deed:
        """Return the deed; anything else is not from our page."""
        if text not in set(Deed):
            raise BadFieldsError(self.name)
        return Deed(text)


class RowsField(Asked[tuple[int, ...]]):
    """The rows that were ticked, by their number in the list."""

    look = "ticks"
    many = True

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the ticked rows, each once."""
        self.data = tuple(dict.fromkeys(_number(self.name, one) for one in valuelist)) or None


class OneField(Asked[tuple[Deed, int]]):
    """The button of one row: what to do, and with which."""

    look = "hidden"
    shape: Final = re.compile(rf"({'|'.join(Deed)})-([0-9]+)")

    def read(self, text: str) -> tuple[Deed, int]:
        """Return the deed and the row; anything else is not from our page."""
        found = self.shape.fullmatch(text)
        if found is None:
            raise BadFieldsError(self.name)
        return Deed(found[1]), _number(self.name, found[2])


class DecideForm(Form):
    """What becomes of rows: of one, of the ticked ones, or of all that the filter shows."""

    row = RowsField("")
    one = OneField("")
    ticked = DeedField("")
    every = DeedField("")


class ConfirmForm(Form):
    """Yes to what stands on the page; `seen` tells what that was."""

    seen = HiddenField()


def _number(name: str, text: str) -> int:
    """Return the number of a row; raises BadFieldsError for what is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_NUMBER:
        raise BadFieldsError(name)
    return int(text)
