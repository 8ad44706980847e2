"""What stands behind the proxy: roads, accounts, secrets, and the log on its way to another machine."""

import json
import logging
import os
import pwd
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from caseapp.kernel.shipping import Shipper
from tests.deploy.authority import Authority
from tests.deploy.stack import DEPLOY, KEYS, NAME, Stack, command, read_when_there
from tests.meta.tree import ROOT
from tests.pg import APPLICATION


def said(stack: Stack) -> list[dict[str, Any]]:
    """Return what reached the other machine."""
    lines = stack.collected.read_text("utf-8").splitlines()
    return [json.loads(line[line.index("{") :]) for line in lines if "{" in line]


@pytest.mark.asvs("16.4.3", "16.2.4")
def test_an_answer_reaches_the_collector_on_the_other_machine_as_one_line(stack: Stack) -> None:
    stack.ask("/inloggen?naam=GEHEIM-A1&volgende=%0d%0aInjected:1")
    stack.ask("/GEHEIM-B2", headers="User-Agent: GEHEIM-C3\r\n")
    read_when_there(stack, lambda: sum(each.get("status") == 404 for each in said(stack)))
    lines = [each for each in said(stack) if each["event"] == "answered"]
    assert ("/inloggen", 200) in {(each["route"], each["status"]) for each in lines}
    assert all(each["at"].endswith("+00:00") for each in lines)
    told = stack.collected.read_text("utf-8")
    assert "GEHEIM" not in told + (stack.folder / "program.out").read_text("utf-8")
    assert "Injected" not in told


@pytest.mark.asvs("16.3.3", "16.4.3")
def test_what_goes_on_the_trail_reaches_the_other_machine_too(stack: Stack) -> None:
    page = stack.ask("/inloggen")
    cookie = page.headers["set-cookie"][0].split(";")[0]
    mark = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', page.body)
    assert mark
    form = (
        f"csrf_token={mark[1].decode()}&email=nobody%40example.org&password=not-the-one-of-anybody"
    )
    headers = (
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Referer: https://{NAME}:{stack.https}/inloggen\r\nContent-Length: {len(form)}\r\n"
    )
    assert stack.ask("/inloggen", "POST", headers=headers, body=form).status in {200, 400, 401, 422}
    read_when_there(stack, lambda: any(each["event"] == "trail" for each in said(stack)))
    assert "nobody@example.org" not in stack.collected.read_text("utf-8")


@pytest.mark.asvs("12.3.2", "12.3.4")
def test_a_collector_that_another_authority_signed_gets_no_line(
    stack: Stack, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "Somebody else")
    shipper = Shipper(NAME, stack.log_port, str(other.file))
    record = logging.LogRecord("caseapp", logging.INFO, "x", 1, "MISLED", (), None)
    shipper.emit(record)
    shipper.close()
    right = Shipper(NAME, stack.log_port, str(stack.authority.file))
    record.msg = "LED-WELL"
    right.emit(record)
    right.close()
    read_when_there(stack, lambda: "LED-WELL" in stack.collected.read_text("utf-8"))
    assert "MISLED" not in stack.collected.read_text("utf-8")


@pytest.mark.asvs("12.2.2")
def test_the_doctor_sees_whether_everybody_trusts_our_certificate(stack: Stack) -> None:
    line = re.compile(r"^(\w+) +certificate ", re.MULTILINE)
    alone = line.search(command(stack, "doctor").stdout)
    trusted = line.search(command(stack, "doctor", SSL_CERT_FILE=str(stack.authority.file)).stdout)
    assert [found[1] for found in (alone, trusted) if found] == ["red", "ok"]


def listening() -> set[int]:
    """Return the inodes of the sockets on which somebody listens on this machine, over TCP."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        lines = Path(table).read_text("utf-8").splitlines()[1:]
        found |= {int(line.split()[9]) for line in lines if line.split()[3] == "0A"}
    return found


def sockets_of(pid: int) -> set[int]:
    """Return the inodes of the sockets that a process has."""
    open_ones = Path(f"/proc/{pid}/fd").iterdir()
    links = [str(each.readlink()) for each in open_ones if each.is_symlink()]
    return {int(link[8:-1]) for link in links if link.startswith("socket:[")}


def family(pid: int) -> set[int]:
    """Return a process and all that it began."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return {pid}.union(*(family(int(child)) for child in children))


@pytest.mark.asvs("12.3.1")
def test_only_the_proxy_listens_to_the_network(stack: Stack) -> None:
    database = int((stack.server.home / "data" / "postmaster.pid").read_text("utf-8").split()[0])
    program = family(stack.processes["program"].pid)
    open_doors = listening()
    assert open_doors & sockets_of(stack.processes["proxy"].pid)
    assert not open_doors & set().union(*(sockets_of(pid) for pid in (*program, database)))


