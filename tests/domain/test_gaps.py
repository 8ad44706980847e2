"""Which missing fact keeps which rule silent: both sides of every entry of the table, and what never counts."""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.case import Case
from caseapp.domain.codes import Precision
from caseapp.domain.continuity import assess, found_in
from caseapp.domain.document import parse
from caseapp.domain.gaps import TABLE, Beside, Lack, gaps
from tests.domain.made import LIMITS, alone, born, d, document, line, place, school, transfer
from tests.domain.random_dossiers import TODAY, documents

ON = "2026-11-24"
HERE = place("B", "2026-10-01", town="GM0002")
BEFORE = place("A", "2026-01-10", "2026-10-01")
YOUNG_ADULT = alone("2008-01-01", "year")
"""Nobody knows on which day of 2008: 18 today, or only just before the end of the year."""


def lacking(on=ON, beside=None, child=None, **lists):
    """Return the gaps of a dossier on a day as (fact, rule, record, severity)."""
    found = found_gaps(parse(document(child, **lists)), d(on), beside)
    return {(one.fact, one.rule, one.record, one.severity.value) for one in found}


def found_gaps(facts, today, beside=None):
    case = Case(facts, today)
    return gaps(case, facts, LIMITS, found_in(case, LIMITS), beside)


def stays(*listed, **more):
    return {"placements": list(listed), **more}


def sibling(**more):
    return [{"ref": "s1", "relation": "sibling", **more}]


def agreed(**more):
    return [
        {"id": "o1", "on": "2026-11-01", "source": "own", "level": "concern", "action": {"text": "Bel", **more}}
    ]  # fmt: skip


