"""Fields for passwords hide what is typed and let managers and the clipboard help."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from caseapp.accounts import actions
from caseapp.accounts.forms import FirstKeyForm, PasswordForm, SignInForm
from caseapp.domain.passwords import LONGEST
from caseapp.kernel.machine import Machine
from caseapp.settings import ROOT
from caseapp.web.fields import PasswordField
from tests.world import NOW, PASSWORD

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

HELPED = {"current-password", "new-password", "off"}
"""What a field may say to a manager; off only for a key that is used once."""


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_every_field_for_a_password_hides_it_and_lets_a_manager_fill_it_in(app: Flask) -> None:
    with app.test_request_context():
        fields = [
            field
            for form in (SignInForm, PasswordForm, FirstKeyForm)
            for field in form()
            if isinstance(field, PasswordField)
        ]
    assert len(fields) == 7
    assert {field.look for field in fields} == {"password"}
    assert {field.autocomplete for field in fields} == HELPED
    assert {field.name for field in fields if field.autocomplete == "off"} == {"key"}
    for path in ("/inloggen", "/inloggen/eerste-keer"):
        page = app.test_client().get(path).get_data(as_text=True)
        inputs = re.findall(r"<input[^>]*(?:password|wachtwoord)[^>]*>", page)
        assert inputs
        assert all('type="password"' in one for one in inputs)
        longest = [int(found) for one in inputs for found in re.findall(r'maxlength="(\d+)"', one)]
        assert all(number >= LONGEST for number in longest)


@pytest.mark.asvs("6.2.7")
def test_nothing_of_ours_listens_to_the_clipboard(template) -> None:
    scripts = [file.read_text("utf-8") for file in (ROOT / "static").glob("*.js")]
    pages = [file.read_text("utf-8") for file in (ROOT / "templates").rglob("*.html")]
    assert scripts
    for text in scripts + pages:
        assert not re.search(r"onpaste|oncopy|[\"'](paste|copy|beforeinput)[\"']", text)


@pytest.mark.asvs("6.2.10")
def test_a_password_goes_on_working_for_years(house: Machine) -> None:
    late = replace(house, now=lambda: NOW + timedelta(days=10 * 365))
    entered = actions.enter(late, actions.Knock("cpk@example.org", PASSWORD, "192.0.2.1")).entered
    assert entered is not None
    assert not entered.must_change
