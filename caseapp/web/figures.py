"""The questions that a form answers with a number."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from flask_babel import lazy_gettext as _

from caseapp.web.fields import Asked
from caseapp.web.i18n import Words

V_NUMBER_DIGITS: Final = 10


class DecimalField(Asked[Decimal]):
    """A number with a decimal comma (a point is read too), a multiple of `step`."""

    width = "short"
    inputmode = "decimal"
    shape: Final = re.compile(r"-?\d+([.,]\d+)?")

    def __init__(
        self,
        label: Words,
        *args: Any,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        step: Decimal | None = None,
        **rest: Any,
    ) -> None:
        """Ask for a number from `least` to `most`."""
        super().__init__(label, *args, **rest)
        self.least, self.most, self.step = least, most, step

    def read(self, text: str) -> Decimal:
        """Return the number, or say how to write one."""
        try:
            return Decimal(text.replace(",", ".")) if self.shape.fullmatch(text) else Decimal("x")
        except InvalidOperation:
            raise ValueError(_("Write a number, for example 5 or 5,5.")) from None

    def write(self, value: Decimal) -> str:
        """Return the number with a decimal comma."""
        return f"{value:f}".replace(".", ",")

    def check(self, answer: Decimal) -> None:
        """Refuse a number outside the bounds or between two steps."""
        if self.least is not None and answer < self.least:
            raise ValueError(_("The number must be %(least)s or more.", least=self.least))
        if self.most is not None and answer > self.most:
            raise ValueError(_("The number must be %(most)s or less.", most=self.most))
        if self.step is not None and answer % self.step:
            raise ValueError(_("Use steps of %(step)s.", step=self.write(self.step)))


class IntegerField(Asked[int]):
    """A whole number; points between thousands are read."""

    width = "short"
    inputmode = "numeric"
    shape: Final = re.compile(r"-?\d{1,9}|-?\d{1,3}(\.\d{3}){1,2}")

    def __init__(
        self,
        label: Words,
        *args: Any,
        least: int | None = None,
        most: int | None = None,
        **rest: Any,
    ) -> None:
        """Ask for a number from `least` to `most`."""
        super().__init__(label, *args, **rest)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        """Return the number, or ask for one."""
        if not self.shape.fullmatch(text):
            raise ValueError(_("Write a whole number, in digits."))
        return int(text.replace(".", ""))

    def check(self, answer: int) -> None:
        """Refuse a number outside the bounds."""
        if self.least is not None and answer < self.least:
            raise ValueError(_("The number must be %(least)s or more.", least=self.least))
        if self.most is not None and answer > self.most:
            raise ValueError(_("The number must be %(most)s or less.", most=self.most))


class VNumberField(Asked[str]):
    """A V-number: ten digits, with or without spaces; data holds the digits."""

    inputmode = "numeric"
    width = "short"

    def read(self, text: str) -> str:
        """Return the ten digits, or say how many there are."""
        digits = re.sub(r"[\s.-]", "", text)
        if not (digits.isascii() and digits.isdigit() and len(digits) == V_NUMBER_DIGITS):
            raise ValueError(_("A V-number has 10 digits, for example 999 000 4310."))
        return digits