PROLONGED = {"id": "u", "regime": "verlengde_opvang", "from": "2024-06-01"}
EXAMPLES = {
    # fact, rule: (child, lists without the fact, child, lists with it), what was missing on which record
    ("application_day", "SCH-1"): ({}, {}, {"application_lodged_on": "2026-01-10"}, {}, None),
    ("application_day", "SCH-4"): ({}, {}, {"application_lodged_on": "2026-01-10"}, {}, None),
    ("application_day", "CAR-7"): ({}, {}, {"application_lodged_on": "2026-01-10"}, {}, None),
    ("application_day", "GUA-1"): (
        alone(), {}, alone(application_lodged_on="2026-01-10"), {}, None,
    ),
    ("arrival_day", "CAR-5"): ({}, {}, {"first_arrival_on": "2026-10-01"}, {}, None),
    ("arrival_day", "CAR-6"): ({}, {}, {"first_arrival_on": "2026-10-01"}, {}, None),
    ("place", "TRF-3"): ({}, {}, {}, stays(HERE), None),
    ("place", "OBS-1"): ({}, {}, {}, stays(HERE), None),
    ("place", "AMV-1"): (alone("2015-05-10"), {}, alone("2015-05-10"), stays(HERE), None),
    ("place", "AMV-2"): (alone(), {}, alone(), stays(HERE | {"kind": "POA"}), None),
    ("place", "PLA-1"): ({}, {}, {}, stays(HERE | {"kind": "TGO"}), None),
    ("place", "PLA-5"): (
        {}, {"family_members": sibling(minor=True, location="A")},
        {}, stays(HERE, family_members=sibling(minor=True, location="A")), None,
    ),
    ("earlier_place", "PLA-1"): (
        {"first_arrival_on": "2026-01-10"}, stays(HERE | {"kind": "TGO", "from": "2026-11-01"}),
        {"first_arrival_on": "2026-01-10"},
        stays(
            place("A", "2026-01-10", "2026-11-01", kind="NO"), HERE | {"kind": "TGO", "from": "2026-11-01"}
        ), None,
    ),
    ("earlier_place", "PLA-2"): (
        {"first_arrival_on": "2026-01-10"},
        stays(place("A", "2026-05-01", "2026-10-01"), HERE),
        {"first_arrival_on": "2026-01-10"},
        stays(place("C", "2026-01-10", "2026-05-01"), place("A", "2026-05-01", "2026-10-01"), HERE), None,
    ),
    ("earlier_place", "SCH-2"): (
        {"first_arrival_on": "2026-01-10"},
        stays(HERE, school=[school("s", "2026-02-01", municipality="GM0001")]),
        {"first_arrival_on": "2026-01-10"},
        stays(BEFORE, HERE, school=[school("s", "2026-02-01", municipality="GM0001")]), None,
    ),
    ("earlier_place", "CAR-1"): (
        {"first_arrival_on": "2026-01-10"},
        stays(HERE, care=[line("c", "2026-02-01", started_on="2026-03-01")]),
        {"first_arrival_on": "2026-01-10"},
        stays(BEFORE, HERE, care=[line("c", "2026-02-01", started_on="2026-03-01")]), None,
    ),
    ("earlier_place", "CAR-3"): (
        {"first_arrival_on": "2026-01-10"}, stays(HERE, care=[line("c", "2026-02-01")]),
        {"first_arrival_on": "2026-01-10"}, stays(BEFORE, HERE, care=[line("c", "2026-02-01")]), None,
    ),
    ("group_size", "AMV-3"): (
        alone(), stays(HERE | {"kind": "POA"}),
        alone(), stays(HERE | {"kind": "POA", "group_size": 81}), "B",
    ),
    ("sibling_place", "PLA-5"): (
        {}, stays(HERE, family_members=sibling(minor=True)),
        {}, stays(HERE, family_members=sibling(minor=True, location="A")), "s1",
    ),
    ("sibling_age", "PLA-5"): (
        {}, stays(HERE, family_members=sibling(location="A")),
        {}, stays(HERE, family_members=sibling(location="A", minor=True)), "s1",
    ),
    ("school_start", "SCH-2"): (
        {}, stays(BEFORE, HERE, school=[school("s", municipality="GM0001")]),
        {}, stays(BEFORE, HERE, school=[school("s", "2026-02-01", municipality="GM0001")]), "s",
    ),
    ("school_start", "SCH-5"): (
        {}, {"school": [school("s", kind="TNV_TOV")]},
        {}, {"school": [school("s", "2026-02-01", kind="TNV_TOV")]}, "s",
    ),
    ("school_start", "SCH-6"): (
        {"birth": born("2012-05-10")}, {"school": [school("s", kind="VO_ISK")]},
        {"birth": born("2012-05-10")}, {"school": [school("s", "2024-02-01", kind="VO_ISK")]}, "s",
    ),
    ("care_start", "CAR-1"): (
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", contacts_on=["2026-03-01"])]),
        {}, stays(BEFORE, HERE, care=[
            line("c", "2026-02-01", contacts_on=["2026-03-01"], started_on="2026-03-01")
        ]),
        "c",
    ),
    ("care_start", "CAR-4"): (
        {}, stays(HERE, transfers=[transfer("t", "C", "2026-11-01", "2026-12-01") | {"from_location": "B"}],
                  care=[line("c", "2026-11-01", medication_until="2026-12-05")]),
        {}, stays(HERE, transfers=[transfer("t", "C", "2026-11-01", "2026-12-01") | {"from_location": "B"}],
                  care=[line("c", "2026-11-01", medication_until="2026-12-05", started_on="2026-11-02")]), "c",
    ),
    ("care_end_reason", "CAR-1"): (
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", started_on="2026-03-01", ended_on="2026-10-01")]),
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", started_on="2026-03-01", ended_on="2026-10-01",
                                           end_reason="moved")]), "c",
    ),
    ("care_end_reason", "CAR-2"): (
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", ended_on="2026-10-01")]),
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", ended_on="2026-10-01", end_reason="moved")]), "c",
    ),
    ("care_end_reason", "CAR-3"): (
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", ended_on="2026-10-01")]),
        {}, stays(BEFORE, HERE, care=[line("c", "2026-02-01", ended_on="2026-10-01", end_reason="moved")]), "c",
    ),
    ("action_day", "OBS-4"): (
        {}, {"observations": agreed()}, {}, {"observations": agreed(due_on="2026-11-10")}, "o1",
    ),
    ("birth_day", "AGE-3"): (YOUNG_ADULT, {}, alone("2008-03-01"), {}, None),
    ("birth_day", "AFT-1"): (YOUNG_ADULT, {}, alone("2008-03-01"), {}, None),
    ("birth_day", "AGE-4"): (
        alone("2006-01-01", "year"), {"support": [PROLONGED]},
        alone("2006-01-10"), {"support": [PROLONGED]}, None,
    ),
    ("birth_day", "AGE-5"): (
        {"birth": born("2010-01-01", "year")}, {"consents": [{"id": "k", "on": "2026-02-01"}]},
        {"birth": born("2010-12-01")}, {"consents": [{"id": "k", "on": "2026-02-01"}]}, None,
    ),
    ("birth_day", "AGE-2"): (
        alone("2009-01-01", "year"), {"support": [{"id": "u", "regime": "gemeente", "from": "2026-10-10"}]},
        alone("2009-05-10"), {"support": [{"id": "u", "regime": "gemeente", "from": "2026-10-10"}]}, None,
    ),
}  # fmt: skip
"""For each fact and rule: child and records without the fact, the same with it, and which record lacks it."""

