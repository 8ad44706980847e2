"""Other sites: what they send, frame, embed, or lead to (attacks 25 to 27, 45 and 46)."""

import io
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from caseapp.app import create_app
from caseapp.kernel.log import OURS, set_up
from caseapp.kernel.machine import Machine
from caseapp.settings import load
from caseapp.web import arriving, headers, language_switch
from caseapp.web.browser_report import LARGEST
from tests import house as houses
from tests.attacks.door import token_of
from tests.strict_client import StrictClient

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
As = Callable[..., StrictClient]

LINK: Final = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FRAME: Final = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
IMAGE: Final = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
SCRIPT: Final = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}
ELSEWHERE: Final = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "HTTP://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example/%2f..",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "///evil.example",
    "////evil.example",
    "/\r\nLocation: https://evil.example",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?next=//evil.example",
    "#//evil.example",
    "/\u2028/evil.example",
    "/\u200b/evil.example",
    "\u3002evil.example",
    "http:\\\\evil.example",
    "vbscript:x",
    "mailto:x@evil.example",
    "ftp://evil.example",
    "//evil.example:443",
    "//user@evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "/\x00/evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "//[::1]/",
    "//2130706433/",
    "blob:https://evil.example",
    "/\x7f/evil.example",
    "//evil%E3%80%82example",
)
"""Forty addresses that are none of ours, or that a browser could take for another house."""


@pytest.mark.attack(25)
@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("site", ["cross-site", "same-site", "unheard-of"])
def test_another_site_sends_nothing_even_with_a_right_token(as_: As, site: str) -> None:
    client = as_("cpk")
    form = {"csrf_token": client.token(), "language": "en", "back": "/account"}
    for path in ("/taal", "/account/taal", "/vastleggen", "/uitloggen"):
        answer = client.client.post(path, data=form, headers={"Sec-Fetch-Site": site} | LINK)
        assert answer.status_code == 400
    assert client.get("/account").status_code == 200


@pytest.mark.attack(25)
def test_the_own_pages_and_old_browsers_send_as_ever(as_: As) -> None:
    client = as_("cpk")
    for sent in ({"Sec-Fetch-Site": "same-origin"}, {}):
        answer = client.post("/taal", {"language": "nl", "back": "/account"}, headers=sent)
        assert answer.status_code == 303


@pytest.mark.attack(25)
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/xml", ""])
def test_a_form_of_another_kind_carries_no_token(as_: As, kind: str) -> None:
    client = as_("cpk")
    body = json.dumps({"csrf_token": client.token(), "language": "en"})
    assert client.client.post("/taal", data=body, content_type=kind).status_code == 400


