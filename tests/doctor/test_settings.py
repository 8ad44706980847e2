"""The doctor sees each setting that may not be, and nothing wrong in a sound house."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from caseapp.doctor import Finding, Level, UnsoundError, examine, refuse_unsound
from caseapp.doctor import settings as checks
from caseapp.kernel.machine import Machine
from tests.doctor.conftest import PUBLISHED

Look = Callable[..., Finding]


@pytest.mark.parametrize(
    ("code", "changed", "level"),
    [
        ("secret", {}, Level.OK),
        ("secret", {"secret_key": "Zq8-wT3vR6xKp1Lm9Nd4Jf7Hs2Gc5Yb"}, Level.REFUSE),
        ("secret", {"secret_key": "abcdefgh" * 8}, Level.REFUSE),
        ("secret", {"secret_key": PUBLISHED}, Level.REFUSE),
        ("address", {}, Level.OK),
        ("address", {"base_url": "http://caseapp.example.org"}, Level.REFUSE),
        ("address", {"cookie_secure": False}, Level.REFUSE),
        ("address", {"hosts": ("localhost",)}, Level.REFUSE),
        ("proxy", {}, Level.OK),
        ("proxy", {"proxy_hops": 0}, Level.RED),
        ("proxy", {"proxy_hops": 2}, Level.RED),
        ("passwords", {}, Level.RED),
        ("passwords", {"stolen_passwords": "/a/file/of/them"}, Level.OK),
        ("mail", {}, Level.OK),
        ("mail", {"mail_host": ""}, Level.RED),
        ("mail", {"mail_security": "none"}, Level.RED),
    ],
)
def test_a_setting_is_sound_or_seen(
    found: Look, code: str, changed: dict[str, Any], level: Level
) -> None:
    assert found(code, **changed).level is level


@pytest.mark.asvs("13.4.2")
@pytest.mark.parametrize(("value", "level"), [("0", Level.OK), ("1", Level.REFUSE)])
def test_debugging_is_refused(
    found: Look, monkeypatch: pytest.MonkeyPatch, value: str, level: Level
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", value)
    assert found("debug").level is level


def test_production_does_not_start_with_what_is_refused_and_says_it_all(sound: Machine) -> None:
    broken = _with(sound, base_url="http://caseapp.example.org", secret_key="a" * 40)
    with pytest.raises(UnsoundError, match=r"secret: (.|\n)*address: "):
        refuse_unsound(broken)


def test_other_stages_start_whatever_is_found(sound: Machine) -> None:
    refuse_unsound(_with(sound, stage="demo", base_url="http://localhost"))


def test_only_some_checks_are_made_at_every_start(sound: Machine) -> None:
    at_start = {code for code, _finding in examine(sound, only_at_start=True)}
    assert at_start < {code for code, _finding in examine(sound)}
    assert at_start >= {"debug", "secret", "address", "files", "durability", "role"}


@pytest.mark.parametrize(("days", "level"), [(15, Level.OK), (14, Level.OK), (13, Level.RED)])
def test_a_certificate_that_ends_soon_is_seen(
    found: Look, sound: Machine, monkeypatch: pytest.MonkeyPatch, days: int, level: Level
) -> None:
    ends = sound.now() + timedelta(days=days, hours=1)
    monkeypatch.setattr(checks, "certificate_ends", lambda _host, _port: ends)
    assert found("certificate").level is level


def test_an_address_that_does_not_answer_is_seen(
    found: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_host: str, _port: int) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(checks, "certificate_ends", away)
    assert found("certificate").level is Level.RED


def test_an_address_without_https_is_not_asked_for_a_certificate(found: Look) -> None:
    finding = found("certificate", base_url="http://localhost:8000")
    assert finding.level is Level.RED
    assert "https" in str(finding.sentence)


def _with(machine: Machine, **changed: Any) -> Machine:
    return replace(machine, settings=replace(machine.settings, **changed))
