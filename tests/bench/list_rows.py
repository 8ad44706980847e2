"""Long lists of who lives where, fictitious and the same each time."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

HEADER = (
    "v_nummer;achternaam;voornamen;geboortedatum;geslacht;nationaliteit;taal;amv;gezinsnummer;"
    "locatie;sinds;asielaanvraag;eerste_aankomst"
)
FIRST = 2_700_000_000
NAMES = ("Tesfay", "Haile", "Yilmaz", "Ahmadi", "Karimi", "Hassan", "Omar", "Bondarenko", "Abdi")
GIVEN = ("Samira", "Yonas", "Amal", "Daniel", "Layla", "Omid", "Andriy", "Olena", "Hodan", "Bilal")
FROM = (("SYR", "ar"), ("ERI", "ti"), ("TUR", "tr"), ("UKR", "uk"), ("SOM", "so"))
ALONE = 0.27
"""Share of unaccompanied children (domain.md 7.1: 2,062 of 7,519)."""
FAMILY = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of such a list."""

    number: int
    names: str
    birth: date
    sex: str
    origin: str
    alone: bool
    location: str
    since: date
    applied: date

    def text(self) -> str:
        """Return the row as it stands in a file."""
        alone = "J" if self.alone else "N"
        return (
            f"{FIRST + self.number};{self.names};{_day(self.birth)};{self.sex};{self.origin};{alone};"
            f"G{self.number // FAMILY};{self.location};{_day(self.since)};{_day(self.applied)};"
            f"{_day(self.applied)}"
        )


def occupancy(many: int, codes: Sequence[str], on: date) -> list[Listed]:
    """Return so many children at these locations, as a list of this day has them."""
    draw = random.Random(many)
    return [_listed(draw, number, codes, on) for number in range(many)]


def later(rows: Sequence[Listed], codes: Sequence[str], on: date, share: float) -> list[Listed]:
    """Return a later list: a share of the children lives elsewhere now, half as many speak otherwise."""
    draw = random.Random(len(rows) + 1)
    return [_later(draw, row, codes, on, share) for row in rows]


def file_of(rows: Sequence[Listed]) -> bytes:
    """Return the list as a file."""
    return "\n".join((HEADER, *(row.text() for row in rows), "")).encode()


def locations(many: int) -> tuple[list[str], bytes]:
    """Return codes of locations, and the list with which they come in."""
    codes = [f"LOC-{number:03}" for number in range(many)]
    return codes, "\n".join(("code;naam;soort;beheerder;gemeente;regio", *_places(codes))).encode()


def _places(codes: Sequence[str]) -> Iterator[str]:
    regions = ("noord", "midden", "zuid")
    for number, code in enumerate(codes):
        region = regions[number % len(regions)]
        yield f"{code};Locatie {number};AZC;coa;GM{9000 + number};{region}"


def _listed(draw: random.Random, number: int, codes: Sequence[str], on: date) -> Listed:
    since = on - timedelta(days=draw.randrange(20, 300))
    origin = ";".join(draw.choice(FROM))
    return Listed(
        number=number,
        names=f"{draw.choice(NAMES)};{draw.choice(GIVEN)}",
        birth=on - timedelta(days=draw.randrange(400, 17 * 365)),
        sex=draw.choice("MV"),
        origin=origin,
        alone=draw.random() < ALONE,
        location=draw.choice(codes),
        since=since,
        applied=since - timedelta(days=draw.randrange(200)),
    )


def _later(
    draw: random.Random, row: Listed, codes: Sequence[str], on: date, share: float
) -> Listed:
    chance = draw.random()
    if chance < share:
        elsewhere = [code for code in codes if code != row.location]
        since = on - timedelta(days=draw.randrange(1, 10))
        return replace(row, location=draw.choice(elsewhere), since=since)
    if chance < share * 1.5:
        return replace(row, origin=f"{row.origin.split(';')[0]};fa")
    return row


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
