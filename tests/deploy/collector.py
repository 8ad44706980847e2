"""The collector of the log, on what stands for another machine: `python -m tests.deploy.collector ...`.

It takes syslog over TLS (RFC 5425) and writes each message as a line of a file.
"""

import socketserver
import ssl
import sys
from pathlib import Path
from typing import Any


class _Taking(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Read frames: a length in digits, a space, and so many bytes."""
        server: Any = self.server
        while size := self._size():
            message = self.rfile.read(size)
            with server.kept.open("ab") as file:
                file.write(message + b"\n")

    def _size(self) -> int:
        digits = b""
        while (one := self.rfile.read(1)).isdigit():
            digits += one
        return int(digits or b"0")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main(port: int, certificate: str, key: str, kept: str) -> None:
    """Take lines until somebody ends this process."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.minimum_version = ssl.TLSVersion.TLSv1_2
    trust.load_cert_chain(certificate, key)
    server: Any = _Server(("127.0.0.1", port), _Taking)
    server.kept = Path(kept)
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    Path(kept).touch()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
