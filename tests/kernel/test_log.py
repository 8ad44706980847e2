"""The log is one line of JSON for each event: in UTC, correlated, and without a value of anybody."""

import ast
import io
import json
import logging
import re
import socket
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import structlog
from sqlalchemy.exc import StatementError

from caseapp.cli.logging_page import LAYERS, MEANING, events
from caseapp.domain.events import ChildRegistered
from caseapp.kernel import shipping
from caseapp.kernel.log import LONGEST, NAMES, OURS, set_up, tell_trail
from caseapp.kernel.shipping import Shipper, framed
from caseapp.kernel.work import Sighting
from caseapp.settings import load
from tests.meta.tree import ROOT

SINK = re.compile(r"^(Stream|\w*File|SysLog|HTTP|SMTP|Socket|Datagram)Handler$|^basicConfig$")
ours = logging.getLogger("caseapp.some.part")
SOMEBODY = UUID(int=7)


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Give what was logged in this test, each line read as JSON."""
    told = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().level
    set_up(load("test", {"CASEAPP_SECRET_KEY": "x" * 40}), told)
    yield lambda: [json.loads(line) for line in told.getvalue().splitlines()]
    for handler in [each for each in root.handlers if each.get_name() == OURS]:
        root.removeHandler(handler)
    root.setLevel(before)
    logging.getLogger(OURS).setLevel(logging.NOTSET)
    structlog.contextvars.clear_contextvars()


Lines = Callable[[], list[dict[str, Any]]]


@pytest.mark.asvs("16.2.1", "16.2.2", "16.2.4")
def test_a_line_says_when_in_utc_where_and_in_which_request(lines: Lines) -> None:
    structlog.contextvars.bind_contextvars(request="abc", route="/kind/<uuid:child_id>")
    ours.error("job %s failed: %s", "nightly", "TimeoutError", extra={"account": SOMEBODY})
    (line,) = lines()
    at = datetime.fromisoformat(line.pop("at"))
    assert at.utcoffset() == timedelta()
    assert line == {
        "event": "job nightly failed: TimeoutError", "level": "error", "logger": "caseapp.some.part",
        "request": "abc", "route": "/kind/<uuid:child_id>", "account": str(SOMEBODY),
    }  # fmt: skip


@pytest.mark.attack(7)
@pytest.mark.asvs("16.4.1")
@pytest.mark.attack(6)
@pytest.mark.parametrize(
    "evil",
    [
        'a\r\n{"event":"forged"}',
        "a\x1b[2J\x07b",
        "a\u2028b\u0085c\x0bd\x0ce",
        '"}, {"',
        "\u202eevil",
    ],
)
def test_no_value_can_begin_a_line_or_reach_a_terminal(lines: Lines, evil: str) -> None:
    ours.warning("strange %s", evil, extra={"code": evil})
    (line,) = lines()
    assert line["event"] == f"strange {evil}"
    assert line["code"] == evil


@pytest.mark.attack(6, twin="lines are plain text and not JSON")
@pytest.mark.attack(6, twin="lines are plain text with the values in them")
def test_lines_of_plain_text_could_be_forged() -> None:
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.handle(logging.LogRecord("caseapp", 30, "x", 1, "strange %s", ("a\nforged",), None))
    assert told.getvalue().splitlines() == ["strange a", "forged"]


@pytest.mark.asvs("16.2.5")
@pytest.mark.attack(59)
def test_what_no_line_may_have_is_dropped_and_what_is_long_is_cut(lines: Lines) -> None:
    ours.warning("x" * 900, extra={"password": "GEHEIM", "child_name": "GEHEIM", "code": "c"})
    (line,) = lines()
    assert set(line) == {"at", "event", "level", "logger", "code"}
    assert len(line["event"]) == LONGEST


@pytest.mark.asvs("16.2.5")
@pytest.mark.attack(59)
def test_the_words_of_an_error_and_of_a_library_stay_out(lines: Lines) -> None:
    error = StatementError("GEHEIM", "SELECT 'GEHEIM'", {"name": "GEHEIM"}, ValueError("GEHEIM"))
    ours.error("it failed", exc_info=error)
    logging.getLogger("sqlalchemy.engine").warning("row %s", ("GEHEIM",))
    logging.getLogger("gunicorn.error").warning(
        "Invalid request from ip=%s: %s", "GEHEIM", "GEHEIM"
    )
    logging.getLogger("gunicorn.error").warning("already put together: GEHEIM")
    own, library, server, server_again = lines()
    assert "GEHEIM" not in json.dumps(lines())
    assert (own["event"], own["error"]) == ("it failed", "StatementError")
    assert (library["event"], library["logger"]) == ("library", "sqlalchemy.engine")
    assert server["event"] == "Invalid request from ip=%s: %s"
    assert server_again["event"] == "library"


@pytest.mark.asvs("16.3.3")
def test_what_goes_on_the_trail_is_told_by_code_and_number(lines: Lines) -> None:
    children = (UUID(int=1), UUID(int=2))
    tell_trail(
        [
            Sighting("searched", children),
            Sighting("searched", children[:1]),
            Sighting("denied", outcome="denied"),
            ChildRegistered(child_id=children[0]),
        ],
        SOMEBODY,
    )
    told = [(one["code"], one["outcome"], one["times"], one["children"]) for one in lines()]
    assert told == [
        ("searched", "ok", 2, 3),
        ("denied", "denied", 1, 0),
        ("ChildRegistered", "ok", 1, 1),
    ]
    assert str(children[0]) not in json.dumps(lines())


@pytest.mark.asvs("16.1.1")
def test_the_page_knows_every_name_and_every_sink_and_every_event() -> None:
    assert set(MEANING) == NAMES
    page = (ROOT / "docs" / "logging.md").read_text("utf-8")
    assert all(all(layer) and layer.sink in page for layer in LAYERS)
    assert all(f"`{event}`" in page for event, _level, _module in events())
    assert len(set(events())) > 8


@pytest.mark.asvs("16.2.3")
def test_lines_go_to_the_sinks_of_the_page_and_nowhere_else(lines: Lines) -> None:
    kinds = {type(each) for each in logging.getLogger().handlers if each.get_name() == OURS}
    assert kinds == {logging.StreamHandler}
    makers = {
        str(file.relative_to(ROOT / "caseapp"))
        for file in (ROOT / "caseapp").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, (ast.Attribute, ast.Name))
        and SINK.search(getattr(node, "attr", "") or getattr(node, "id", ""))
    }
    assert makers == {"kernel/log.py", "audit/actions/vouching.py"}


def test_while_the_collector_is_away_lines_wait_up_to_a_limit_and_nobody_is_held_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shipping, "MOST_WAITING", 3)
    monkeypatch.setattr(shipping, "PATIENCE_SECONDS", 0.2)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        shipper = Shipper("127.0.0.1", nobody.getsockname()[1], "")
        for _ in range(5):
            shipper.emit(logging.LogRecord("caseapp", logging.ERROR, "x", 1, "a", (), None))
        assert shipper.lost == 2
        shipper.close()


def test_a_line_travels_as_one_frame_of_syslog() -> None:
    record = logging.LogRecord("caseapp", logging.ERROR, "x", 1, "a", (), None)
    size, _space, message = framed(record, '{"event": "\\u00e9"}').partition(b" ")
    assert int(size) == len(message)
    assert message.startswith(b"<107>1 20")
    assert message.endswith(b' - - {"event": "\\u00e9"}')
