"""From where a request comes and by which rule it is let in, as the trail keeps it: no address, no name."""

import secrets
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

from flask import current_app, g, request

from caseapp.kernel.access import Access, Source

KEPT_BITS: Final = {4: 24, 6: 48}
"""So much of an address is kept: the network of an organisation, not the machine of a person."""

FAMILIES: Final[Mapping[str, str]] = {
    "Edg/": "edge", "OPR/": "opera", "Firefox/": "firefox", "Chrome/": "chrome", "Safari/": "safari",
}  # fmt: skip
"""Marks of browsers, those first that also carry the mark of another."""


def access_now() -> Access:
    """Return point of access, rule and program of the present request."""
    return Access(
        source=Source.WEB,
        point=f"{network_of(request.remote_addr)} {class_of(request.user_agent.string)}",
        rule=_rule(current_app.view_functions.get(request.endpoint or "")),
        span_id=secrets.token_hex(8),
    )


def trace_now() -> str:
    """Return the number of the present request: 32 hexadecimal digits, as W3C Trace Context has them."""
    if "trace_id" not in g:
        g.trace_id = secrets.token_hex(16)
    return str(g.trace_id)


def network_of(address: str | None) -> str:
    """Return the network of an address, without the part that tells one machine from its neighbours."""
    try:
        version = ip_address(address or "").version
        return str(ip_network(f"{address}/{KEPT_BITS[version]}", strict=False))
    except ValueError:
        return "?"


def class_of(user_agent: str) -> str:
    """Return the family of a browser, and whether it is a small one."""
    family = next((name for mark, name in FAMILIES.items() if mark in user_agent), "other")
    return f"{family} mobile" if "Mobi" in user_agent else family


def _rule(view: Any) -> str:
    """Return the permission that a view asks for; else that it is one's own, or open to everybody."""
    permission = getattr(view, "permission", None)
    if permission is not None:
        return str(permission.value)
    return "own" if getattr(view, "signed_in", False) else "open"
