"""Records of the trail become lines for people: per person and day, with the first time."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from caseapp.domain.looks import DataGroup, Deed, Look, Who, deed_of, group_of, visits

ANNA, BEN = UUID(int=1), UUID(int=2)
DAY = date(2026, 11, 24)


def look(hour, who=ANNA, *, day=DAY, group=DataGroup.FILE, deed=Deed.LOOKED, **more):
    for_id = more.pop("for_id", None)
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Look(at, day, Who(who, "cpk", for_id), group, deed, **more)


def test_looks_of_one_person_on_one_day_are_one_line_with_the_first_time():
    (one,) = visits([look(11, group=DataGroup.CARE), look(9), look(15)])
    assert one.first.at.hour == 9
    assert one.times == 3
    assert one.done == {Deed.LOOKED: (DataGroup.FILE, DataGroup.CARE)}


def test_records_that_were_counted_together_count_on():
    (one,) = visits([look(9, times=3), look(10, group=DataGroup.CARE, times=2)])
    assert one.times == 5


def test_what_was_written_stands_apart_from_what_was_looked_at():
    (one,) = visits([look(9), look(10, group=DataGroup.SCHOOL, deed=Deed.WROTE)])
    assert one.done == {Deed.LOOKED: (DataGroup.FILE,), Deed.WROTE: (DataGroup.SCHOOL,)}


@pytest.mark.parametrize(
    "other",
    [
        look(12, BEN),
        look(12, day=date(2026, 11, 25)),
        look(12, for_id=BEN),
        look(12, is_emergency=True),
    ],
)
def test_another_person_day_absent_colleague_or_emergency_is_another_line(other):
    assert len(visits([look(9), other])) == 2


@pytest.mark.parametrize(
    ("code", "object_name", "group"),
    [
        ("child-read", "child", DataGroup.FILE),
        ("list-caseload", "child", DataGroup.NAME),
        ("search", "child", DataGroup.NAME),
        ("health-read", "care_line", DataGroup.HEALTH),
        ("school-recorded", "school_record", DataGroup.SCHOOL),
        ("package-given", "privacy_request", DataGroup.EVERYTHING),
        ("something-new", "a_new_table", DataGroup.FILE),
    ],
)
def test_every_record_tells_which_part_of_the_file_it_is_about(code, object_name, group):
    assert group_of(code, object_name) is group


@pytest.mark.parametrize(
    ("code", "action", "deed"),
    [
        ("child-read", "R", Deed.LOOKED),
        ("school-recorded", "C", Deed.WROTE),
        ("child-removed", "D", Deed.REMOVED),
        ("dossier-exported", "R", Deed.TOOK_OUT),
        ("export-list-of-moves", "R", Deed.TOOK_OUT),
        ("package-given", "E", Deed.TOOK_OUT),
    ],
)
def test_what_leaves_the_house_is_told_as_that(code, action, deed):
    assert deed_of(code, action) is deed
