"""Checks of what was set: debugging, the secret, our address, the proxy, and mail."""

from typing import Final
from urllib.parse import urlsplit

from flask.helpers import get_debug_flag
from flask_babel import lazy_gettext as _

from caseapp.doctor.finding import Finding, ok, red, refuse
from caseapp.kernel.host import certificate_ends
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import stands_in
from caseapp.settings import ROOT, SHORTEST_SECRET

DAYS_AHEAD: Final = 14
FEWEST_DIFFERENT: Final = 10
"""Of a random secret of 32 letters about 25 differ: with half of that somebody typed it."""


def debugging(machine: Machine) -> Finding:
    """Refuse a server that shows its inside to who makes it fail."""
    if get_debug_flag():
        return refuse(_("FLASK_DEBUG is on: an error would show the inside of the program."))
    return ok(_("Off."))


def secret(machine: Machine) -> Finding:
    """Refuse a secret that is short, typed by hand, or published with the program."""
    given = machine.settings.secret_key
    if len(given) < SHORTEST_SECRET or len(set(given)) < FEWEST_DIFFERENT:
        return refuse(_("The secret is too short or too simple: run caseapp keys init."))
    if stands_in(ROOT, (given.encode(),)):
        return refuse(_("The secret stands in the files of the program, which others have too."))
    return ok(_("Long enough, and nowhere in the files of the program."))


def address(machine: Machine) -> Finding:
    """Refuse an address without TLS, a cookie that travels without it, and a name we do not answer to."""
    settings = machine.settings
    parts = urlsplit(settings.base_url)
    if parts.scheme != "https" or not settings.cookie_secure:
        return refuse(_("CASEAPP_BASE_URL must begin with https, and cookies must be secure."))
    if parts.hostname not in settings.hosts:
        return refuse(_("The name in CASEAPP_BASE_URL is not in CASEAPP_HOSTS."))
    return ok(_("Over TLS only."))


def certificate(machine: Machine) -> Finding:
    """Say when a browser would not trust the certificate of our address, or soon will not."""
    parts = urlsplit(machine.settings.base_url)
    if parts.scheme != "https":
        return red(_("Our own address has no certificate: it does not begin with https."))
    host, port = parts.hostname or "", parts.port or 443
    try:
        ends = certificate_ends(host, port)
    except OSError as error:
        return red(_("Our own address does not answer as it should: %(kind)s.", kind=_kind(error)))
    days = (ends - machine.now()).days
    if days < DAYS_AHEAD:
        return red(_("The certificate of our address ends soon: in %(days)s days.", days=days))
    return ok(_("Every browser trusts the certificate, for %(days)s days more.", days=days))


def _kind(error: OSError) -> str:
    return type(error).__name__


def proxy(machine: Machine) -> Finding:
    """Say when nobody stands before us: then each visitor seems to be the proxy, or may say who he is."""
    hops = machine.settings.proxy_hops
    if hops != 1:
        return red(_("CASEAPP_PROXY_HOPS is %(hops)s; behind one proxy it is 1.", hops=hops))
    return ok(_("One proxy stands before the program."))


def stolen(machine: Machine) -> Finding:
    """Say when new passwords are held against our own list only."""
    if not machine.settings.stolen_passwords:
        return red(
            _("No file of stolen passwords is set: new ones are held against our own list only.")
        )
    return ok(_("New passwords are held against a file of stolen ones."))


def mail(machine: Machine) -> Finding:
    """Say when no mail leaves, or when it would travel open."""
    settings = machine.settings
    if not settings.mail_host:
        return red(_("Mail is off: what people should be told by mail waits."))
    if settings.mail_security == "none":
        return red(_("Mail leaves without TLS: only to a server on this machine."))
    return ok(_("Mail leaves over TLS."))
