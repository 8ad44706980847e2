"""Attack 57: a ciphertext that is moved, cut, changed or sealed with an old key does not open."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.kernel import crypto
from caseapp.kernel.crypto import DataKey, Fault, Unreadable
from caseapp.kernel.seals import sealed_columns
from caseapp.kernel.vault import Place
from caseapp.tables import METADATA

COLUMNS = sealed_columns(METADATA)
ANNA, BRAM = UUID(int=1), UUID(int=2)
ROW, OTHER_ROW = UUID(int=10), UUID(int=11)
KEYS = {
    (subject, domain): DataKey(crypto.derived(b"test", f"{subject}{domain}".encode()), 1)
    for subject in (ANNA, BRAM)
    for domain in crypto.Domain
}
TEXT = b"x" * 32


def places():
    """Return a place for every sealed column of the house, of two children with two rows each."""
    return [
        Place(one.domain, one.table, one.column, subject, row)
        for one, subject, row in product(COLUMNS, (ANNA, BRAM), (ROW, OTHER_ROW))
    ]


PLACES = places()
SEALED = {one: crypto.seal(KEYS[one.subject_id, one.domain], one.aad(), TEXT) for one in PLACES}


def fault(place, envelope, key=None):
    """Return why an envelope does not open at a place, with the key that the place names."""
    chosen = key or KEYS[place.subject_id, place.domain]
    try:
        crypto.unseal(chosen, place.aad(), envelope)
    except Unreadable as met:
        return met.code
    return None


@pytest.mark.attack(57)
@pytest.mark.asvs("11.3.3", "11.2.5", "11.3.5", "14.2.4")
def test_every_value_opens_at_its_own_place_and_a_value_of_no_other_place_does():
    """All pairs within a child, and all places of a column between children, rows and tables."""
    assert len(COLUMNS) > 40
    for place, envelope in SEALED.items():
        assert fault(place, envelope) is None
    mine = [one for one in PLACES if one.subject_id == ANNA]
    for place, other in product(mine, mine):
        if place != other:
            assert fault(place, SEALED[other]) is Fault.TAG, (place, other)


@pytest.mark.attack(57)
@pytest.mark.asvs("11.3.3")
@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_no_pair_of_places_can_trade_their_values(one, other):
    if one != other:
        assert fault(one, SEALED[other]) is Fault.TAG
        assert fault(other, SEALED[one]) is Fault.TAG


@pytest.mark.attack(57)
@pytest.mark.asvs("11.2.5")
@given(st.sampled_from(PLACES), st.integers(0, 63), st.integers(1, 255), st.booleans())
def test_a_cut_or_changed_value_says_why_and_never_opens(place, position, change, cut):
    envelope = bytearray(SEALED[place])
    if cut:
        expected = Fault.SHORT if position < 32 else Fault.TAG
        assert fault(place, bytes(envelope[:position])) is expected
        return
    envelope[position] ^= change
    expected = Fault.ALG if position < 2 else Fault.GENERATION if position < 4 else Fault.TAG
    assert fault(place, bytes(envelope)) is expected


@pytest.mark.attack(57)
@given(st.sampled_from(PLACES))
def test_a_value_of_an_old_key_does_not_open_as_one_of_the_new(place):
    newer = DataKey(crypto.random_key(), 2)
    assert fault(place, SEALED[place], newer) is Fault.GENERATION
    posing = SEALED[place][:2] + b"\0\2" + SEALED[place][4:]
    assert fault(place, posing, newer) is Fault.TAG


@pytest.mark.attack(57, twin="what a value is bound to is left out")
def test_without_its_place_a_value_opens_everywhere_in_a_child(monkeypatch):
    monkeypatch.setattr(Place, "aad", lambda _self: b"")
    key = KEYS[ANNA, COLUMNS[0].domain]
    one, *others = [place for place in PLACES if place.subject_id == ANNA][:40]
    loose = crypto.seal(key, one.aad(), TEXT)
    opened = [place for place in others if fault(place, loose, key) is None]
    assert len(opened) == len(others)


@pytest.mark.attack(57, twin="the algorithm and the generation are not looked at")
def test_without_the_look_at_its_head_a_value_of_an_unknown_algorithm_would_open(monkeypatch):
    place = PLACES[0]
    posing = b"\x01\x02" + SEALED[place][2:]
    assert fault(place, posing) is Fault.ALG
    key = KEYS[place.subject_id, place.domain]

    def careless(key, aad, envelope):
        return key.cipher.decrypt(envelope[4:16], envelope[16:], aad)

    monkeypatch.setattr(crypto, "unseal", careless)
    assert fault(place, posing, key) is None
