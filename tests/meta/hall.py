"""One house a database for all walks over the pages: told once, and put back when a page wrote."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from caseapp.accounts import actions as accounts
from caseapp.app import create_app
from caseapp.domain.policy import Actor
from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from caseapp.settings import Settings
from caseapp.tables import METADATA
from tests import census, ground, house, pg
from tests.all_rows import see_all
from tests.strict_client import StrictClient

WRITES: Final = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
TRAIL: Final = {"audit_event", "audit_event_child", "audit_head"}
VARIES: Final = re.compile(
    r'name="csrf_token" value="[^"]*"|\b[0-9a-f]{16}\b|'
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Z]{3,4}-\d(?:/|%2F)[a-z_]+|"
    r"lijst(?:/|%2F)[a-z]+-[a-z-]+"
)
"""What may differ between two answers that tell the same: a token, a reference, the address itself."""


@dataclass(slots=True)
class Hall:
    """An application on a house of its own, with everybody signed in."""

    app: Flask
    machine: Machine
    ground: ground.Ground
    tokens: dict[str, str]
    folder: Path
    database: str
    statements: list[str] = field(default_factory=list)
    _clients: dict[tuple[str | None, str], StrictClient] = field(default_factory=dict)

    def client(self, who: str | None, language: str = "nl") -> StrictClient:
        """Return the browser of somebody; None is nobody."""
        if (who, language) not in self._clients:
            browser = self.app.test_client()
            with browser.session_transaction() as session:
                session["language"] = language
                if who is not None:
                    session["_user_id"] = self.tokens[who]
                    session["_fresh"] = True
            signed_in = who is not None and who != ground.GONE
            self._clients[who, language] = StrictClient(browser, is_signed_in=signed_in)
        return self._clients[who, language]

    def ask(
        self, who: str | None, method: str, path: str, data: Mapping[str, Any] | None = None
    ) -> TestResponse:
        """Send one request with a right token, and keep the statements that it cost."""
        client = self.client(who)
        if method not in {"GET", "HEAD", "OPTIONS"}:
            data = {"csrf_token": client.token()} | dict(data or {})
        self.statements.clear()
        return client.client.open(path, method=method, data=data, buffered=True)

    @property
    def written(self) -> set[str]:
        """Return the tables that the last request wrote."""
        return {found[1] for one in self.statements if (found := WRITES.match(one))}

    def path(self, endpoint: str, address: Mapping[str, Any], method: str = "GET") -> str:
        """Return the path of an endpoint with its parts."""
        with self.app.test_request_context():
            return self.app.url_for(endpoint, _method=method, **address)

    def last_seq(self) -> int:
        """Return the number of the last line of the trail."""
        head = METADATA.tables["audit_head"]
        with self.unheard() as db:
            return int(db.scalar(select(head.c.seq)) or 0)

    def trail_since(self, seq: int) -> list[tuple[str, str, UUID | None, str | None]]:
        """Return code, outcome, account and route of the lines after a number."""
        line = METADATA.tables["audit_event"]
        wanted = select(line.c.code, line.c.outcome, line.c.account_id, line.c.route)
        with self.unheard() as db:
            return [tuple(row) for row in db.execute(wanted.where(line.c.seq > seq))]

    def contents(self) -> dict[str, list[Any]]:
        """Return every row of every table but the trail."""
        with self.unheard() as db:
            return {
                table.name: sorted(map(repr, db.execute(select(table))))
                for table in METADATA.sorted_tables
                if table.name not in TRAIL
            }

    @contextmanager
    def unheard(self) -> Iterator[Any]:
        """Give a connection whose statements do not count."""
        kept = list(self.statements)
        with self.machine.engine.connect() as connection:
            yield see_all(connection)
            connection.rollback()
        self.statements[:] = kept

    def keep(self) -> None:
        """Keep the house as it is now, to be put back."""
        self.machine.engine.dispose()
        if self.database:
            pg.fresh_database(f"{self.database}_kept", self.database)
        else:
            shutil.copy2(self.folder / "caseapp.db", self.folder / "kept.db")

    def put_back(self) -> None:
        """Put the house back as it was kept, and let everybody begin anew."""
        self.machine.engine.dispose()
        self._clients.clear()
        if self.database:
            pg.fresh_database(self.database, f"{self.database}_kept")
            return
        for left in self.folder.glob("caseapp.db-*"):
            left.unlink()
        shutil.copy2(self.folder / "kept.db", self.folder / "caseapp.db")

    def close(self) -> None:
        """Let go of files and connections."""
        self.machine.engine.dispose()
        self.machine.keyring.keystore.close()


def build(template: house.Template, folder: Path, worker: str) -> Hall:
    """Build the house from the template of a database, tell the story on, and sign everybody in."""
    settings, database = _settings(template, folder, worker)
    plain = house.machine_of(settings)
    machine = replace(plain, engine=open_engine(settings.database_url))
    plain.engine.dispose()
    if not database:
        event.listen(machine.engine, "connect", _never_wait_for_the_disk)
    told = ground.tell_on(machine, template.world)
    hall = Hall(create_app(machine=machine), machine, told, {}, folder, database)
    _sign_in(hall)
    event.listen(
        machine.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: hall.statements.append(statement),
    )
    hall.keep()
    return hall


def _never_wait_for_the_disk(connection: Any, _record: object) -> None:
    """Let SQLite leave the writing to the system: a hall need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")


def _settings(template: house.Template, folder: Path, worker: str) -> tuple[Settings, str]:
    for file in template.folder.iterdir():
        shutil.copy2(file, folder / file.name)
    settings = house.settings_in(folder)
    if template.kind != "postgresql":
        return settings, ""
    name = f"hall_{worker}"
    urls = pg.fresh_database(name, f"template_{worker}")
    return replace(settings, database_url=urls.run, migrate_url=urls.migrate), name


def _sign_in(hall: Hall) -> None:
    work = hall.machine.work(Actor(account_id=None, name="test", everywhere=True))
    for who in (*ground.ROLES, ground.GONE):
        hall.tokens[who] = accounts.begin_session(work, hall.ground.accounts[who], "test")
    work.commit()
    work.session.close()
    table = METADATA.tables["user_session"]
    names = {key: who for who, key in hall.ground.accounts.items()}
    with hall.machine.engine.connect() as db:
        for key, account_id in db.execute(select(table.c.id, table.c.account_id)):
            hall.ground.sessions[names[account_id]] = key


def told_apart(answer: TestResponse) -> str:
    """Return an answer without what may differ between two that tell the same."""
    return f"{answer.status_code} {VARIES.sub('', answer.get_data(as_text=True))}"


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield every endpoint of the census with every method that it takes, but OPTIONS."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in census.CENSUS:
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            yield rule.endpoint, method


def endpoints(app: Flask) -> set[str]:
    """Return every endpoint of the application."""
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def missing(app: Flask) -> set[str]:
    """Return the endpoints without a line in the census, and the lines without an endpoint."""
    return endpoints(app) ^ set(census.CENSUS)
