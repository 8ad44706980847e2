"""Checks of the machine: memory that could end up on a disk, and files that others could read."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from sqlalchemy import make_url

from caseapp.doctor.finding import Finding, ok, red, refuse
from caseapp.kernel.host import dumps_core, open_to_others, plain_swap
from caseapp.kernel.machine import Machine
from caseapp.settings import MAIL_PASSWORD_FILE, SECRET_FILE, Settings


def memory(machine: Machine) -> Finding:
    """Say when opened keys could end up on a disk: by a crash, or by swapping."""
    if dumps_core():
        return red(_("A crash would leave the memory of the program in a file."))
    swap = plain_swap()
    if swap:
        return red(_("There is swap on a disk that may not be encrypted: %(what)s.", what=swap[0]))
    return ok(_("No core dumps, and no swap on an open disk."))


def file_modes(machine: Machine) -> Finding:
    """Refuse secrets and databases that somebody else on this machine can read."""
    wide = open_to_others(private_files_of(machine.settings))
    if wide:
        names = ", ".join(path.name for path in wide)
        return refuse(_("Others on this machine can read: %(names)s.", names=names))
    return ok(_("Only the user of the program can read its files."))


def private_files_of(settings: Settings) -> list[Path]:
    """Return every file that holds a secret or data."""
    found = [
        settings.key_file,
        settings.instance / SECRET_FILE,
        settings.instance / MAIL_PASSWORD_FILE,
    ]
    for address in (settings.database_url, settings.keystore_url):
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and url.database:
            found += [Path(url.database + ending) for ending in ("", "-wal", "-shm")]
    return found
