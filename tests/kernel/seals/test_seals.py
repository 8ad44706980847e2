"""Sealed columns on real rows: read, written, moved and broken."""

import pickle
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session, load_only

from caseapp.kernel.crypto import Envelope, Fault, Unreadable
from caseapp.kernel.seals import NotSealableError, NoVaultError, readable, seal_of
from tests.kernel.seals.sealed_rows import (
    ANNA,
    BRAM,
    CARD,
    LINE,
    OTHER_LINE,
    Card,
    Child,
    Line,
    Meeting,
    Runway,
)


def stored(session, statement="SELECT card FROM child ORDER BY no"):
    return list(session.execute(text(statement)).scalars())


def test_a_sealed_value_is_read_back_by_the_next_request(session, again):
    child = again().get(Child, ANNA)
    assert child.card == Card("Child 0", date(2015, 1, 1))


def test_the_row_and_the_file_hold_envelopes_only(session, again, engine):
    child = again().get(Child, ANNA)
    assert child.card.name == "Child 0"
    assert isinstance(vars(child)["card_envelope"], Envelope)
    assert "Child 0" not in repr(vars(child)) + repr(child)
    engine.dispose()
    content = Path(engine.url.database).read_bytes()
    assert b"CREATE TABLE child" in content  # the scan finds what is there
    assert b"Child 0" not in content
    assert b"2015-01-01" not in content


def test_a_pickled_row_holds_no_plain_value(session):
    child = session.get(Child, ANNA)
    assert child.card.name == "Child 0"
    assert b"Child 0" not in pickle.dumps(child)


def test_the_bulk_door_takes_envelopes(session, again, vault):
    ids = [UUID(int=number) for number in range(100, 400)]
    vault.make_keys(ids)
    seal = seal_of(Child, "card")
    rows = [
        {"id": one, "no": one.int, "card": vault.seal(seal.place(one, one), CARD)} for one in ids
    ]
    session.execute(insert(Child.__table__), rows)
    session.commit()
    later = again()
    children = later.scalars(select(Child).where(Child.no >= 100)).all()
    assert [child.card for child in children] == [CARD] * 300
    assert later.info["vault"].lookups == 1


def test_a_list_of_rows_asks_the_keystore_once(session, again):
    later = again()
    lines = later.scalars(select(Line).order_by(Line.id)).all()
    assert [line.note for line in lines] == ["note 10", "note 11"]
    assert later.info["vault"].lookups == 1


@pytest.mark.attack(57)
@pytest.mark.parametrize(
    ("swap", "row", "name"),
    [
        (
            "UPDATE line SET note = (SELECT note FROM line WHERE id = :there) WHERE id = :here",
            *[0] * 2,
        ),
        ("UPDATE line SET needs = note WHERE id = :here", 0, 1),
        ("UPDATE line SET note = (SELECT card FROM child WHERE no = 0) WHERE id = :here", 0, 0),
        ("UPDATE line SET child_id = :bram WHERE id = :here", 0, 0),
        ("UPDATE line SET id = :new WHERE id = :here", 1, 0),
    ],
)
def test_an_envelope_moved_in_the_database_does_not_open(session, again, swap, row, name):
    new = UUID(int=77)
    names = {"here": LINE, "there": OTHER_LINE, "bram": BRAM, "new": new}
    session.execute(text(swap), {k: v.hex for k, v in names.items() if f":{k}" in swap})
    session.commit()
    line = again().get(Line, (LINE, new)[row])
    with pytest.raises(Unreadable) as caught:
        getattr(line, ("note", "needs")[name])
    assert caught.value.code is Fault.TAG


@pytest.fixture
def broken(session, again):
    """Give a session in which the card of Anna does not open."""
    card = bytearray(stored(session)[0])
    card[-1] ^= 1
    session.execute(text("UPDATE child SET card = :card WHERE no = 0"), {"card": bytes(card)})
    session.commit()
    return again()


