"""No page asks the database more often because there is more on it: ten times the rows (P4)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pytest
from sqlalchemy import event, select, text

from caseapp.continuity.jobs import reassess_all
from caseapp.domain.document import parse
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from tests import ground
from tests.census import example
from tests.meta.hall import Hall, routes
from tests.world import document

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)

TIMES: Final = 10
READERS: Final = ("cpk", "guardian", "coordinator", "national", "administrator")
SPARE: Final = 2
"""Statements that a page may cost more once: a list that was empty before is looked up now."""

Costs = dict[tuple[str, str], int]


def grown(hall: Hall, name: str, number: int) -> Arriving:
    """Return the document of a child of the story as another child, with ten of each record."""
    written = json.loads(json.dumps(document(name)))
    links = written.pop("accounts", {})
    written["child"] |= {"ref": f"{name}{number}", "v_number": f"98{number:04d}{len(name):04d}"}
    for part in ("care", "observations", "contacts", "school", "absences", "absence_reports",
                 "plans", "meetings", "consents"):  # fmt: skip
        if part in written:
            written[part] = list(_ten(written[part], "id"))
    if "family_members" in written:
        written["family_members"] = list(_ten(written["family_members"], "ref"))
    for move in written.get("transfers", ()):
        move["handover"]["items"] = list(_ten(move["handover"]["items"], "id"))
    named = {record: hall.ground.accounts[who] for record, who in links.items()}
    return Arriving(parse(written), named, name[:3])


def _ten(records: list[dict[str, Any]], key: str) -> Iterator[dict[str, Any]]:
    for number in range(TIMES):
        for record in records:
            yield record | {key: f"{record[key]}-{number}"}


def grow(hall: Hall) -> None:
    """Take in ten more of each child, each with ten of each record; the first stand for those of the story."""
    arriving = [grown(hall, name, number) for number in range(TIMES) for name in ground.CHILDREN]
    work = hall.machine.work(Actor(account_id=None, name="test", everywhere=True))
    keys = import_documents(work, arriving)
    work.commit()
    work.session.close()
    reassess_all(lambda: hall.machine.work(Actor(None, "test", everywhere=True)), anew=True)
    first = dict(zip(ground.CHILDREN, keys, strict=False))
    told = hall.ground
    hall.ground = ground.survey(
        hall.machine.engine, replace(told.world, children=first), told.accounts, told.waiting
    )
    hall.ground.sessions.update(told.sessions)


def costs(hall: Hall) -> Costs:
    """Return what each page costs its reader, in statements of both databases."""
    found = {}
    for who in READERS:
        for endpoint, method in routes(hall.app):
            address = example(hall.ground, endpoint, who)
            if method == "GET" and address is not None:
                answer = hall.ask(who, method, hall.path(endpoint, address))
                assert answer.status_code in {200, 303}, (who, endpoint)
                found[who, endpoint] = len(hall.statements)
    return found


def dearer(before: Costs, after: Costs) -> list[str]:
    """Return the pages that cost more when there is more."""
    return [
        f"{who} {endpoint}: {before[who, endpoint]}, then {cost}"
        for (who, endpoint), cost in after.items()
        if (who, endpoint) in before and cost > before[who, endpoint] + SPARE
    ]


def test_no_page_costs_more_statements_when_there_is_ten_times_as_much(hall: Hall) -> None:
    keystore = hall.machine.keyring.keystore._engine

    def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        hall.statements.append(statement)

    told = hall.ground
    event.listen(keystore, "before_cursor_execute", count)
    try:
        before = costs(hall)
        grow(hall)
        after = costs(hall)
    finally:
        event.remove(keystore, "before_cursor_execute", count)
        hall.ground = told
        hall.put_back()
    assert len(before.keys() & after.keys()) > 100
    assert dearer(before, after) == []


def test_a_page_that_costs_more_is_noticed(hall: Hall) -> None:
    hall.statements.clear()
    with hall.machine.engine.connect() as db:
        for number in range(TIMES):
            db.execute(select(text(str(number))))
    page = ("cpk", "casefile.show")
    assert dearer({page: 1}, {page: len(hall.statements)}) == [
        "cpk casefile.show: 1, then " + str(len(hall.statements))
    ]
    assert dearer({page: 1}, {page: 1 + SPARE}) == []
