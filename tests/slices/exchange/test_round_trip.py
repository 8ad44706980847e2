"""A document comes in and goes out again: nothing of its own facts is lost, whatever stands in it."""

import json
import re
import unicodedata
from copy import deepcopy
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select

from caseapp.audit.models import AuditEvent
from caseapp.cli.dossier import give_out
from caseapp.domain.acceptable import refuse_unacceptable
from caseapp.domain.document import DocumentError, parse, write
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.exchange.facts import whole_dossier
from caseapp.people.models import Child
from tests.domain.random_dossiers import documents
from tests.slices.exchange.test_documents import as_kept, changed, in_order, stay

NUMBERS = count(7_000_000_000)
PATH = re.compile(r"(\w+)\[(\d+)\]")


def composed(document):
    """Return a document with its texts in the form in which they are kept (NFC)."""
    return json.loads(unicodedata.normalize("NFC", json.dumps(document, ensure_ascii=False)))


def made_acceptable(document):
    """Return a document without the records that the record cannot keep, and how many those were."""
    document, dropped = deepcopy(document), 0
    while True:
        try:
            refuse_unacceptable(parse(document))
        except DocumentError as fault:
            name, number = PATH.match(fault.path).groups()
            del document[name][int(number)]
            dropped += 1
        else:
            return document, dropped


def come_and_go(house, document):
    """Take a document in, read it out, and let the database forget it; return what went and what came."""
    document["child"]["v_number"] = str(next(NUMBERS))
    dossier = parse(document)
    work = house.work(Actor(None, "test", everywhere=True))
    try:
        (key,) = import_documents(work, [Arriving(dossier)])
        work.flush()
        return in_order(as_kept(dossier, key)), in_order(whole_dossier(work, key))
    finally:
        work.session.rollback()
        work.session.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents)
def test_whatever_comes_in_goes_out_again(house, document):
    whole, _ = made_acceptable(document)
    went, came = come_and_go(house, composed(whole))
    assert write(came) == write(went)
    assert parse(json.loads(json.dumps(write(came)))) == came


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_what_is_refused_is_named_by_its_path(document):
    _, dropped = made_acceptable(document)
    again, none = made_acceptable(made_acceptable(document)[0])
    assert none == 0
    lists = [records for records in document.values() if isinstance(records, list)]
    kept = [records for records in again.values() if isinstance(records, list)]
    assert sum(map(len, lists)) - sum(map(len, kept)) == dropped


def test_stays_that_overlap_are_refused_with_the_path_and_nothing_is_written(work):
    before = work.session.scalar(select(func.count()).select_from(Child))
    bad = changed(
        placements=[
            stay("p1", "2026-01-01", "2026-02-01"),
            stay("p2", "2026-01-31", "2026-03-01"),
        ]
    )
    with pytest.raises(DocumentError, match="This overlaps") as fault:
        import_documents(work, [Arriving(parse(bad))])
    assert fault.value.path == "placements[1].from"
    assert work.session.scalar(select(func.count()).select_from(Child)) == before


def test_the_command_prints_the_document_and_notes_it_on_the_trail(house, work, world, capsys):
    assert give_out(house, world.mine) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(write(whole_dossier(work, world.mine))))
    said = json.dumps(printed)
    for word in ("zqx-observation-text", "zqx-contact-note", "zqx-report-note", "zqx-meeting-note"):
        assert word in said
    work.session.rollback()
    noted = select(AuditEvent.child_id).where(AuditEvent.code == "dossier-exported")
    assert list(work.session.scalars(noted)) == [world.mine]


def test_a_child_that_is_not_there_is_said_so(house, capsys):
    assert give_out(house, UUID(int=7)) == 2
    assert "There is no child with this key." in capsys.readouterr().err
