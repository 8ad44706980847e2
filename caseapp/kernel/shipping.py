"""Log lines to a collector on another machine: syslog (RFC 5424) over TLS, framed as RFC 5425 asks.

Lines wait in memory while the collector is away, up to a limit: a page never waits for it, and the
same lines stand on this machine's own output.
"""

import logging
import os
import socket
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from typing import Final

MOST_WAITING: Final = 10_000
PATIENCE_SECONDS: Final = 5.0
LONGEST_PAUSE_SECONDS: Final = 60.0
FACILITY: Final = 13
"""Log audit, of RFC 5424 table 1."""
SEVERITY: Final = {"CRITICAL": 2, "ERROR": 3, "WARNING": 4, "INFO": 6, "DEBUG": 7}


class Shipper(logging.Handler):
    """Sends each record to one collector, by a thread of its own that begins in the process that logs."""

    def __init__(self, host: str, port: int, ca_file: str) -> None:
        super().__init__()
        self.host = host
        self.port = port
        self._trust = ssl.create_default_context(cafile=ca_file or None)
        self._trust.minimum_version = ssl.TLSVersion.TLSv1_2
        self._waiting: Queue[bytes] = Queue(MOST_WAITING)
        self._ended = threading.Event()
        self._sender: tuple[int, threading.Thread] | None = None
        self._unsent = b""
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Put a record in the row; when the row is full it is counted as lost here."""
        is_new = self._sender is None or self._sender[0] != os.getpid()
        if is_new:  # after a fork: what waits is sent by who made it
            self._waiting, self._unsent = Queue(MOST_WAITING), b""
        try:
            self._waiting.put_nowait(framed(record, self.format(record)))
        except Full:
            self.lost += 1
        if is_new:
            thread = threading.Thread(target=self._send_all, name="log-shipper", daemon=True)
            self._sender = (os.getpid(), thread)
            thread.start()

    def close(self) -> None:
        """Send what waits, if the collector is there, and end."""
        self._ended.set()
        if self._sender is not None and self._sender[0] == os.getpid():
            self._sender[1].join(PATIENCE_SECONDS)
        super().close()

    def _send_all(self) -> None:
        """Send as long as there are lines and we were not told to end; come back after a while away."""
        pause = 1.0
        while True:
            try:
                with self._connected() as road:
                    pause = 1.0
                    while self._take():
                        road.sendall(self._unsent)
                        self._unsent = b""
                    return
            except OSError:
                if self._ended.wait(pause):
                    return
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _take(self) -> bool:
        """Have a line to send; False when we were told to end and none is left."""
        while not self._unsent:
            with suppress(Empty):
                self._unsent = self._waiting.get(timeout=0.2)
            if not self._unsent and self._ended.is_set():
                return False
        return True

    def _connected(self) -> ssl.SSLSocket:
        plain = socket.create_connection((self.host, self.port), PATIENCE_SECONDS)
        return self._trust.wrap_socket(plain, server_hostname=self.host)


def framed(record: logging.LogRecord, line: str) -> bytes:
    """Return a record as one frame of syslog: its length, a head, and the line of JSON."""
    priority = FACILITY * 8 + SEVERITY.get(record.levelname, 5)
    at = datetime.fromtimestamp(record.created, UTC).isoformat()
    message = f"<{priority}>1 {at} {socket.gethostname()} caseapp {record.process} - - {line}"
    raw = message.encode()
    return b"%d %b" % (len(raw), raw)
