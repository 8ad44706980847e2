"""The table of section 3 of the page: one function for what each kind of cell may be.

Each takes a filled cell of at most 200 characters and returns its value (None: it has none) and the
reason to speak of it (None: none).
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.list_oracle.cells_codes import CODES, COUNTRIES, SEXES
from tests.list_oracle.cells_text import as_text
from tests.list_oracle.shape import Birth

Answer = tuple[Any, str | None]
TIME = r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"


def read_v_number(cell: Any) -> Answer:
    """Read a V-number."""
    text = as_text(cell)
    if re.fullmatch(r"[0-9]{10}", text):
        return text, None
    bare = re.sub(r"^([0-9]{7,10})[.,]0$", r"\1", text)
    bare = re.sub(r"(?<=[0-9A-Z])[ .-]+(?=[0-9])(?!0$)", "", bare)
    bare = re.sub(r"^V([0-9]{10})$", r"\1", bare)
    if re.fullmatch(r"[0-9]{9}", bare) and is_bsn(bare):
        return None, "perhaps-bsn"
    if re.fullmatch(r"[0-9]{7,10}", bare):
        return bare.zfill(10), "v-number-repaired"
    return None, "bad-v-number"


def is_bsn(digits: str) -> bool:
    """Return whether nine digits pass the test of eleven."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


def read_day(cell: Any) -> Answer:
    """Read a date, wherever it lies."""
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell), None
    if isinstance(cell, float):
        if 29221 <= cell <= 54788:
            return date(1899, 12, 30) + timedelta(days=int(cell)), "date-from-number"
        return None, "bad-date"
    text = as_text(cell)
    dutch = re.fullmatch("([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})" + TIME, text)
    iso = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})" + TIME, text)
    try:
        parts = dutch.groups()[::-1] if dutch else iso.groups() if iso else ("0", "0", "0")
        return date(*map(int, parts)), None
    except ValueError:
        return None, "bad-date"


def read_birth(cell: Any, on: date) -> Answer:
    """Read a birth date of somebody who is followed on a day."""
    birth, reason = _birth(cell)
    if birth is None:
        return None, reason
    if birth.first > on:
        return None, "future-date"
    if later(birth.last, 23) <= on:
        return None, "not-followed"
    return birth, reason


def later(day: date, years: int) -> date:
    """Return a birthday; who is born on 29 February has it on 1 March in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _birth(cell: Any) -> tuple[Birth | None, str | None]:
    if isinstance(cell, str):
        text = as_text(cell)
        try:
            if found := re.fullmatch("00-00-([0-9]{4})|([0-9]{4})-00-00", text):
                year = int(found[1] or found[2])
                return Birth(date(year, 1, 1), date(year, 12, 31), "year"), None
            if found := re.fullmatch("00-([0-9]{2})-([0-9]{4})|([0-9]{4})-([0-9]{2})-00", text):
                first = date(int(found[2] or found[3]), int(found[1] or found[4]), 1)
                last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
                return Birth(first, last, "month"), None
        except ValueError:
            return None, "bad-date"
    day, reason = read_day(cell)
    return (None, reason) if day is None else (Birth(day, day, "day"), reason)


def read_yes_no(cell: Any) -> Answer:
    """Read a yes or a no."""
    word = as_text(cell).lower()
    if word in {"j", "ja", "y", "yes", "1", "true", "waar"}:
        return True, None
    if word in {"n", "nee", "no", "0", "false", "onwaar"}:
        return False, None
    return None, "unknown-code"


def read_sex(cell: Any) -> Answer:
    """Read a sex."""
    found = SEXES.get(as_text(cell).lower())
    return (found, None) if found else (None, "unknown-code")


def read_country(cell: Any) -> Answer:
    """Read a nationality."""
    code = as_text(cell).upper()
    return (code, None) if code in COUNTRIES else (None, "unknown-code")


def read_code(codes: str, cell: Any) -> Answer:
    """Read a code of a named list of codes."""
    word = as_text(cell).lower().replace(" ", "_").replace("-", "_")
    found = CODES[codes].get(word)
    return (found, None) if found else (None, "unknown-code")


def read_municipality(cell: Any) -> Answer:
    """Read a code of a municipality."""
    text = as_text(cell).upper()
    if re.fullmatch("GM[0-9]{4}", text):
        return text, None
    if re.fullmatch("[0-9]{2,4}", text):
        return "GM" + text.zfill(4), "code-repaired"
    return None, "unknown-code"


def read_brin(cell: Any) -> Answer:
    """Read the number of a school."""
    text = as_text(cell).upper()
    good = re.fullmatch("[0-9]{2}[A-Z]{2}([0-9]{2})?", text)
    return (text, None) if good else (None, "unknown-code")


def read_place_code(cell: Any) -> Answer:
    """Read the code of a location that this list tells of."""
    text = as_text(cell).upper()
    return (text, None) if re.fullmatch("[A-Z0-9_-]{2,20}", text) else (None, "unknown-code")


def read_whole(cell: Any) -> Answer:
    """Read a number of places."""
    text = as_text(cell)
    good = re.fullmatch("[0-9]+", text) and 1 <= int(text) <= 10000
    return (int(text), None) if good else (None, "bad-number")


def read_hours(cell: Any) -> Answer:
    """Read hours in a week."""
    text = as_text(cell).replace(",", ".")
    good = re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text) and Decimal(text) <= 40
    return (Decimal(text), None) if good else (None, "bad-number")


def read_text(cell: Any) -> Answer:
    """Read a name or another text."""
    text = as_text(cell)
    return (None, "formula-like") if text[0] in "=+-@" else (text, None)
