"""Ports and sockets of this machine: free ones, and whether somebody answers there."""

import contextlib
import socket
from typing import Any


class NotRunningError(RuntimeError):
    """A part of the stack is not there or did not start; the message says which and why."""


def answers(family: int, where: Any) -> bool:
    """Say whether somebody takes a connection there."""
    with socket.socket(family) as probe:
        return probe.connect_ex(where) == 0


def free_ports(how_many: int) -> list[int]:
    """Return ports that nobody has at this moment."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(how_many)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
