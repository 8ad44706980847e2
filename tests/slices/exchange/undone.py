"""A house before and after: what stands in its tables, as far as an undo has to bring it back."""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from caseapp.accounts import queries as accounts
from caseapp.domain.policy import Actor
from caseapp.exchange import actions, queries
from caseapp.exchange.actions.keeping import finish_new
from caseapp.exchange.models import ListRun
from caseapp.kernel.db import new_id
from caseapp.kernel.restoring import is_fact
from caseapp.people import queries as people
from caseapp.tables import METADATA
from tests.acting import step_in
from tests.all_rows import see_all
from tests.domain.lists.making import CHILD, ON, written
from tests.world import NOW

LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(hours=2)

ALERT = ("child_id", "rule", "subject", "severity", "since", "due", "owner_account_id", "owner_desk",
         "taken_at", "put_off_until", "mistaken_at", "opened_at")  # fmt: skip
"""What an open alert is; a muted one too."""
REACH = (
    "child_id",
    "why",
    "sees",
    "location_id",
    "region",
    "account_id",
    "desk",
    "origin_id",
    "until_on",
)

SYSTEM = Actor(None, "test", everywhere=True)


def at(machine, moment: datetime):
    """Return the same house at another moment."""
    return replace(machine, now=lambda: moment)


def facts(machine) -> dict[str, dict[Any, dict[str, Any]]]:
    """Return every row that people write, without its version; what they say to each other too."""
    with machine.engine.connect() as connection:
        see_all(connection)
        return {
            table.name: {
                row["id"]: {name: row[name] for name in row if name != "version"}
                for row in map(dict, connection.execute(select(table)).mappings())
            }
            for table in METADATA.sorted_tables
            if is_fact(table.name) or table.name == "message"
        }


def consequences(machine) -> dict[str, list[tuple[Any, ...]]]:
    """Return which alerts are open or muted, who sees whom, and what is silent."""
    alert, reach, gap = (METADATA.tables[name] for name in ("alert", "reach", "gap"))
    stands = alert.c.closed_at.is_(None) | alert.c.mistaken_at.is_not(None)
    now = reach.c.until_at.is_(None) | (reach.c.until_at > AFTER)
    with machine.engine.connect() as connection:
        see_all(connection)
        found = {
            "alert": connection.execute(select(*(alert.c[one] for one in ALERT)).where(stands)),
            "reach": connection.execute(select(*(reach.c[one] for one in REACH)).where(now)),
            "gap": connection.execute(select(gap)),
        }
        return {name: sorted(map(tuple, rows), key=repr) for name, rows in found.items()}


def everything(machine) -> Mapping[str, Any]:
    """Return all that an undo has to bring back."""
    return facts(machine) | consequences(machine)


def rows_about(machine, child_ids) -> dict[str, int]:
    """Return how many rows name one of these children, by table."""
    found = {}
    with machine.engine.connect() as connection:
        see_all(connection)
        for table in METADATA.sorted_tables:
            column = table.c.get("id" if table.name == "child" else "child_id")
            if column is not None:
                many = len(connection.execute(select(column).where(column.in_(child_ids))).all())
                found |= {table.name: many} if many else {}
    return found


def runs(machine) -> list[ListRun]:
    """Return the lists that came in, the first first."""
    work = machine.work(SYSTEM, writes=False)
    found = work.session.scalars(select(ListRun).order_by(ListRun.at, ListRun.id)).all()
    work.session.close()
    return list(found)


@contextmanager
def working(machine, actor=SYSTEM, moment=LATER):
    """Give a unit of work after the lists came in, and commit it."""
    work = at(machine, moment).work(SYSTEM)
    if actor is not SYSTEM:
        step_in(work, actor)
    try:
        yield work
        work.commit()
    finally:
        work.session.close()


def undo(machine, run: ListRun, actor=SYSTEM, moment=AFTER) -> None:
    """Undo a list as a page does it."""
    with working(machine, actor, moment) as work:
        actions.undo(work, work.session.get_one(ListRun, run.id))
    with working(machine, actor, moment) as work:
        actions.forget_removed(work)


def hindrances(machine, run: ListRun, actor=SYSTEM):
    """Return what was built on a list, as why, and about which child or location."""
    work = at(machine, AFTER).work(actor, writes=False)
    found = queries.hindrances(work, work.session.get_one(ListRun, run.id))
    work.session.close()
    return [(one.why.value, one.child_id or one.location_id) for one in found]


def child(machine, v_number=CHILD):
    """Return the key of the child with a V-number; None when there is none."""
    work = machine.work(SYSTEM, writes=False)
    index = work.vault.index("v_number", v_number)
    found = people.known_indexes(work, [index]).get(index)
    work.session.close()
    return found


def somebody(machine, account_id) -> Actor:
    """Return an account as it acts."""
    work = machine.work(SYSTEM, writes=False)
    found = accounts.actor_of(work.session, accounts.account(work, account_id), LATER)
    work.session.close()
    return found


def taking(machine, source):
    """Return a list of which every doubt is taken."""
    work = machine.work(SYSTEM, writes=False)
    told = actions.examine(work, source).report.rows
    work.session.close()
    return replace(source, taken={row.number: {one.reason for one in row.problems} for row in told})


def bring_taken(machine, kind, *rows):
    """Bring in a list of which every doubt is taken, and return its report."""
    source = actions.Source.of_file(kind, written(kind, *rows), file="list.csv", on=ON)
    source = taking(machine, source)
    finish = partial(finish_new, source)
    return actions.apply_list(machine, SYSTEM, source, finish, occasion=new_id()).report