BESIDE = {("announced_day", "PLA-4")}
"""What no document can lack: there the day of the list stands in its place."""


def test_every_entry_of_the_table_has_an_example():
    entries = {(entry.fact.value, rule) for entry in TABLE for rule in entry.rules}
    assert entries == EXAMPLES.keys() | BESIDE


@pytest.mark.parametrize("key", EXAMPLES, ids="-".join)
def test_the_rule_is_silent_without_the_fact_and_the_gap_is_known(key):
    child, lists, _child, _lists, record = EXAMPLES[key]
    fact, rule = key
    found = found_gaps(parse(document(child, **lists)), d(ON))
    here = {(one.fact, one.rule, one.record) for one in found if (one.fact, one.rule) == key}
    assert here == {(fact, rule, record)}


@pytest.mark.parametrize("key", EXAMPLES, ids="-".join)
def test_the_rule_speaks_with_the_fact_and_the_gap_is_gone(key):
    child, lists, filled, filled_lists, _record = EXAMPLES[key]
    _fact, rule = key
    before = heard(parse(document(child, **lists)), rule)
    after = heard(parse(document(filled, **filled_lists)), rule)
    assert any(weight > before.get(subject, -1) for subject, weight in after.items())
    assert not [one for one in lacking(child=filled, **filled_lists) if one[:2] == key]


NOW = d(ON)


def heard(facts, rule, today=NOW):
    """Return how grave what one rule says is, by subject."""
    found = assess(facts, today, LIMITS)
    return {one.subject: one.severity.weight for one in found if one.rule == rule}


def moving(announced, planned="2026-12-10"):
    return stays(HERE, transfers=[transfer("t", "C", announced, planned) | {"from_location": "B"}])


def test_a_move_of_which_only_a_list_told_may_have_been_announced_late():
    beside = Beside(guessed=frozenset({"t"}))
    assert lacking(beside=beside, **moving("2026-11-01", "2026-12-01")) >= {
        (Lack.ANNOUNCED_DAY, "PLA-4", "t", "warning")
    }
    assert not announced(None, "2026-12-01")
    assert announced(beside, "2026-12-07")  # 13 days from today
    assert not announced(beside, "2026-12-08")  # 14 days: in time, even if it was told only today


def announced(beside, planned):
    found = lacking(beside=beside, **moving("2026-11-01", planned))
    return [one for one in found if one[0] is Lack.ANNOUNCED_DAY]