@pytest.mark.asvs("11.2.5")
def test_a_field_that_does_not_open_is_shown_as_such_and_the_others_are_read(broken):
    anna, bram = broken.get(Child, ANNA), broken.get(Child, BRAM)
    shown = readable(anna, "card")
    assert isinstance(shown, Unreadable)
    assert shown.code is Fault.TAG
    assert readable(bram, "card").name == "Child 1"
    assert anna.no == 0
    with pytest.raises(AttributeError):
        readable(anna, "cart")


@pytest.mark.attack(57)
def test_a_field_that_does_not_open_cannot_be_saved_over(broken):
    before = stored(broken)
    child = broken.get(Child, ANNA)
    with pytest.raises(Unreadable):
        child.card = CARD
    child.no = 5
    broken.commit()
    assert stored(broken, "SELECT card FROM child WHERE no = 5") == before[:1]


def test_an_optional_field_that_does_not_open_cannot_be_emptied(session, again):
    session.execute(text("UPDATE line SET note = x'0101'"))
    session.commit()
    line = again().get(Line, LINE)
    with pytest.raises(Unreadable) as caught:
        line.note = None
    assert caught.value.code is Fault.SHORT


def test_a_field_that_does_not_open_is_not_saved_over_when_it_was_not_loaded(broken):
    child = broken.scalars(select(Child).where(Child.id == ANNA).options(load_only(Child.no))).one()
    assert "card_envelope" not in vars(child)
    with pytest.raises(Unreadable):
        child.card = CARD


def test_loading_some_columns_only_does_no_harm(session, again):
    later = again()
    child = later.scalars(select(Child).where(Child.no == 0).options(load_only(Child.no))).one()
    child.no = 8
    later.commit()
    assert later.get(Child, ANNA).card.name == "Child 0"


def test_setting_the_same_value_changes_nothing(session):
    child = session.get(Child, ANNA)
    child.card = Card("Child 0", date(2015, 1, 1))
    assert not session.is_modified(child)
    child.card = CARD
    assert session.is_modified(child)
    assert child.card == CARD


def test_an_optional_value_may_be_absent_and_another_may_not(session, again):
    line = session.get(Line, LINE)
    assert line.needs is None
    line.needs = "inhaler"
    line.note = None
    session.commit()
    line = again().get(Line, LINE)
    assert (line.needs, line.note) == ("inhaler", None)
    with pytest.raises(NotSealableError, match=r"child\.card is not optional"):
        session.get(Child, ANNA).card = None


def test_a_value_of_another_kind_is_refused_and_not_shown(session):
    child = session.get(Child, ANNA)
    with pytest.raises(NotSealableError) as caught:
        child.card = "Zoë"
    assert "Zoë" not in str(caught.value)


def test_a_row_in_no_session_says_what_to_do():
    child = Child(id=ANNA, no=1)
    with pytest.raises(NoVaultError, match="add it first"):
        child.card = CARD
    with pytest.raises(NoVaultError, match="add it first"):
        Child(id=ANNA, no=1, card=CARD)


def test_a_session_without_a_vault_opens_nothing(session, engine):
    with Session(engine) as bare, pytest.raises(NoVaultError):
        bare.get(Child, ANNA).card  # noqa: B018 - reading is what is tried


def test_a_row_without_its_ids_cannot_be_sealed(session):
    line = Line(id=UUID(int=50))
    with session.no_autoflush:
        session.add(line)
        with pytest.raises(NoVaultError, match="needs child_id and id"):
            line.note = "x"


def test_tables_that_share_a_mixin_have_seals_of_their_own(session):
    line = session.get(Line, LINE)
    meeting = Meeting(id=LINE, child_id=ANNA)
    session.add(meeting)
    meeting.note = "met"
    assert (seal_of(Line, "note").table, seal_of(Meeting, "note").table) == ("line", "meeting")
    assert (line.note, meeting.note) == ("note 10", "met")
    meeting.note_envelope = line.note_envelope
    assert isinstance(readable(meeting, "note"), Unreadable)


def test_a_row_keyed_by_its_child_is_bound_to_it(session, again):
    row = Runway(child_id=ANNA)
    session.add(row)
    row.plan = date(2026, 1, 31)
    session.commit()
    assert again().get(Runway, ANNA).plan == date(2026, 1, 31)
    assert seal_of(Runway, "plan").place(ANNA, ANNA).row_id == ANNA