@pytest.mark.attack(25, twin="from where a request comes is not looked at")
def test_otherwise_a_stolen_token_would_do(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "_is_elsewhere", lambda: False)
    client = as_("cpk")
    answer = client.post(
        "/taal", {"language": "nl", "back": "/"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 303


@pytest.mark.attack(27)
@pytest.mark.asvs("3.5.8", "3.2.1")
def test_another_site_may_lead_to_a_page_and_embed_none(as_: As) -> None:
    client = as_("cpk").client
    site = {"Sec-Fetch-Site": "cross-site"}
    assert client.get("/account", headers=site | LINK).status_code == 200
    for how in (FRAME, IMAGE, SCRIPT, {}):
        for path in ("/account", "/static/app.js"):
            assert client.get(path, headers=site | how, buffered=True).status_code == 400


@pytest.mark.attack(27, twin="the policy does not say who may frame a page")
def test_a_page_that_may_be_framed_is_seen(as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    def framed(answer: TestResponse) -> bool:
        return "frame-ancestors 'none'" not in answer.headers["Content-Security-Policy"]

    assert not framed(as_("cpk").get("/account"))
    weak = headers.POLICY.replace("frame-ancestors 'none'; ", "")
    monkeypatch.setitem(headers.ALWAYS, "Content-Security-Policy", weak)
    assert framed(as_("cpk").get("/account"))


@pytest.mark.attack(26)
@pytest.mark.asvs("3.5.3")
def test_signing_out_by_a_link_is_refused_and_ends_nothing(as_: As) -> None:
    client = as_("cpk")
    assert client.client.get("/uitloggen").status_code == 405
    assert client.get("/account").status_code == 200


def signs_in(client: Any, token: str) -> int:
    """Try to sign a browser in as an attacker would, with an account of the attacker."""
    form = {"email": "monitor@example.org", "password": "wrong", "csrf_token": token}
    return int(client.post("/inloggen", data=form).status_code)


@pytest.mark.attack(26)
def test_nobody_signs_another_browser_in_with_a_token_of_the_own(app: Flask) -> None:
    attacker, victim = app.test_client(), app.test_client()
    token_of(victim)
    assert signs_in(victim, token_of(attacker)) == 400
    assert signs_in(victim, token_of(victim)) == 200


@pytest.mark.attack(26, twin="forms are taken without a token")
def test_without_tokens_an_attacker_signs_a_victim_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    assert signs_in(app.test_client(), "") == 200


@pytest.mark.attack(45)
@pytest.mark.asvs("4.1.3")
def test_only_hosts_of_ours_are_answered_and_no_header_names_another(app: Flask) -> None:
    client = app.test_client()
    for host in (
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "evil.example:80",
    ):
        answer = client.get("/inloggen", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil.example" not in answer.text
    for name in ("X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Host"):
        answer = client.get("/", headers={name: "host=evil.example"})
        assert "evil" not in answer.headers["Location"]


@pytest.mark.attack(45, twin="every host is trusted")
def test_otherwise_a_page_is_made_for_any_host(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", None)
    assert app.test_client().get("/inloggen", headers={"Host": "evil.example"}).status_code == 200


def leads_away(address: str) -> bool:
    """Say whether a browser that is sent to this address may leave the house."""
    kept = "".join(sign for sign in address.replace("\\", "/") if sign.isprintable()).strip()
    return not kept.startswith("/") or kept.startswith("//") or kept != address


@pytest.mark.attack(46)
@pytest.mark.asvs("3.7.2", "3.7.3", "1.2.2")
def test_no_address_leads_out_of_the_house(as_: As) -> None:
    assert len(ELSEWHERE) == 40
    assert [one for one in ELSEWHERE if language_switch.own_address(one) != "/"] == []
    client = as_("cpk")
    for address in ELSEWHERE[:4]:
        answer = client.post("/taal", {"language": "nl", "back": address})
        assert answer.headers["Location"] == "/"


@pytest.mark.attack(46, twin="the address to go back to is taken as it came")
def test_an_address_that_is_taken_as_it_came_leads_away(
    as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not leads_away("/account")
    monkeypatch.setattr(language_switch, "own_address", str)
    answer = as_("cpk").post("/taal", {"language": "nl", "back": "//evil.example"})
    assert leads_away(answer.headers["Location"])


@pytest.fixture
def secure(house: Machine) -> Flask:
    """Build the application as it is behind HTTPS."""
    return create_app(machine=replace(house, settings=replace(house.settings, cookie_secure=True)))


@pytest.mark.attack(32)
@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.4.1", "3.4.2")
def test_behind_https_every_answer_asks_for_it_and_each_cookie_is_bound_and_small(
    secure: Flask,
) -> None:
    client = secure.test_client()
    client.post("/taal", data={}, base_url="https://localhost")
    for path, status in (
        ("/inloggen", 200),
        ("/nowhere", 404),
        ("/", 303),
        ("/static/app.css", 200),
    ):
        answer = client.get(
            path,
            base_url="https://localhost",
            headers={"Origin": "https://evil.example"},
            buffered=True,
        )
        assert answer.status_code == status
        assert answer.headers["Strict-Transport-Security"] == headers.YEAR_AND_SUBDOMAINS
        assert "Access-Control-Allow-Origin" not in answer.headers
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-")
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
            assert len(cookie.split(";")[0]) < 4096
    seconds = int(headers.YEAR_AND_SUBDOMAINS.split(";")[0].removeprefix("max-age="))
    assert seconds >= 365 * 24 * 3600
    assert "includeSubDomains" in headers.YEAR_AND_SUBDOMAINS


REPORT: Final = {
    "document-uri": "https://localhost/kinderen/zqx-child",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/zqx",
    "script-sample": "zqx",
}


@pytest.mark.asvs("3.4.7")
def test_a_browser_tells_what_it_kept_out_and_no_word_of_the_page_is_kept(app: Flask) -> None:
    policy = headers.ALWAYS["Content-Security-Policy"]
    assert f"report-uri {headers.REPORTS};" in policy
    assert "report-to house;" in policy
    assert headers.ALWAYS["Reporting-Endpoints"] == f'house="{headers.REPORTS}"'
    stream = io.StringIO()
    set_up(load("test", {"CASEAPP_SECRET_KEY": houses.SECRET}), stream)
    try:
        answer = app.test_client().post(
            headers.REPORTS,
            data=json.dumps({"csp-report": REPORT}),
            content_type="application/csp-report",
        )
    finally:
        root = logging.getLogger()
        for handler in [each for each in root.handlers if each.get_name() == OURS]:
            root.removeHandler(handler)
    assert answer.status_code == 204
    assert "a browser kept out script-src-elem: elsewhere" in stream.getvalue()
    assert "zqx" not in stream.getvalue()
    assert "evil" not in stream.getvalue()


@pytest.mark.asvs("3.4.7")
@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{}", "application/csp-report", 204),
        (b"[" * 5000, "application/reports+json", 204),
        (b"x" * LARGEST, "application/csp-report", 204),
        (b"x" * (LARGEST + 1), "application/csp-report", 400),
        (b"{}", "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_report_is_bounded(app: Flask, data: bytes, kind: str, status: int) -> None:
    assert (
        app.test_client().post(headers.REPORTS, data=data, content_type=kind).status_code == status
    )