def test_a_sibling_whose_own_file_we_have_is_not_missing_here():
    lists = stays(HERE, family_members=sibling(minor=True))
    assert any(one[0] is Lack.SIBLING_PLACE for one in lacking(**lists))
    linked = Beside(linked=frozenset({"s1"}))
    assert not any(one[0] is Lack.SIBLING_PLACE for one in lacking(beside=linked, **lists))


def facts_of(found):
    return {one[0] for one in found}


@pytest.mark.parametrize(
    ("change", "is_gap"),
    [
        ({}, True),
        ({"waiting_list_since": "2026-01-01"}, False),
        ({"waiting_list_since": "2026-01-01", "enrolled_on": "2026-02-01"}, True),
        ({"enrolled_on": "2026-02-01"}, True),
        ({"enrolled_on": "2026-09-01"}, False),  # three months ago: too short for this rule
        ({"type": "VVE"}, False),
        ({"type": "EXEMPT"}, False),
    ],
)
def test_a_school_record_lacks_its_start_only_when_lessons_must_have_begun(change, is_gap):
    record = school("s", kind="TNV_TOV") | change
    assert (Lack.SCHOOL_START in facts_of(lacking(school=[record]))) is is_gap


@pytest.mark.parametrize(
    ("ended_on", "is_gap"),
    [("2026-09-16", False), ("2026-09-17", True), ("2026-10-15", True), ("2026-10-16", False)],
)
def test_why_care_ended_is_asked_within_fourteen_days_of_a_move(ended_on, is_gap):
    care = [line("c", "2026-02-01", ended_on=ended_on)]
    assert (Lack.CARE_END_REASON in facts_of(lacking(**stays(BEFORE, HERE, care=care)))) is is_gap


def test_a_line_that_only_waits_lacks_no_start():
    moved = stays(BEFORE, HERE, care=[line("c", "2026-02-01")])
    assert Lack.CARE_START not in facts_of(lacking(**moved))


def test_an_agreed_action_lacks_its_day_from_the_day_after_the_observation():
    assert Lack.ACTION_DAY not in facts_of(lacking(on="2026-11-01", observations=agreed()))
    assert Lack.ACTION_DAY in facts_of(lacking(on="2026-11-02", observations=agreed()))
    assert Lack.ACTION_DAY not in facts_of(lacking(observations=agreed(done_on="2026-11-02")))


def test_an_examined_birth_date_is_not_missing():
    examined = {**YOUNG_ADULT, "birth": YOUNG_ADULT["birth"] | {"status": "examined"}}
    assert Lack.BIRTH_DAY in facts_of(lacking(child=YOUNG_ADULT))
    assert Lack.BIRTH_DAY not in facts_of(lacking(child=examined))


def test_a_child_without_a_place_that_is_known_to_be_elsewhere_lacks_none():
    gone = {"whereabouts": [{"id": "w", "state": "returned_abroad", "from": "2026-11-01"}]}
    assert Lack.PLACE in facts_of(lacking())
    assert Lack.PLACE not in facts_of(lacking(**gone))
    assert Lack.PLACE not in facts_of(lacking(child=alone("2007-01-01")))


def test_a_first_stay_on_the_day_of_arrival_leaves_no_earlier_place_out():
    moved = stays(HERE, care=[line("c", "2026-02-01")])
    arrived = {"first_arrival_on": "2026-09-30"}
    assert Lack.EARLIER_PLACE in facts_of(lacking(child=arrived, **moved))
    arrived = {"first_arrival_on": "2026-10-01"}
    assert Lack.EARLIER_PLACE not in facts_of(lacking(child=arrived, **moved))


def test_what_makes_a_rule_speak_by_being_absent_is_never_a_gap():
    """No intake, no contact, no municipality of the school, nobody responsible: those are alerts."""
    loud = stays(BEFORE, HERE, school=[school("s", "2026-02-01")])
    child = {"application_lodged_on": "2026-01-10", "first_arrival_on": "2026-01-10"}
    assert lacking(child=child, **loud) == set()


