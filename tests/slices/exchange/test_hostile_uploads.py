"""Requests made to do harm at the page where lists are brought in: a sentence or a refusal, never a failure."""

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from caseapp.exchange.forms import MOST_BYTES
from caseapp.exchange.models import ListRun
from caseapp.tables import METADATA
from tests.all_rows import see_all
from tests.hostile_lists.held import OF_AN_UPLOAD, changed, held
from tests.hostile_lists.texts import TEXTS
from tests.hostile_lists.trying import MULTIPART, NAMES, PAGE, body
from tests.hostile_lists.trying import part as field
from tests.house import ENGINES

ROOT = Path(__file__).resolve().parents[3]
DAY = "24-11-2026"
MEGABYTE = 1024 * 1024
BSN = "123456782"


@pytest.fixture
def desk(as_):
    """Give somebody of the national desk, who may bring in every list."""
    return as_("national")


@pytest.fixture
def count(house):
    """Give how many lists there are."""

    def counted():
        with house.engine.connect() as connection:
            see_all(connection)
            return connection.execute(select(func.count()).select_from(ListRun)).scalar_one()

    return counted


def brought(client, data=None, name="lijst.csv", **more):
    """Bring in a care list as a browser sends it."""
    given = {"kind": "care", "on": DAY, **more}
    parts = [field(one, value.encode()) for one, value in given.items()]
    told = name.replace('"', "%22")
    content = TEXTS["good"]() if data is None else data
    return sent(client, in_parts(client, *parts, field("file", content, f'; filename="{told}"')))


def in_parts(client, *parts, end=b"--x--\r\n"):
    """Return the body of a form with the token and these parts."""
    return body(field("csrf_token", client.token().encode()), *parts, end=end)


def sent(client, data, content_type=MULTIPART, **options):
    return client.client.post(PAGE, data=data, content_type=content_type, **options)


WHOLE = (
    field("kind", b"care"),
    field("on", DAY.encode()),
    field("file", TEXTS["good"](), '; filename="lijst.csv"'),
)


@pytest.mark.attack(9)
@pytest.mark.attack(15)
@pytest.mark.asvs("5.2.1")
def test_a_file_that_is_too_large_is_answered_with_the_form(desk, count):
    for size in (MOST_BYTES + 1, MOST_BYTES + 3 * MEGABYTE):
        answer = brought(desk, b"x" * size)
        text = answer.get_data(as_text=True)
        assert answer.status_code in {200, 413}
        assert 'type="file"' in text
        assert "16 MB" in text
    assert count() == 0


def test_the_largest_file_is_read(desk, count):
    start = TEXTS["good"]()
    assert brought(desk, start + b"\n" * (MOST_BYTES - len(start))).status_code == 200
    assert brought(desk, start + b";;;\n" * 1_000_000).status_code == 303
    assert count() == 1


@pytest.mark.attack(15)
@pytest.mark.asvs("5.2.1")
def test_no_other_page_takes_as_much(desk):
    answer = desk.client.post(
        "/account/taal", data={"csrf_token": desk.token(), "language": "x" * 3 * MEGABYTE}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("who", [None, "cpk", "guardian", "monitor"])
def test_who_may_bring_in_nothing_is_not_listened_to_at_length(as_, count, who):
    assert brought(as_(who), b"x" * 3 * MEGABYTE).status_code == 413
    assert brought(as_(who)).status_code == (401 if who is None else 403)
    assert count() == 0


@pytest.mark.attack(17)
@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        f"multipart/form-data; boundary={'x' * 5_000}",
        "multipart/form-data; boundary=y",
        "multipart/form-data; boundary=x; charset=utf-16",
        "application/x-www-form-urlencoded",
        "application/json",
        "text/plain; boundary=x",
        "multipart/mixed; boundary=x",
        "",
    ],
)
def test_a_body_of_another_kind_is_refused_or_brings_in_nothing(desk, count, content_type):
    assert sent(desk, in_parts(desk, *WHOLE), content_type).status_code in {200, 303, 400}
    assert count() == (1 if content_type.endswith("utf-16") else 0)


def cut(whole, share):
    return whole[: int(len(whole) * share)]


@pytest.mark.attack(15)
def test_a_body_that_ends_early_is_refused(desk, count):
    whole = in_parts(desk, *WHOLE)
    for share in (0, 0.01, 0.2, 0.5, 0.8):
        assert sent(desk, cut(whole, share)).status_code in {200, 400}
    assert sent(desk, in_parts(desk, *WHOLE, end=b"")).status_code in {200, 303, 400}


