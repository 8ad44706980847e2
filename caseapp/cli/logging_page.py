"""docs/logging.md: what is logged where, by whom it is read, and for how long it is kept."""

import ast
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from caseapp.kernel.log import NAMES
from caseapp.settings import ROOT


class Layer(NamedTuple):
    """One place in which something is logged."""

    layer: str
    sink: str
    events: str
    form: str
    read_by: str
    access: str
    kept: str


LAYERS: Final = (
    Layer("proxy (nginx)", "`nginx-refused.log`", "what the proxy refuses by itself: no address, no query",
          "JSON lines, time with offset", "alarm on many refusals", "root and the log shipper", "90 days"),
    Layer("proxy (nginx)", "`nginx-error.log`", "only what is critical for the proxy itself",
          "text of nginx", "operations", "root and the log shipper", "90 days"),
    Layer("program (gunicorn and the application)", "standard error, to journald",
          "the events below; starts and stops of the server", "JSON lines in UTC",
          "operations; correlation by `request`", "root and the group systemd-journal", "30 days"),
    Layer("worker", "standard error, to journald", "the events below", "JSON lines in UTC", "operations",
          "root and the group systemd-journal", "30 days"),
    Layer("program and worker", "the collector (`CASEAPP_LOG_HOST`), another machine",
          "the same lines, while they happen", "syslog (RFC 5424) over TLS (RFC 5425)",
          "detection, alarm and investigation, also when this machine is lost",
          "who watches; nobody of this machine can change it", "1 year"),
    Layer("database (PostgreSQL)", "its own log, to journald",
          "connections, errors without statements or values", "text of PostgreSQL", "operations",
          "root and postgres", "30 days"),
    Layer("application", "the trail: table `audit_event`",
          "who did or saw what of whom (NEN 7513); docs/events.md names every event",
          "rows in a keyed chain", "privacy officer, weekly review, who saw this file",
          "insert and read only; docs/audit.md", "at least 5 years"),
    Layer("application", "checkpoints of the trail, in a file or by syslog, outside the database",
          "number, hash and signature of the chain", "JSON lines, signed", "`caseapp audit verify`",
          "append only", "at least 5 years"),
)  # fmt: skip
"""Every place: nothing is logged anywhere else."""

MEANING: Final[Mapping[str, str]] = {
    "at": "when: UTC, to the millisecond",
    "level": "info, warning, error",
    "logger": "which part of the program",
    "event": "what happened: words of ours with codes in them",
    "request": "number of the request, as the page of an error shows it and the trail has it",
    "route": "template of the address, never the address",
    "method": "method of the request",
    "status": "status of the answer",
    "milliseconds": "how long it took",
    "account": "id of the account: a pseudonym, opened with the keys only",
    "code": "what went on the trail",
    "outcome": "ok, denied or failed",
    "children": "how many children it was about: never which",
    "times": "how often in this unit of work",
    "place": "line of code of a library or the server",
    "error": "kind of error: never its words",
}
INTRODUCTION: Final = (
    "Every layer, every sink, every event. Times come from the clock of the machine, which NTP keeps; "
    "lines carry UTC or an offset.\n"
)
NOT_LOGGED: Final = (
    "names, numbers, texts, addresses of pages with their values, query strings, form fields, cookies, "
    "passwords, codes, keys, statements of the database, words of an error or of a library"
)


def logging_page() -> str:
    """Return the page."""
    lines = [
        "# Logging\n",
        INTRODUCTION,
        "## Where\n",
        _row("layer", "sink", "events", "form", "used for", "access", "kept"),
        _row(*["---"] * len(Layer._fields)),
        *(_row(*layer) for layer in LAYERS),
        "\n## What a line of the program may have\n",
        _row("name", "meaning"),
        _row("---", "---"),
        *(_row(f"`{name}`", MEANING[name]) for name in sorted(NAMES)),
        f"\nNever: {NOT_LOGGED}.\n",
        "## Events of the program\n",
        _row("event", "level", "where"),
        _row("---", "---", "---"),
        *(
            _row(f"`{event}`", level, f"`{module}`")
            for event, level, module in sorted(set(events()))
        ),
    ]
    return "\n".join(lines) + "\n"


def events() -> Iterator[tuple[str, str, str]]:
    """Yield the words, level and module of each line that our code logs."""
    for file in sorted((ROOT / "caseapp").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (level := _level(node.func)):
                words = ast.literal_eval(node.args[0])
                yield (
                    words,
                    level,
                    str(file.relative_to(ROOT)).removesuffix(".py").replace("/", "."),
                )


def _level(called: ast.expr) -> str | None:
    """Return the level when this is a call of a logger of ours; its words must be written out."""
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        levels = ("info", "warning", "error")
        return called.attr if called.value.id == "log" and called.attr in levels else None
    return None


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
