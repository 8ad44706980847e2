"""What a stranger can try at the door of the running house: TLS, smuggling, slowness, leftovers."""

import socket
import ssl
import time
from pathlib import Path

import pytest

from tests.deploy.answers import Answer
from tests.deploy.stack import NAME, SLOW_SECONDS, Stack, another_proxy

LEFT_BEHIND = (
    "/.git/config", "/.git/HEAD", "/.env", "/wsgi.py", "/wsgi.py~", "/pyproject.toml", "/config/default.toml",
    "/instance/root.key", "/instance/caseapp.db", "/static/app.css.bak", "/static/app.js.map",
    "/static/.git/config", "/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static/app.py", "/backup.sql",
    "/docs/architecture.md", "/console", "/metrics", "/server-status", "/nginx_status", "/debug", "/swagger",
    "/openapi.json", "/phpinfo.php",
)  # fmt: skip
PAGE = f"GET /inloggen HTTP/1.1\r\nHost: {NAME}\r\n"


def shaken(stack: Stack, **wish: object) -> ssl.SSLSocket:
    """Shake hands with a browser that wants something; raises SSLError when the proxy will not."""
    trust = stack.trust()
    for name, value in wish.items():
        if name == "ciphers":
            trust.set_ciphers(f"{value}:@SECLEVEL=0")
        else:
            setattr(trust, name, value)
    plain = socket.create_connection(("127.0.0.1", stack.https), 5)
    return trust.wrap_socket(plain, server_hostname=NAME)


@pytest.mark.asvs("12.1.1")
def test_only_tls_1_2_and_1_3_are_spoken_and_the_latest_is_preferred(stack: Stack) -> None:
    with shaken(stack) as road:
        assert road.version() == "TLSv1.3"
    with shaken(stack, maximum_version=ssl.TLSVersion.TLSv1_2) as road:
        assert road.version() == "TLSv1.2"
    old = {"minimum_version": ssl.TLSVersion.TLSv1, "maximum_version": ssl.TLSVersion.TLSv1_1}
    with pytest.warns(DeprecationWarning, match="TLSv1"), pytest.raises(ssl.SSLError):
        shaken(stack, ciphers="ALL", **old)


@pytest.mark.asvs("12.1.2")
def test_only_strong_ciphers_with_forward_secrecy_and_the_strongest_first(stack: Stack) -> None:
    own = {"maximum_version": ssl.TLSVersion.TLSv1_2}
    for weak in (
        "AES128-SHA",
        "AES256-GCM-SHA384",
        "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-ECDSA-AES256-SHA384",
    ):
        with pytest.raises(ssl.SSLError):
            shaken(stack, ciphers=weak, **own)
    wish = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
    with shaken(stack, ciphers=wish, **own) as road:
        assert road.cipher()[0] == "ECDHE-ECDSA-AES256-GCM-SHA384"


@pytest.mark.asvs("12.2.1")
def test_nothing_is_answered_in_the_open_and_browsers_are_told_to_remember_it(stack: Stack) -> None:
    spoken_plainly = stack.send(f"{PAGE}Connection: close\r\n\r\n".encode(), tls=False)
    assert b"<form" not in spoken_plainly
    with socket.create_connection(("127.0.0.1", stack.https), 5) as road:
        road.sendall(f"{PAGE}Connection: close\r\n\r\n".encode())
        assert Answer(road.recv(4096)).status == 400
    for path in ("/inloggen", "/bestaat-niet", "/.git/config"):
        assert stack.ask(path).headers["strict-transport-security"] == [
            "max-age=63072000; includeSubDomains"
        ]


@pytest.mark.asvs("12.2.1")
def test_a_name_that_is_not_ours_gets_no_certificate(stack: Stack) -> None:
    with (
        socket.create_connection(("127.0.0.1", stack.https), 5) as plain,
        pytest.raises(ssl.SSLError),
    ):
        stack.trust().wrap_socket(plain, server_hostname="elders.example.org")


@pytest.mark.asvs("4.1.2")
@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", "Accept: text/html,application/xhtml+xml\r\n", 301),
        ("HEAD", "Accept: text/html\r\n", 301),
        ("GET", "Accept: application/json\r\n", 403),
        ("GET", "", 403),
        ("POST", "Accept: text/html\r\nContent-Length: 0\r\n", 403),
    ],
)
def test_only_a_page_asked_for_in_a_browser_is_led_on_to_tls(
    stack: Stack, method: str, headers: str, status: int
) -> None:
    answer = stack.ask("/inloggen?x=1", method, tls=False, headers=headers)
    assert answer.status == status
    led = answer.headers.get("location")
    assert led == ([f"https://{NAME}:{stack.https}/inloggen?x=1"] if status == 301 else None)


def test_a_strange_name_is_not_led_on(stack: Stack) -> None:
    raw = b"GET / HTTP/1.1\r\nHost: elders.example.org\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    assert Answer(stack.send(raw, tls=False)).status == 421


