"""A file as a list of each kind, as a person tries it and as it is uploaded: what came of it, and its cost."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseapp.app import create_app
from caseapp.domain.lists.problems import FileError
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Source, examine
from caseapp.exchange.jobs import lists
from caseapp.exchange.models import ListRun
from caseapp.kernel.machine import Machine
from tests.strict_client import StrictClient
from tests.world import TODAY, World

MOST_SECONDS: Final = 5.0
"""Of the processor, for a file as one kind of list."""
MOST_MEGABYTES: Final = 300
"""That a file may take on top of what the process held before."""
MULTIPART: Final = "multipart/form-data; boundary=x"
PAGE: Final = "/verhuizingen/lijsten/nieuw"
NAMES: Final = (
    "lijst.csv", "Bezetting week 47.xlsx", "", " ", "../../etc/passwd", "C:\\x\\y.csv", 'a"b.csv', "a%0Ab.csv",
    "\u202efdp.exe", "x" * 10_000, "<b>.csv", "{{7*7}}.csv", "é\u0301.csv", "\U0001f468\u200d\U0001f467.csv",
    "a;b.csv", "123456782.csv", "%00.csv", "\u200b.csv",
)  # fmt: skip
"""File names that come along."""
MEGA: Final = 1024
_STATUS: Final = Path("/proc/self/status")


@dataclass(slots=True)
class Cost:
    """What something took: seconds of the processor, and megabytes at its height."""

    seconds: float = 0.0
    megabytes: int = 0

    @property
    def faults(self) -> Iterator[str]:
        """Tell what was too much."""
        if self.seconds > MOST_SECONDS:
            yield f"took {self.seconds:.1f} s"
        if self.megabytes > MOST_MEGABYTES:
            yield f"took {self.megabytes} MB"


@dataclass(slots=True)
class Tried:
    """What came of a file: a word for each try, and what was wrong with it."""

    words: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: int = 0

    def add(self, cost: Cost, what: str) -> None:
        """Count what a try took."""
        self.seconds = max(self.seconds, cost.seconds)
        self.megabytes = max(self.megabytes, cost.megabytes)
        self.wrong += [f"as {what} it {fault}" for fault in cost.faults]


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure what is done."""
    cost, begun = Cost(), time.process_time()
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    before = _megabytes("VmRSS")
    try:
        yield cost
    finally:
        cost.seconds = time.process_time() - begun
        cost.megabytes = _megabytes("VmHWM") - before


def _megabytes(what: str) -> int:
    line = next(one for one in _STATUS.read_text("ascii").splitlines() if one.startswith(what))
    return int(line.split()[1]) // MEGA


def tried(machine: Machine, data: bytes) -> Tried:
    """Try a file as a list of each kind: a report must come of it that is whole and can be printed."""
    found = Tried()
    for kind in ListKind:
        with measured() as cost:
            try:
                said = _report(machine, kind, data)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is what we look for)
                found.wrong.append(f"as {kind} it raised {type(error).__name__}: {error}"[:300])
                continue
            finally:
                machine.engine.dispose()
        found.add(cost, kind)
        found.words.append(said["error"]["code"] if said["error"] else "read")
        found.wrong += [f"as {kind} {fault}" for fault in _unsound(said)]
    return found


def _report(machine: Machine, kind: ListKind, data: bytes) -> dict[str, Any]:
    work = machine.work(Actor(None, "list-import", everywhere=True), writes=False)
    try:
        source = Source.of_file(kind, data, file="list", on=TODAY)
        said = examine(work, source).report.as_json()
    finally:
        work.session.close()
        work.vault.forget()
    json.dumps(said, allow_nan=False, ensure_ascii=False).encode()
    return said


def part(name: str, value: bytes, more: str = "") -> bytes:
    """Return a part of a form as a browser sends it."""
    return f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value


def body(*parts: bytes, end: bytes = b"--x--\r\n") -> bytes:
    """Return a form of these parts; its boundary is x."""
    return b"".join(b"--x\r\n" + one + b"\r\n" for one in parts) + end


def _kind_of(data: bytes) -> ListKind:
    """Return as which list a file can be read; any when it is none."""
    for kind in ListKind:
        with suppress(FileError):
            read_table(kind, data)
            return kind
    return ListKind.CARE


def _unsound(said: dict[str, Any]) -> Iterator[str]:
    counts, numbers = said["counts"], [row["row"] for row in said["rows"]]
    if said["error"] and (sum(counts.values()) or numbers):
        yield "an error has rows"
    if numbers != sorted(set(numbers)) or sum(counts.values()) < len(numbers):
        yield "rows are not counted once"
    told = (problem for row in said["rows"] for problem in row["problems"])
    if any(not one["message"] or len(one["value"] or "") > 200 for one in told):
        yield "a problem is not told"


@dataclass(frozen=True, slots=True)
class Uploader:
    """Somebody at the page where lists are brought in, and the worker that looks at them."""

    machine: Machine
    client: StrictClient

    @classmethod
    def begun(cls, machine: Machine, world: World) -> "Uploader":
        """Sign in as somebody of the national desk."""
        app = create_app(machine=machine)
        return cls(machine, StrictClient.signed_in(app, machine, world.accounts["national"]))

    def uploaded(self, data: bytes, number: int) -> Tried:
        """Bring in a file on the page, and let the worker look at it when it was taken."""
        found, kind, name = Tried(), _kind_of(data), Random(number).choice(NAMES)
        with measured() as cost:
            status, where = self._sent(kind, data, name)
        found.add(cost, "an upload")
        found.words.append(f"upload {status}")
        if status not in {200, 303, 413}:
            found.wrong.append(f"the page answered {status}")
        if status == 303 and where:
            with measured() as cost:
                lists(self.machine)
            found.add(cost, "a run")
            found.wrong += self._run_faults(UUID(where))
        return found

    def _sent(self, kind: ListKind, data: bytes, name: str) -> tuple[int, str]:
        given = {"csrf_token": self.client.token(), "kind": kind.value, "on": f"{TODAY:%d-%m-%Y}"}
        parts = [part(one, value.encode()) for one, value in given.items()]
        told = name.replace('"', "%22")
        answer = self.client.client.post(
            PAGE,
            data=body(*parts, part("file", data, f'; filename="{told}"')),
            content_type=MULTIPART,
        )
        return answer.status_code, answer.headers.get("Location", "").rpartition("/")[2]

    def _run_faults(self, run_id: UUID) -> Iterator[str]:
        work = self.machine.work(Actor(None, "test", everywhere=True), writes=False)
        try:
            run = work.session.scalars(select(ListRun).where(ListRun.id == run_id)).one()
            if (
                run.state not in {"ready", "failed"}
                or (run.error or {}).get("code") == "unexpected"
            ):
                yield f"the worker left it {run.state} with {run.error}"
        finally:
            work.session.close()
        page = self.client.client.get(f"/verhuizingen/lijsten/{run_id}")
        if page.status_code != 200:
            yield f"its page answered {page.status_code}"
