"""A mail server that runs for all tests of mail, and an outbox with nothing in it."""

from collections.abc import Iterator

import pytest

from caseapp.kernel.machine import Machine
from tests.mail import serving
from tests.mail.outbox import Outbox
from tests.mail.serving import Server


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving.running(tmp_path_factory.mktemp("smtp")) as server:
        yield server


@pytest.fixture
def server(_server: Server) -> Server:
    """Give the mail server, kind and empty."""
    _server.be("kind")
    (_server.folder / "mails").write_text("")
    return _server


@pytest.fixture
def box(house: Machine) -> Outbox:
    """Give an outbox in which nothing waits, on both databases."""
    return Outbox(house).quiet()
