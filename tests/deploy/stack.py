"""The house as it really runs, on the loopback address: proxy with TLS, program on a socket, PostgreSQL.

Everything is started from the files in config/deploy, with a certificate authority of this run.
"""

import contextlib
import getpass
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.deploy.answers import Answer, all_of
from tests.deploy.authority import Authority
from tests.deploy.ports import NotRunningError, answers, free_ports
from tests.meta.tree import ROOT
from tests.pg import APPLICATION, BASE, OWNER, Server, hold

DEPLOY: Final = ROOT / "config" / "deploy"
NAME: Final = "localhost"
KEYS: Final = "caseapp_keys"
PATIENCE_SECONDS: Final = 20
SLOW_SECONDS: Final = 2
"""How long the proxy waits for a slow visitor here; ten seconds in earnest."""


@dataclass
class Stack:
    """What runs, and where."""

    folder: Path
    server: Server
    authority: Authority
    http: int
    https: int
    log_port: int
    environment: dict[str, str]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def socket(self) -> Path:
        """Return the socket between proxy and program."""
        return self.folder / "web.sock"

    @property
    def collected(self) -> Path:
        """Return the file of the collector, on what stands for another machine."""
        return self.folder / "collected.log"

    def trust(self) -> ssl.SSLContext:
        """Return what a browser would do: TLS that trusts the authority of this run only."""
        return ssl.create_default_context(cafile=str(self.authority.file))

    def send(self, raw: bytes, *, tls: bool = True, patience: float = 10) -> bytes:
        """Send bytes as they are and return all that comes back until the other side closes."""
        port = self.https if tls else self.http
        with contextlib.ExitStack() as open_ones:
            road: Any = open_ones.enter_context(
                socket.create_connection(("127.0.0.1", port), patience)
            )
            if tls:
                road = open_ones.enter_context(self.trust().wrap_socket(road, server_hostname=NAME))
            road.sendall(raw)
            return all_of(road)

    def ask(
        self, path: str, method: str = "GET", *, tls: bool = True, headers: str = "", body: str = ""
    ) -> Answer:
        """Ask for one page, and read its answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n{headers}"
        return Answer(self.send(f"{head}\r\n{body}".encode("latin-1"), tls=tls))


def nginx() -> str:
    """Return the proxy's program; raises NotRunningError where there is none."""
    here = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which("nginx", path=path) or (str(here) if here.exists() else None)
    if found is None:
        raise NotRunningError("nginx is not installed: run 'make test', which fetches it.")
    return found


