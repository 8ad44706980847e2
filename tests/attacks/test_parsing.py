"""What is sent in shapes that nobody agreed to (attacks 6, 7, 12, 15 to 18)."""

import ast
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from caseapp.settings import ROOT
from caseapp.web import arriving, fields, forms
from caseapp.web.fields import TextField
from caseapp.web.forms import BadFieldsError, DecimalField, Form, IntegerField
from tests.strict_client import StrictClient

As = Callable[..., StrictClient]
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

ODD: Final = ("pagina=1&pagina=2", "pagina=12345678", "role=administrator", "id=1", "version=2", "created_by=1",
    "locatie=a%00b", "locatie=%0d%0aSet-Cookie:%20a=b", "locatie=%e2%80%ae", "locatie[]=a",
    "regio=" + "x" * 61)  # fmt: skip


@pytest.mark.attack(16)
@pytest.mark.attack(18)
@pytest.mark.asvs("2.2.1", "1.3.3")
@ON_SQLITE
def test_an_address_asks_what_a_page_of_ours_asks_once_and_nothing_else(as_: As) -> None:
    client = as_("coordinator").client
    for asked in ODD:
        for path in ("/kinderen", "/verhuizingen", "/signaleringen"):
            assert client.get(f"{path}?{asked}").status_code == 400, asked
    assert client.get("/kinderen?pagina=1").status_code == 200


@pytest.mark.attack(16, twin="the names of an address are not looked at")
@ON_SQLITE
def test_otherwise_an_address_may_say_things_twice(
    as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "_may_ask", lambda _name: True)
    assert as_("coordinator").client.get("/kinderen?pagina=1&pagina=2").status_code == 200


class Few(Form):
    """A form of one word."""

    name = TextField("name")
    number = IntegerField("number", least=0, most=99)
    share = DecimalField("share", least=0, most=9)


@pytest.mark.attack(18, twin="a form takes every field")
def test_a_form_that_takes_every_field_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = MultiDict({"name": "a", "role": "administrator"})
    with pytest.raises(BadFieldsError):
        Few(sent)
    monkeypatch.setattr(forms.Form, "_refuse_strangers", lambda _form, _sent: None)
    assert Few(sent).is_sent


NUMBERS: Final = (
    "1e400",
    "NaN",
    "inf",
    "-1",
    "9223372036854775808",
    "0x10",
    "1_000",
    "\u0661e9",
    "[]",
    "true",
    "1.0.0",
)


@pytest.mark.attack(16)
@pytest.mark.asvs("1.4.2", "2.2.1")
@pytest.mark.parametrize("typed", NUMBERS)
def test_no_number_is_endless_negative_or_beyond_its_bounds(typed: str) -> None:
    form = Few(MultiDict({"name": "a", "number": typed, "share": typed}))
    assert not form.submitted
    assert all(form[name].errors for name in ("number", "share"))


BANNED: Final = frozenset({"pickle", "shelve", "marshal", "yaml", "dill", "jsonpickle"})
CALLS: Final = frozenset({"eval", "exec", "compile", "__import__"})


def unsafe(root: Path) -> Iterator[str]:
    """Yield where code reads objects of others, runs text as code, or asks a shell."""
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {each.name.split(".")[0] for each in node.names} & BANNED
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").split(".")[0]} & BANNED
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                has_shell = any(word.arg == "shell" for word in node.keywords)
                names = ({called} & CALLS) | (
                    {called} if has_shell or called == "os.system" else set()
                )
            if names:
                yield f"{file.name}: {sorted(names)}"


@pytest.mark.attack(12)
@pytest.mark.asvs("1.5.2", "1.3.2", "1.2.5")
def test_no_code_of_ours_reads_objects_runs_text_or_asks_a_shell() -> None:
    assert list(unsafe(ROOT / "caseapp")) == []


@pytest.mark.attack(12, twin="a module reads pickles and runs text")
def test_code_that_does_is_seen(tmp_path: Path) -> None:
    text = "import pickle\nfrom yaml import load\neval('1')\nrun('x', shell=True)\n"
    (tmp_path / "one.py").write_text(text, "utf-8")
    assert len(list(unsafe(tmp_path))) == 4


@pytest.mark.attack(12)
@ON_SQLITE
def test_a_session_that_somebody_changed_is_nobodys(as_: As) -> None:
    client = as_("cpk").client
    assert client.get("/account").status_code == 200
    cookie = client.get_cookie("caseapp")
    assert cookie is not None
    client.set_cookie("caseapp", "x" + cookie.value[1:])
    assert client.get("/account").status_code == 303


@pytest.mark.attack(15)
@pytest.mark.asvs("5.2.1")
@ON_SQLITE
def test_a_huge_form_is_refused_before_it_is_read(as_: As) -> None:
    client = as_("cpk")
    token = client.token()
    for sent in (
        {"csrf_token": token, "language": "x" * 3_000_000},
        {"csrf_token": token} | {f"f{number}": "1" for number in range(100_000)},
    ):
        assert client.client.post("/taal", data=sent).status_code in {400, 413}


@pytest.mark.attack(15, twin="a form may be of any size")
@ON_SQLITE
def test_without_the_limits_it_is_read_whole(
    as_: As, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_("cpk")
    sent = {"language": "nl", "back": "/" + "x" * 3_000_000}
    assert client.post("/taal", sent).status_code in {400, 413}
    for name in ("MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE"):
        monkeypatch.setitem(app.config, name, None)
    assert client.post("/taal", sent).status_code == 303


PIECES: Final = (
    b"\xff", b"\xed\xa0\x80", b"\x00", b"%", b"%zz", b"%ff", b"&", b"=", b"csrf_token=", b"[]", b"\r\n",
    b"\xe2\x80\xae", b"q", b"language", b"back", b"{", b'"', b"\\")  # fmt: skip
KINDS: Final = ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data",
    "multipart/form-data; boundary=x", "application/json", "text/plain; charset=\xff", "")  # fmt: skip


def broken(client: StrictClient, number: int) -> list[str]:
    """Send so many odd requests, and return those that were answered as a fault of ours."""
    dice, wrong = Random(17), []
    for _each in range(number):
        body = b"".join(dice.choices(PIECES, k=dice.randrange(8)))
        path = dice.choice(("/taal", "/account", "/kinderen/zoeken", "/vastleggen"))
        kind = dice.choice(KINDS)
        answer = client.client.post(path, data=body, content_type=kind)
        if answer.status_code >= 500:
            wrong.append(f"{path} {kind} {body!r}")
    return wrong


@pytest.mark.attack(17)
@pytest.mark.asvs("1.1.1", "2.2.1")
@ON_SQLITE
def test_no_odd_bytes_are_a_fault_of_ours(as_: As) -> None:
    assert broken(as_("cpk"), 150) == []


@pytest.mark.attack(17, twin="a view fails on odd bytes")
@ON_SQLITE
def test_a_fault_by_odd_bytes_is_seen(as_: As, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_named: object) -> None:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "twin")

    monkeypatch.setattr(arriving, "_is_elsewhere", fails)
    client = as_("cpk")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    client._token = "x"  # noqa: S105 - no page is asked for one
    assert broken(client, 3)


@pytest.mark.attack(7, twin="signs that nobody sees are let in")
def test_a_word_with_signs_that_nobody_sees_would_come_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = MultiDict({"name": "ab\u202ec", "number": "1", "share": "1"})
    assert not Few(sent).submitted
    monkeypatch.setattr(fields, "clean", lambda words, **_how: words)
    assert Few(sent).submitted
    assert math.isfinite(Few(sent).share.data or 0)
