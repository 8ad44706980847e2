"""Whatever fails, a visitor gets a sentence and a number: no inside, the right status, no open door."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.test import TestResponse

from caseapp.kernel.log import OURS, set_up
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import KeysAwayError
from caseapp.kernel.vault import Vault
from caseapp.kernel.work import TrailError, Work
from caseapp.settings import load
from caseapp.web import errors, last_resort
from tests.strict_client import StrictClient

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

PLANTED = "GEHEIM-zqx"
INSIDE = (
    PLANTED,
    "Traceback",
    ".py",
    "SELECT",
    "sqlalchemy",
    "werkzeug",
    "jinja2",
    "caseapp.",
    "site-packages",
)
ROUTES = ("/kinderen", "/vandaag", "/account", "/berichten", "/verhuizingen")
As = Callable[..., StrictClient]


def failing(error: Exception) -> Callable[..., Any]:
    """Return what fails in this way whenever it is called."""

    def fail(*_args: object, **_named: object) -> Any:
        raise error

    return fail


FAULTS = MappingProxyType({
    "work": ("caseapp.kernel.machine.Machine.work", RuntimeError(PLANTED), 500),
    "database": (
        "sqlalchemy.engine.Engine.connect",
        OperationalError(f"SELECT {PLANTED}", {"name": PLANTED}, Exception(PLANTED)),
        503,
    ),
    "pool": ("sqlalchemy.engine.Engine.connect", PoolTimeout(PLANTED), 503),
    "template": ("flask.app.Flask.update_template_context", ValueError(PLANTED), 500),
})  # fmt: skip


@pytest.fixture
def told() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Give the lines of the log."""
    stream = io.StringIO()
    set_up(load("test", {"CASEAPP_SECRET_KEY": "x" * 40}), stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root = logging.getLogger()
    for handler in [each for each in root.handlers if each.get_name() == OURS]:
        root.removeHandler(handler)
    logging.getLogger(OURS).setLevel(logging.NOTSET)


def shows_inside(answer: TestResponse) -> list[str]:
    """Return what an answer says that no visitor may know."""
    shown = answer.get_data(as_text=True) + str(answer.headers)
    return [word for word in INSIDE if word in shown]


def is_guarded(answer: TestResponse) -> bool:
    """Say whether an answer carries the headers of every answer."""
    return "default-src 'none'" in answer.headers.get("Content-Security-Policy", "") and (
        answer.headers["Cache-Control"] == "no-store"
    )


@pytest.mark.asvs("16.5.1", "16.5.2", "16.5.3")
@pytest.mark.attack(60)
@pytest.mark.parametrize("fault", ["work", "database", "pool", "template"])
@pytest.mark.parametrize("path", ROUTES)
def test_a_fault_anywhere_is_a_plain_page_with_the_right_status(
    as_: As, monkeypatch: pytest.MonkeyPatch, fault: str, path: str
) -> None:
    client = as_("cpk").client
    place, error, status = FAULTS[fault]
    monkeypatch.setattr(place, failing(error))
    answer = client.get(path)
    assert answer.status_code == status
    assert shows_inside(answer) == []
    assert is_guarded(answer)


@pytest.mark.asvs("16.5.3")
@pytest.mark.attack(60)
@pytest.mark.parametrize(
    ("place", "error", "status"),
    [
        (Vault, KeysAwayError(PLANTED), 503),
        (Work, TrailError(PLANTED), 503),
    ],
    ids=["crypto", "trail"],
)
def test_without_keys_or_trail_nothing_is_shown(
    as_: As, monkeypatch: pytest.MonkeyPatch, place: type, error: Exception, status: int
) -> None:
    client = as_("cpk").client
    monkeypatch.setattr(place, "prefetch" if place is Vault else "commit", failing(error))
    answer = client.get("/kinderen")
    assert answer.status_code == status
    assert shows_inside(answer) == []


@pytest.mark.asvs("16.5.1", "16.5.4", "16.3.4")
@pytest.mark.attack(60)
def test_an_error_in_the_page_of_an_error_is_a_bare_sentence_with_a_number(
    as_: As, monkeypatch: pytest.MonkeyPatch, told: Callable[[], list[dict[str, Any]]]
) -> None:
    client = as_("cpk").client
    monkeypatch.setattr(errors, "render_template", failing(ValueError(PLANTED)))
    answer = client.get("/bestaat-niet-GEHEIM-zqx?naam=GEHEIM-zqx")
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert shows_inside(answer) == []
    assert is_guarded(answer)
    reference = answer.get_data(as_text=True).rsplit("(", 1)[1].rstrip(")\n")
    line = next(each for each in told() if "unforeseen ValueError" in each["event"])
    assert reference in line["event"]
    assert PLANTED not in json.dumps(told())


@pytest.mark.asvs("16.5.4")
@pytest.mark.attack(60)
def test_the_last_resort_answers_when_the_application_itself_breaks(
    app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch, told: Callable[[], list[dict[str, Any]]]
) -> None:
    client = as_("cpk").client
    monkeypatch.setattr(Flask, "handle_exception", failing(RuntimeError(PLANTED)))
    monkeypatch.setattr(Flask, "handle_user_exception", failing(RuntimeError(PLANTED)))
    monkeypatch.setattr("caseapp.web.logged.trace_now", failing(RuntimeError(PLANTED)))
    answer = client.get("/kinderen")
    assert answer.status_code == 500
    assert shows_inside(answer) == []
    assert is_guarded(answer)
    assert PLANTED not in json.dumps(told())
    monkeypatch.undo()
    assert as_("cpk").get("/kinderen").status_code == 200


@pytest.mark.attack(60, twin="errors are handed on to the server as they come")
def test_without_the_handlers_the_inside_comes_out(
    app: Flask, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("cpk").client
    monkeypatch.setattr(errors, "_unforeseen", failing(RuntimeError(PLANTED)))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", True)
    monkeypatch.setattr(last_resort, "bare", failing(RuntimeError(PLANTED)))
    monkeypatch.setattr(Machine, "work", failing(RuntimeError(PLANTED)))
    monkeypatch.setattr(Flask, "handle_user_exception", failing(RuntimeError(PLANTED)))
    with pytest.raises(RuntimeError, match=PLANTED):
        client.get("/kinderen")
