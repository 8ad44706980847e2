"""Starting and stopping the mail server of the tests, and reading what it kept."""

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from pathlib import Path

from caseapp.kernel.mail import Post

STEP_SECONDS = 0.4
"""Shorter than the server is slow (smtp_server.SLOW_SECONDS)."""
PATIENCE = 200


class Server:
    """The mail server as a test sees it: its mood, its mails, and whether it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.be("kind")
        (folder / "mails").write_text("")

    def be(self, mood: str) -> None:
        """Let the server behave in this way from its next mail on."""
        (self.folder / "mood").write_text(mood, "ascii")

    def start(self) -> None:
        """Start the process, on the port that it had before, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.smtp_server", str(self.folder)]
        )
        for _attempt in range(PATIENCE):
            with suppress(OSError, ValueError), socket.create_connection(self._door, 1) as door:
                door.settimeout(1)
                if door.recv(3):
                    return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
        raise AssertionError("the mail server did not start")

    def stop(self) -> None:
        """Let nobody answer any more."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def _door(self) -> tuple[str, int]:
        return "127.0.0.1", int((self.folder / "port").read_text("ascii"))

    @property
    def post(self) -> Post:
        """Return the server as the application knows it."""
        host, port = self._door
        sender = Address("Caseapp", "caseapp", "example.org")
        return Post(host, port, "none", "", "", sender, STEP_SECONDS, 5.0)

    @property
    def mails(self) -> list[dict]:
        """Return the mails that were kept, in the order in which they came."""
        text = (self.folder / "mails").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]

    @property
    def copies(self) -> Counter[str]:
        """Return how often each mail was kept, by Message-ID."""
        return Counter(mail["message-id"] for mail in self.mails)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Give a server that runs, and stop it in the end."""
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
