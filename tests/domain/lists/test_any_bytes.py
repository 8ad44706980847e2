"""Whatever comes in, a report comes out: never an exception, never a hang."""

import random
import zipfile
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.lists.applying import apply_to
from caseapp.domain.lists.pipeline import examine
from caseapp.domain.lists.words import ListKind, Verdict
from tests.domain.lists.making import ON, USUAL, child, report_on, world, written
from tests.samples import SAMPLES

KINDS = st.sampled_from(list(ListKind))
PIECES = (b"", b'"', b";", b"\n", b"\r", b"\t", b"\xff", b"\0", b'""', b"=1+1", b"\xc3\xab", b"-")
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["0012345678", "12345678", "123456782", "A-1", "B-2", "01-06-2026", "2026-06-01", "x", "J"]
    ),
)


def sound(report):
    """Say whether a report is whole: every row counted once, refused rows do nothing."""
    kept_out = {
        row.number for row in report.rows if row.verdict in {Verdict.REFUSED, Verdict.DOUBTFUL}
    }
    numbers = [row.number for row in report.rows]
    return (
        sum(report.counts.values()) == len(report.rows)
        and numbers == sorted(set(numbers))
        and not any(intent.row in kept_out for intent in report.intents)
        and bool(report.as_json())
    )


@settings(derandomize=True, deadline=None, max_examples=150)
@given(KINDS, st.binary(max_size=300))
def test_any_bytes_give_a_report(kind, data):
    for start in (b"", b"PK\x03\x04", b"V-nummer;Soort;Verwezen op\n"):
        assert sound(examine(kind, start + data, on=ON, known=world()))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(KINDS, st.data())
def test_any_cells_give_a_report_and_the_same_list_again_changes_nothing(kind, data):
    names = st.sampled_from(list(USUAL[kind]))
    rows = data.draw(st.lists(st.dictionaries(names, CELLS, max_size=4), max_size=5))
    known = world(child())
    first = report_on(kind, *rows, known=known)
    assert sound(first)
    again = report_on(kind, *rows, known=apply_to(known, first.intents))
    assert (again.counts[Verdict.NEW], again.counts[Verdict.CHANGED]) == (0, 0)
    assert again.intents == ()
    assert again.counts[Verdict.REFUSED] == first.counts[Verdict.REFUSED]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ListKind.LOCATIONS, "locaties.csv"),
        (ListKind.OCCUPANCY, "bezetting-2026-11-02.csv"),
        (ListKind.OCCUPANCY, "bezetting-2026-11-16.xlsx"),
        (ListKind.CARE, "zorglijnen.csv"),
    ],
)
def test_a_damaged_sample_gives_a_report(kind, name):
    dice = random.Random(20261102)
    whole = (SAMPLES / name).read_bytes()
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            at = dice.randrange(len(data))
            data[at : at + dice.choice((0, 1, 30))] = dice.choice(PIECES)
        assert sound(examine(kind, bytes(data), on=ON, known=world(child())))


def test_a_workbook_with_damaged_parts_gives_a_report():
    dice = random.Random(20261116)
    source = zipfile.ZipFile(SAMPLES / "bezetting-2026-11-16.xlsx")
    parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(25):
        hurt, data = dice.choice(list(parts)), BytesIO()
        at = dice.randrange(len(parts[hurt]))
        with zipfile.ZipFile(data, "w") as book:
            for name, part in parts.items():
                more = part[:at] + dice.choice(PIECES) + part[at + 3 :]
                book.writestr(name, more if name == hurt else part)
        assert sound(examine(ListKind.OCCUPANCY, data.getvalue(), on=ON, known=world()))


@pytest.mark.parametrize(
    "data",
    [
        b'"' * 200_000,
        b'"\n' * 50_000,
        b'";""\n' * 50_000,
        b";" * 1_000_000,
        b"V-nummer;Soort;Verwezen op\n" + b"1 " * 500_000,
        b"V-nummer;Soort;Verwezen op\n" + b'0012345678;GGZ;"' * 10_000,
    ],
)
def test_a_file_made_to_take_long_does_not(data):
    begun = process_time()
    assert sound(examine(ListKind.CARE, data, on=ON, known=world()))
    assert process_time() - begun < 10


def test_many_rows_of_one_key_take_no_longer_than_others():
    days = (f"{1 + n % 28:02}-{1 + n % 12:02}-2025" for n in range(20_000))
    data = written(ListKind.SCHOOL, *({"start": day} for day in days))
    begun = process_time()
    assert sound(examine(ListKind.SCHOOL, data, on=ON, known=world(child())))
    assert process_time() - begun < 20