def test_a_connection_that_breaks_off_is_refused(desk, count):
    whole = in_parts(desk, *WHOLE)
    for share in (0, 0.3, 0.9):
        answer = sent(
            desk,
            None,
            input_stream=io.BytesIO(cut(whole, share)),
            content_length=len(whole) + 100_000,
        )
        assert answer.status_code == 400
    assert count() == 0


@pytest.mark.attack(16)
@pytest.mark.attack(18)
@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    "parts",
    [
        [field(f"f{number}", b"x") for number in range(1_001)],
        [field("kind", b"x" * (2 * MEGABYTE))],
        [field("kind", b"care"), field("kind", b"school"), *WHOLE[1:]],
        [*WHOLE, field("region", b"noord")],
        [*WHOLE, field("version", b"1")],
        [WHOLE[0], WHOLE[1], field("file", b"no file but a text")],
        [*WHOLE, WHOLE[2]],
        [*WHOLE[:2], field("file\0", b"x", '; filename="a"')],
        [b"no header at all\r\n\r\nx"],
        [b"Content-Disposition: attachment\r\n\r\nx"],
        [b"X" * 100_000 + b": y\r\n\r\nx"],
        [field("kind", b"\xff\xfe\xed\xa0\x80"), *WHOLE[1:]],
        [field("on", b"\0"), WHOLE[0], WHOLE[2]],
        [field("once", b"not hexadecimal"), *WHOLE],
        [field("file", b"x", '; filename="a\nb.csv"'), *WHOLE[:2]],
        [field("file", b"x", f'; filename="{"a" * 100_000}"'), *WHOLE[:2]],
    ],
)
def test_a_form_that_is_not_ours_is_refused(desk, count, parts):
    assert sent(desk, in_parts(desk, *parts)).status_code in {200, 400, 413}
    assert count() == 0


@pytest.mark.attack(25)
def test_another_token_brings_in_nothing(desk, count):
    other = in_parts(desk, *WHOLE).replace(desk.token().encode(), b"x" * 60)
    assert sent(desk, other).status_code == 400
    assert count() == 0


@pytest.mark.attack(2)
@pytest.mark.attack(11)
@pytest.mark.asvs("1.2.1", "5.3.2", "5.4.2")
@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_shown_harmlessly_and_kept_sealed(desk, house, count, name):
    answer = brought(desk, name=name)
    assert answer.status_code == (303 if name else 200), "without a name no file was chosen"
    if not name:
        return
    for page in (desk.get(answer.headers["Location"]), desk.get("/verhuizingen/lijsten")):
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "<b>.csv" not in text
        assert "\u202e" not in text
        assert BSN not in text
        assert "etc/passwd" not in text
        assert "x" * 300 not in text
    assert not name.strip() or name.encode() not in everything_in(house)


def everything_in(house):
    with house.engine.connect() as connection:
        see_all(connection)
        rows = [tuple(row) for table in METADATA.sorted_tables
                for row in connection.execute(select(table))]  # fmt: skip
    return repr(rows).encode()


@pytest.mark.attack(10)
@pytest.mark.attack(11)
@pytest.mark.asvs("5.3.1", "5.3.2")
def test_a_file_leaves_no_copy_on_the_disk(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    with pytest.raises(FileNotFoundError):
        tempfile.mkstemp()
    assert brought(desk, TEXTS["50,000 rows"]()).status_code == 303


@pytest.mark.attack(10)
@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize("name", ["utf-16", "NUL", "a page", "50,001 rows", "two million rows"])
def test_a_file_that_is_no_list_is_answered_with_its_sentence_and_nothing_is_written(
    desk, house, name
):
    desk.token()
    before = held(house)
    answer = brought(desk, TEXTS[name]())
    assert answer.status_code == 200
    assert "notice--error" in answer.get_data(as_text=True) or "error" in answer.get_data(
        as_text=True
    )
    assert changed(before, held(house), OF_AN_UPLOAD) == []
    assert changed(before, held(house), {"user_session"}) == []


@pytest.mark.slow
@pytest.mark.parametrize("database", ENGINES)
def test_a_part_of_the_proof_with_random_files_holds(tmp_path, database):
    state = tmp_path / "state.json"
    state.write_text('{"done": 5, "came": {"read": 1}, "wrong": []}')
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.list_fuzz", "--files", "40", "--first", "3",
         "--database", database, "--state", str(state)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(state.read_text())
    assert (told["done"], told["wrong"]) == (40, [])
