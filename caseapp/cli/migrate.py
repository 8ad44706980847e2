"""Bring the database to the newest step, as its owner."""

import argparse
import sys

from sqlalchemy.exc import OperationalError

from caseapp.kernel.migrations import newest, upgrade
from caseapp.settings import SettingsError, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: the addresses are settings."""


def run(_args: argparse.Namespace) -> int:
    """Migrate, and say where the database stands; return 1 with a sentence when it cannot."""
    try:
        settings = load(secret_needed=False)
        upgrade(settings.migrate_url, settings.database_url)
    except SettingsError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"The database cannot be reached or changed: {error.orig}", file=sys.stderr)
        return 1
    print(f"The database stands at {newest()}.")
    return 0
