"""The door for a web server: `gunicorn wsgi:app`."""

import gc
import sys

from flask import Flask

from caseapp.app import create_app
from caseapp.kernel.host import close_memory
from caseapp.kernel.log import set_up
from caseapp.kernel.providers import KeyRefusal
from caseapp.settings import SettingsError, load


def _opened() -> Flask:
    """Build the application; a house that may not start ends the server with 78, and says why."""
    close_memory()
    try:
        settings = load()
        set_up(settings)
        made = create_app(settings)
    except (KeyRefusal, SettingsError) as refusal:
        sys.stderr.write(f"Refused: {refusal}\n")
        sys.exit(KeyRefusal.exit_code)
    machine = made.extensions["caseapp"]
    machine.engine.dispose()  # a connection that crosses a fork would have two owners
    machine.keyring.keystore.close()
    return made


app = _opened()

# What was made until here lives as long as the process. Left to the collector, it is walked through
# each time a list has made enough objects: that took up to 100 ms of one page in twenty.
gc.collect()
gc.freeze()
