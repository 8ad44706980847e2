"""Make a demo world on this machine, and serve it until Ctrl-C."""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from caseapp.app import create_app, open_machine
from caseapp.cli.keys import make as make_keys
from caseapp.continuity import queries as continuity
from caseapp.continuity.jobs import JOB, reassess_all
from caseapp.demo import story_children, world
from caseapp.demo.hints import BANNER, HINTS
from caseapp.demo.played import played_numbers
from caseapp.demo.playing import load_played
from caseapp.domain.policy import Actor
from caseapp.kernel import clock
from caseapp.kernel.db import private_files
from caseapp.kernel.machine import Machine
from caseapp.kernel.migrations import upgrade
from caseapp.kernel.passwords import passwords
from caseapp.kernel.providers import KeyRefusal
from caseapp.kernel.work import Work
from caseapp.settings import Settings, SettingsError, load
from caseapp.web.labels import label

PASSWORD: Final = "een-veilige-plek-2026"  # noqa: S105 (of fictitious people, printed on purpose)
READY: Final = "demo.ready"
COMMAND: Final = "make demo-code A=cpk-azc-lin"
MADE_HERE: Final = ("caseapp.db", "keystore.db", "root.key", "secret.key")
PATIENCE_SECONDS: Final = 30
PLAIN: Final = {
    errno.ENOSPC: "The disk is full. Make some room and start again: nothing is lost.",
    errno.EACCES: "This folder may not be written. Choose another one or change its rights.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, and how large the world is."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))  # noqa: TID251 (a number on the command line)
    parser.add_argument("--children", type=int, default=120, help="how many children (120)")
    parser.add_argument("--only-make", action="store_true", help="make the world, do not serve it")
    parser.add_argument("--anew", action="store_true", help="throw the present demo world away")


def run(args: argparse.Namespace) -> int:
    """Make what is missing, serve, and return 0 at Ctrl-C; 1 with a plain sentence when it cannot."""
    try:
        settings = _settings()
        if not args.only_make:
            _refuse_busy_port(args.port)
        _prepare(settings, args.children, anew=args.anew)
        return 0 if args.only_make else _serve(settings, args.port)
    except (SettingsError, KeyRefusal, DemoError) as refusal:
        return _sorry(str(refusal))
    except OSError as error:
        return _sorry(PLAIN.get(error.errno or 0, f"This did not work: {error.strerror}."))
    except OperationalError as error:
        return _sorry(f"The database could not be written: {error.orig}. Is the disk full?")
    except KeyboardInterrupt:
        return _sorry("Stopped. Start again with: make demo")


class DemoError(RuntimeError):
    """The demo cannot start; the message says why and what to do."""


def _settings() -> Settings:
    settings = load("demo", secret_needed=False)
    with private_files():
        settings.instance.mkdir(parents=True, exist_ok=True)
    return settings


def _prepare(settings: Settings, children: int, *, anew: bool) -> None:
    ready = settings.instance / READY
    if anew or not ready.exists():
        _throw_away(settings.instance, ready)
        settings = _settings()  # its secret is gone too
    with private_files():
        _say("Keys ...")
        make_keys(settings)
        settings = load("demo")
        _say("Database ...")
        upgrade(settings.migrate_url, settings.database_url)
        machine = open_machine(settings)
        try:
            if not ready.exists():
                _load(machine, children)
                ready.write_text(machine.now().date().isoformat(), "ascii")
            _look(machine)
        finally:
            machine.engine.dispose()
            machine.keyring.keystore.close()


def _throw_away(instance: Path, ready: Path) -> None:
    """Remove a half-made demo world: only what a demo makes, in its own folder."""
    ready.unlink(missing_ok=True)
    for name in MADE_HERE:
        for ending in ("", "-wal", "-shm"):
            (instance / f"{name}{ending}").unlink(missing_ok=True)


def _load(machine: Machine, children: int) -> None:
    told = world(clock.local_day(machine.now()), children=children)
    hashed = passwords(machine.settings).hash(PASSWORD)
    _say("What happened in the last two weeks ...")
    load_played(machine, told, hashed, lambda n: _say(f"Children {n} ...", end="\r"))
    _say("Children are there.")


def _look(machine: Machine) -> None:
    """Let the alerts be those of today, when the world was made on an earlier day."""
    work = _opener(machine)()
    done = continuity.last_done(work, JOB)
    today = work.today
    work.session.close()
    if done != today:
        _say("Alerts of today ...")
        reassess_all(_opener(machine), anew=True)


def _opener(machine: Machine) -> Callable[[], Work]:
    return lambda: machine.work(Actor(account_id=None, name="demo", everywhere=True))


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise DemoError(
                f"Port {port} is in use. Stop what runs there, or take another: PORT={port + 1} make demo"
            ) from None


def _serve(settings: Settings, port: int) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server goes with us
    address = f"http://localhost:{port}/"
    server = _start("gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--workers", "1",
                    "--threads", "8", "--log-level", "warning", "--no-control-socket")  # fmt: skip
    worker = _start("caseapp", "worker")
    try:
        _wait(server, address)
        _welcome(settings, address)
        return server.wait()
    except KeyboardInterrupt:
        _say("\nStopped.")
        return 0
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait()


def _start(*words: str) -> "subprocess.Popen[bytes]":
    """Start a part of the demo beside us: the web, or the worker that keeps the clock."""
    return subprocess.Popen(  # noqa: S603 (our own programs, fixed words)
        [sys.executable, "-m", *words],
        env=os.environ | {"CASEAPP_STAGE": "demo"},  # noqa: TID251 (handed on)
    )


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    for _attempt in range(PATIENCE_SECONDS * 10):
        if server.poll() is not None:
            raise DemoError("The server stopped at once. Its last lines above say why.")
        try:
            with urlopen(address, timeout=2) as answer:  # noqa: S310 (our own address)
                answer.read(1)
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    server.terminate()
    raise DemoError(f"The server did not answer within {PATIENCE_SECONDS} seconds.")


def _welcome(settings: Settings, address: str) -> None:
    told = world(clock.today())
    stories = story_children(told) | played_numbers()
    app = create_app(load("demo"))
    with app.test_request_context():
        _say(f"\n{BANNER}\n\n  {address}\n")
        _say(_("Password of every account: %(password)s", password=PASSWORD) + "\n")
        _say(_("Second step: the code of now is printed by  %(command)s", command=COMMAND) + "\n")
        for one in told.accounts:
            if not one.key.startswith(("cpk-", "voogd-")) or one.key in {h.account for h in HINTS}:
                _say(f"  {one.email:38} {one.name}, {label(one.role)}")
        _say("\n" + _("What to try first:"))
        for hint in HINTS:
            number = f" ({_('V-number')} {stories[hint.story]})" if hint.story else ""
            _say(f"  - {hint.account}@example.org: {hint.text}{number}")
        here = _("Everything stands in %(folder)s/. Ctrl-C stops.", folder=settings.instance.name)
        _say("\n" + here)


def _say(words: str, end: str = "\n") -> None:
    print(words, end=end, flush=True)


def _sorry(words: str) -> int:
    print(f"\n{words}", file=sys.stderr)
    return 1
