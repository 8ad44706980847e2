"""Every page of the census, fetched by everybody it is for (P1, P2, P4, P6, R10).

The markup does not depend on the database: these loops walk on SQLite.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from caseapp.web.arriving import ASKED
from tests.census import CENSUS, example
from tests.ground import EVERYONE
from tests.meta.hall import Hall, routes
from tests.strict_client import HTML_NAMESPACE, check_page

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

MOST_STATEMENTS: Final = 20
DEAR: Final = {
    "casefile.show": 32,
    "casefile.today": 28,
    "casefile.caseload": 26,
    "continuity.board": 32,
    "continuity.impact": 46,
    "continuity.impact_list": 46,
    "continuity.alert": 26,
    "continuity.assign": 28,
    "continuity.mistaken": 28,
    "continuity.put_off": 28,
    "guardianship.chapter": 24,
    "accounts.accounts": 22,
    "casefile.pass_on": 24,
    "reference.system": 34,  # all that the doctor looks at, for administrators alone
}
"""Statements that a page may cost, for those that show many slices together."""

FILES: Final = frozenset({
    "exchange.example", "exchange.left_out", "privacy.looks_file", "privacy.who_saw_file", "static",
})  # fmt: skip
"""What gives a file and no page."""

ALWAYS: Final = {
    "Cache-Control": r"no-store",
    "X-Content-Type-Options": r"nosniff",
    "Referrer-Policy": r"no-referrer",
    "Content-Security-Policy": r"default-src 'none';(?!.*(unsafe|https?:|\*)).*"
    r"form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Content-Type": r"text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
}
"""What the headers of every page have to be, errors and redirects too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as somebody got it."""

    who: str | None
    endpoint: str
    path: str
    status: int
    html: str
    headers: dict[str, str]
    statements: int

    def __str__(self) -> str:
        """Return who saw what."""
        return f"{self.who or 'nobody'} {self.path}"


def walk(hall: Hall, who: str | None, language: str = "nl") -> Iterator[Seen]:
    """Fetch every page that somebody is let in to."""
    for endpoint, method in routes(hall.app):
        address = example(hall.ground, endpoint, who)
        if method == "GET" and endpoint not in FILES and address is not None:
            yield fetch(hall, who, endpoint, hall.path(endpoint, address), language)


def fetch(hall: Hall, who: str | None, endpoint: str, path: str, language: str = "nl") -> Seen:
    """Fetch one page."""
    hall.statements.clear()
    answer = hall.client(who, language).client.get(path, buffered=True)
    html, cost = answer.get_data(as_text=True), len(hall.statements)
    return Seen(who, endpoint, path, answer.status_code, html, dict(answer.headers), cost)


def leads(html: str) -> Iterator[tuple[str, str]]:
    """Yield the method and the address of every link and form of a page."""
    for element in html5lib.parse(html).iter():
        name = str(element.tag).removeprefix(HTML_NAMESPACE)
        if (
            name == "a"
            and (href := element.get("href"))
            and not href.startswith(("#", "tel:", "mailto:"))
        ):
            yield "GET", href
        if name == "form":
            yield (element.get("method") or "get").upper(), element.get("action") or ""


def dead_ends(hall: Hall, seen: Seen) -> Iterator[str]:
    """Yield each link and form that leads nowhere, or to what its reader may not do."""
    adapter = hall.app.url_map.bind("localhost")
    for method, lead in leads(seen.html):
        parts = urlsplit(lead)
        if parts.netloc:
            yield f"{seen} leads out of the house: {lead}"
            continue
        try:
            endpoint, address = adapter.match(parts.path or seen.path.split("?")[0], method=method)
        except (HTTPException, RequestRedirect):
            yield f"{seen} leads nowhere: {method} {lead}"
            continue
        if endpoint == "casefile.home" and not CENSUS[endpoint].may(seen.who):
            continue  # the name of the house leads to its front door, which asks to sign in
        page = CENSUS.get(endpoint)
        if page is None or not page.lets_in(hall.ground, seen.who, dict(address)):
            yield f"{seen} leads to a shut door: {method} {lead} ({endpoint})"


def bad_headers(headers: dict[str, Any]) -> list[str]:
    """Return the headers that are not what those of a page have to be."""
    return [name for name, wish in ALWAYS.items() if not re.fullmatch(wish, headers.get(name, ""))]


def over_budget(seen: Seen) -> bool:
    """Say whether a page costs more statements than it may."""
    return seen.statements > DEAR.get(seen.endpoint, MOST_STATEMENTS)


def asked_by(html: str) -> set[str]:
    """Return the names with which the links and the forms of a page ask in an address."""
    links = re.findall(r'href="/[^"?#]*\?([^"#]*)', html)
    forms = re.findall(r'<form[^>]*method="get".*?</form>', html, re.DOTALL | re.IGNORECASE)
    fields = {name for form in forms for name in re.findall(r' name="([^"]+)"', form)}
    asked = (parse_qsl(unescape(link), keep_blank_values=True) for link in links)
    return fields | {name for pairs in asked for name, _value in pairs}


def faults(seen: Seen) -> Iterator[str]:
    """Yield what is wrong with the markup of a page, its title and its fields."""
    if seen.status != 200:
        return
    try:
        check_page(seen.html)
    except Exception as error:  # noqa: BLE001 -- the parser raises its own
        yield f"{seen}: {type(error).__name__} {error}"
        return
    if strange := asked_by(seen.html) - ASKED.keys():
        yield f"{seen}: asks with {sorted(strange)}, which caseapp.web.arriving refuses"
    title = re.search(r"<title>(.*?)</title>", seen.html, re.DOTALL)
    if title is None or not title[1].strip():
        yield f"{seen}: no title"


@pytest.mark.attack(27)
@pytest.mark.attack(34)
@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "3.5.8", "4.1.1", "3.7.3")
@pytest.mark.parametrize("who", EVERYONE, ids=str)
def test_every_page_is_valid_labelled_and_leads_somewhere_in_dutch(
    hall: Hall, who: str | None
) -> None:
    wrong: list[str] = []
    for seen in walk(hall, who):
        if seen.status not in {200, 303}:
            wrong.append(f"{seen}: {seen.status}")
        wrong += faults(seen)
        wrong += dead_ends(hall, seen)
        wrong += [f"{seen}: header {name}" for name in bad_headers(seen.headers)]
        if over_budget(seen):
            wrong.append(f"{seen}: {seen.statements} statements")
    assert wrong == []


@pytest.mark.parametrize(
    "who", ["cpk", "guardian", "coordinator", "administrator", "monitor", None]
)
def test_every_page_is_valid_and_labelled_in_english(hall: Hall, who: str | None) -> None:
    wrong: list[str] = []
    for seen in walk(hall, who, "en"):
        wrong += faults(seen)
        if seen.status == 200 and '<html lang="en">' not in seen.html:
            wrong.append(f"{seen}: not in English")
    assert wrong == []


@pytest.mark.attack(27)
@pytest.mark.attack(34)
@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8")
def test_headers_are_right_on_every_error_too(hall: Hall) -> None:
    asked = [
        hall.ask("monitor", "GET", "/verhuizingen"),
        hall.ask("cpk", "GET", "/no-such-page"),
        hall.ask("cpk", "PUT", "/verhuizingen"),
        hall.ask("cpk", "POST", "/vastleggen", {"csrf_token": "forged"}),
        hall.ask(None, "POST", "/vastleggen"),
        hall.ask(None, "GET", "/vastleggen"),
    ]
    assert [answer.status_code for answer in asked] == [403, 404, 405, 400, 401, 303]
    assert [bad_headers(dict(answer.headers)) for answer in asked] == [[]] * 6


@pytest.mark.attack(34)
def test_only_files_of_ours_may_be_kept_by_a_browser(hall: Hall) -> None:
    kept = hall.ask("cpk", "GET", "/static/app.css?v=1").headers["Cache-Control"]
    assert "immutable" in kept
    lost = hall.ask("cpk", "GET", "/static/lost.css?v=1")
    assert (lost.status_code, lost.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.attack(45)
def test_an_untrusted_host_is_refused_in_one_sentence(hall: Hall) -> None:
    answer = hall.client(None).client.get(
        "/inloggen", base_url="http://evil.example", buffered=True
    )
    assert answer.status_code == 400
    assert b"evil.example" not in answer.get_data()
    assert bad_headers(dict(answer.headers)) == ["Content-Type"]


def test_a_shut_door_a_bad_header_and_a_dear_page_are_noticed(hall: Hall) -> None:
    page = '<a href="/nowhere">x</a><a href="/accounts">y</a><a href="https://a.example/">z</a>'
    seen = Seen("monitor", "reporting.monitor", "/monitor", 200, page, {}, 999)
    assert [line.split(": ")[0].split(" leads ")[1] for line in dead_ends(hall, seen)] == [
        "nowhere",
        "to a shut door",
        "out of the house",
    ]
    assert bad_headers({"Content-Security-Policy": "script-src 'unsafe-inline'"}) == list(ALWAYS)
    assert over_budget(seen)
    assert len(list(faults(seen))) == 1
    strange = '<a href="/kinderen?vreemd=1&amp;pagina=2">x</a><form method="get"><input name="odd"></form>'
    assert asked_by(strange) == {"vreemd", "pagina", "odd"}
    assert not over_budget(Seen("monitor", "x", "/", 200, "", {}, MOST_STATEMENTS))
