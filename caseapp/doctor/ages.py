"""The check of secrets in files: each is replaced before it is too old (docs/deployment.md, secrets)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.doctor.finding import Finding, ok, red
from caseapp.kernel.machine import Machine
from caseapp.settings import MAIL_PASSWORD_FILE, OIDC_SECRET_FILE, SECRET_FILE, Settings

YEAR: Final = 400
"""Days: a year, and a month in which to do it."""
TOKEN: Final = 40


def secrets_of(settings: Settings) -> Iterator[tuple[Path, int]]:
    """Yield each file that holds a secret, and after how many days another has to be in its place."""
    for name in (SECRET_FILE, MAIL_PASSWORD_FILE, OIDC_SECRET_FILE):
        yield settings.instance / name, YEAR
    yield settings.key_file, YEAR
    if settings.vault_token_file:
        yield Path(settings.vault_token_file), TOKEN


def ages(machine: Machine) -> Finding:
    """Say which secrets should have been replaced by now."""
    old = []
    for file, days in secrets_of(machine.settings):
        if file.exists():
            written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if (machine.now() - written).days > days:
                old.append(file.name)
    if old:
        return red(_("Secrets that have to be replaced: %(names)s.", names=", ".join(old)))
    return ok(_("No secret is older than it may be."))
