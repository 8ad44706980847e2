"""Checks of the database: its settings, our role in it, and who sees rows."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import SQLAlchemyError

from caseapp.doctor.finding import Finding, ok, red, refuse
from caseapp.kernel.machine import Machine
from caseapp.kernel.probes import connection_is_private, role_of, settings_of

Wish = Callable[[str], bool]

AT_LEAST_5_SECONDS: Final = 5000


def _is(*values: str) -> Wish:
    return lambda value: value in values


def _limited(value: str) -> bool:
    return value.isdigit() and int(value) > 0


SQLITE: Final[Mapping[str, Wish]] = {
    "journal_mode": _is("wal"),
    "synchronous": _is("2", "3"),
    "foreign_keys": _is("1"),
    "secure_delete": _is("1"),
    "busy_timeout": lambda value: value.isdigit() and int(value) >= AT_LEAST_5_SECONDS,
    "trusted_schema": _is("0"),
    "temp_store": _is("2"),
}
POSTGRESQL: Final[Mapping[str, Wish]] = {
    "fsync": _is("on"),
    "full_page_writes": _is("on"),
    "synchronous_commit": _is("on", "remote_apply", "remote_write"),
    "data_sync_retry": _is("off"),
    "data_checksums": _is("on"),
    "statement_timeout": _limited,
    "lock_timeout": _limited,
    "idle_in_transaction_session_timeout": _limited,
}
"""Without these a write that was answered may be lost, or damage goes unseen (security.md 5)."""

SILENT: Final[Mapping[str, Wish]] = {
    "log_parameter_max_length": _is("0"),
    "log_parameter_max_length_on_error": _is("0"),
    "log_min_error_statement": _is("panic"),
    "log_error_verbosity": _is("terse"),
}
"""Without these the log of PostgreSQL holds values of rows (security.md 2.11)."""


def lacking(wishes: Mapping[str, Wish], settings: Mapping[str, str]) -> Iterator[str]:
    """Yield each setting that is not as it has to be, with its value."""
    for name, fits in wishes.items():
        if not fits(settings.get(name, "")):
            yield f"{name}={settings.get(name, '?')}"


def durability(machine: Machine) -> Finding:
    """Refuse a database that may lose what it confirmed."""
    wishes = SQLITE if machine.engine.dialect.name == "sqlite" else POSTGRESQL
    wrong = ", ".join(lacking(wishes, settings_of(machine.engine)))
    if wrong:
        return refuse(_("The database may lose data, or not notice damage: %(what)s.", what=wrong))
    return ok(_("What was confirmed is kept."))


def silence(machine: Machine) -> Finding:
    """Say when the log of the database would hold values of rows."""
    if machine.engine.dialect.name == "sqlite":
        return ok(_("SQLite keeps no log."))
    wrong = ", ".join(lacking(SILENT, settings_of(machine.engine)))
    if wrong:
        return red(_("The log of the database may hold values of rows: %(what)s.", what=wrong))
    return ok(_("The log of the database holds no values of rows."))


def role(machine: Machine) -> Finding:
    """Refuse a role that could change tables, or see past row-level security."""
    if machine.engine.dialect.name == "sqlite":
        return red(
            _("SQLite has no roles: the program checks alone. Use PostgreSQL for more users.")
        )
    ours = role_of(machine.engine)
    if ours.is_super or ours.passes_security or ours.owns:
        return refuse(_("The role of the program can do more than use its tables."))
    return ok(_("The role of the program owns nothing and is held to the rules of rows."))


def road(machine: Machine) -> Finding:
    """Refuse a road to the database on which others could listen or answer."""
    if machine.engine.dialect.name == "sqlite" or connection_is_private(machine.engine):
        return ok(_("A file or socket of this machine, or TLS that checks who answers."))
    return refuse(_("The road to the database is open: use a socket, or sslmode=verify-full."))


def answering(look: Callable[[Machine], Finding]) -> Callable[[Machine], Finding]:
    """Let a check of a database that does not answer be red, and not an error."""

    def looked(machine: Machine) -> Finding:
        try:
            return look(machine)
        except SQLAlchemyError as error:
            return red(_("The database did not answer: %(kind)s.", kind=type(error).__name__))

    return looked
