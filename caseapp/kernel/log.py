"""The log: one line of JSON for each event, in UTC, with codes and ids and never a value of anybody.

What is not ours (a library, the server) is logged by where it stood and what kind of thing it met: its
own words may hold values.
"""

import logging
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, WrappedLogger

from caseapp.domain.events import Event
from caseapp.kernel.shipping import Shipper
from caseapp.settings import Settings

OURS: Final = "caseapp"
SERVER: Final = "gunicorn"
NAMES: Final = frozenset({
    "at", "level", "logger", "event", "request", "route", "method", "status", "milliseconds", "account",
    "code", "outcome", "children", "times", "place", "error",
})  # fmt: skip
"""Every name that a line may have: a new one is a decision, and a line in docs/logging.md."""
LONGEST: Final = 400

log: Final = logging.getLogger("caseapp.trail")


def formatter() -> logging.Formatter:
    """Return what makes each record one line of JSON: escaped, so that no value begins a line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=NAMES),
        ],
        processors=[
            _only_what_is_ours,
            _only_known,
            structlog.processors.JSONRenderer(ensure_ascii=True, sort_keys=True),
        ],
        pass_foreign_args=True,
    )


def set_up(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every record to this stream (standard error), and to the collector when one is set."""
    handlers: list[logging.Handler] = [logging.StreamHandler(stream or sys.stderr)]
    if settings.log_host:
        handlers.append(Shipper(settings.log_host, settings.log_port, settings.log_ca_file))
    root = logging.getLogger()
    for former in [each for each in root.handlers if each.get_name() == OURS]:
        root.removeHandler(former)
        former.close()
    for handler in handlers:
        handler.set_name(OURS)
        handler.setFormatter(formatter())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)


def tell_trail(entries: Iterable[Any], account_id: UUID | None) -> None:
    """Say what went on the trail, by its code: who watches the log sees what happens, and to how many."""
    if not log.isEnabledFor(logging.INFO):
        return
    times: Counter[tuple[str, str]] = Counter()
    children: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        what = (_code(entry), getattr(entry, "outcome", "ok"))
        times[what] += 1
        children[what] += len(getattr(entry, "child_ids", ())) or bool(
            getattr(entry, "child_id", None)
        )
    for (code, outcome), often in times.items():
        about = {"code": code, "outcome": outcome, "times": often, "account": account_id}
        log.info("trail", extra=about | {"children": children[code, outcome]})


def _code(entry: Any) -> str:
    return type(entry).__name__ if isinstance(entry, Event) else str(entry.code)


def _only_what_is_ours(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Keep the words of our own records; of others their place, and of the server its fixed words."""
    record: logging.LogRecord = line["_record"]
    line["at"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    met = line.get("exc_info")
    if met and met[0] is not None:
        line["error"] = met[0].__name__
    owner = record.name.split(".", 1)[0]
    if owner != OURS:
        line["place"] = f"{record.module}:{record.lineno}"
        line["event"] = (
            str(record.msg) if owner == SERVER and line["positional_args"] else "library"
        )
    return line


def _only_known(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Drop what no line may have, and cut what is too long to be a code."""
    return {
        name: value if isinstance(value, int) else str(value)[:LONGEST]
        for name, value in line.items()
        if name in NAMES and value is not None
    }