@pytest.mark.asvs("13.2.1", "13.2.3")
def test_who_comes_to_the_database_is_an_account_of_the_machine_and_has_no_password(
    stack: Stack,
) -> None:
    done = subprocess.run(
        [stack.server.program("psql"), stack.server.url(APPLICATION, "records", driver="")],
        cwd="/",
        user=pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if os.geteuid() == 0:
        assert "Peer authentication failed" in done.stderr
    addresses = [stack.environment[f"CASEAPP_{name}_URL"] for name in ("DATABASE", "KEYSTORE")]
    assert all(re.search(r"//\w+@/", address) for address in addresses)
    allowed = (DEPLOY / "pg_hba.conf").read_text("utf-8")
    assert not re.search(r"^(?!#).*\b(trust|password|md5)\b", allowed, re.MULTILINE)


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE stolen (id int)",
        "DROP TABLE child",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET outcome = 'ok'",
        "ALTER TABLE child DISABLE ROW LEVEL SECURITY",
        "COPY child TO PROGRAM 'cat'",
        "SET ROLE caseapp_owner",
        "CREATE ROLE thief",
        "SELECT pg_read_file('/etc/hostname')",
    ],
)
def test_the_role_of_the_program_may_do_its_work_and_no_more(stack: Stack, statement: str) -> None:
    address = stack.server.url(APPLICATION, "records", driver="")
    with psycopg.connect(address) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(statement)


@pytest.mark.asvs("13.2.2", "13.3.2")
def test_the_role_of_the_records_cannot_come_at_the_keys(stack: Stack) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"reject|denied"):
        psycopg.connect(stack.server.url(APPLICATION, "keystore", driver=""))
    with pytest.raises(psycopg.OperationalError, match=r"reject|denied"):
        psycopg.connect(stack.server.url(KEYS, "records", driver=""))


@pytest.mark.asvs("13.3.1", "13.3.2")
def test_secrets_stand_in_files_of_one_account_and_not_in_an_environment(stack: Stack) -> None:
    instance = Path(stack.environment["CASEAPP_INSTANCE"])
    secrets = {file.name: file.read_text("ascii").strip() for file in instance.glob("*.key")}
    assert set(secrets) >= {"root.key", "secret.key"}
    assert all(file.stat().st_mode & 0o77 == 0 for file in (instance, *instance.glob("*.key")))
    for pid in family(stack.processes["program"].pid):
        seen = Path(f"/proc/{pid}/environ").read_text("latin-1")
        seen += Path(f"/proc/{pid}/cmdline").read_text("latin-1")
        assert not [name for name, secret in secrets.items() if secret in seen]


@pytest.mark.asvs("13.2.4", "13.2.5")
def test_proxy_and_program_are_held_to_the_places_that_are_named() -> None:
    proxy = (DEPLOY / "nginx.conf.template").read_text("utf-8")
    assert set(re.findall(r"proxy_pass (\S+);", proxy)) == {"http://program"}
    assert re.findall(r"upstream program \{ server (\S+) ", proxy) == ["unix:@socket@"]
    assert not re.search(r"\b(resolver|autoindex|root|alias|include)\b .*;", proxy)
    for unit in ("caseapp.service", "caseapp-worker.service"):
        text = (DEPLOY / unit).read_text("utf-8").splitlines()
        assert {"IPAddressDeny=any", "ProtectSystem=strict", "NoNewPrivileges=yes"} <= set(text)


@pytest.mark.asvs("15.2.3", "13.4.2")
def test_the_program_holds_nothing_that_is_there_for_tests_or_development(stack: Stack) -> None:
    asked = (ROOT / "config" / "requirements" / "dev.in").read_text("utf-8")
    tools = {name.replace("-", "_") for name in re.findall(r"^([a-z0-9-]+)", asked, re.MULTILINE)}
    ask = (
        "import sys, wsgi; print(wsgi.app.debug, wsgi.app.testing, 'caseapp.demo' in sys.modules)\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    state, modules = done.stdout.splitlines()[-2:]
    assert state == "False False False"
    assert set(modules.split()) & (tools | {"tests", "_pytest"}) == set()


@pytest.mark.asvs("13.4.2")
def test_the_server_ends_with_78_when_debugging_is_on(stack: Stack) -> None:
    words = ["-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py")]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, *words, "-b", f"unix:{stack.folder / 'other.sock'}"],
        cwd=ROOT,
        env={**stack.environment, "FLASK_DEBUG": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 78, done.stderr
    assert "FLASK_DEBUG" in done.stderr
    assert time.monotonic() - began < 60