def test_a_child_that_the_rules_do_not_watch_has_no_gaps():
    assert lacking() != set()
    assert lacking(child={"closed_on": ON}) == set()
    assert lacking(child={"birth": born("2003-11-24")}) == set()


def test_the_law_of_the_day_of_the_application_is_thought_of():
    """Five since 10 September: under three months nothing is late yet, under two months it is."""
    five = {"birth": born("2021-08-10")}
    on = "2026-10-05"
    assert (
        heard(parse(document(five | {"application_lodged_on": "2022-01-01"})), "SCH-1", d(on)) == {}
    )
    assert heard(parse(document(five | {"application_lodged_on": "2026-06-12"})), "SCH-1", d(on))
    assert (Lack.APPLICATION_DAY, "SCH-1") in {one[:2] for one in lacking(on=on, child=five)}


DAYS = st.integers(0, 8000)
dossiers = documents.map(parse)


@given(dossiers, DAYS)
def test_whatever_day_of_application_makes_a_rule_say_more_is_known_as_a_gap(facts, back):
    check(facts, Lack.APPLICATION_DAY, "application_lodged_on", back, lambda case: case.lodged)


@given(dossiers, DAYS)
def test_whatever_day_of_arrival_makes_a_rule_say_more_is_known_as_a_gap(facts, back):
    check(facts, Lack.ARRIVAL_DAY, "first_arrival_on", back, lambda case: case.first_arrival)


def check(facts, fact, name, back, known):
    case = Case(facts, TODAY)
    day = TODAY - timedelta(days=back)
    found = found_gaps(facts, TODAY)
    if known(case) is not None:
        assert not [one for one in found if one.fact is fact]
        return
    if day < birth_of(facts):
        return
    more = replace(facts, child=replace(facts.child, **{name: day}))
    assert louder(facts, more, fact) <= {one.rule for one in found if one.fact is fact}


@given(dossiers, st.integers(0, 365))
def test_whatever_day_of_birth_makes_a_rule_say_more_is_known_as_a_gap(facts, later):
    birth = facts.child.birth
    first = birth_of(facts)
    if birth.precision is Precision.DAY or first > date(9990, 1, 1):
        return
    day = first + timedelta(days=later)
    if day.year != first.year or (birth.precision is Precision.MONTH and day.month != first.month):
        return
    exact = replace(birth, date=day, precision=Precision.DAY)
    more = replace(facts, child=replace(facts.child, birth=exact))
    found = {one.rule for one in found_gaps(facts, TODAY) if one.fact is Lack.BIRTH_DAY}
    if birth.status.value == "examined":
        assert found == set()
        return
    assert louder(facts, more, Lack.BIRTH_DAY) <= found


@given(dossiers)
def test_a_gap_always_names_a_rule_of_its_entry_and_a_record_that_is_there(facts):
    rules = {entry.fact: entry.rules for entry in TABLE}
    ids = {one.id for name in ("placements", "transfers", "school", "care", "observations")
           for one in getattr(facts, name)} | {one.ref for one in facts.family_members}  # fmt: skip
    kept = deepcopy(facts)
    for gap in found_gaps(facts, TODAY):
        assert gap.rule in rules[gap.fact]
        assert gap.record is None or gap.record in ids
    assert facts == kept


def birth_of(facts):
    birth = facts.child.birth
    month = birth.date.month if birth.precision is Precision.MONTH else 1
    if birth.precision is Precision.DAY:
        return birth.date
    return birth.date.replace(month=month, day=1)


def louder(facts, more, fact):
    """Return the rules of an entry that say more of something in the second dossier than in the first."""
    rules = next(entry.rules for entry in TABLE if entry.fact is fact)
    return {
        rule
        for rule in rules
        for subject, weight in heard(more, rule, TODAY).items()
        if weight > heard(facts, rule, TODAY).get(subject, -1)
    }
