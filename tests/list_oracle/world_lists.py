"""Random series of small lists about a few children, so that their rows meet often."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.list_oracle.among_rows import KEYS
from tests.list_oracle.reading_columns import fields_of

FIRST = date(2026, 11, 2)
ASKED = ("locations", "occupancy", "transfers", "care", "school")
CODES = ("AZC-1", "AZC-2", "AZC-3", "POL-4", "POL-5")
PEOPLE = ("0012345671", "0012345672", "0012345673", "0012345674", "0012345675")
PEOPLE_OF = "1234567"
PLACED = {"code", "locatie", "van", "naar"}
Texts = dict[str, str]


def lists_of(number: int) -> Iterator["Listed"]:
    """Yield the lists of a world in the order in which they come."""
    yield from Writer(number, Random(number)).series()


@dataclass(frozen=True)
class Listed:
    """A list as it comes in."""

    kind: str
    on: date
    rows: tuple[Texts, ...]

    @property
    def data(self) -> bytes:
        """The bytes of its file."""
        text = io.StringIO()
        writer = csv.DictWriter(text, fields_of(self.kind), delimiter=";")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue().encode()


@dataclass
class Writer:
    """Writes the lists of one world: a row repeats an earlier one, changes a part of it, or is new.

    Places and children carry the number of their world, so that worlds can lie in one database.
    """

    number: int
    chance: Random
    on: date = FIRST
    written: dict[str, list[Texts]] = field(default_factory=dict)

    def series(self) -> Iterator[Listed]:
        """Yield the lists of a world in the order in which they come."""
        kinds = ["locations", "occupancy"]
        kinds += self.chance.choices(ASKED, (1, 5, 5, 3, 4), k=self.chance.randint(1, 6))
        for kind in kinds:
            rows = [self._named(row) for row in self._rows(kind)]
            yield Listed(kind, self.on, tuple(rows))
            self.on += timedelta(days=self.chance.choice((0, 0, 1, 2, 5, -1)))

    def _named(self, row: Texts) -> Texts:
        own = {
            column: f"W{self.number}-{row[column]}" for column in PLACED & set(row) if row[column]
        }
        if "v_nummer" in row:
            own["v_nummer"] = row["v_nummer"].replace(PEOPLE_OF, f"{1_000_000 + self.number}")
        return row | own

    def _rows(self, kind: str) -> list[Texts]:
        before = self.written.setdefault(kind, [])
        rows: list[Texts] = []
        if kind == "locations" and not before:
            rows = [self._new(kind) | {"code": code} for code in CODES]
        elif kind == "occupancy" and not before:
            rows = [self._new(kind) | self._person(one) for one in PEOPLE[1:]]
        for _ in range(self.chance.choice((0, 0, 1)) if rows else self.chance.randint(1, 7)):
            rows.append(self._free_row(kind, before, rows))
        before += rows
        return rows

    def _free_row(self, kind: str, before: list[Texts], rows: list[Texts]) -> Texts:
        """Return a row that mostly speaks of another thing than the rows before it."""
        own = "code" if kind == "locations" else "v_nummer"
        row = self._row(kind, before, rows)
        for _ in range(5):
            apart = 0.5 if kind == "school" else 0.1
            if self._may(apart) or all(row[own] != other[own] for other in rows):
                break
            row = self._row(kind, before, rows)
        return row

    def _row(self, kind: str, before: list[Texts], rows: list[Texts]) -> Texts:
        known = rows if rows and self._may(0.1) else before
        if not known or self._may(0.4):
            return self._new(kind)
        row = dict(self.chance.choice(known[-15:]))
        columns = sorted(set(row) - set(KEYS[kind])) if self._may(0.7) else sorted(row)
        for column in self.chance.sample(columns, self.chance.choice((0, 0, 1, 1, 1, 2, 3))):
            row[column] = self._cell(kind, column)
        if kind == "transfers" and self._may(0.3):
            row["status"] = self._cell(kind, "status")
        if kind == "transfers" and self._may(0.15):
            row["datum"] = self._cell(kind, "datum")
        if kind == "school" and rows and self._may(0.3):
            row = self.chance.choice(rows) | {"start": self._cell(kind, "start")}
            row |= {
                "wachtlijst_sinds": "",
                "ingeschreven_op": "",
                "einde": self._cell(kind, "einde"),
            }
        if kind == "occupancy" and self._may(0.3) and self.written.get("transfers"):
            row["locatie"] = self.chance.choice(self.written["transfers"])["naar"]
        return row

    def _may(self, share: float) -> bool:
        return self.chance.random() < share

    def _new(self, kind: str) -> Texts:
        usual = USUAL.get(kind, {})
        row = {
            column: self.chance.choice(usual[column])
            if column in usual and self._may(0.9)
            else self._cell(kind, column)
            for column in fields_of(kind)
        }
        if kind == "occupancy" and self._may(0.9):
            row |= self._person(row["v_nummer"])
        return row

    def _person(self, v_number: str) -> Texts:
        own = Random(v_number)
        return {"v_nummer": v_number} | {column: own.choice(BORN[column]) for column in BORN}

    def _cell(self, kind: str, column: str) -> str:
        if column in ODD and self._may(0.02):
            return self.chance.choice(ODD[column])
        if column in DAYS:
            return self._day(column)
        pools = CELLS[kind] if column in CELLS.get(kind, {}) else CELLS[""]
        return self.chance.choice(pools[column])

    def _day(self, column: str) -> str:
        if self._may(0.01):
            return self.chance.choice(("32-01-2026", "soon", "01/02/2026", ""))
        if column not in MUST and self._may(0.5):
            return ""
        days = [FIRST + timedelta(days=one) for one in DAYS[column]]
        if column in ROUGHLY_PAST:
            days = [day for day in days if day <= self.on or self._may(0.05)] or days
        day = self.chance.choice(days)
        return day.strftime("%d-%m-%Y" if self._may(0.8) else "%Y-%m-%d")


PAST = (-30, -20, -10, -5, -3, -2, -1, 0, 0, 1, 2, 3, 5, 8)
ROUGHLY_PAST = {"sinds", "aangekondigd", "laatste_contact", "datum"}
AROUND = (-20, -10, -5, -3, -2, -1, 0, 0, 1, 2, 3, 5, 8)
DAYS: dict[str, tuple[int, ...]] = {
    "open_vanaf": (-400, -400, -30, -1, 0, 1, 2, 3),
    "open_tot": (-1, 0, 1, 2, 3, 5, 10, 2000),
    "sinds": PAST,
    "asielaanvraag": (-100, -99),
    "eerste_aankomst": (-110, -100, -30),
    "datum": AROUND,
    "aangekondigd": (-30, -20, -10, -5, 0),
    "verwezen_op": (-40, -30, -20, -10),
    "intake_op": (-10, 0, 10),
    "gestart_op": (-9, -5, 5),
    "volgende_afspraak": (1, 10),
    "laatste_contact": (-5, -3, -1, 1),
    "medicatie_tot": (-5, 30),
    "einde": (-10, -5, -1, 0, 1, 5, 20),
    "wachtlijst_sinds": (-40, -20, -10),
    "ingeschreven_op": (-20, -10, -5, 0, 5),
    "start": (-20, -10, -5, 0, 5),
}
MUST = {"sinds", "asielaanvraag", "datum", "verwezen_op"}
BORN = {
    "achternaam": ("De Vries", "Haddad", "Öz"),
    "voornamen": ("Samira", "Ali Reza", ""),
    "geboortedatum": ("12-03-2015", "00-03-2015", "00-00-2012"),
    "geslacht": ("M", "V", ""),
    "nationaliteit": ("SYR", "XXA"),
    "taal": ("ar", ""),
    "amv": ("J", "N"),
    "asielaanvraag": ("01-05-2026",),
    "eerste_aankomst": ("20-04-2026", ""),
}
ODD: dict[str, tuple[str, ...]] = {
    "v_nummer": ("12345671", "0012345679", "111222333", "x", ""),
    "beheerder": ("ufo",),
    "gemeente": ("114", "Emmen"),
    "capaciteit": ("1.200",),
    "achternaam": ("=x", ""),
    "voornamen": ("@x",),
    "geboortedatum": ("2026-10-25", "", "12-03-1980"),
    "geslacht": ("Q", "q"),
    "nationaliteit": ("Syria",),
    "amv": ("", "?!"),
    "locatie": ("ZZZ", ""),
    "van": ("ZZZ", "zzz"),
    "naar": ("ZZZ", ""),
    "status": ("onder voorbehoud", "Onder voorbehoud"),
    "plaatsgebonden": ("misschien",),
    "brin": ("9",),
    "uren_per_week": ("50",),
    "soort": ("KASTEEL",),
}
"""What cannot be read, or not at once."""
CELLS: dict[str, dict[str, tuple[str, ...]]] = {
    "": {
        "v_nummer": PEOPLE,
        "code": CODES,
        "naam": ("Het Anker", "het anker", "De Wissel"),
        "beheerder": ("coa", "gemeente"),
        "gemeente": ("GM0114", "GM0363", ""),
        "regio": ("noord", "Midden"),
        "capaciteit": ("300", ""),
        "groepsgrootte": ("", "64"),
        "achternaam": ("De Vries", "de vries", "Dé-Vries", "Haddad", "Öz"),
        "voornamen": ("Samira", "SAMIRA", "Ali Reza", "Alireza", "Karim", ""),
        "geboortedatum": (
            "12-03-2015", "13-03-2015", "00-03-2015", "00-00-2015", "2015-00-00", "00-00-2012",
            "00-04-2012",
        ),
        "geslacht": ("M", "V", "", "jongen"),
        "nationaliteit": ("SYR", "syr", "XXA", ""),
        "taal": ("ar", "Ar", "ti", "Dari taal", ""),
        "amv": ("J", "N", "ja", "nee"),
        "gezinsnummer": ("G1", "g1", "G2", "", "-"),
        "locatie": (*CODES, *CODES[:2], "azc-1"),
        "van": (*CODES, "", "", "azc-2"),
        "naar": (*CODES, "azc-3"),
        "reden": ("vergunning", "Vergunning", "sluiting locatie", "", ""),
        "status": (
            "gepland", "", "bevestigd", "vertrokken", "vertrokken", "aangekomen", "aangekomen",
            "aangekomen", "geannuleerd",
        ),
        "aanbieder": ("GGZ Vos", "ggz vos", "Kliniek", ""),
        "plaatsgebonden": ("ja", "nee", "", ""),
        "school": ("De Klimop", "de klimop", "De Eik"),
        "brin": ("99AB", "99ab", ""),
        "uren_per_week": ("12", "12,0", "25,75", ""),
    },
    "locations": {"soort": ("AZC", "azc", "POL"), "gemeente": ("GM0114", "GM0363")},
    "care": {"soort": ("GGZ", "ggz", "GGZ", "GZA", "JGZ")},
    "school": {"soort": ("PO_nieuwkomers", "po nieuwkomers", "VO_ISK")},
}  # fmt: skip
USUAL: dict[str, dict[str, tuple[str, ...]]] = {
    "locations": {
        "soort": ("AZC",),
        "beheerder": ("coa",),
        "open_vanaf": ("", "01-01-2020", "01-01-2020"),
        "gemeente": ("GM0114",),
        "open_tot": ("", "", "", "", "", "", "04-11-2026", "06-11-2026"),
    },
    "occupancy": {
        "v_nummer": PEOPLE,
        "locatie": CODES,
        "sinds": ("03-10-2026", "13-10-2026", "30-10-2026", "01-11-2026", "02-11-2026"),
    },
    "transfers": {"v_nummer": PEOPLE, "naar": CODES, "van": (*CODES, "", "", "", "", "", "")},
    "care": {"v_nummer": PEOPLE[:3], "soort": ("GGZ", "GZA"), "einde": ("", "", "-", "20-11-2026")},
    "school": {"v_nummer": PEOPLE[:3], "soort": ("VO_ISK",), "school": ("De Klimop", "DE KLIMOP")},
}
