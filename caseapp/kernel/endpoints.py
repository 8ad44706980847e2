"""Whom this program may call: only hosts that are named in the settings, at addresses that are looked at first.

A name is looked up once for each call, and the call goes to the very address that was looked at: a name
that answers something else the next moment (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from caseapp.kernel.providers import KeyRefusal, KeysAwayError

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host; raises OSError."""

OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
NUMBER: Final = re.compile(r"(^|\.)(0x[0-9a-f]*|\d+)\.?$")
"""How an address ends in all of its spellings: 2852039166 and 0xa9fea9fe are 169.254.169.254 too."""

METADATA: Final = frozenset({ipaddress.ip_address("fd00:ec2::254")})
"""Where a cloud answers with the credentials of the machine, beside the link-local address."""

PORTS: Final = {"https": 443, "http": 80}


class Endpoint(NamedTuple):
    """Where a call goes: the name that the certificate has to bear, and the address that was looked at."""

    scheme: str
    host: str
    port: int
    address: str

    @property
    def origin(self) -> str:
        """Return the beginning of an address of the web, with the address in place of the name."""
        place = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{place}:{self.port}"


def resolved(host: str, port: int) -> Sequence[str]:
    """Ask the machine for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def endpoint(url: str, hosts: Collection[str], resolve: Resolve = resolved) -> Endpoint:
    """Return where a call to this address may go.

    Raises KeyRefusal for a host that is not named in the settings or an address that is nobody's
    service, KeysAwayError when the name cannot be looked up now.
    """
    scheme, host, port = _named(url, hosts)
    try:
        addresses = resolve(host, port)
    except OSError as error:
        raise KeysAwayError(f"{host} cannot be looked up ({type(error).__name__})") from None
    for address in addresses:
        if not may_be_called(address, own=host in OWN_MACHINE):
            raise KeyRefusal(f"{host} has the address {address}, which is nobody's key service")
    if not addresses:
        raise KeysAwayError(f"{host} has no address")
    return Endpoint(scheme, host, port, addresses[0])


def _named(url: str, hosts: Collection[str]) -> tuple[str, str, int]:
    """Return scheme, host and port of an address as it is written; raises KeyRefusal."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"):
        raise KeyRefusal("a key service is written as https://host:port, and nothing more")
    if host not in hosts:
        raise KeyRefusal(f"host {host!r} is not among CASEAPP_KEY_HOSTS")
    if NUMBER.search(host) and not _is_address(host):
        raise KeyRefusal(f"{host} is an address in a spelling of its own")
    if parts.scheme not in PORTS or (parts.scheme == "http" and host not in OWN_MACHINE):
        raise KeyRefusal(f"{host} is asked over https only")
    return parts.scheme, host, parts.port or PORTS[parts.scheme]


def may_be_called(address: str, *, own: bool) -> bool:
    """Say whether an address can be a key service; this machine only when it was named as such."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped:
        one = one.ipv4_mapped
    if one.is_loopback:
        return own
    if one in METADATA or one.is_link_local or one.is_multicast or one.is_unspecified:
        return False
    return not one.is_reserved


def _is_address(host: str) -> bool:
    try:
        return str(ipaddress.ip_address(host)) == host
    except ValueError:
        return False
