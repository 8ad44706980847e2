"""The questions that a form answers by choosing, and the fields that nobody sees."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeVar

from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from caseapp.web.fields import Asked, BadFieldsError
from caseapp.web.i18n import Words


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the value sent, the words shown, a hint below, the group it stands in."""

    value: str
    label: Words
    hint: Words = ""
    group: Words = ""


ONCE_BYTES: Final = 16

T = TypeVar("T")
Choices = Iterable[Option | tuple[str, Words]]


class Chosen(Asked[T]):
    """A question with a closed list of answers, given in the form or by the view."""

    look = "select"

    def __init__(self, label: Words, *args: Any, choices: Choices = (), **rest: Any) -> None:
        """Ask for one of `choices`: options, or pairs of value and label."""
        super().__init__(label, *args, **rest)
        self.choices = choices

    @property
    def choices(self) -> tuple[Option, ...]:
        """Return the answers to choose from."""
        return self._choices

    @choices.setter
    def choices(self, given: Choices) -> None:
        self._choices = tuple(c if isinstance(c, Option) else Option(*c) for c in given)

    @property
    def groups(self) -> list[tuple[Words, list[Option]]]:
        """Return the answers under the names of their groups, in the order given."""
        return [(name, list(found)) for name, found in groupby(self._choices, lambda o: o.group)]

    def is_chosen(self, option: Option) -> bool:
        """Say whether the option is the answer."""
        return option.value == self.shown

    def option_id(self, number: int) -> str:
        """Return the id of the control of the n-th option, counted from 1."""
        return f"{self.id}-{number}"

    def check(self, answer: T) -> None:
        """Refuse a value that is not, or no longer, in the list."""
        if self.write(answer) not in {option.value for option in self._choices}:
            raise ValueError(_("Choose one from the list."))


class OneOf(Chosen[str]):
    """A choice whose answer is the value sent."""

    def read(self, text: str) -> str:
        """Return the value; whether it is in the list is seen when all fields are read."""
        return text


class ChoiceField(OneOf):
    """A list that unfolds, for six answers and more."""

    def __init__(self, label: Words, *args: Any, empty: Words | None = None, **rest: Any) -> None:
        """Ask; `empty` is the first line, which stands for no answer."""
        super().__init__(label, *args, **rest)
        self.empty = _("Choose") if empty is None else empty


class RadioField(OneOf):
    """Answers under each other, each with room for a hint."""

    look = "choices"

    @property
    def target(self) -> str:
        """Return the id of the first answer: a group itself takes no focus."""
        return self.option_id(1)


class RadioSegments(RadioField):
    """Two to five short answers beside each other."""

    look = "segments"


class YesNo(Chosen[bool]):
    """Yes or no, with neither chosen beforehand."""

    look = "segments"

    def __init__(
        self,
        label: Words,
        *args: Any,
        yes: Words | None = None,
        no: Words | None = None,
        **rest: Any,
    ) -> None:
        """Ask; `yes` and `no` replace the words of the two answers."""
        pair = (("yes", yes or _("Yes")), ("no", no or _("No")))
        super().__init__(label, *args, choices=pair, **rest)

    @property
    def target(self) -> str:
        """Return the id of the first answer."""
        return self.option_id(1)

    def read(self, text: str) -> bool:
        """Return the truth value."""
        if text not in {"yes", "no"}:
            raise BadFieldsError(self.name)
        return text == "yes"

    def write(self, value: bool) -> str:  # noqa: FBT001 - the type of the answer
        """Return the value that is sent."""
        return "yes" if value else "no"


class TicksField(Asked[tuple[str, ...]]):
    """Boxes to tick, any number of them; no box ticked is no answer."""

    look = "ticks"
    many = True

    def __init__(self, label: Words, *args: Any, choices: Choices = (), **rest: Any) -> None:
        """Ask for any of `choices`."""
        super().__init__(label, *args, **rest)
        self.choices = tuple(c if isinstance(c, Option) else Option(*c) for c in choices)

    @property
    def target(self) -> str:
        """Return the id of the first box."""
        return f"{self.id}-1"

    def option_id(self, number: int) -> str:
        """Return the id of the n-th box, counted from 1."""
        return f"{self.id}-{number}"

    def is_chosen(self, option: Option) -> bool:
        """Say whether the box is ticked."""
        return option.value in (self.data or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the ticked values, each once."""
        self.data = tuple(dict.fromkeys(str(value) for value in valuelist)) or None

    def check(self, answer: tuple[str, ...]) -> None:
        """Refuse a value that is not in the list."""
        if not set(answer) <= {option.value for option in self.choices}:
            raise ValueError(_("Choose from the list."))


class Tick(Asked[bool]):
    """One box; `required` asks for the tick. Data is true or nothing."""

    look = "tick"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the tick."""
        self.data = True if valuelist and valuelist[0] else None

    @property
    def is_optional(self) -> bool:
        """Return false: a box that may stay empty needs no words about it."""
        return False


class Mistake(Tick):
    """The box that takes a record back: it counts no more, and stays readable."""

    def __init__(self, **rest: Any) -> None:
        """Ask, in the words of every page where something can be taken back."""
        super().__init__(_("This was a mistake: it counts no more"), **rest)


class Buttons(OneOf):
    """The buttons at the end of a form that has several; data is the value of the one pressed.

    The first is the main one; it also counts when the form is sent with the Enter key.
    """

    look = "buttons"

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a button that the form does not have."""
        if self.data is None:
            self.data = self.choices[0].value
        if self.data not in {option.value for option in self.choices}:
            raise BadFieldsError(self.name)


class HiddenField(Asked[str]):
    """A value that the page carries along; only a changed page can get it wrong."""

    look = "hidden"

    def __init__(self, *args: Any, **rest: Any) -> None:
        """Carry the value; it has no label."""
        super().__init__("", *args, **rest)

    def read(self, text: str) -> str:
        """Return the value."""
        return text


class VersionField(Asked[int]):
    """The version of the row that the person looked at, to notice a lost race."""

    look = "hidden"

    def __init__(self, **rest: Any) -> None:
        """Carry the version; it has no label."""
        super().__init__("", **rest)

    def read(self, text: str) -> int:
        """Return the version; anything but digits is not from our page."""
        if not (text.isascii() and text.isdigit()):
            raise BadFieldsError(self.name)
        return int(text)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a form without the version."""
        if self.data is None:
            raise BadFieldsError(self.name)
        raise StopValidation


class OnceField(Asked[bytes]):
    """The one-time key of a form that adds something: sent twice, it is saved once.

    A view hands it to accounts.actions.only_once; a form without it is saved each time.
    """

    look = "hidden"

    def __init__(self, **rest: Any) -> None:
        """Carry a new key; it has no label."""
        super().__init__("", default=lambda: secrets.token_bytes(ONCE_BYTES), **rest)

    def read(self, text: str) -> bytes:
        """Return the key; anything else is not from our page."""
        try:
            key = bytes.fromhex(text)
        except ValueError:
            raise BadFieldsError(self.name) from None
        if len(key) != ONCE_BYTES:
            raise BadFieldsError(self.name)
        return key

    def write(self, value: bytes) -> str:
        """Return the key as it is sent."""
        return value.hex()