@contextlib.contextmanager
def running(folder: Path, worker: str) -> Iterator[Stack]:
    """Start everything, hand it over, and end everything."""
    program = nginx()
    server = _database(worker)
    stack = _prepared(folder, server)
    try:
        _begin_collector(stack)
        _begin_program(stack)
        _begin_proxy(stack, program)
        yield stack
    finally:
        for process in reversed(stack.processes.values()):
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def _database(worker: str) -> Server:
    """Start a durable PostgreSQL with our settings and our file of who may come in."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    server = hold(BASE / f"caseapp-deploy-{os.geteuid()}-{run[:8]}{worker}", _settings_of_file())
    with server.admin() as db:
        db.execute(
            f"DO $$ BEGIN CREATE ROLE {KEYS} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
        )
    for name, owner in (("records", OWNER), ("keystore", KEYS)):
        server.fresh_database(name)
        with server.admin() as db:
            db.execute(f"ALTER DATABASE {name} OWNER TO {owner}")
            db.execute(f"GRANT CONNECT ON DATABASE {name} TO {owner}")
            if name == "keystore":
                db.execute(f"REVOKE CONNECT ON DATABASE {name} FROM {APPLICATION}")
    return server


def _settings_of_file() -> tuple[str, ...]:
    """Return the settings in postgresql.conf as options of the server, but the quoted empty one."""
    lines = (DEPLOY / "postgresql.conf").read_text("utf-8").splitlines()
    pairs = (line.partition(" = ") for line in lines if " = " in line and line[0] != "#")
    return tuple(f"{name}={value}" for name, _is, value in pairs if value != "''")


def _close_doors(server: Server) -> None:
    """Put our pg_hba.conf in place: from here on only accounts of the machine come in."""
    me = getpass.getuser()
    names = {
        "records": "records", "keystore": "keystore", "app": APPLICATION, "owner": OWNER, "keys": KEYS,
        "admin": me, "user": me, "migrator": me,
    }  # fmt: skip
    for file in ("pg_hba.conf", "pg_ident.conf"):
        (server.home / "data" / file).write_text(_filled(DEPLOY / file, names), "utf-8")
    with psycopg.connect(server.url("postgres", "postgres", driver=""), autocommit=True) as db:
        db.execute("SELECT pg_reload_conf()")


def _filled(template: Path, names: dict[str, str]) -> str:
    text = template.read_text("utf-8")
    for name, value in names.items():
        text = text.replace(f"@{name}@", value)
    return text


def _prepared(folder: Path, server: Server) -> Stack:
    """Make keys and tables, as the runbook does."""
    authority = Authority(folder)
    http, https, log_port = free_ports(3)
    instance = folder / "instance"
    instance.mkdir(0o700)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "CASEAPP_STAGE": "production",
        "CASEAPP_INSTANCE": str(instance),
        "CASEAPP_DATABASE_URL": server.url(APPLICATION, "records"),
        "CASEAPP_MIGRATE_URL": server.url(OWNER, "records"),
        "CASEAPP_KEYSTORE_URL": server.url(KEYS, "keystore"),
        "CASEAPP_BASE_URL": f"https://{NAME}:{https}",
        "CASEAPP_HOSTS": NAME,
        "CASEAPP_PROXY_HOPS": "1",
        "CASEAPP_LOG_HOST": NAME,
        "CASEAPP_LOG_PORT": str(log_port),
        "CASEAPP_LOG_CA_FILE": str(authority.file),
    }
    stack = Stack(folder, server, authority, http, https, log_port, environment)
    _close_doors(server)
    for words in (("keys", "init"), ("migrate",)):
        command(stack, *words, check=True)
    return stack


def command(
    stack: Stack, *words: str, check: bool = False, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the house in the environment of the running one."""
    done = subprocess.run(
        [sys.executable, "-m", "caseapp", *words],
        cwd=ROOT,
        env={**stack.environment, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise NotRunningError(f"caseapp {' '.join(words)}: {done.stdout}{done.stderr}")
    return done


def _begin_collector(stack: Stack) -> None:
    certificate, key = stack.authority.sign(NAME)
    words = ["tests.deploy.collector", str(stack.log_port), str(certificate), str(key)]
    _begin(stack, "collector", [sys.executable, "-m", *words, str(stack.collected)])
    _until(stack.collected.exists, "collector", stack)


def _begin_program(stack: Stack) -> None:
    words = ["gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py"), "-b", f"unix:{stack.socket}"]
    words += ["--workers", "1", "--worker-tmp-dir", str(stack.folder)]
    _begin(stack, "program", [sys.executable, "-m", *words])
    _until(lambda: answers(socket.AF_UNIX, str(stack.socket)), "program", stack)


def _begin_proxy(stack: Stack, program: str) -> None:
    text = _proxy_file(stack, stack.http, stack.https)
    _begin(stack, "proxy", _proxy_words(stack.folder, program, text))
    _until(lambda: answers(socket.AF_INET, ("127.0.0.1", stack.https)), "proxy", stack)


def _proxy_file(stack: Stack, http: int, https: int) -> str:
    names = {
        "user": getpass.getuser(), "run": str(stack.folder), "log": str(stack.folder),
        "socket": str(stack.socket), "http": f"127.0.0.1:{http}", "https": f"127.0.0.1:{https}",
        "https_port": f":{https}", "name": NAME, "certificate": str(stack.folder / f"{NAME}.pem"),
        "key": str(stack.folder / f"{NAME}.key"), "patience": f"{SLOW_SECONDS}s",
    }  # fmt: skip
    return _filled(DEPLOY / "nginx.conf.template", names)


def _proxy_words(folder: Path, program: str, text: str) -> list[str]:
    """Write the proxy's file and return the words that start it.

    -e: until it has read its file it would write to a folder of the machine.
    """
    file = folder / "nginx.conf"
    file.write_text(text, "utf-8")
    log = str(folder / "nginx-error.log")
    return [program, "-e", log, "-p", str(folder), "-c", str(file), "-g", "daemon off;"]


@contextlib.contextmanager
def another_proxy(stack: Stack, changes: dict[str, str]) -> Iterator[Stack]:
    """Start a second proxy, from a file in which these words were replaced by others."""
    http, https = free_ports(2)
    text = _proxy_file(stack, http, https)
    for was, becomes in changes.items():
        if was not in text:
            raise NotRunningError(f"The file of the proxy does not hold {was!r}.")
        text = text.replace(was, becomes)
    folder = stack.folder / f"proxy-{https}"
    folder.mkdir()
    other = replace(stack, http=http, https=https, processes={})
    with (folder / "out").open("wb") as told:
        process = subprocess.Popen(
            _proxy_words(folder, nginx(), text), stdin=subprocess.DEVNULL, stdout=told, stderr=told
        )
    other.processes["proxy"] = process
    (other.folder / "proxy.out").touch()
    try:
        _until(lambda: answers(socket.AF_INET, ("127.0.0.1", https)), "proxy", other)
        yield other
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def read_when_there(stack: Stack, there: Callable[[], object]) -> None:
    """Wait until something reached the collector; raises NotRunningError when it does not."""
    _until(there, "collector", stack)


def _begin(stack: Stack, name: str, words: list[str]) -> None:
    with (stack.folder / f"{name}.out").open("wb") as told:
        stack.processes[name] = subprocess.Popen(
            words,
            cwd=ROOT,
            env=stack.environment,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )


def _until(there: Callable[[], object], name: str, stack: Stack) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not there():
        if stack.processes[name].poll() is not None or time.monotonic() > ends:
            words = (stack.folder / f"{name}.out").read_text("utf-8", "replace")
            raise NotRunningError(f"The {name} did not start:\n{words[-3000:]}")
        time.sleep(0.02)  # a process of its own cannot be waited for in another way
