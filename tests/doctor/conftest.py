"""A sound house in production for the doctor, and a way to break one thing of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from caseapp.doctor import TABLE, Finding
from caseapp.doctor.database import answering
from caseapp.kernel.machine import Machine
from tests import house as houses

PUBLISHED = "Zq8-wT3vR6xKp1Lm9Nd4Jf7Hs2Gc5Yb0"
"""It stands here, in the tree, so it is no secret."""


@pytest.fixture(scope="module")
def opened(template: houses.Template) -> Iterator[Machine]:
    """Open the house of this worker: the doctor only looks, so nobody needs a copy."""
    machine = houses.machine_of(template.settings)
    yield machine
    machine.keyring.keystore.close()


@pytest.fixture
def sound(opened: Machine) -> Machine:
    """Give a house with the settings of production."""
    settings = replace(
        opened.settings,
        stage="production",
        base_url="https://caseapp.example.org",
        hosts=("caseapp.example.org",),
        cookie_secure=True,
        proxy_hops=1,
        mail_host="mail.example.org",
        mail_security="starttls",
        secret_key=PUBLISHED.swapcase(),
    )
    return replace(opened, settings=settings)


@pytest.fixture
def found(sound: Machine) -> Callable[..., Finding]:
    """Look at one thing, with some settings changed."""

    def look(code: str, **changed: Any) -> Finding:
        machine = replace(sound, settings=replace(sound.settings, **changed))
        return answering(TABLE[code].look)(machine)

    return look
