"""Random cells of every kind: good ones, and the troubles of section 3 on both sides of each border.

A cell is text, or for a workbook also a float, a bool or a date.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from tests.list_oracle.cells_codes import CODES
from tests.list_oracle.cells_kinds import is_bsn
from tests.list_oracle.cells_rows import three_years_after

LOCATIONS = ("AZC-A", "GLO-B", "NO-1", "2B", "TOTAAL-1")
EMPTY = ["", "", "", "-", "--", "?", "n.v.t.", "NVT", "n/a", "#N/B", "onbekend", "Unknown", "NULL"]
UNSEEN = ["\u00a0", "\u200b", "\ufeff", "  ", "\u2060", "\u2003", "\n", "\t", " \u00a0 "]
YES_NO = (
    "J", "N", "ja", "NEE", "y", "n", "Yes", "no", "1", "0", "true", "FALSE", "waar", "Onwaar", "x",
    "misschien", "2", "jaa",
)  # fmt: skip
TIMES = ["", "", "", "", "", " 00:00", " 00:00:00", "T13:45:10", " 9:05"]
TEXTS = (
    "Haddad", "De Vries", "Null", "null", "el-Amrani", "O'Neill", "Zoë", "Zoe\u0308", '"De Klimop"',
    "a;b", "c,d", "x\ty\neen", "twee regels\nin een cel", "=1+1", "+31", "-5", "@x", "G123456",
    "123456782", "=123456782", "12", "'=1", 'X"Y', "Totaal", "n.v.t", "#REF!", "ar", "/",
)  # fmt: skip


class Hand(NamedTuple):
    """What draws: chance, the day of the list, whether it is for a workbook, and mostly good cells."""

    rng: Random
    on: date
    workbook: bool
    calm: bool = False


Draw = Callable[[Hand], Any]


def bsn(rng: Random) -> str:
    """Return nine digits that pass the test of eleven."""
    while True:
        digits = f"{rng.randrange(10**9):09}"
        if is_bsn(digits):
            return digits


def v_number(hand: Hand) -> Any:
    """Draw a V-number, mostly a good one of a few hundred children."""
    rng, on, workbook, _ = hand
    number = rng.randrange(1, 400) * 7919 + rng.choice((0, 10**6, 10**8, 10**9))
    digits = f"{number:010}"
    if rng.random() < 0.6:
        return float(number) if workbook and rng.random() < 0.7 else digits
    nine = f"{rng.randrange(10**9):09}"
    forms = [
        digits[-7:], digits[-8:], nine, "00" + digits, digits[-6:], "1" + digits, bsn(rng),
        f"{digits} ", f"{digits[:4]}.{digits[4:7]}.{digits[7:]}", f"{digits[:4]}-{digits[4:]}",
        f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"{digits}.0", f"{digits[-7:]},0",
        f"{digits[-6:]}.0", f"{nine}.0", "V" + digits, "V" + digits[-8:], "V" + digits[-9:],
        "2,8E+07", "2.8E+07", "VABCDEFGH", "kind", digits.replace("0", "O"), "9" * 201,
        f"{bsn(rng)}.0", "000000000", digits.replace("1", "\u0661"),
    ]  # fmt: skip
    if workbook:
        forms += [float(nine), float(bsn(rng)), 123456.0, 12345678901.0, 1e14, on]
    return rng.choice(forms)


def day(hand: Hand) -> Any:
    """Draw a date: good ones, each border, and what is none."""
    rng, on, workbook, _ = hand
    drawn = rng.random()
    if drawn < 0.55:
        return _written(hand, on - timedelta(days=rng.randrange(1200)))
    if drawn < 0.8:
        far, one = three_years_after(on), timedelta(days=1)
        edges = [on, on + one, on - one, far, far + one, date(1990, 1, 1), date(1989, 12, 31)]
        edges += [on + timedelta(days=40), date(2099, 1, 1), date(1999, 12, 31)]
        return _written(hand, rng.choice(edges))
    bad: list[Any] = [
        "30-02-2026", "2026-02-30", "13-25-2020", "01/02/2020", "1.2.2020", "01-02-20", "1 mei 2020",
        "00-00-0000", "0000-00-00", "46000", "46000.0", "2020-1-5", "31-04-2020", "29-02-2024",
        "29-02-2023", "20200101", "01-01-0000", "2020-01-01x", "x" * 201, "\u0661-01-2020",
        "1-1-20201", "00-00-2009", "00-05-2020", "2020-01-01T", "-1-2020",
    ]  # fmt: skip
    if workbook:
        bad += [29221.0, 29220.0, 54788.0, 54789.0, 45000.5, 46000.0, 12.0, 0.0, -3.0, True]
        bad += [float((on - date(1899, 12, 30)).days + more) for more in (-30, 0, 1)]
    return rng.choice(bad)


def _written(hand: Hand, when: date) -> Any:
    rng, workbook = hand.rng, hand.workbook
    if workbook and rng.random() < 0.6:
        at = datetime.combine(when, datetime.min.time()) + timedelta(hours=rng.randrange(24))
        return when if rng.random() < 0.8 else at
    forms = [f"{when:%d-%m-%Y}", f"{when.day}-{when.month}-{when.year}", when.isoformat()]
    return rng.choice(forms) + rng.choice(TIMES)


def birth(hand: Hand) -> Any:
    """Draw a birth date: whole or in part, and on both sides of 23 years and of today."""
    rng, on, workbook, _ = hand
    drawn = rng.random()
    if drawn < 0.4:
        return _written(hand, on - timedelta(days=rng.randrange(8300)))
    if drawn < 0.6:
        one = timedelta(days=1)
        near = [on, on + one, date(1975, 6, 1)]
        near += [
            date(on.year - 23, on.month, min(on.day, 28)) + one * more for more in (-1, 0, 1, 2)
        ]
        return _written(hand, rng.choice(near))
    year, month = on.year - rng.choice((0, 1, 5, 17, 22, 23, 24, -1)), rng.randrange(1, 13)
    month = rng.choice((on.month, on.month % 12 + 1, month, month))
    return rng.choice((
        f"00-00-{year}", f"{year}-00-00", f"00-{month:02}-{year}", f"{year}-{month:02}-00",
        float((date(year, month, 5) - date(1899, 12, 30)).days) if workbook else "46000",
        f"00-{month}-{year}", "00-00-0000", f"00-13-{year}", f"01-00-{year}", f"0-0-{year}",
        day(hand),
    ))  # fmt: skip


def yes_no(hand: Hand) -> Any:
    """Draw a yes or a no."""
    rng, workbook = hand.rng, hand.workbook
    words = list(YES_NO)
    return rng.choice([*words, True, False, 1.0, 0.0, 2.0] if workbook else words)


def number(hand: Hand) -> Any:
    """Draw a number of places."""
    rng, workbook = hand.rng, hand.workbook
    words = ["0", "1", "10000", "10001", "1.200", "120", "12,5", "-1", "+5", "tien", "007", "1e3"]
    return rng.choice([*words, 0.0, 1.0, 10000.0, 10001.0, 12.5, -1.0] if workbook else words)


def hours(hand: Hand) -> Any:
    """Draw hours a week."""
    rng, workbook = hand.rng, hand.workbook
    words = [
        "0",
        "40",
        "40,0",
        "40.01",
        "41",
        "25,5",
        "25.75",
        "25.755",
        "-1",
        "25 uur",
        ",5",
        "5,",
    ]
    return rng.choice([*words, 0.0, 40.0, 40.5, 25.75, 25.755, 41.0] if workbook else words)


def one_of(words: Sequence[Any]) -> Draw:
    """Return what draws one of some words, in any case."""

    def draw(hand: Hand) -> Any:
        rng = hand.rng
        word = rng.choice(words)
        changed = (str, str, str.lower, str.upper, str.title)
        return rng.choice(changed)(word) if isinstance(word, str) else word

    return draw


def coded(codes: str) -> Draw:
    """Return what draws a code of a list, or something like one."""
    known = CODES[codes]
    words = [*known, *known.values()]
    words += [word.replace("_", "-") for word in words] + [word.replace("_", " ") for word in words]
    return one_of([*words, "zorg", "AZC AMV", "north", "canceled", "XX"])


def text(hand: Hand) -> Any:
    """Draw a text, some of them too long by one."""
    rng, workbook = hand.rng, hand.workbook
    more: list[Any] = ["y" * 200, "y" * 201, "é" * 201]
    if workbook:
        more += [12.0, 0.5, True, date(2026, 3, 1)]
    return rng.choice([*TEXTS, *TEXTS, *more])


COUNTRY = one_of(
    ["SYR", "AFG", "IRQ", "ERI", "XXA", "XXX", "XKX", "RKS", "XXD", "NL", "Syrië", "D", "SY1"]
)
SEX = one_of(
    ["M", "man", "jongen", "male", "V", "vrouw", "meisje", "F", "female", "X", "O", "W", "jong"]
)
PLACE = one_of([*LOCATIONS, *LOCATIONS, "azc a", "Ter Apel", "AZC-Z", 12.0])
TOWN = one_of(
    ["GM0114", "GM0363", "114", "0363", "34", "5", "12345", "GM114", "Emmen", "GM 0363", 363.0, 5.0]
)
BRIN = one_of(["12AB", "12AB01", "12ab", "1AB", "12ABC", "12AB1", "AB12", "12AB012"])
CODE = one_of(
    ["NEW-1", "B_2", "A", "A1", "X" * 20, "X" * 21, "A B", "É1", "A.1", "x" * 201, 12.0, 1.0]
)
DRAW: dict[str, Draw] = {
    "v_nummer": v_number, "geboortedatum": birth, "geslacht": SEX, "nationaliteit": COUNTRY,
    "amv": yes_no, "plaatsgebonden": yes_no, "locatie": PLACE, "van": PLACE, "naar": PLACE,
    "code": CODE, "gemeente": TOWN, "brin": BRIN, "capaciteit": number, "groepsgrootte": number,
    "uren_per_week": hours, "beheerder": coded("beheerder"), "regio": coded("regio"),
    "status": coded("status"),
}  # fmt: skip
