"""The lists of the demo world: what four people bring in, as their own systems would have printed it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from itertools import islice
from typing import Final

from caseapp.demo.cast import DemoChild, World
from caseapp.demo.making import documents
from caseapp.demo.played import played_children
from caseapp.domain.codes import Region
from caseapp.domain.lists.words import ListKind

Row = Mapping[str, str]
Rows = Callable[[World], Iterator[Row]]

QUIET: Final = Region.MIDDEN
MOVED: Final = "listed"
"""The story of the child that turns out to live elsewhere."""
MOVED_TO: Final = "NO-HAV"
MOVED_DAYS_AGO: Final = 2
DOUBTFUL: Final = frozenset({"AZC-VEE", "NO-RIJ", "TGO-SPO"})
A_YEAR: Final = timedelta(days=365)
SOMEBODY: Final = "111222333"
"""Nine digits that pass for a citizen service number, and belong to nobody."""


class Then(Enum):
    """What becomes of a list once it was looked at."""

    WAITS = auto()
    IS_APPLIED = auto()
    IS_WITHDRAWN = auto()


@dataclass(frozen=True, slots=True)
class DemoList:
    """A list: who brings it, which, under what name, its rows, and what becomes of it."""

    who: str
    kind: ListKind
    file_name: str
    rows: Rows
    then: Then = Then.WAITS

    def text(self, world: World) -> str:
        """Return the file, as a Dutch Excel writes it."""
        rows = list(self.rows(world))
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = (names, *([row.get(name, "") for name in names] for row in rows))
        return "".join(f"{';'.join(line)}\r\n" for line in lines)


def _lived(world: World, child: DemoChild) -> dict[str, str]:
    """Return where a child lives now, as a row of an occupancy list says it; nothing when it is gone."""
    card, stay = child.document["child"], child.document["placements"][-1]
    if "to" in stay:
        return {}
    codes = {one.name: one.code for one in world.locations}
    return {
        "v_nummer": child.v_number,
        "achternaam": card["family_name"],
        "voornamen": card["given_names"],
        "geboortedatum": _birth(card["birth"]),
        "amv": "J" if card["unaccompanied"] else "N",
        "locatie": codes[stay["location"]],
        "sinds": _day(date.fromisoformat(stay["from"])),
        "asielaanvraag": _day(date.fromisoformat(card["application_lodged_on"])),
    }


def _birth(birth: Mapping[str, str]) -> str:
    day = date.fromisoformat(birth["date"])
    known = {"year": f"00-00-{day.year}", "month": f"00-{day.month:02}-{day.year}"}
    return known.get(birth["precision"], _day(day))


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _read_day(text: str) -> date:
    day, month, year = (int(part) for part in text.split("-"))
    return date(year, month, day)


def _quiet_region(world: World) -> Iterator[Row]:
    """Tell who lives in the quiet region: as we know it, but for one child, who moved and nobody told."""
    yield from _living_at(world, {one.code for one in world.locations if one.region == QUIET})
    moved = _day(world.today - timedelta(days=MOVED_DAYS_AGO))
    yield _lived(world, played_children(world)[MOVED]) | {"locatie": MOVED_TO, "sinds": moved}
    yield {"v_nummer": "Totaal"}


def _living_at(world: World, codes: Collection[str]) -> Iterator[Row]:
    rows = (_lived(world, child) for child in documents(world))
    return (row for row in rows if row.get("locatie") in codes)


def _with_doubts(world: World) -> Iterator[Row]:
    """Tell who lives at three places in the north; many rows hold something for a person to decide."""
    told = {name: _lived(world, child) for name, child in played_children(world).items()}
    for name, row in told.items():
        if row["locatie"] in DOUBTFUL:
            yield {**row, **_DOUBTS.get(name, _nothing)(row)}
    yield from islice(_living_at(world, DOUBTFUL), 1, None)  # the first was forgotten


def _nothing(_row: Row) -> Row:
    return {}


_DOUBTS: Final[Mapping[str, Callable[[Row], Row]]] = {
    "climbed": lambda row: {"geboortedatum": _day(_read_day(row["geboortedatum"]) - A_YEAR)},
    "mistaken": lambda _row: {"achternaam": "Yilmaz", "voornamen": "Deniz"},
    "came_back": lambda _row: {"amv": "J"},
    "put_off": lambda row: {"sinds": _day(_read_day(row["sinds"]) + timedelta(days=3))},
    "half_done": lambda row: {
        "locatie": "TGO-SPO",
        "sinds": _day(_read_day(row["sinds"]) - timedelta(days=10)),
    },
    "refused": lambda _row: {"v_nummer": SOMEBODY},
    "medicine": lambda _row: {"eerste_aankomst": "begin september"},
    "concern": lambda _row: {"taal": "=Blad2!C7"},
    "temporary": lambda _row: {"nationaliteit": "Syrisch"},
    "stuck": lambda _row: {"eerste_aankomst": "31-02-2025"},
    "held": lambda _row: {"taal": "am"},
}
"""What is odd about the row of each child: most of it somebody typed, some of it is news."""


def _with_odd_days(world: World) -> Iterator[Row]:
    """Tell of care with days as another program writes them: none of these rows can be read."""
    for child in played_children(world).values():
        asked = world.today - timedelta(days=40)
        yield {
            "v_nummer": child.v_number,
            "zorgsoort": "GGZ",
            "aanbieder": "Jeugd-ggz De Wilg",
            "verwezen_op": f"{asked.day}/{asked.month}/{asked:%y}",
        }
    yield {"v_nummer": "Totaal"}


def _of_moves(world: World) -> Iterator[Row]:
    """Tell of two moves that were called off before anybody looked."""
    told = played_children(world)
    for name in ("mistaken", "concern"):
        yield {
            "v_nummer": told[name].v_number,
            "van": "AZC-VEE",
            "naar": "NO-ZAN",
            "datum": _day(world.today + timedelta(days=21)),
            "aangekondigd": _day(world.today),
            "status": "gepland",
        }


LISTS: Final[Sequence[DemoList]] = (
    DemoList(
        "coordinator-midden",
        ListKind.OCCUPANCY,
        "bezetting midden.csv",
        _quiet_region,
        Then.IS_APPLIED,
    ),
    DemoList("coordinator-noord", ListKind.OCCUPANCY, "bezetting noord.csv", _with_doubts),
    DemoList("landelijk", ListKind.CARE, "zorglijnen noord.csv", _with_odd_days),
    DemoList(
        "coordinator-noord",
        ListKind.TRANSFERS,
        "verhuizingen.csv",
        _of_moves,
        Then.IS_WITHDRAWN,
    ),
)
