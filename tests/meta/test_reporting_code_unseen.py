"""Nobody but the protection lead can tell from any page, file or count whether there is a meldcode file."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from caseapp.domain.safety import Part, Written
from caseapp.safety import actions, queries
from tests.acting import acting
from tests.census import CENSUS, example
from tests.ground import ROLES
from tests.ground_of_safety import WORD
from tests.meta.hall import Hall, routes, told_apart
from tests.world import TODAY

ON_SQLITE: Final = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
READERS: Final = ("cpk", "guardian", "national", "monitor", "privacy_officer", "administrator")
ONCE: Final = re.compile(r'name="once" value="[^"]*"')
OF_THE_TRAIL: Final = "audit."
"""Pages that count or draw lines of the trail itself: they say who did something, never about which child."""


def read(hall: Hall, who: str) -> Iterator[tuple[str, str]]:
    """Yield what each page that somebody may read says, without what varies."""
    for endpoint, method in routes(hall.app):
        page = CENSUS[endpoint]
        if method != "GET" or endpoint.startswith(OF_THE_TRAIL) or not page.may(who):
            continue
        address = example(hall.ground, endpoint, who)
        if address is not None:
            said = told_apart(hall.ask(who, "GET", hall.path(endpoint, address)))
            yield endpoint, ONCE.sub("", said)


def changes(hall: Hall, who: str) -> tuple[list[str], list[str]]:
    """Close the file and open another; return the pages that then say something else, and those with the word.

    The house is put back in between, so that what the reader looked at is the same both times.
    """
    hall.put_back()
    before = dict(read(hall, who))
    hall.put_back()
    with acting(hall.machine, hall.ground.world, "protection_lead") as work:
        row = queries.one_file(work, hall.ground.protection) if hall.ground.protection else None
        assert row is not None
        actions.write(work, row, None, Written(Part.CLOSE, TODAY, WORD))
        actions.open_file(
            work, hall.ground.world.mine, Written(Part.SIGNS, TODAY, WORD, acute=True)
        )
    after = dict(read(hall, who))
    hall.put_back()
    assert len(after) == len(before) > 1
    told = [name for name, text in after.items() if WORD.lower() in text.lower()]
    return [name for name in before if before[name] != after[name]], told


@ON_SQLITE
@pytest.mark.parametrize("who", READERS)
def test_a_meldcode_file_changes_nothing_on_any_page_of_anybody_else(hall: Hall, who: str) -> None:
    assert who in ROLES
    assert changes(hall, who) == ([], [])


@ON_SQLITE
def test_on_the_pages_of_the_lead_it_does(hall: Hall) -> None:
    changed, told = changes(hall, "protection_lead")
    assert any(name.startswith("safety.files") for name in changed)
    assert any(name.startswith("safety.one_file") for name in told)
