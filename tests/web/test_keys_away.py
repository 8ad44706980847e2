"""When the keys cannot be had: pages with dossiers say so and come back, the sign-in page stays up."""

from dataclasses import replace

import pytest

from caseapp.kernel.keys import Keyring, KeysAwayError
from caseapp.kernel.providers import FileRoot

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
TTL = 900


class Clock:
    """Seconds that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(app, house):
    """Give the application keys that grow old by a clock of the test."""
    clock = Clock()
    root = FileRoot(house.settings.key_file)
    keyring = Keyring.open(root, house.keyring.keystore, ticks=clock)
    app.extensions["caseapp"] = replace(house, keyring=keyring)
    return clock


@pytest.mark.asvs("16.5.2", "16.5.3", "11.2.5")
def test_pages_wait_for_the_keys_and_the_door_stays_open(clock, app, as_, house):
    reader, stranger = as_("cpk"), as_(None)
    file = house.settings.key_file
    away = file.with_name("elsewhere")
    assert reader.get("/kinderen").status_code == 200
    file.rename(away)
    clock.now = TTL - 1
    assert reader.get("/kinderen").status_code == 200
    clock.now = TTL + 1
    page = reader.get("/kinderen")
    assert page.status_code == 503
    assert "zqx" not in page.get_data(as_text=True)
    assert stranger.get("/inloggen").status_code == 200
    away.rename(file)
    clock.now += 20
    assert reader.get("/kinderen").status_code == 200


def test_without_the_limit_a_process_would_open_for_ever(clock, app, house, monkeypatch):
    keyring = app.extensions["caseapp"].keyring
    house.settings.key_file.unlink()
    clock.now = TTL + 1
    with pytest.raises(KeysAwayError):
        keyring.index_key("v_number")
    monkeypatch.setattr(keyring, "_lasting", keyring._lasting._replace(ttl=float("inf")))
    assert keyring.index_key("v_number")
