"""No request ever waits for a mail server: whatever it does, pages are read and written."""

import socket
from collections.abc import Callable, Iterator
from threading import Thread

import grimp
import pytest

from caseapp.domain.mailing import LetterState, Trouble
from caseapp.kernel.mail import Post
from tests.mail.outbox import Outbox
from tests.mail.test_words_of_mails import POST
from tests.strict_client import StrictClient
from tests.world import World

LONG_SECONDS = 60.0
SPEAKS = "caseapp.kernel.mail"


@pytest.fixture
def deaf() -> Iterator[tuple[socket.socket, Post]]:
    """Give a server that takes the call and says nothing, until the test lets go of it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        host, port = door.getsockname()
        sender = POST.sender
        yield door, Post(host, port, "none", "", "", sender, LONG_SECONDS, LONG_SECONDS)


def test_pages_are_read_and_written_while_the_mail_server_keeps_the_worker_waiting(
    box: Outbox,
    world: World,
    as_: Callable[..., StrictClient],
    deaf: tuple[socket.socket, Post],
) -> None:
    door, post = deaf
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    box.make()
    worker = Thread(target=box.send, args=(post,))
    worker.start()
    call, _from = door.accept()  # from here on the worker waits for us
    client = as_("cpk")
    assert "nog niet hebt gelezen" in client.get("/vandaag").text
    assert client.post("/berichten/gelezen").status_code == 303
    assert worker.is_alive()
    call.close()
    worker.join(LONG_SECONDS)
    [letter] = [one for one in box.letters() if one.account_id == world.accounts["cpk"]]
    assert (letter.state, letter.trouble) == (LetterState.WAITING, Trouble.BROKEN_OFF)


def test_only_the_worker_speaks_with_a_mail_server() -> None:
    graph = grimp.build_graph("caseapp", include_external_packages=True)
    assert graph.find_modules_that_directly_import("smtplib") == {SPEAKS}
    callers = {
        edge["importer"]
        for importer in graph.find_modules_that_directly_import(SPEAKS)
        for edge in graph.get_import_details(importer=importer, imported=SPEAKS)
        if " send" in edge["line_contents"]
    }
    assert callers == {"caseapp.notices.jobs"}
