"""Sealed columns in queries: refused, where SQL would silently find nothing or store plain text."""

from datetime import date

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import CompileError

from caseapp.kernel.crypto import Domain, Envelope
from caseapp.kernel.seals import (
    CannotQuerySealed,
    PlaintextError,
    SealedColumn,
    any_sealed,
    seal_of,
    sealed_columns,
)
from tests.kernel.seals.sealed_rows import LINE, Base, Card, Child, Line

QUERIES = {
    "equal": lambda: Child.card == "x",
    "unequal": lambda: Child.card != "x",
    "less": lambda: Child.card < "x",
    "more or equal": lambda: Child.card >= "x",
    "in": lambda: Child.card.in_(["x"]),
    "like": lambda: Child.card.like("x"),
    "is": lambda: Child.card.is_(None),
    "join": lambda: Child.card + "x",
    "join behind": lambda: "x" + Child.card,
    "not": lambda: ~Child.card,
    "and": lambda: Child.card & True,
    "truth": lambda: bool(Child.card),
    "contains": lambda: "x" in Child.card,
    "item": lambda: Child.card["name"],
    "call": lambda: Child.card("x"),
    "format": lambda: f"{Child.card}",
    "hash": lambda: {Child.card},
    "select": lambda: select(Child.card),
    "order": lambda: select(Child).order_by(Child.card),
    "group": lambda: select(Child.no).group_by(Child.card),
    "where": lambda: select(Child).where(Child.card == "x"),
    "update": lambda: update(Child).values({Child.card: "x"}),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_on_a_sealed_attribute_is_refused_and_does_not_find_nothing(query):
    with pytest.raises(CannotQuerySealed, match=r"Child\.card is sealed"):
        QUERIES[query]()


def test_a_sealed_attribute_of_a_class_can_be_named():
    assert repr(Child.card) == "<sealed Child.card>"


BULK = {
    "insert of the column": lambda: insert(Child.__table__).values(id=LINE, no=9, card="x"),
    "insert of many": lambda: (insert(Child.__table__), [{"id": LINE, "no": 9, "card": "x"}]),
    "insert by the mapper": lambda: (insert(Child), [{"id": LINE, "no": 9, "card_envelope": b"x"}]),
    "update of the column": lambda: update(Child.__table__).values(card=b"x"),
    "update by the mapper": lambda: update(Child).values(card_envelope="x"),
    "comparison": lambda: select(Child.no).where(Child.__table__.c.card == "x"),
}


@pytest.mark.parametrize("way", BULK)
def test_plain_text_is_refused_by_a_sealed_column_and_is_not_shown(session, way):
    statement = BULK[way]()
    before = session.execute(text("SELECT card FROM child")).all()
    with pytest.raises(PlaintextError) as caught:
        session.execute(*statement if isinstance(statement, tuple) else (statement,))
    assert "takes envelopes" in str(caught.value)
    session.rollback()
    assert session.execute(text("SELECT card FROM child")).all() == before


def test_a_sealed_value_is_never_written_into_the_text_of_a_statement():
    statement = select(Child.no).where(Child.__table__.c.card == Envelope(b"x"))
    with pytest.raises(CompileError) as caught:
        str(statement.compile(compile_kwargs={"literal_binds": True}))
    assert isinstance(caught.value.__cause__, PlaintextError)


def test_the_inventory_is_read_from_the_tables():
    assert sorted(sealed_columns(Base.metadata)) == [
        SealedColumn("child", "card", Domain.DOSSIER, Card, False, "id"),
        SealedColumn("line", "needs", Domain.HEALTH, str, True, "child_id"),
        SealedColumn("line", "note", Domain.DOSSIER, str, True, "child_id"),
        SealedColumn("meeting", "note", Domain.DOSSIER, str, True, "child_id"),
        SealedColumn("runway", "plan", Domain.DOSSIER, date, False, "child_id"),
    ]


def test_a_row_without_a_sealed_value_holds_none(engine):
    with engine.begin() as connection:
        connection.execute(insert(Line.__table__), {"id": LINE, "child_id": LINE})
    assert not any_sealed(engine, Base.metadata)
    with engine.begin() as connection:
        connection.execute(update(Line.__table__).values(needs=Envelope(b"x")))
    assert any_sealed(engine, Base.metadata)


def test_what_is_not_sealed_has_no_declaration():
    with pytest.raises(KeyError, match=r"Child\.no is not sealed"):
        seal_of(Child, "no")
