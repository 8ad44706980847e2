"""Documents of the demo world: valid, free of contradictions, the same for the same seed."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from caseapp.demo import DemoChild, documents, story_children, world
from caseapp.domain.document import parse
from tests.dossier_schema import problems

TODAY = date(2026, 11, 24)
DAYS = [
    TODAY,
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2026, 1, 1),
    date(2025, 12, 31),
    date(2027, 3, 1),
    date(2027, 8, 15),
]
PERIODS = ("placements", "responsible", "guardianship", "whereabouts")
FOREVER = "9999-12-31"


def children(today: date = TODAY, seed: int = 2026, count: int = 120) -> list[DemoChild]:
    return list(documents(world(today, seed, count)))


def test_the_schema_reader_finds_what_is_wrong() -> None:
    good = children(count=1)[0].document
    assert list(problems(good)) == []
    broken: list[tuple[str, Any]] = [
        ("format", "other"),
        ("placements", [{"id": "p1"}]),
        ("child", {**good["child"], "v_number": "12345"}),
        ("child", {**good["child"], "shoe_size": 3}),
        ("absences", [{"id": "a", "on": "2026-01-01", "hours": 0.3, "authorised": True}]),
        ("transfers", [{**good["transfers"][0], "status": "planned"}]),
        ("care", [{**good["care"][0], "ended_on": "x"}]),
    ]
    for key, value in broken:
        assert list(problems({**good, key: value})), key


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_document_holds_to_the_schema_on_any_day(today: date) -> None:
    for child in children(today):
        assert list(problems(child.document)) == []
        parse(child.document)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_two_stays_workers_or_guardians_overlap(today: date) -> None:
    for child in children(today, count=400):
        for name in PERIODS:
            spans = sorted(
                (each["from"], each.get("to", FOREVER)) for each in child.document.get(name, [])
            )
            assert all(start <= end for start, end in spans), (child.v_number, name)
            for (_, end), (start, _) in pairwise(spans):
                assert end <= start, (child.v_number, name)


def test_ids_are_short_and_unique_in_their_list() -> None:
    for child in children(count=400):
        for records in child.document.values():
            ids = [each["id"] for each in records if isinstance(each, dict) and "id" in each]
            assert len(ids) == len(set(ids))
            assert all(len(each) <= 4 for each in ids)


def test_arrived_transfers_are_the_moves_between_the_stays() -> None:
    for child in children(count=400):
        stays = child.document["placements"]
        moves = [
            (left["location"], came["location"], came["from"]) for left, came in pairwise(stays)
        ]
        arrived = [
            (each["from_location"], each["to_location"], each["arrived_on"])
            for each in child.document.get("transfers", [])
            if each["status"] == "arrived"
        ]
        assert arrived == moves
        assert all(left != came for left, came, _ in moves)


def test_transfers_still_to_come_leave_from_where_the_child_is() -> None:
    seen = 0
    for child in children(count=400):
        last = child.document["placements"][-1]
        for each in child.document.get("transfers", []):
            if each["status"] in {"planned", "confirmed"}:
                assert each["from_location"] == last["location"] != each["to_location"]
                assert each["announced_on"] <= TODAY.isoformat() < each["planned_on"]
                seen += 1
    assert seen > 5


def _happened(node: Any) -> list[str]:
    """Give every day on which something is said to have happened already."""
    coming = {"to", "ended_on", "planned_on", "next_contact_on", "medication_until", "due_on"}
    found: list[str] = []
    if isinstance(node, dict):
        for key, value in node.items():
            days = key in {"on", "from"} or key.endswith(("_on", "_since", "_from"))
            if days and isinstance(value, str) and key not in coming:
                found.append(value)
            elif not isinstance(value, str):
                found += _happened(value)
    elif isinstance(node, list):
        for each in node:
            found += _happened(each)
    return found


def test_nothing_has_happened_after_today() -> None:
    for child in children(count=400):
        facts = {key: value for key, value in child.document.items() if key != "support"}
        assert max(_happened(facts)) <= TODAY.isoformat(), child.v_number


def test_nothing_happened_before_the_birth_or_the_arrival() -> None:
    for child in children(count=400):
        facts = child.document["child"]
        came = facts["first_arrival_on"]
        assert facts["birth"]["date"] <= came == child.document["placements"][0]["from"]
        for name in ("school", "care", "observations", "contacts", "responsible", "guardianship"):
            for record in child.document.get(name, []):
                assert min(_happened(record)) >= came, (child.v_number, name, record)


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert children() == children()
    assert world(TODAY) == world(TODAY)
    assert [each.document for each in children()] != [each.document for each in children(seed=7)]


def test_a_world_has_as_many_children_as_asked_for() -> None:
    for count in (1, 8, 9, 120, 401):
        assert len(children(count=count)) == count


def test_v_numbers_are_made_up_unique_and_hold_no_citizen_number() -> None:
    numbers = [child.v_number for child in children(count=3000)]
    assert len(set(numbers)) == 3000
    assert all(len(each) == 10 and each.startswith("990") for each in numbers)
    keys = {key for child in children() for key in child.document["child"]}
    assert "bsn" not in keys


def test_brothers_and_sisters_share_a_family_and_name_each_other() -> None:
    told = children(count=400)
    family = Counter(child.family for child in told if child.family)
    assert max(family.values()) >= 3
    by_ref = {child.document["child"]["ref"]: child for child in told}
    for child in told:
        for member in child.document.get("family_members", []):
            if member["relation"] == "sibling":
                other = by_ref[member["ref"]]
                assert other.family == child.family is not None
                assert other.document["placements"][-1]["location"] == member["location"]


def test_workers_in_documents_are_accounts_of_the_world() -> None:
    made = world(TODAY, children=400)
    names = {account.key: account.name for account in made.accounts}
    for child in documents(made):
        for record in child.document["responsible"]:
            key = child.responsible[record["id"]]
            assert key is not None
            assert names[key] == record["name"]
        for record in child.document.get("guardianship", []):
            assert names[child.guardians[record["id"]] or ""] == record["guardian"]
        for record in child.document.get("support", []):
            assert child.aftercare[record["id"]] in names


def test_a_large_world_is_told_one_child_at_a_time() -> None:
    told = documents(world(TODAY, children=100_000))
    first = next(told)
    assert first.v_number == story_children(world(TODAY))["therapy"]


def test_old_records_reach_back_two_years() -> None:
    arrivals = [child.document["child"]["first_arrival_on"] for child in children()]
    early = (TODAY - timedelta(days=600)).isoformat()
    assert sum(each < early for each in arrivals) > 20
