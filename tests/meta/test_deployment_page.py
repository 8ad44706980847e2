"""docs/deployment.md says how the house is run, and the code and its files do what it says."""

import os
import re
import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from caseapp.app import MEGABYTE
from caseapp.cli.worker import POLITE
from caseapp.doctor import Level
from caseapp.doctor.ages import ages, secrets_of
from caseapp.exchange.forms import MOST_BYTES
from caseapp.kernel import mail, oidc, passwords, providers, shipping
from caseapp.kernel.db import POSTGRESQL_LIMITS, open_engine
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.machine import Machine
from caseapp.settings import load
from tests.meta.tree import ROOT

PAGE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
DEPLOY = ROOT / "config" / "deploy"
GUNICORN = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
PROXY = (DEPLOY / "nginx.conf.template").read_text("utf-8")
AWAY = "postgresql+psycopg://nobody@/none?host=/nowhere"


def table(heading: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading, by their first cell."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return {row[0]: row[1:] for row in cells[1:]}


ROADS = table("Roads")


@pytest.mark.asvs("13.1.1", "13.2.4")
def test_the_page_names_every_module_that_opens_a_road_and_no_visitor_chooses_where_to() -> None:
    opening = re.compile(
        r"create_connection|\bSMTP(_SSL)?\(|requests\.Session\(|Session\(\)\.client|HTTPSConnection"
        r"|OAuth2Session\(|boto3|HTTPAdapter|urlopen\("
    )
    found = {
        f"kernel/{file.stem}"
        for file in (ROOT / "caseapp").rglob("*.py")
        if opening.search(file.read_text("utf-8")) and file.parent.name == "kernel"
    }
    elsewhere = {
        str(file.relative_to(ROOT / "caseapp"))
        for file in (ROOT / "caseapp").rglob("*.py")
        if file.parent.name not in {"kernel", "cli"} and opening.search(file.read_text("utf-8"))
    }
    named = PAGE.split("Only these modules open a road:")[1].split(".\n")[0]
    assert found == set(re.findall(r"`(kernel/\w+)`", named))
    assert elsewhere == set()


@pytest.mark.asvs("13.1.1")
def test_every_road_out_is_a_setting() -> None:
    settings = load("production", {"CASEAPP_SECRET_KEY": "x" * 40})
    roads_out = [road for road in ROADS if road.startswith(("program to", "worker to"))]
    assert len(roads_out) == 6
    assert (settings.mail_host, settings.log_host, settings.oidc_issuer, settings.vault_url) == (
        "",
    ) * 4


@pytest.mark.asvs("13.1.2", "13.2.6")
def test_each_road_has_an_end_to_how_many_and_what_happens_then() -> None:
    assert all(row[2] and row[3] for row in ROADS.values())
    pool: Any = open_engine(AWAY).pool
    assert f"{pool.size() + pool._max_overflow} a process" == ROADS["program to database"][2]
    assert f"{pool._timeout:.0f} s" in ROADS["program to database"][3]
    keys: Any = Keystore(AWAY)._engine.pool
    assert f"{keys.size() + keys._max_overflow} a process" == ROADS["program to keystore"][2]
    assert keys._pre_ping
    workers, threads = GUNICORN["workers"], GUNICORN["threads"]
    wanted = f"{workers * threads} requests ({workers} workers of {threads} threads)"
    assert wanted == ROADS["proxy to program"][2]
    assert int(ROADS["program to identity provider"][2]) == oidc.AT_ONCE
    assert f"{shipping.MOST_WAITING} lines" in ROADS["program to collector"][3]
    limit = re.search(r"limit_conn visitors (\d+);", PROXY)
    assert limit
    assert ROADS["visitor to proxy"][2].startswith(f"{limit[1]} ")


@pytest.mark.asvs("13.1.2", "15.4.4")
def test_the_database_has_room_for_all_that_may_be_open_at_once() -> None:
    allowed = re.search(r"max_connections = (\d+)", (DEPLOY / "postgresql.conf").read_text("utf-8"))
    assert allowed
    pool: Any = open_engine(AWAY).pool
    keys: Any = Keystore(AWAY)._engine.pool
    of_one = pool.size() + pool._max_overflow + keys.size() + keys._max_overflow
    assert (GUNICORN["workers"] + 1) * of_one <= int(allowed[1]) - 10


@pytest.mark.asvs("13.1.3", "13.2.6")
def test_each_road_ends_in_time_and_is_tried_again_so_often() -> None:
    assert all(row[4] for row in ROADS.values())
    key_service = ROADS["program to key service"][4]
    assert ", ".join(map(str, providers.PATIENCE[:-1])) in key_service
    assert f"{providers.PATIENCE[-1]} s" in key_service
    mails = ROADS["worker to mail server"][4]
    assert f"{mail.STEP_SECONDS} s" in mails
    assert f"{mail.WHOLE_SECONDS} s" in mails
    assert f"{oidc.PATIENCE[1]:.0f} s" in ROADS["program to identity provider"][4]
    assert f"{shipping.LONGEST_PAUSE_SECONDS:.0f} s" in ROADS["program to collector"][4]
    limits = " ".join(POSTGRESQL_LIMITS)
    back = table("What is given back, and when")
    assert "lock_timeout = '10s'" in limits
    assert "10 s" in back["transaction"][1]
    assert "idle_in_transaction_session_timeout = '300s'" in limits
    assert "300 s" in back["transaction"][0]
    assert "statement_timeout = '120s'" in limits
    assert "120 s" in ROADS["program to database"][4]
    assert f"{GUNICORN['timeout']} s" in back["thread of the program"][0]
    assert f"{GUNICORN['max_requests']} requests" in back["memory of a worker"][0]


@pytest.mark.asvs("15.1.3", "15.2.2")
def test_what_takes_long_is_named_and_held_within_its_limits() -> None:
    slow = table("What takes long")
    assert {"the nightly look at every child", "the hash of a password"} <= set(slow)
    assert all(row[0] for row in slow.values())
    assert f"at most {passwords.AT_ONCE} at a time" in slow["the hash of a password"][0]
    files = table("What is given back, and when")["uploaded file"][1]
    assert files == f"{MOST_BYTES // MEGABYTE} MB, 2 MB for other bodies"
    body = re.search(r"client_max_body_size (\d+)m;", PROXY)
    assert body
    assert int(body[1]) * MEGABYTE > MOST_BYTES
    assert POLITE > 0


@pytest.mark.asvs("13.1.4", "13.3.4")
def test_each_secret_has_a_time_after_which_it_is_replaced(tmp_path: Path) -> None:
    settings = load("test", {
        "CASEAPP_SECRET_KEY": "x" * 40, "CASEAPP_INSTANCE": str(tmp_path),
        "CASEAPP_VAULT_TOKEN_FILE": str(tmp_path / "vault_token_file"),
    })  # fmt: skip
    said = {row[0].strip("`"): int(row[1]) for row in table("Secrets").values() if row[0][0] == "`"}
    assert {file.name: days for file, days in secrets_of(settings)} == said
    assert all(row[2] for row in table("Secrets").values())


@pytest.mark.asvs("13.3.4")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("days", "level"), [(400, Level.OK), (401, Level.RED)])
def test_the_doctor_sees_a_secret_that_is_too_old(house: Machine, days: int, level: Level) -> None:
    written = house.now() - timedelta(days=days)
    for file, _days in secrets_of(house.settings):
        if file.exists():
            os.utime(file, (house.now().timestamp(),) * 2)
    os.utime(house.settings.key_file, (written.timestamp(),) * 2)
    assert ages(house).level is level
    assert datetime.fromtimestamp(house.settings.key_file.stat().st_mtime, UTC) == written


@pytest.mark.asvs("12.2.2", "12.3.1")
def test_the_files_of_the_units_are_those_of_the_page() -> None:
    named = set(re.findall(r"`([\w.-]+\.(?:template|py|service|socket|conf))`", PAGE))
    assert {file.name for file in DEPLOY.iterdir() if file.is_file()} == named
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text("utf-8")
        assert "RestartPreventExitStatus=78" in text
        assert "LimitCORE=0" in text