SMUGGLED = "GET /gesmokkeld HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
        "Content-Length: 6\r\nContent-Length: 60\r\n",
        "Content-Length: +6\r\n",
        "Content-Length: 6, 60\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\tchunked\r\nTransfer-Encoding: identity\r\n",
    ],
)
def test_a_body_of_two_lengths_is_refused_and_hides_no_second_request(
    stack: Stack, headers: str
) -> None:
    head = f"POST /inloggen HTTP/1.1\r\nHost: {NAME}\r\n{headers}"
    got = stack.send(f"{head}\r\n0\r\n\r\n{SMUGGLED}".encode(), patience=SLOW_SECONDS + 3)
    assert got.count(b"HTTP/1.1 ") == 1
    assert Answer(got).status in {400, 501}


@pytest.mark.asvs("15.2.2")
@pytest.mark.attack(15)
def test_a_slow_visitor_is_sent_away_and_others_are_served_meanwhile(stack: Stack) -> None:
    began = time.monotonic()
    with (
        socket.create_connection(("127.0.0.1", stack.https), 10) as plain,
        stack.trust().wrap_socket(plain, server_hostname=NAME) as slow,
    ):
        slow.sendall(
            f"POST /inloggen HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 900\r\n\r\na=".encode()
        )
        assert stack.ask("/inloggen").status == 200
        slow.settimeout(SLOW_SECONDS + 8)
        got = slow.recv(4096)
    assert not got or Answer(got).status == 408
    assert time.monotonic() - began < SLOW_SECONDS + 8


@pytest.mark.attack(15)
@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"{PAGE}X-Long: {'a' * 9000}\r\nConnection: close\r\n\r\n", 400),
        (f"GET /{'a' * 9000} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n", 414),
        (f"POST /inloggen HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 99999999\r\n\r\n", 413),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_read(
    stack: Stack, head: str, status: int
) -> None:
    answer = Answer(stack.send(head.encode()))
    assert answer.status == status
    assert answer.headers["content-security-policy"][0].startswith("default-src 'none'")


@pytest.mark.attack(15, twin="the proxy sets no end to what is sent")
def test_without_a_limit_the_proxy_waits_for_a_hundred_megabytes(stack: Stack) -> None:
    endless = {"client_max_body_size 17m;": "client_max_body_size 0;"}
    head = f"POST /inloggen HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 99999999\r\n\r\n"
    with another_proxy(stack, endless) as patient, pytest.raises(TimeoutError):
        patient.send(head.encode(), patience=0.5)


@pytest.mark.asvs("13.4.4")
@pytest.mark.attack(61)
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PROPFIND"])
def test_methods_that_no_page_needs_are_refused(stack: Stack, method: str) -> None:
    answer = stack.ask("/inloggen", method, headers="X-Mark: teruggekaatst\r\n")
    assert answer.status in {400, 405}
    assert b"teruggekaatst" not in answer.raw


@pytest.mark.asvs("13.4.1", "13.4.3", "13.4.5", "13.4.7")
@pytest.mark.attack(61)
def test_nothing_that_was_left_behind_is_served(stack: Stack) -> None:
    served = {path: stack.ask(path).status for path in LEFT_BEHIND}
    assert {path: status for path, status in served.items() if status not in {400, 404}} == {}


@pytest.mark.asvs("13.4.3", "13.4.7")
@pytest.mark.attack(61)
def test_no_folder_is_listed_and_of_our_files_only_known_kinds_are_served(stack: Stack) -> None:
    assert [stack.ask(path).status for path in ("/static/", "/static", "/static/vendor/")] == [
        404
    ] * 3
    assert stack.ask("/static/app.css").status == 200


@pytest.mark.asvs("13.4.6")
@pytest.mark.attack(61)
def test_no_answer_says_which_version_of_what_gave_it(stack: Stack) -> None:
    for path in ("/inloggen", "/bestaat-niet", "/static/", "/static/app.css"):
        headers = stack.ask(path).headers
        assert headers["server"] == ["nginx"]
        assert not {"x-powered-by", "via", "x-runtime", "x-aspnet-version"} & set(headers)
    assert b"nginx/" not in Answer(stack.send(b"nonsense\r\n\r\n")).raw


@pytest.mark.attack(
    61, twin="the proxy serves the folder of the program, lists it, and says its version"
)
def test_a_proxy_that_serves_a_folder_gives_all_of_it_away(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("[core]\n", "utf-8")
    changes = {
        "location ~ /\\. { return 404; }": "",
        "location / { proxy_pass http://program; }": f"location / {{ root {tmp_path}; autoindex on; }}",
        "server_tokens off;": "",
    }
    with another_proxy(stack, changes) as open_house:
        assert b"[core]" in open_house.ask("/.git/config").body
        assert b"Index of /" in open_house.ask("/").body
        assert open_house.ask("/").headers["server"][0].startswith("nginx/")
