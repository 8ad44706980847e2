"""A form takes its own fields, each once, and nothing else (attacks 16 and 18)."""

from collections.abc import Iterator

import pytest
from werkzeug.datastructures import MultiDict

from tests.census import example
from tests.ground import EVERYONE
from tests.meta.filling import blanks
from tests.meta.hall import TRAIL, Hall, routes
from tests.meta.test_pages import fetch

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

STRANGERS = ("id", "created_by", "recorded_by", "is_admin", "valid_to", "password_hash", "sees")
"""Columns of tables that no form asks for."""

Sent = list[tuple[str, str]]


def forms(hall: Hall) -> Iterator[tuple[str | None, str, dict[str, str]]]:
    """Yield somebody, the path and the blank fields of every form, once."""
    takes: dict[str, set[str]] = {}
    for endpoint, method in routes(hall.app):
        takes.setdefault(endpoint, set()).add(method)
    for endpoint, methods in takes.items():
        who = next((w for w in EVERYONE if example(hall.ground, endpoint, w) is not None), None)
        address = example(hall.ground, endpoint, who) or {}
        if "POST" in methods:
            path = hall.path(endpoint, address, "POST")
            html = fetch(hall, who, endpoint, path).html if "GET" in methods else ""
            for blank in blanks(html, path) or [{}]:
                yield who, path, blank


def post(hall: Hall, who: str | None, path: str, blank: dict[str, str], more: Sent) -> str:
    """Send a form with something more, and return what is wrong when it is not refused."""
    client = hall.client(who)
    sent = MultiDict({"csrf_token": client.token()} | blank)
    for name, value in more:
        sent.add(name, value)
    hall.statements.clear()
    answer = client.client.post(path, data=sent, buffered=True)
    written = hall.written - TRAIL
    if written or answer.headers.getlist("Set-Cookie"):
        hall.put_back()
    if answer.status_code == 400 and not written:
        return ""
    return f"{who} {path} {more}: {answer.status_code} {sorted(written)}"


@pytest.mark.attack(18)
@pytest.mark.asvs("2.2.1", "2.2.2")
@pytest.mark.asvs("15.3.3")
def test_a_field_that_the_form_does_not_have_is_refused(hall: Hall) -> None:
    wrong = [
        post(hall, who, path, blank, [(name, "1")])
        for who, path, blank in forms(hall)
        for name in STRANGERS
    ]
    assert [line for line in wrong if line] == []


@pytest.mark.attack(16)
@pytest.mark.asvs("15.3.7")
def test_a_field_that_is_sent_twice_is_refused(hall: Hall) -> None:
    wrong = [
        post(hall, who, path, blank, [(name, "1")])
        for who, path, blank in forms(hall)
        for name in blank
        if name != "csrf_token"
    ]
    assert len(wrong) > 100
    assert [line for line in wrong if line] == []


def test_a_form_that_is_sent_as_it_is_is_not_called_refused(hall: Hall) -> None:
    who, path, blank = next(one for one in forms(hall) if one[1].endswith("/sluiten"))
    assert post(hall, who, path, blank, [])
