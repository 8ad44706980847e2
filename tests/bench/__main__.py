"""Print the table: pages at 2,000 and 20,000 children, seals and audit on, one worker, floor beside each."""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import text

from caseapp.continuity.jobs import reassess_all
from tests.bench.costs import HEAD as HEAD_OF_COSTS
from tests.bench.costs import ROUNDS, Costs, costs_of
from tests.bench.ground import Ground, ground, peak_megabytes, reader_of
from tests.bench.impact import list_page, say_weighed, weighed
from tests.bench.large import CHILDREN, large_ground, nights, said_of
from tests.bench.lists import ROWS, measure_lists
from tests.bench.pages import Figure, Visitor, measured, measured_once_each
from tests.bench.trail import outcomes
from tests.world import TODAY

SMALL = 2000
SIZES = (("sqlite", SMALL), ("postgresql", SMALL), ("postgresql", 20000))
MOVES = 34
SAME_SCOPE = ("Today of a location", "caseload of a location", "child's page", "record a move")
"""Pages of one location, which has as many children in the small world as in the large one."""
RIVALS = {
    "child's page": (24, 298),
    "caseload of a location": (83, 308),
    "search in 3,000": (72, 193),
    "record a move": (12, 397),
}
"""Kenya's CPIMS and Sahana Eden MRCMS, p50 at 20,000 on the same kind of machine, as the issue gives them."""
HEAD = (
    ("page", -26), ("p50", 8), ("p95", 8), ("statements", 12), ("floor", 8), ("x floor", 9),
    ("aim", 6), ("CPIMS", 7), ("Eden", 6),
)  # fmt: skip
AIMS = {
    "child's page": 20,
    "caseload of a location": 30,
    "search in 3,000": 100,
    "record a move": 40,
}


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured on one ground."""

    engine: str
    children: int
    figures: list[Figure]
    nightly_seconds: float
    load_seconds: float
    megabytes: int


def main() -> int:
    """Measure every ground and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="2,000 children only")
    parser.add_argument(
        "--large",
        type=int,
        nargs="?",
        const=CHILDREN,
        metavar="CHILDREN",
        help=f"only so many children (default {CHILDREN:,}) on PostgreSQL, beside 2,000",
    )
    parser.add_argument(
        "--lists", type=int, nargs="?", const=ROWS, metavar="ROWS",
        help=f"only lists of so many rows (default {ROWS:,}) on PostgreSQL",
    )  # fmt: skip
    parser.add_argument(
        "--trail", type=int, nargs="?", const=1_000_000, metavar="RECORDS",
        help="only a trail of so many records (default 1,000,000), on both databases",
    )  # fmt: skip
    args = parser.parse_args()
    if args.trail:
        measure_trail(args.trail)
        return 0
    if args.lists:
        measure_lists(args.lists, say)
        return 0
    large = None if args.small else measure_large(args.large or CHILDREN)
    sizes = [size for size in SIZES if size[1] == SMALL or not (args.small or args.large)]
    tables = []
    for engine, children in sizes:
        with ground(engine, children) as place:
            tables.append(measure(place))
            costs = list(_costs(place))
        show(tables[-1])
        say("\n".join(("", HEAD_OF_COSTS, *(one.line() for one in costs))))
    small = next(one for one in tables if (one.engine, one.children) == ("postgresql", SMALL))
    for other in (*tables, *([large] if large else [])):
        if other.engine == small.engine and other is not small:
            _growth(small, other)
    return 0


def measure_trail(records: int) -> None:
    """Measure how fast a trail is written and verified."""
    for engine in ("sqlite", "postgresql"):
        with ground(engine, 10) as place:
            for line in outcomes(place.machine, records):
                say(f"{engine}: {line}")


def measure_large(children: int) -> Table:
    """Measure nights, a look ahead and pages among very many children, loaded once and kept."""
    with large_ground(children) as place:
        say(f"{children} children on PostgreSQL, loaded in {place.seconds:.0f} s")
        found = []
        for night in nights(place):
            say(said_of(night))
            found.append(night)
        say(say_weighed(weighed(place)))
        figures = [*_pages(place), list_page(place)]
    table = Table(
        place.engine, children, figures, found[1].times.seconds, place.seconds, found[-1].megabytes
    )
    show(table)
    return table


def measure(place: Ground) -> Table:
    """Measure the pages and the nightly look on one ground."""
    figures = list(_pages(place))
    began = time.perf_counter()
    tally = reassess_all(place.work, anew=True)
    nightly = time.perf_counter() - began
    assert not tally.failed
    return Table(place.engine, place.children, figures, nightly, place.seconds, peak_megabytes())


