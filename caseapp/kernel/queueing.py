"""The queue of the worker (huey): names of jobs only, as signed JSON, never a pickle."""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from caseapp.kernel.db import private_files
from caseapp.kernel.jobs import Job, run
from caseapp.kernel.machine import Machine
from caseapp.settings import Settings

log = logging.getLogger("caseapp.queue")

NAME: Final = "caseapp"
FILE: Final = "queue.db"
PLAIN: Final = (str, int)
"""What a job may be given: a code or a number, never words of somebody."""


class TamperedError(ValueError):
    """What stood in the queue was not written by us, or is no name of a job."""


class SignedJson(Serializer):  # type: ignore[misc]
    """How a job stands in the queue: JSON with a keyed hash before it."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._key = hashlib.sha256(b"caseapp queue" + secret.encode()).digest()

    def _serialize(self, data: Any) -> bytes:
        """Write a message; raises TamperedError for what is not a plain job."""
        if not isinstance(data, Message):
            raise TamperedError
        parts = {name: value for name, value in data._asdict().items() if value is not None}
        if isinstance(data.eta, datetime):
            parts["eta"] = data.eta.isoformat()
        _refuse_rich(parts.get("args") or (), parts.get("kwargs") or {})
        text = json.dumps(parts).encode()
        return self._seal(text) + text

    def _deserialize(self, data: bytes) -> Message:
        """Read a message that carries our hash; raises TamperedError."""
        seal, text = data[:64], data[64:]
        if not hmac.compare_digest(seal, self._seal(text)):
            raise TamperedError
        parts = json.loads(text)
        if "eta" in parts:
            parts["eta"] = datetime.fromisoformat(parts["eta"])
        parts["args"] = tuple(parts.get("args") or ())
        return Message(**parts)

    def _seal(self, text: bytes) -> bytes:
        return hmac.digest(self._key, text, "sha256").hex().encode()


def _refuse_rich(args: Iterable[Any], kwargs: dict[str, Any]) -> None:
    if any(not isinstance(one, PLAIN) for one in (*args, *kwargs.values())):
        raise TamperedError


def open_queue(settings: Settings) -> Huey:
    """Open the queue: a file of its own beside SQLite, tables of the migrations on PostgreSQL."""
    keeps: dict[str, Any] = {"results": False, "serializer": SignedJson(settings.secret_key)}
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey(NAME, dsn=dsn, create_tables=False, **keeps)
    with private_files():
        return SqliteHuey(NAME, filename=str(settings.instance / FILE), **keeps)


def register(queue: Huey, jobs: Iterable[Job], machine: Machine) -> None:
    """Let the clock offer every job each minute; whether its turn has come, and for whom, the job knows."""
    for job in jobs:
        _named(queue, job.name, partial(run, job, machine))


def nudge(settings: Settings, name: str) -> bool:
    """Ask the workers to do a job now, instead of at the next minute; call it after the commit.

    Returns whether they could be asked. Nothing is lost when not: the clock comes by each minute.
    """
    try:
        queue = open_queue(settings)
        try:
            _named(queue, name, partial(_elsewhere))()
        finally:
            queue.storage.close()
    except Exception as error:  # noqa: BLE001 (whatever the queue is: the request is done, and goes on)
        log.warning("no worker could be asked to do %s: %s", name, type(error).__name__)
        return False
    return True


def _named(queue: Huey, name: str, do: Callable[[], object]) -> Callable[[], object]:
    """Give the queue a job under the name by which every process knows it."""
    task: Callable[[], object] = queue.periodic_task(_every_minute, name=f"job_{name}")(do)
    return task


def _elsewhere() -> None:
    """Stand for a job in a process that only asks for it: the workers know what it does."""


def _every_minute(_now: datetime) -> bool:
    return True
