"""The administrator reads on a page what the doctor finds; the command ends with the worst of it."""

from argparse import Namespace
from collections.abc import Callable

import pytest

from caseapp.cli import doctor as command
from caseapp.doctor import TABLE, Finding, Level
from caseapp.kernel.machine import Machine
from tests.strict_client import StrictClient

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def test_the_page_about_the_system_shows_each_check_and_names_no_secret(
    as_: Callable[..., StrictClient], house: Machine
) -> None:
    page = as_("administrator").get("/systeem").get_data(as_text=True)
    assert page.count("<tr") > len(TABLE)
    assert "Regels voor rijen" in page
    assert house.settings.secret_key not in page
    assert as_("cpk").client.get("/systeem").status_code == 403


@pytest.mark.parametrize(
    ("found", "code"), [("ok", 0), ("red", 1), ("refuse", 78)], ids=["ok", "red", "refuse"]
)
def test_the_command_ends_with_the_worst_that_it_found(
    house: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    found: str,
    code: int,
) -> None:
    seen = [("one", Finding(Level.OK, "Fine.")), ("two", Finding(Level(found), "Look."))]
    monkeypatch.setattr("caseapp.app.build_machine", lambda _settings: house)
    monkeypatch.setattr("caseapp.cli.doctor.load", lambda: house.settings)
    monkeypatch.setattr("caseapp.doctor.examine", lambda _machine: seen)
    assert command.run(Namespace()) == code
    assert f"{found:7} two          Look." in capsys.readouterr().out
