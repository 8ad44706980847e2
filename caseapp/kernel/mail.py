"""Mail: what a text becomes on its way out, and the one place that speaks with a mail server.

A try ends well, or in Undelivered with a code for why. The server is that of the settings and no other:
nothing that somebody typed chooses where we connect to, and no answer sends us on to another host.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Timer
from typing import Final
from uuid import UUID

from caseapp.domain.mailing import Trouble
from caseapp.settings import Settings, SettingsError

STEP_SECONDS: Final = 10
"""How long the server may take for each answer."""
WHOLE_SECONDS: Final = 60
"""How long one mail may take in all: a server that drips a byte at a time is cut off."""
POLICY: Final = SMTP.clone(cte_type="7bit")
SECURE: Final = ("starttls", "tls")
HERE: Final = ("localhost", "127.0.0.1", "::1")
OK: Final = range(200, 300)
GO_AHEAD: Final = range(354, 355)
PERMANENT: Final = range(500, 600)
WHO_ARE_YOU: Final = (530, 534, 535, 538)
"""Permanent answers too, but about us and not about this mail (RFC 4954)."""


class Undelivered(Exception):  # noqa: N818 (it is no mistake of ours)
    """A try failed: why, the answer of the server, and whether the mail may have arrived all the same."""

    def __init__(
        self, trouble: Trouble, reply: int | None = None, *, in_doubt: bool = False
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.reply = reply
        self.in_doubt = in_doubt


@dataclass(frozen=True, slots=True, repr=False)
class Post:
    """The mail server of the settings, and in whose name we send."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: Address
    step_seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS


@dataclass(frozen=True, slots=True)
class Text:
    """What a mail says: a subject of one line, a body, and its language."""

    subject: str
    body: str
    language: str


def post_of(settings: Settings) -> Post | None:
    """Return the mail server of the settings; None when mail is off. Raises SettingsError."""
    if not settings.mail_host:
        return None
    if settings.mail_security not in (*SECURE, "none"):
        raise SettingsError("CASEAPP_MAIL_SECURITY must be starttls, tls or none.")
    if settings.mail_security == "none" and settings.mail_host not in HERE:
        raise SettingsError("CASEAPP_MAIL_SECURITY is none: that is for a server on this machine.")
    sender = _address(settings.mail_from)
    if sender is None:
        raise SettingsError("CASEAPP_MAIL_FROM must be one mail address.")
    return Post(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_user,
        settings.mail_password,
        sender,
    )


def letter(post: Post, to: str, text: Text, key: UUID, at: datetime) -> EmailMessage:
    """Return the mail as it goes out; the same key makes the same Message-ID, for each try.

    Raises Undelivered for an address that is none, and so for one that would add a line to the head.
    """
    address = _address(to)
    if address is None:
        raise Undelivered(Trouble.NO_ADDRESS)
    mail = EmailMessage(policy=POLICY)
    mail["From"] = Address("Caseapp", addr_spec=post.sender.addr_spec)
    mail["To"] = address
    mail["Subject"] = " ".join(text.subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{key}@{post.sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = text.language
    mail.set_content(text.body)
    return mail


def send(post: Post, mail: EmailMessage) -> None:
    """Hand a mail to the server; raises Undelivered when that fails."""
    to = mail["To"].addresses[0].addr_spec
    with _connected(post) as server:
        _answered(*server.mail(post.sender.addr_spec))
        _answered(*server.rcpt(to))
        _answered(*server.docmd("DATA"), wanted=GO_AHEAD)
        _answered(*_handed_over(server, mail))
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _handed_over(server: smtplib.SMTP, mail: EmailMessage) -> tuple[int, bytes]:
    """Send the text and return the answer; when the connection breaks nobody can tell whether it was taken."""
    text = mail.as_bytes().replace(
        b"\r\n.", b"\r\n.."
    )  # a dot alone would end it (RFC 5321, 4.5.2)
    try:
        server.send(text.rstrip(b"\r\n") + b"\r\n.\r\n")
        return server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(_why(error), in_doubt=True) from None


@contextmanager
def _connected(post: Post) -> Iterator[smtplib.SMTP]:
    """Give a server that greeted us, and cut it off when all of it takes too long."""
    try:
        server = _open(post)
    except (OSError, smtplib.SMTPException) as error:
        raise _undelivered(error) from None
    watch = Timer(post.whole_seconds, _cut_off, [server])
    watch.daemon = True
    watch.start()
    try:
        _greet(server, post)
        yield server
    except (OSError, smtplib.SMTPException) as error:
        raise _undelivered(error) from None
    finally:
        watch.cancel()
        server.close()


def _open(post: Post) -> smtplib.SMTP:
    if post.security == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(post.host, post.port, timeout=post.step_seconds, context=safe)
    return smtplib.SMTP(post.host, post.port, timeout=post.step_seconds)


def _greet(server: smtplib.SMTP, post: Post) -> None:
    server.ehlo_or_helo_if_needed()
    if post.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except smtplib.SMTPNotSupportedError:
            raise Undelivered(Trouble.NOT_SAFE) from None
        server.ehlo()
    if post.user:
        try:
            server.login(post.user, post.password)
        except smtplib.SMTPAuthenticationError as error:
            raise Undelivered(Trouble.SIGN_IN, error.smtp_code) from None


def _cut_off(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _answered(code: int, _words: bytes, wanted: range = OK) -> None:
    """Go on after a good answer; the words of the server are never kept."""
    if code not in wanted:
        raise Undelivered(_why_not(code), code)


def _why_not(code: int) -> Trouble:
    if code in WHO_ARE_YOU:
        return Trouble.SIGN_IN
    return Trouble.REFUSED if code in PERMANENT else Trouble.NOT_NOW


def _undelivered(error: Exception) -> Undelivered:
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return Undelivered(Trouble.NOT_NOW, error.smtp_code)
    return Undelivered(_why(error))


def _why(error: Exception) -> Trouble:
    if isinstance(error, ssl.SSLError):
        return Trouble.NOT_SAFE
    # smtplib tells of an answer that did not come as of a connection that closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Trouble.TOO_SLOW
    if isinstance(error, (smtplib.SMTPServerDisconnected, ConnectionResetError, BrokenPipeError)):
        return Trouble.BROKEN_OFF
    return Trouble.UNREACHABLE


def _address(words: str) -> Address | None:
    """Return the one mail address that these words are; None for anything else."""
    if any(ord(one) <= ord(" ") or ord(one) > ord("~") for one in words):
        return None
    try:
        found = Address(addr_spec=words)
    except (ValueError, MessageError, IndexError):
        return None
    return found if found.username and found.domain else None
