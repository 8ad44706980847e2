"""The doctor: one table of checks of a running house; each is fine, red, or a reason not to start."""

from collections.abc import Iterator, Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.doctor import ages, care, copies, database, guards, host, settings
from caseapp.doctor.finding import Check, Finding, Level, UnsoundError
from caseapp.kernel.machine import Machine

__all__ = ["TABLE", "Check", "Finding", "Level", "UnsoundError", "examine", "refuse_unsound"]

TABLE: Final[Mapping[str, Check]] = {
    "debug": Check(_("Debugging"), settings.debugging, at_start=True),
    "secret": Check(_("Secret of the forms"), settings.secret, at_start=True),
    "address": Check(_("Our own address"), settings.address, at_start=True),
    "certificate": Check(_("Certificate"), settings.certificate),
    "proxy": Check(_("Proxy"), settings.proxy),
    "passwords": Check(_("Stolen passwords"), settings.stolen),
    "mail": Check(_("Mail"), settings.mail),
    "files": Check(_("Rights on files"), host.file_modes, at_start=True),
    "memory": Check(_("Memory"), host.memory),
    "durability": Check(_("Settings of the database"), database.durability, at_start=True),
    "silence": Check(_("Log of the database"), database.silence),
    "road": Check(_("Road to the database"), database.road, at_start=True),
    "role": Check(_("Role in the database"), database.role, at_start=True),
    "rows": Check(_("Rules for rows"), guards.rows, at_start=True),
    "door": Check(_("Door to the files"), guards.door, at_start=True),
    "keys": Check(_("Keys"), care.keys),
    "ages": Check(_("Age of secrets"), ages.ages),
    "clock": Check(_("Clock"), care.time, at_start=True),
    "trail": Check(_("The trail"), care.trail),
    "erasures": Check(_("Erased children"), copies.erasures, at_start=True),
    "backup": Check(_("Backup"), care.backup),
    "drill": Check(_("Restore drill"), care.drill),
    "review": Check(_("Review of the trail"), care.review),
}
"""Every check by its code, in the order in which they are shown; a new one is a new line."""


def examine(machine: Machine, *, only_at_start: bool = False) -> Iterator[tuple[str, Finding]]:
    """Look at everything, or at what is looked at in every start, and yield what was found."""
    for code, check in TABLE.items():
        if check.at_start or not only_at_start:
            yield code, database.answering(check.look)(machine)


def refuse_unsound(machine: Machine) -> None:
    """Raise UnsoundError when this is production and a check refuses it; other stages go on."""
    if machine.settings.is_demo:
        return
    wrong = [
        f"{code}: {finding.sentence}"
        for code, finding in examine(machine, only_at_start=True)
        if finding.level is Level.REFUSE
    ]
    if wrong:
        raise UnsoundError("\n".join(wrong))
