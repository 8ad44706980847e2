"""The form that takes in a list: what it takes, what it refuses with which sentence, and its examples."""

from io import BytesIO

import pytest
from sqlalchemy import select

from caseapp.domain.lists.columns import COLUMNS
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind, Reason, Verdict
from caseapp.exchange.forms import MOST_BYTES
from caseapp.exchange.models import ListRun
from caseapp.exchange.views.blueprint import ROUND_IT
from caseapp.exchange.views.columns import ADDRESSES, as_csv, as_workbook
from tests.domain.lists.making import world as known_world
from tests.domain.lists.making import written
from tests.world import TODAY

PAGE = "/verhuizingen/lijsten/nieuw"
LIST = written(ListKind.OCCUPANCY, {"locatie": "AZC-HERE"})
ONCE = "00" * 16


def sent(data=LIST, name="lijst.csv", **other):
    usual = {"kind": "occupancy", "on": "24-11-2026", "once": ONCE}
    file = {"file": (BytesIO(data), name)} if data is not None else {}
    return usual | file | other


def posted(client, size, **other):
    """Send a file of so many spaces, without a temporary file of the test client."""
    fields = {"kind": "occupancy", "on": "24-11-2026", "csrf_token": client.token()} | other
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + b" " * size + b"\r\n--x--\r\n"
    return client.client.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")


def text_of(answer):
    return answer.get_data(as_text=True)


def runs(work):
    return work.session.scalars(select(ListRun)).all()


def test_a_list_is_taken_in_and_waits_for_the_worker(as_, work):
    client = as_("coordinator")
    answer = client.post(PAGE, data=sent())
    assert answer.status_code == 303
    (run,) = runs(work)
    assert answer.location.endswith(str(run.id))
    page = text_of(client.get(answer.location))
    assert "De lijst wacht op zijn beurt." in page
    assert "<progress" in page
    assert "Kijk opnieuw" in page
    assert "lijst.csv" in page
    assert "Haddad" not in page


def test_a_list_that_is_sent_twice_is_taken_in_once(as_, work):
    client = as_("coordinator")
    client.post(PAGE, data=sent())
    assert client.post(PAGE, data=sent()).status_code == 303
    assert len(runs(work)) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "leeg"),
        (b"a\0b", "geen lijst"),
        (b"\xff\xfea\0", "UTF-8"),
        (b"PK\3\4nothing", "XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLSX"),
        (b"naam;leeftijd\nNoor;3\n", "kolomnamen"),
        (b"v_nummer;achternaam\n0012345678;Haddad\n", "geboortedatum, amv"),
        (LIST.replace(b"geslacht", b"achternaam"), "achternaam"),
    ],
)
def test_a_file_that_is_no_such_list_is_answered_at_the_form(as_, work, data, told):
    answer = as_("coordinator").post(PAGE, data=sent(data, kind="occupancy", on="03-11-2026"))
    page = text_of(answer)
    assert answer.status_code == 200
    assert told in page.split('id="file-error"')[1].split("</p>")[0]
    assert 'value="03-11-2026"' in page
    assert 'value="occupancy"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert runs(work) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"kind": ""}, "Kies welke lijst het is."),
        ({"file": ""}, "Kies het bestand."),
        ({"on": ""}, "Vul de dag van de lijst in."),
        ({"on": "25-11-2026"}, "Kies 24-11-2026 of eerder."),
        ({"on": "31-12-1989"}, "Kies 01-01-1990 of later."),
        ({"kind": "locations"}, "Kies "),
    ],
)
def test_what_lacks_or_cannot_be_is_asked_for(as_, work, other, told):
    page = text_of(as_("coordinator").post(PAGE, data=sent() | other))
    assert told in page.split("<h1>")[0]
    assert runs(work) == []


