"""The questions that a form can ask in words and numbers; choices are in choices.py.

A field knows its label, hint, answer and errors; templates/_parts/form.html draws it.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, Generic, TypeVar, cast

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext as ngettext
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from caseapp.web.days import NoSuchDayError, UnreadableDayError, read_day, write_day
from caseapp.web.i18n import Words
from caseapp.web.texts import HiddenCharacterError, clean

T = TypeVar("T")
Validator = Callable[[Any, Any], object]

SHORT_TEXT: Final = 200
LONG_TEXT: Final = 8000


class BadFieldsError(Exception):
    """The browser sent a field that the form does not have, or one twice: no person did that.

    Not a ValueError: WTForms would make that a message at the field.
    """


class Asked(Field, Generic[T]):
    """One question: optional unless `required` holds the sentence that asks for the answer."""

    data: T | None
    look = "text"
    """Which macro draws it (templates/_parts/form.html)."""
    width = ""
    """Ending of the class that sets the width of the control: date, code, short or nothing."""
    inputmode = ""
    many = False
    """Whether the browser may send it more than once."""
    lines = False

    def __init__(
        self,
        label: Words,
        validators: Sequence[Validator] = (),
        *,
        hint: Words = "",
        required: Words | None = None,
        autocomplete: str = "",
        **rest: Any,
    ) -> None:
        """Ask; `validators` of WTForms still work, and run when there is an answer."""
        super().__init__(cast("str", label), list(validators), **rest)
        self.hint = hint
        self.required = required
        self.autocomplete = autocomplete
        self.typed = ""
        self.errors = []

    @property
    def is_optional(self) -> bool:
        """Say whether the label tells that it may stay empty."""
        return self.required is None

    @property
    def shown(self) -> str:
        """Return the text in the control: as it was typed, right or wrong, else as it is stored."""
        if self.raw_data is not None:
            return self.typed
        return "" if self.data is None else self.write(self.data)

    @property
    def target(self) -> str:
        """Return the id that the error summary links to."""
        return self.id

    @property
    def described_by(self) -> str:
        """Return the ids of hint and error, for aria-describedby."""
        ids = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.errors)
        return " ".join(ids)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was sent; an absent or blank value is no answer."""
        self.data = None
        self.typed = str(valuelist[0]) if valuelist else ""
        try:
            text = clean(self.typed, lines=self.lines)
        except HiddenCharacterError:
            raise ValueError(
                _("Remove the characters that cannot be seen; type the text again.")
            ) from None
        if text:
            self.data = self.read(text)

    def read(self, text: str) -> T:
        """Return the answer that the text holds; a ValueError carries the sentence for people."""
        raise NotImplementedError

    def write(self, value: T) -> str:
        """Return the text that shows a stored answer."""
        return str(value)

    def check(self, answer: T) -> None:
        """Refuse an answer of the right shape that is still out of bounds, with a ValueError."""

    def validate(self, form: BaseForm, extra_validators: Sequence[Validator] = ()) -> bool:
        """Look at the answer; a ValueError of `validate_<name>` in the form carries its sentence too."""
        return super().validate(form, [_heard(validator) for validator in extra_validators])

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first thing that is wrong, so that a field shows one error at a time."""
        if self.process_errors:
            raise StopValidation
        if self.data is None:
            raise StopValidation(cast("str", self.required or ""))
        try:
            self.check(self.data)
        except ValueError as wrong:
            raise StopValidation(wrong.args[0]) from None


def _heard(validator: Validator) -> Validator:
    """Return a validator of which WTForms hears the ValueError: it listens to its own error only."""

    def speak(form: Any, field: Any) -> None:
        try:
            validator(form, field)
        except ValueError as wrong:
            raise StopValidation(wrong.args[0]) from None

    return speak


class TextField(Asked[str]):
    """One line of text, composed and trimmed."""

    most = SHORT_TEXT

    def __init__(self, label: Words, *args: Any, most: int | None = None, **rest: Any) -> None:
        """Ask for at most `most` characters."""
        super().__init__(label, *args, **rest)
        self.most = most or self.most

    def read(self, text: str) -> str:
        """Return the text as it is."""
        return text

    def check(self, answer: str) -> None:
        """Refuse a text that is too long, and say by how much."""
        over = len(answer) - self.most
        if over > 0:
            raise ValueError(
                ngettext(
                    "The text is %(num)s character too long. At most %(most)s fit.",
                    "The text is %(num)s characters too long. At most %(most)s fit.",
                    over,
                    most=self.most,
                )
            )


class LongText(TextField):
    """Several lines of text; line ends and tabs are kept."""

    look = "long"
    lines = True
    most = LONG_TEXT

    def __init__(self, label: Words, *args: Any, rows: int = 3, **rest: Any) -> None:
        """Ask in a box of `rows` lines."""
        super().__init__(label, *args, **rest)
        self.rows = rows


class EmailField(TextField):
    """A mail address; only its outer shape is looked at, a message shows whether it works."""

    look = "email"
    shape: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

    def read(self, text: str) -> str:
        """Return the address, or say what one looks like."""
        if not self.shape.fullmatch(text):
            raise ValueError(_("Write a mail address like name@organisation.nl."))
        return text


class PasswordField(TextField):
    """A secret: never trimmed, composed or shown again."""

    look = "password"

    @property
    def shown(self) -> str:
        """Return nothing: a secret does not travel back."""
        return ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was sent, byte for byte."""
        self.data = (str(valuelist[0]) if valuelist else "") or None


class DayField(Asked[date]):
    """A day, typed as dd-mm-jjjj; `earliest` and `latest` may be set by the view."""

    width = "date"
    inputmode = "numeric"
    earliest: date | None = None
    latest: date | None = None

    def __init__(self, label: Words, *args: Any, hint: Words | None = None, **rest: Any) -> None:
        """Ask, with a hint about the order of day, month and year unless another is given."""
        super().__init__(label, *args, hint=_("Day-month-year") if hint is None else hint, **rest)

    def read(self, text: str) -> date:
        """Return the day, or say how to write one."""
        try:
            return read_day(text)
        except UnreadableDayError:
            raise ValueError(
                _("Write the day as day-month-year, for example 31-12-2026.")
            ) from None
        except NoSuchDayError:
            raise ValueError(
                _("The day %(typed)s does not exist. Check day, month and year.", typed=text)
            ) from None

    def write(self, value: date) -> str:
        """Return the day as 09-11-2026."""
        return write_day(value)

    def check(self, answer: date) -> None:
        """Refuse a day outside the bounds, and name the bound."""
        if self.earliest is not None and answer < self.earliest:
            raise ValueError(_("Choose %(day)s or later.", day=write_day(self.earliest)))
        if self.latest is not None and answer > self.latest:
            raise ValueError(_("Choose %(day)s or earlier.", day=write_day(self.latest)))
