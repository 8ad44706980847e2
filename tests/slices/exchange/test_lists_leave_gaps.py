"""What a list leaves out is missing at once, for the place of the list, and a better list mends it."""

from collections import Counter

from caseapp.continuity import queries
from caseapp.continuity.queries import Where
from caseapp.domain.gaps import Lack
from caseapp.domain.lists.words import ListKind
from tests.slices.continuity.story import looking

HERE = {"locatie": "AZC-HERE"}
ARRIVAL = {"eerste_aankomst": "01-06-2026"}


def lacking(house, world) -> Counter:
    """Return of how many children of the place each fact is missing."""
    with looking(house) as work:
        found = queries.count_lacking(work, Where(location_id=world.locations["AZC-HERE"]))
        return Counter({lack: found.of(lack).children for lack in Lack if found.of(lack).children})


def test_a_list_without_first_days_leaves_them_missing_and_the_next_one_brings_them(
    house, world, bring
) -> None:
    before = lacking(house, world)
    bring(ListKind.OCCUPANCY, HERE)
    assert lacking(house, world) - before == Counter({Lack.ARRIVAL_DAY: 1})
    bring(ListKind.OCCUPANCY, HERE | ARRIVAL)
    assert lacking(house, world) == before


def test_a_school_without_a_start_is_missing_until_a_list_brings_it(house, world, bring) -> None:
    bring(ListKind.OCCUPANCY, HERE | ARRIVAL | {"geboortedatum": "12-03-2013"})
    before = lacking(house, world)
    record = {"soort": "TNV_TOV", "start": "", "ingeschreven_op": "01-03-2026"}
    bring(ListKind.SCHOOL, record)
    assert lacking(house, world) - before == Counter({Lack.SCHOOL_START: 1})
    bring(ListKind.SCHOOL, record | {"start": "15-03-2026"})
    assert lacking(house, world) == before


def test_a_try_leaves_nothing_missing(house, world, bring) -> None:
    before = lacking(house, world)
    bring(ListKind.OCCUPANCY, HERE, apply=False)
    assert lacking(house, world) == before
