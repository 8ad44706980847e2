"""The answer to a request for access: one package, on the word of two people, once, and kept nowhere."""

import json
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.audit.models import AuditEvent
from caseapp.domain import facts
from caseapp.domain.document import load, write
from caseapp.domain.granting import Refusal as NotAgreed
from caseapp.domain.granting import RefusedError
from caseapp.domain.intents.privacy import RequestDetails, StatementDetails
from caseapp.domain.policy import Actor
from caseapp.domain.privacy_rights import (
    Asker,
    Chapter,
    Identity,
    Refusal,
    Right,
    RightRefusedError,
)
from caseapp.exchange.facts import whole_dossier
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Envelope
from caseapp.privacy import actions, queries
from caseapp.privacy.facts import everything
from caseapp.privacy.views.reading import told
from caseapp.tables import METADATA
from caseapp.web.fact_words import FACTS, UNSAID
from tests.acting import acting
from tests.meta.rows import add
from tests.world import TODAY

SYSTEM = Actor(None, "test", everywhere=True)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture
def asked(house, world):
    """Write a request down and ask for its package; returns the keys of both."""

    def ask(*, right=Right.ACCESS, asker=Asker.CHILD, without_words=False):
        with acting(house, world, "privacy_officer") as work:
            child = queries.found(work, child_id=world.mine)
            said = RequestDetails(right, asker, Identity.KNOWN, TODAY, "Zqxasked", "Zqxasker")
            row = actions.register(work, world.mine, child.card.birth, said)
            together = actions.ask_package(
                work, row, None, "Zqxreason of the officer", without_words=without_words
            )
            return row.id, together.id

    return ask


def agree(house, world, together_id, who="coordinator"):
    with acting(house, world, who) as work, work.beyond("a second person"):
        row = accounts.two_people(work, together_id)
        two_people.decide(work, row, None, True)


def made(client, request_id):
    return client.post(f"/verzoeken/{request_id}/pakket", {"version": "3"})


def files_of(answer):
    with ZipFile(BytesIO(answer.get_data())) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_package_holds_the_file_to_read_and_as_data_and_who_saw_it(as_, house, world, asked):
    key, together = asked()
    with acting(house, world, "guardian") as work:
        said = StatementDetails(Chapter.SCHOOL, Asker.CHILD, TODAY, "Zqxwords beside school")
        actions.record_statement(work, world.mine, said)
    agree(house, world, together)
    answer = made(as_("privacy_officer"), key)
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    files = files_of(answer)
    assert set(files) == {
        "lees-mij.txt", "dossier.txt", "dossier.html", "wie-zag.txt", "wie-zag.csv",
        "dossier.json", "beside.json", "index.json",
    }  # fmt: skip
    index = json.loads(files["index.json"])
    assert index["request"] == str(key)
    assert {one["name"]: one["sha256"] for one in index["files"]} == {
        name: sha256(data).hexdigest() for name, data in files.items() if name != "index.json"
    }
    text = files["dossier.txt"].decode()
    assert "V-nummer: 9900000001" in text
    for words in ("9900000001", "zqx-school-two", "Zqxwords beside school", "14-03-2010"):
        assert words in text, words
        assert words in files["dossier.html"].decode(), words
    assert "Staff guardian" in files["wie-zag.txt"].decode()
    assert b"<script" not in files["dossier.html"]
    said = json.loads(files["beside.json"])["statements"]
    assert [one["text"] for one in said] == ["Zqxwords beside school"]


@ON_SQLITE
def test_the_document_in_the_package_is_the_whole_one_but_for_where_others_live(
    as_, house, world, asked
):
    key, together = asked()
    agree(house, world, together)
    given = load(files_of(made(as_("privacy_officer"), key))["dossier.json"])
    work = house.work(SYSTEM, writes=False)
    whole = write(whole_dossier(work, world.mine))
    work.session.close()
    for member in whole["family_members"]:
        assert member.pop("location")
        member.pop("location_since", None)
    assert write(given) == whole


@ON_SQLITE
def test_what_the_child_said_in_confidence_can_be_left_out(as_, house, world, asked):
    key, together = asked(without_words=True)
    agree(house, world, together)
    files = files_of(made(as_("privacy_officer"), key))
    assert not any(b"zqx-child-view" in data for data in files.values())
    assert "in eigen woorden" in files["lees-mij.txt"].decode()


def test_it_is_made_once_and_the_trail_tells_that_it_left_the_house(as_, house, world, asked):
    key, together = asked()
    agree(house, world, together)
    client = as_("privacy_officer", language="en")
    assert made(client, key).mimetype == "application/zip"
    again = made(client, key)
    assert again.location == f"/verzoeken/{key}"
    shown = client.get(again.location).text
    assert "This has been done already. Ask again." in shown
    assert "Staff coordinator agreed" in shown
    work = house.work(SYSTEM, writes=False)
    codes = work.session.scalars(select(AuditEvent.code).where(AuditEvent.object_id == key)).all()
    assert codes.count("package-given") == 1
    work.session.close()


