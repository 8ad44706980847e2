"""The next numbered migration: drafted from what the models have and the newest step has not."""

import argparse
import re
import tempfile
from pathlib import Path

from alembic import command

from caseapp.kernel.db import open_engine
from caseapp.kernel.migrations import config, newest, upgrade
from caseapp.tables import METADATA


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask what the step is for, in a few words."""
    parser.add_argument("words", help="what the step is for, as in 'keep the second phone'")


def run(args: argparse.Namespace) -> int:
    """Write the draft and say where it is; refuse when there are no words for its name."""
    name = next_name(newest(), args.words)
    if name is None:
        print('Say what the step is for: make migration M="keep the second phone".')
        return 2
    draft(name, args.words.strip())
    print(f"migrations/versions/{name}.py is a draft: read it, and write both ways by hand.")
    return 0


def next_name(before: str, words: str) -> str | None:
    """Return the name of the step after another, or None when the words hold no letter."""
    slug = "_".join(re.findall(r"[a-z0-9]+", words.lower()))[:40].rstrip("_")
    return f"{int(before[:4]) + 1:04}_{slug}" if slug else None


def draft(name: str, words: str) -> None:
    """Compare the models with a database at the newest step, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'newest.db')}"
        upgrade(url, url)
        engine = open_engine(url)
        with engine.connect() as connection:
            settings = config(connection, METADATA)
            settings.set_main_option("file_template", "%%(rev)s")
            command.revision(settings, words, autogenerate=True, rev_id=name)
        engine.dispose()
