"""What is wrong with a trail is named exactly: the record, the kind, and the part of it."""

from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from caseapp.audit.actions.chaining import EVENT
from caseapp.domain.trail import Outcome, Problem, Wrong
from caseapp.kernel.machine import Machine
from tests.tampering import HEAD, last, look, owner, vouch, write
from tests.world import World


@pytest.fixture
def trail(house: Machine, world: World) -> Machine:
    """Give a house with a trail and a checkpoint at its end."""
    write(house, world, 2)
    vouch(house)
    return house


def test_a_changed_value_is_named_by_its_column(trail: Machine) -> None:
    with owner(trail) as db:
        seq = last(db) - 1
        db.execute(update(EVENT).where(EVENT.c.seq == seq).values(outcome="no"))
    found = look(trail)
    assert found.problems == (Problem(seq, Wrong.CONTENT, "outcome"),)
    assert (found.first_bad, found.outcome) == (seq, Outcome.BROKEN)


def test_bytes_that_are_no_record_are_named_as_such(trail: Machine) -> None:
    with owner(trail) as db:
        seq = last(db) - 1
        db.execute(update(EVENT).where(EVENT.c.seq == seq).values(canonical=b"no record"))
    assert set(look(trail).problems) == {
        Problem(seq, Wrong.HASH), Problem(seq, Wrong.CONTENT, "canonical")
    }  # fmt: skip


def test_a_record_put_before_the_beginning_is_named_as_a_wrong_beginning(trail: Machine) -> None:
    with owner(trail) as db:
        row = dict(db.execute(select(EVENT).where(EVENT.c.seq == last(db))).mappings().one())
        bare = {name: None for name in row if EVENT.c[name].nullable}
        db.execute(insert(EVENT), [row | bare | {"seq": 0, "id": uuid4()}])
    assert look(trail).problems == (Problem(1, Wrong.BEGIN),)


def test_another_end_is_named_as_the_head(trail: Machine) -> None:
    with owner(trail) as db:
        upto = last(db)
        db.execute(update(HEAD).values(seq=upto + 1))
    assert look(trail).problems == (Problem(upto, Wrong.HEAD),)


def test_a_checkpoint_of_a_record_that_is_gone_is_named_by_its_number(trail: Machine) -> None:
    with owner(trail) as db:
        upto = last(db)
        db.execute(EVENT.delete().where(EVENT.c.seq == upto))
    found = look(trail)
    assert Problem(upto, Wrong.CHECKPOINT, "gone") in found.problems
    assert Problem(upto - 1, Wrong.HEAD) in found.problems