@ON_SQLITE
def test_without_the_second_person_nothing_leaves_the_house(as_, house, world, asked):
    key, _together = asked()
    client = as_("privacy_officer", language="en")
    assert made(client, key).location == f"/verzoeken/{key}"
    assert "A second person has not agreed to this yet." in client.get(f"/verzoeken/{key}").text


@ON_SQLITE
def test_who_asked_cannot_be_the_second_person(house, world, asked):
    _key, together = asked()
    with pytest.raises(RefusedError) as refused:
        agree(house, world, together, "privacy_officer")
    assert refused.value.code is NotAgreed.TWO_PEOPLE


@ON_SQLITE
def test_an_agreement_holds_for_what_was_asked_and_nothing_else(house, world, asked):
    key, together = asked()
    agree(house, world, together)
    with acting(house, world, "privacy_officer") as work:
        row = queries.request(work, key)
        work.revise(row, facts=replace(row.facts, without_words=True))
        with pytest.raises(RefusedError) as refused:
            actions.give_package(work, row)
        assert refused.value.code is NotAgreed.CHANGED


@ON_SQLITE
def test_while_the_trail_is_broken_nothing_leaves_the_house(as_, house, world, asked):
    key, together = asked()
    agree(house, world, together)
    with house.engine.begin() as db:
        add(db, METADATA.tables["audit_break"], acknowledged_at=None)
    client = as_("privacy_officer")
    made(client, key)
    assert "Het logboek van wie wat deed is beschadigd." in client.get(f"/verzoeken/{key}").text


@pytest.mark.parametrize(
    ("right", "asker", "code"),
    [
        (Right.CORRECTION, Asker.CHILD, Refusal.NOT_THIS_RIGHT),
        (Right.ACCESS, Asker.PARENT, Refusal.NOT_ALLOWED),
    ],
)
@ON_SQLITE
def test_a_package_answers_access_by_who_may_ask_only(asked, right, asker, code):
    with pytest.raises(RightRefusedError) as refused:
        asked(right=right, asker=asker)
    assert refused.value.code is code


@pytest.mark.asvs("14.2.7")
@ON_SQLITE
def test_nothing_of_a_package_stays_in_the_house(as_, house, world, asked):
    """Old and needless data does not pile up: the package is made in memory and given once."""
    key, together = asked()
    agree(house, world, together)
    before = set(house.settings.instance.rglob("*"))
    made(as_("privacy_officer"), key)
    new = set(house.settings.instance.rglob("*")) - before
    assert not {one for one in new if one.suffix in {".zip", ".txt", ".html", ".json", ".csv"}}
    with house.engine.connect() as db:
        row = db.execute(select(METADATA.tables["privacy_request"])).one()._mapping
    assert set(row) == {column.name for column in METADATA.tables["privacy_request"].columns}
    assert not any(isinstance(value, bytes) and len(value) > 4000 for value in row.values())


@ON_SQLITE
def test_a_part_that_does_not_open_stops_the_answer(as_, house, world, asked):
    key, together = asked()
    agree(house, world, together)
    table = METADATA.tables["placement"]
    broken = update(table).where(table.c.child_id == world.mine)
    with acting(house, world, "cpk") as work, work.beyond("a fault of the test"):
        work.session.execute(broken.values(facts=Envelope(b"\1" * 64)))
    client = as_("privacy_officer")
    assert made(client, key).location == f"/verzoeken/{key}"
    assert "is er geen antwoord" in client.get(f"/verzoeken/{key}").text


@ON_SQLITE
def test_a_place_that_must_not_be_found_has_no_name_and_no_town_in_an_answer(house, world):
    place = METADATA.tables["location"]
    with house.engine.begin() as db:
        hidden = update(place).where(place.c.id == world.locations["AZC-HERE"])
        db.execute(hidden.values(confidential=True))
    with acting(house, world, "privacy_officer") as work:
        stays = everything(work, world.mine).dossier.placements
    told_of = {(stay.location, stay.municipality) for stay in stays}
    assert not any("Hier" in name or town == "GM9901" for name, town in told_of)
    assert ("noodopvang Naast", "GM9902") in told_of


def test_every_fact_of_a_dossier_has_words():
    kinds = [one for one in vars(facts).values() if isinstance(one, type) and is_dataclass(one)]
    named = {field.name for kind in kinds for field in fields(kind)} - {
        "child",
        "date",
        "precision",
    }
    assert named - UNSAID == set(FACTS)


@ON_SQLITE
def test_an_empty_chapter_says_that_nothing_is_written(app, house, world):
    work = house.work(SYSTEM, writes=False)
    found = everything(work, world.far)
    with app.test_request_context():
        chapters = {one.title: one.parts for one in told(found)}
    work.session.close()
    assert len(chapters) == 7
    assert any(not parts for parts in chapters.values())


@ON_SQLITE
def test_of_a_child_that_is_not_there_nothing_is_kept(work):
    assert everything(work, new_id()) is None
