"""Guards of what docs/asvs.csv says does not apply: each fails on the day that it would begin to apply."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from caseapp.domain.second_factor import FactorKind
from caseapp.settings import load
from tests.meta.tree import ROOT, texts

RUNTIME = (ROOT / "config" / "requirements" / "runtime.lock").read_text("utf-8")
SCRIPTS = "".join(file.read_text("utf-8") for file in sorted((ROOT / "static").glob("*.js")))
SECRET = "of-a-test-" + "0123456789abcdef" * 2


def installed(*names: str) -> set[str]:
    """Return which of these packages the program is installed with."""
    return set(names) & set(re.findall(r"^([a-z0-9-]+)==", RUNTIME, re.MULTILINE))


def imports(*tops: str) -> Iterator[str]:
    """Yield each module of ours that imports one of these."""
    for file, names in imported().items():
        if any(name == top or name.startswith(f"{top}.") for name in names for top in tops):
            yield file


@cache
def imported() -> dict[str, list[str]]:
    """Return what each module of ours imports."""
    found = {}
    for file in sorted((ROOT / "caseapp").rglob("*.py")):
        names = found[str(file.relative_to(ROOT / "caseapp"))] = []
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            elif isinstance(node, ast.Import):
                names += [each.name for each in node.names]
    return found


def written(pattern: str, *folders: str) -> list[str]:
    """Return which files in these folders hold something."""
    found = re.compile(pattern, re.IGNORECASE)
    return [name for name, text in every_text() if name.startswith(folders) and found.search(text)]


@cache
def every_text() -> tuple[tuple[str, str], ...]:
    """Return every text of the tree, read once."""
    return tuple(texts())


@pytest.mark.guards("G1")
def test_no_text_of_people_is_html_svg_or_markdown() -> None:
    assert not installed(
        "bleach", "nh3", "markdown", "mistune", "markdown-it-py", "docutils", "bbcode"
    )
    assert written(r"\|\s*safe\b|contenteditable", "templates") == []
    accepted = set(
        re.findall(r"\.(\w+)", " ".join(re.findall(r"accept\s*=\s*\"([^\"]+)\"", _source())))
    )
    assert accepted <= {"csv", "xlsx", "json", "jsonl"}


def _source() -> str:
    return "".join(file.read_text("utf-8") for file in (ROOT / "caseapp").rglob("*.py"))


@pytest.mark.guards("G2")
def test_pages_talk_to_nobody_but_by_requests_of_their_own() -> None:
    assert not re.search(
        r"postMessage|WebSocket|EventSource|RTCPeerConnection|graphql|BroadcastChannel|importScripts",
        SCRIPTS,
    )
    assert not installed("graphene", "strawberry-graphql", "ariadne", "graphql-core", "websockets",
                         "flask-socketio", "flask-sock", "simple-websocket", "aiortc")  # fmt: skip


@pytest.mark.guards("G3")
def test_what_is_uploaded_is_read_and_never_kept_as_a_file_or_served() -> None:
    assert written(r"\bsend_file\(|\bsend_from_directory\(", "caseapp") == []
    assert written(r"\.send_static_file\(", "caseapp") == ["caseapp/app.py"]
    assert (
        written(r"\.files\[[^]]+\]\.save\(|FileStorage\)?\.save\(|upload\.save\(", "caseapp") == []
    )


@pytest.mark.guards("G4")
def test_who_somebody_is_stands_in_a_session_of_ours_and_in_no_token() -> None:
    assert set(imports("joserfc", "authlib", "jwt", "jose")) == {"kernel/oidc.py"}
    assert set(imports("itsdangerous")) == set()
    assert not installed("pyjwt", "python-jose", "flask-jwt-extended", "paseto", "pyseto")


@pytest.mark.guards("G5")
def test_no_value_reaches_ldap_xpath_latex_jndi_or_memcache() -> None:
    assert not installed("ldap3", "python-ldap", "lxml", "elementpath", "pylatex", "jpype1", "py4j",
                         "pymemcache", "pylibmc", "python-memcached", "bmemcached")  # fmt: skip
    assert set(imports("xml.etree", "xml.dom", "lxml", "ldap3")) == set()


@pytest.mark.guards("G6")
def test_our_own_code_manages_no_memory() -> None:
    endings = {Path(name).suffix for name, _text in every_text()}
    assert not endings & {".c", ".cc", ".cpp", ".h", ".pyx", ".pxd", ".rs", ".so"}
    assert set(imports("ctypes", "cffi", "mmap")) == {"kernel/host.py"}


@pytest.mark.guards("G7")
def test_no_other_origin_is_let_in_and_one_application_has_the_address() -> None:
    assert (
        written(r"access-control-allow", "caseapp", "config/deploy", "templates", "wsgi.py") == []
    )
    assert not installed("flask-cors", "starlette")
    proxy = (ROOT / "config" / "deploy" / "nginx.conf.template").read_text("utf-8")
    assert len(re.findall(r"^\s*upstream ", proxy, re.MULTILINE)) == 1


@pytest.mark.guards("G8")
def test_no_second_factor_travels_by_telephone_or_another_channel() -> None:
    assert {kind.value for kind in FactorKind} == {"app", "passkey"}
    assert not installed("twilio", "vonage", "messagebird", "boto3-sns", "pyfcm", "firebase-admin")


@pytest.mark.guards("G9")
def test_no_identity_provider_is_asked_unless_somebody_sets_one_and_we_are_none_ourselves() -> None:
    for stage in ("production", "demo", "development", "test"):
        settings = load(stage, {"CASEAPP_SECRET_KEY": SECRET})
        assert (settings.oidc_issuer, settings.oidc_client_id) == ("", "")
    assert not installed(
        "python3-saml", "pysaml2", "flask-saml", "oauthlib", "django-oauth-toolkit"
    )
    assert (
        written(r"AuthorizationServer|ResourceProtector|rfc7662|IntrospectToken", "caseapp") == []
    )


@pytest.mark.guards("G10")
def test_the_road_inside_is_a_socket_and_no_visitor_shows_a_certificate() -> None:
    proxy = (ROOT / "config" / "deploy" / "nginx.conf.template").read_text("utf-8")
    assert "ssl_client_certificate" not in proxy
    assert "ssl_verify_client" not in proxy
    assert re.findall(r"upstream \w+ \{ server (\S+) ", proxy) == ["unix:@socket@"]
    assert "wsgi_app" in (ROOT / "config" / "deploy" / "gunicorn.conf.py").read_text("utf-8")
    assert 'bind = "unix:' in (ROOT / "config" / "deploy" / "gunicorn.conf.py").read_text("utf-8")


def test_the_guards_see_what_is_there() -> None:
    assert installed("flask", "flask-cors") == {"flask"}
    assert "web/login.py" in set(imports("flask_login"))
    assert "templates/base.html" in written(r"<!doctype html>", "templates")


@pytest.mark.asvs("15.3.6")
def test_scripts_find_names_in_maps_and_never_write_by_a_name_from_outside() -> None:
    assert not re.search(
        r"__proto__|\bprototype\b|setPrototypeOf|Object\.assign|Object\.defineProperty"
        r"|JSON\.parse|\bin\s+\w+\)|\beval\(|\bFunction\(|structuredClone|\.\.\.\w",
        SCRIPTS,
    )
    by_name = re.findall(r"[\w)]\[([^\]]*)\]", re.sub(r"([\"'`]).*?\1", "''", SCRIPTS))
    assert {name for name in by_name if not name.isdigit()} <= {"''"}