def _pages(place: Ground) -> list[Figure]:
    accounts = place.keys.accounts
    coordinator = Visitor(place.app, place.machine, accounts["coordinator-midden"])
    cpk = Visitor(place.app, place.machine, accounts["cpk-azc-mee"])
    child = _children_of(place, "AZC-MEE", 1)[0]
    wide = Visitor(place.app, place.machine, reader_of(place, 3000))
    figures = [
        measured(coordinator, "Today of a region", lambda: coordinator.get("/vandaag")),
        measured(coordinator, "alert board of a region", lambda: coordinator.get("/signaleringen")),
        measured(cpk, "Today of a location", lambda: cpk.get("/vandaag")),
        measured(cpk, "caseload of a location", lambda: cpk.get("/kinderen")),
        measured(coordinator, "caseload of a region", lambda: coordinator.get("/kinderen")),
        measured(cpk, "child's page", lambda: cpk.get(f"/kinderen/{child}")),
        measured(
            wide, "search in 3,000", lambda: wide.post("/kinderen/zoeken", q="mohammed"), rounds=12
        ),
    ]
    figures.append(_moves(place, coordinator))
    return figures


def _costs(place: Ground) -> Iterator[Costs]:
    """Yield what audit and seals cost of the pages of every day."""
    cpk = Visitor(place.app, place.machine, place.keys.accounts["cpk-azc-mee"])
    child = _children_of(place, "AZC-MEE", 1)[0]
    pages = {
        "Today of a location": "/vandaag",
        "caseload of a location": "/kinderen",
        "child's page": f"/kinderen/{child}",
    }
    for name, path in pages.items():
        cpk.get(path)
        yield costs_of(name, [lambda path=path: cpk.get(path)] * ROUNDS)


def _moves(place: Ground, coordinator: Visitor) -> Figure:
    """Record moves without notice of children of a region, each once."""
    to = place.keys.locations["AZC-LIN"]
    day = (TODAY - timedelta(days=0)).strftime("%d-%m-%Y")
    children = _children_of(place, "AZC-MEE", MOVES + 1)[1:]
    visits = [
        (
            lambda child=child: coordinator.post(
                f"/kinderen/{child}/verhuizing/zonder-bericht", to_location=str(to), on=day
            )
        )
        for child in children
    ]
    return measured_once_each(coordinator, "record a move", visits)


def _children_of(place: Ground, code: str, most: int) -> list[UUID]:
    work = place.work()
    rows = work.session.execute(
        text(
            "SELECT p.child_id FROM placement p JOIN location l ON l.id = p.location_id WHERE l.code = :code "
            "AND p.to_on IS NULL AND p.from_on < :early ORDER BY p.child_id"
        ),
        {"code": code, "early": TODAY.isoformat() if place.engine == "sqlite" else TODAY},
    )
    found = [row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in islice(rows, most)]
    work.session.close()
    return found


def say(words: str = "") -> None:
    """Put a line on the screen: this is a report for people."""
    print(words)  # noqa: T201


def show(table: Table) -> None:
    """Print one table."""
    say(
        f"\n{table.engine}, {table.children} children: one worker, seals and audit on; milliseconds\n"
    )
    say("".join(f"{word:<{-width}}" if width < 0 else f"{word:>{width}}" for word, width in HEAD))
    for one in table.figures:
        rivals = RIVALS.get(one.name, ("", ""))
        times = f"{one.median:8.1f}{one.p95:8.1f}{one.statements:12}{one.floor:8.1f}"
        beside = f"{AIMS.get(one.name, ''):>6}{rivals[0]:>7}{rivals[1]:>6}"
        say(f"{one.name:26}{times}{one.median / one.floor:9.1f}{beside}")
    say(f"nightly over all {table.nightly_seconds:.1f} s, loading {table.load_seconds:.1f} s")
    say(f"most memory of this process so far {table.megabytes} MB")


def _growth(small: Table, large: Table) -> None:
    """Say how much dearer the pages of one location are when the country is larger."""
    before = {figure.name: figure.median for figure in small.figures}
    say(
        f"\n{large.children} / {small.children} on PostgreSQL, where the scope stays the same (<= 1.2)"
    )
    for figure in large.figures:
        if figure.name in SAME_SCOPE:
            say(f"  {figure.name:26}{figure.median / before[figure.name]:6.2f}")


if __name__ == "__main__":
    raise SystemExit(main())