@pytest.mark.parametrize("day", ["24-11-2026", "01-01-1990"])
def test_the_first_and_the_last_day_are_taken(as_, work, day):
    assert as_("coordinator").post(PAGE, data=sent(on=day)).status_code == 303
    assert len(runs(work)) == 1


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("coordinator", {"occupancy", "transfers", "care", "school"}),
        ("national", set(ListKind)),
        ("administrator", {"locations"}),
        ("guardianship", set()),
    ],
)
def test_somebody_is_offered_the_lists_that_are_theirs(as_, who, kinds):
    page = text_of(as_(who).get(PAGE))
    assert {kind.value for kind in ListKind if f'value="{kind}"' in page} == kinds


def test_somebody_with_no_list_of_their_own_is_told_so(as_):
    assert "Voor jou zijn er geen lijsten" in text_of(as_("guardianship").get(PAGE))


def test_an_administrator_brings_in_no_children(as_, work):
    assert as_("administrator").post(PAGE, data=sent()).status_code == 200
    assert runs(work) == []


def test_a_file_that_is_just_small_enough_is_read(as_):
    page = text_of(posted(as_("coordinator"), MOST_BYTES))
    assert "Het bestand is leeg" in page


def test_a_file_that_is_a_little_too_large_is_told_so_with_the_answers_kept(as_):
    answer = posted(as_("coordinator"), MOST_BYTES + 1, on="03-11-2026")
    assert answer.status_code == 200
    assert "groter dan 16 MB" in text_of(answer)
    assert 'value="03-11-2026"' in text_of(answer)


def test_a_file_that_is_far_too_large_is_not_read_and_told_so_at_the_form(as_, work):
    answer = posted(as_("coordinator"), MOST_BYTES + ROUND_IT)
    assert answer.status_code == 413
    assert "groter dan 16 MB" in text_of(answer)
    assert 'name="file"' in text_of(answer)
    assert runs(work) == []


@pytest.mark.parametrize("who", ["cpk", None])
def test_whoever_may_not_bring_lists_cannot_send_that_much(as_, who):
    answer = posted(as_(who), 3 * 1024 * 1024)
    assert answer.status_code == 413
    assert 'name="file"' not in text_of(answer)


def test_a_text_in_the_place_of_the_file_is_refused(as_, work):
    assert as_("coordinator").post(PAGE, data=sent(None, file="lijst")).status_code == 400
    assert runs(work) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (r"C:\\Users\\noor\\lijst.csv", "lijst.csv"),
        ("../../etc/lijst.csv", "lijst.csv"),
        ("lijst\u202evsc.csv", "lijstvsc.csv"),
        ("x" * 300, "x" * 120),
        ("folder/", "lijst"),
    ],
)
def test_the_name_of_a_file_is_kept_without_its_folder(as_, work, name, kept):
    assert as_("coordinator").post(PAGE, data=sent(name=name)).status_code == 303
    assert [run.file_name for run in runs(work)] == [kept]


@pytest.mark.parametrize("kind", ListKind)
@pytest.mark.parametrize("make", [as_csv, as_workbook])
def test_an_example_is_read_without_a_word_but_that_nobody_is_in_it(app, kind, make):
    with app.test_request_context():
        data = make(kind, TODAY)
    report = examine(kind, data, on=TODAY, known=known_world())
    assert report.error is None
    assert report.header == tuple(column.name for column in COLUMNS[kind])
    (row,) = report.rows
    nobody = {Reason.UNKNOWN_LOCATION, Reason.UNKNOWN_CHILD}
    assert {problem.reason for problem in row.problems} <= nobody
    assert (row.verdict is Verdict.NEW) is (kind is ListKind.LOCATIONS)


def test_an_example_comes_as_a_file(as_):
    client = as_("coordinator")
    for kind, words in ADDRESSES.items():
        for form, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
            answer = client.get(f"/verhuizingen/lijsten/voorbeeld?lijst={words}&vorm={form}")
            assert answer.data.startswith(begins)
            assert f"{words}.{form}" in answer.headers["Content-Disposition"]
            assert kind in ListKind
    assert client.get("/verhuizingen/lijsten/voorbeeld?lijst=x&vorm=y").status_code == 200


def test_the_form_says_which_columns_a_list_has(as_):
    page = text_of(as_("national").get(PAGE))
    for kind in ListKind:
        assert all(column.name in page for column in COLUMNS[kind])
