"""Fixtures of several folders: two people who agree to erase a child, and what stands of one."""

import pytest
from sqlalchemy import func, select

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.domain.two_people import Together
from caseapp.kernel.rehearsal import child_column
from caseapp.privacy.actions import erase_child, erasure_content
from caseapp.tables import METADATA
from tests.acting import acting


@pytest.fixture
def agreed(house, world):
    """Let the privacy officer ask to erase a child, and a coordinator agree."""

    def agree(child_id):
        with acting(house, world, "privacy_officer") as work:
            content = erasure_content(child_id)
            key = two_people.ask(work, Together.ERASURE, child_id, content, "Zqxreason").id
        with acting(house, world, "national") as work:
            two_people.decide(work, accounts.two_people(work, key), content, True)
        return key

    return agree


@pytest.fixture
def actor(house, world):
    """Give the privacy officer, who asked."""
    with acting(house, world, "privacy_officer") as work:
        return work.actor


@pytest.fixture
def erased(house, agreed, actor):
    """Erase a child."""
    return lambda child_id: erase_child(house, actor, child_id, agreed(child_id))


@pytest.fixture
def rows_of_child(house):
    """Return how many rows there are of a child, by table."""

    def count(child_id):
        found = {}
        with house.engine.connect() as db:
            for table in METADATA.sorted_tables:
                columns = [child_column(table), table.columns.get("relative_child_id")]
                for column in columns:
                    many = 0
                    if column is not None:
                        wanted = select(func.count()).select_from(table).where(column == child_id)
                        many = db.scalar(wanted)
                    if many:
                        found[table.name] = found.get(table.name, 0) + many
            db.rollback()
        return found

    return count
