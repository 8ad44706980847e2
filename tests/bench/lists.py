"""Long lists on PostgreSQL: trying and applying 50,000 rows, and what others feel of it meanwhile.

Each list is tried and applied in a process of its own, as the worker does, so that its memory is its own.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from caseapp.cli.import_ import Asked, import_list
from caseapp.cli.worker import POLITE
from caseapp.domain.lists.words import ListKind
from caseapp.kernel.keys import establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.providers import make_root_file
from caseapp.kernel.root_keys import root_key
from caseapp.reference import queries as reference
from caseapp.settings import Settings
from tests import house, pg
from tests.bench.ground import Ground, durable_home, ground, peak_megabytes
from tests.bench.large import OPTIONS
from tests.bench.list_rows import file_of, later, locations, occupancy
from tests.bench.pages import MILLI, Visitor
from tests.world import TODAY

ROWS: Final = 50_000
PART: Final = 10
"""The short list has a tenth of the rows: cost per row of both gives the growth."""
PLACES: Final = 120
MOVED: Final = 0.1
ROUNDS: Final = 60


@dataclass(frozen=True, slots=True)
class Came:
    """What trying or applying a list cost: seconds, the most memory of its process, and the rows."""

    seconds: float
    megabytes: int
    counts: Mapping[str, int]

    def said(self, what: str, rows: int) -> str:
        """Return it as a line for people."""
        told = ", ".join(f"{number} {name}" for name, number in self.counts.items() if number)
        each = self.seconds / rows * MILLI
        return f"{what:34}{self.seconds:8.1f} s {each:7.2f} ms a row {self.megabytes:6} MB  {told}"


def measure_lists(rows: int, say: Callable[[str], None]) -> None:
    """Try and apply lists of two lengths on an empty and on a full database, and look at others' pages."""
    pg.hold(durable_home(), OPTIONS)
    costs = {}
    for many in (rows // PART, rows):
        with _empty(f"lists_{many}") as settings:
            costs[many] = dict(_series(settings, many, say))
    for what, cost in costs[rows].items():
        ratio = (cost.seconds / rows) / (costs[rows // PART][what].seconds / (rows // PART))
        say(f"{what}: cost per row of {rows} / of {rows // PART} = {ratio:.2f}")
    with ground("postgresql", 2000) as place:
        _others(place, rows, say)


def _series(
    settings: Settings, many: int, say: Callable[[str], None]
) -> Iterator[tuple[str, Came]]:
    """Bring locations, then children, then the list of a later day; each list is tried before."""
    codes, places = locations(PLACES)
    _come(settings, ListKind.LOCATIONS, places, apply=True)
    first = occupancy(many, codes, TODAY)
    for state, listed in (("empty", first), ("full", later(first, codes, TODAY, MOVED))):
        for what, apply in (("try", False), ("apply", True)):
            came = _come(settings, ListKind.OCCUPANCY, file_of(listed), apply=apply)
            say(came.said(f"{what} {many} rows, {state} database", many))
            yield f"{what}, {state} database", came


def _others(place: Ground, rows: int, say: Callable[[str], None]) -> None:
    """Visit pages in quiet, and while a list comes in."""
    visitor = Visitor(place.app, place.machine, place.keys.accounts["cpk-azc-mee"])
    pages = ("/vandaag", "/kinderen")
    quiet = [_visit(visitor, page) for _ in range(ROUNDS) for page in pages]
    data = file_of(occupancy(rows, _open_locations(place), TODAY))
    meanwhile: list[float] = []
    with _coming(place.machine.settings, data) as still:
        while still():
            meanwhile += [_visit(visitor, page) for page in pages]
    before, during = _p95(quiet), _p95(meanwhile)
    say(
        f"pages of others: p50 {statistics.median(quiet):.1f} and p95 {before:.1f} ms in quiet,"
        f" {statistics.median(meanwhile):.1f} and {during:.1f} ms while {rows} rows come in"
        f" ({during / before:.2f} times), {max(meanwhile):.0f} ms at most, {len(meanwhile)} pages"
    )


def _visit(visitor: Visitor, page: str) -> float:
    began = time.perf_counter()
    visitor.get(page)
    return (time.perf_counter() - began) * MILLI


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _open_locations(place: Ground) -> list[str]:
    work = place.work()
    rows = reference.locations(work)
    work.session.close()
    return [row.code for row in rows if row.open_to is None]


@contextmanager
def _empty(name: str) -> Iterator[Settings]:
    """Give a house with nobody in it, on a server that keeps what it commits."""
    with tempfile.TemporaryDirectory(prefix="caseapp-bench-") as folder:
        settings = house.settings_in(Path(folder))
        urls = pg.hold(durable_home(), ()).fresh_database(name)
        settings = replace(settings, database_url=urls.run, migrate_url=urls.migrate)
        upgrade(settings.migrate_url, settings.database_url)
        make_root_file(settings.key_file)
        establish(root_key(settings), Keystore(settings.keystore_url), sealed_rows=False)
        yield settings


def _come(settings: Settings, kind: ListKind, data: bytes, *, apply: bool) -> Came:
    """Try or apply a list in a process of its own, and return what it cost."""
    with tempfile.NamedTemporaryFile() as answer:
        process = _process(settings, kind, data, Path(answer.name), apply=apply)
        if os.waitpid(process, 0)[1]:
            raise RuntimeError("The list could not come in; see above.")
        told = json.loads(Path(answer.name).read_text("utf-8"))
    return Came(**told)


@contextmanager
def _coming(settings: Settings, data: bytes) -> Iterator[Callable[[], bool]]:
    """Apply a list in a process of its own, and give the question whether it still goes on."""
    with tempfile.NamedTemporaryFile() as answer:
        process = _process(settings, ListKind.OCCUPANCY, data, Path(answer.name), apply=True)
        ended: list[int] = []

        def still() -> bool:
            if not ended and os.waitpid(process, os.WNOHANG)[0]:
                ended.append(process)
            return not ended

        yield still


def _process(settings: Settings, kind: ListKind, data: bytes, answer: Path, *, apply: bool) -> int:
    """Begin a process that lets others go before it, and writes down what the list cost."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.nice(POLITE)
            machine = house.open_for_good(settings)
            began = time.perf_counter()
            told = import_list(machine, Asked(kind, Path("list.csv"), apply, TODAY), data)
            seconds = time.perf_counter() - began
            counts = {verdict.value: many for verdict, many in told.report.counts.items()}
            answer.write_text(json.dumps(asdict(Came(seconds, peak_megabytes(), counts))), "utf-8")
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    return child
