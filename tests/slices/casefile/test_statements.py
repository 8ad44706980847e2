"""The pages of every day cost a handful of statements, and no more of them when there are more children."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from caseapp.domain.document import parse
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.kernel.machine import Machine
from tests.slices.continuity.story import SYSTEM
from tests.strict_client import StrictClient
from tests.world import World, document

As = Callable[..., StrictClient]
BUDGETS = {"/vandaag": 28, "/kinderen": 26, "/signaleringen": 30, "/kinderen/mine": 32}
"""Statements at most, sign-in, menu and trail included."""


@contextmanager
def counted(house: Machine) -> Iterator[list[str]]:
    """Give the statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(house.engine, "before_cursor_execute", note)


def more_children(house: Machine, world: World, many: int) -> None:
    """Take in copies of `mine`, each with its own number."""
    told = []
    for number in range(many):
        written = document("mine")
        written.pop("accounts", None)
        written["child"]["ref"] = f"copy-{number}"
        written["child"]["v_number"] = f"99100{number:05d}"
        told.append(Arriving(parse(written), {"responsible/r2": world.accounts["cpk"]}, None))
    work = house.work(SYSTEM)
    import_documents(work, told)
    work.commit()
    work.session.close()


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_keeps_within_its_statements_however_many_children(
    house: Machine, as_: As, world: World, path: str
) -> None:
    client = as_("coordinator")
    address = path.replace("mine", str(world.mine))
    client.get(address)
    with counted(house) as few:
        assert client.get(address).status_code == 200
    more_children(house, world, 20)
    with counted(house) as many:
        assert client.get(address).status_code == 200
    assert len(few) <= BUDGETS[path], len(few)
    assert len(many) <= len(few) + 1, [s for s in many if s not in few]
