"""Envelopes and keys: published vectors, and everything that must not open."""

import copy
import pickle
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.kernel import crypto
from caseapp.kernel.crypto import DataKey, Domain, Envelope, Fault, Kek, Unreadable

SECRET = bytes(range(32))
ANNA = UUID(int=1)
BRAM = UUID(int=2)

# Test cases 13 to 16 of McGrew and Viega, The Galois/Counter Mode of Operation, as NIST took them.
LONG_KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
LONG_TEXT = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
LONG_CIPHER = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
)
VECTORS = [
    ("00" * 32, "00" * 12, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    (
        *("00" * 32, "00" * 12, "", "00" * 16),
        *("cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
    ),
    (
        LONG_KEY,
        "cafebabefacedbaddecaf888",
        "",
        LONG_TEXT + "1aafd255",
        LONG_CIPHER + "898015ad",
        "b094dac5d93471bdec1a502270e3cc6c",
    ),
    (
        LONG_KEY,
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        LONG_TEXT,
        LONG_CIPHER,
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
]


def fault_of(key: DataKey, aad: bytes, envelope: bytes) -> Fault:
    with pytest.raises(Unreadable) as caught:
        crypto.unseal(key, aad, envelope)
    assert caught.value.reference == crypto.reference(aad)
    assert caught.value.__cause__ is None
    return caught.value.code


@pytest.fixture
def key() -> DataKey:
    return DataKey(SECRET, 1)


@pytest.mark.asvs("11.2.1", "11.3.2")
@pytest.mark.parametrize(("secret", "nonce", "aad", "text", "cipher", "tag"), VECTORS)
def test_the_published_vectors_of_aes_256_gcm_open(secret, nonce, aad, text, cipher, tag):
    envelope = bytes.fromhex("0101" + "0001" + nonce + cipher + tag)
    key = DataKey(bytes.fromhex(secret), 1)
    assert crypto.unseal(key, bytes.fromhex(aad), envelope) == bytes.fromhex(text)


@pytest.mark.parametrize(("secret", "nonce", "aad", "text", "cipher", "tag"), VECTORS)
def test_the_published_vectors_with_one_bit_more_in_the_aad_do_not_open(
    secret, nonce, aad, text, cipher, tag
):
    envelope = bytes.fromhex("0101" + "0001" + nonce + cipher + tag)
    key = DataKey(bytes.fromhex(secret), 1)
    assert fault_of(key, bytes.fromhex(aad) + b"\1", envelope) is Fault.TAG


@pytest.mark.asvs("11.2.1")
def test_a_key_is_derived_as_in_rfc_5869_case_3():
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert crypto.derived(b"\x0b" * 22, b"").hex() == expected


def test_a_keyed_hash_is_that_of_rfc_4231_case_2():
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert crypto.keyed_hash(b"Jefe", b"what do ya want for nothing?").hex() == expected


def test_an_envelope_says_format_algorithm_and_generation_and_costs_32_bytes(key):
    envelope = crypto.seal(DataKey(SECRET, 258), b"place", b"x" * 32)
    assert envelope[:4] == b"\x01\x01\x01\x02"
    assert len(envelope) == 32 + 32
    assert isinstance(envelope, Envelope)


@pytest.mark.asvs("11.3.4", "11.5.1")
def test_the_same_value_twice_gives_two_envelopes_without_a_byte_of_it(key):
    one, other = (crypto.seal(key, b"place", b"needle" * 6) for _ in range(2))
    assert one[4:16] != other[4:16]
    assert one[16:] != other[16:]
    assert b"needle" not in one + other


@pytest.mark.asvs("11.3.3", "11.2.5")
def test_every_changed_byte_is_refused_with_the_fault_of_its_part(key):
    envelope = crypto.seal(key, b"place", b"x" * 32)
    for position in range(len(envelope)):
        changed = bytearray(envelope)
        changed[position] ^= 0x40
        part = Fault.ALG if position < 2 else Fault.GENERATION if position < 4 else Fault.TAG
        assert fault_of(key, b"place", bytes(changed)) is part


@pytest.mark.attack(57)
def test_every_shortened_envelope_is_refused(key):
    envelope = crypto.seal(key, b"place", b"x" * 32)
    for length in range(len(envelope)):
        expected = Fault.SHORT if length < 32 else Fault.TAG
        assert fault_of(key, b"place", envelope[:length]) is expected


@pytest.mark.asvs("11.2.2", "11.2.5")
def test_an_algorithm_of_the_future_is_refused_and_not_guessed(key):
    envelope = crypto.seal(key, b"place", b"x" * 32)
    assert fault_of(key, b"place", b"\x01\x02" + envelope[2:]) is Fault.ALG
    assert fault_of(key, b"place", b"\x02\x01" + envelope[2:]) is Fault.ALG


def test_a_key_of_another_subject_does_not_open_it(key):
    envelope = crypto.seal(key, b"place", b"x" * 32)
    assert fault_of(DataKey(SECRET[::-1], 1), b"place", envelope) is Fault.TAG


@given(st.lists(st.binary(max_size=6), max_size=5), st.lists(st.binary(max_size=6), max_size=5))
def test_two_lists_of_parts_never_give_the_same_bytes(one, other):
    assert (crypto.length_prefixed(*one) == crypto.length_prefixed(*other)) == (one == other)


def test_moving_a_letter_from_one_part_to_the_next_changes_the_bytes():
    assert crypto.length_prefixed("ab", "c") != crypto.length_prefixed("a", "bc")
    assert crypto.length_prefixed("a", b"\xc3\xab") == crypto.length_prefixed(b"a", "ë")


def test_a_wrapped_data_key_opens_what_it_sealed():
    kek = Kek(SECRET, Domain.DOSSIER, 1)
    wrapped = kek.wrap(ANNA, SECRET[::-1])
    envelope = crypto.seal(DataKey(SECRET[::-1], 3), b"place", b"x" * 32)
    assert crypto.unseal(kek.unwrap(ANNA, wrapped, 3), b"place", envelope) == b"x" * 32
    assert SECRET[::-1] not in wrapped


def test_a_wrapped_data_key_moved_to_another_subject_domain_or_version_does_not_open():
    holders = [
        (Kek(SECRET, domain, version), subject)
        for domain in Domain
        for version in (1, 2)
        for subject in (ANNA, BRAM)
    ]
    for (kek, subject), (other, stranger) in permutations(holders, 2):
        with pytest.raises(Unreadable):
            other.unwrap(stranger, kek.wrap(subject, SECRET), 1)


@pytest.mark.parametrize("wrapped", [b"", b"x" * 11, b"x" * 12, b"x" * 27, b"x" * 60])
def test_a_wrapped_data_key_that_is_cut_off_or_made_up_does_not_open(wrapped):
    with pytest.raises(Unreadable):
        Kek(SECRET, Domain.DOSSIER, 1).unwrap(ANNA, wrapped, 1)


@pytest.mark.parametrize("spread", [pickle.dumps, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("secret", [DataKey(SECRET, 1), Kek(SECRET, Domain.HEALTH, 1)])
def test_keys_are_not_pickled_or_copied(secret, spread):
    with pytest.raises(TypeError, match="never written or copied"):
        spread(secret)


@pytest.mark.parametrize("secret", [DataKey(SECRET, 1), Kek(SECRET, Domain.HEALTH, 1)])
def test_keys_show_no_content(secret):
    assert repr(secret) == str(secret) == f"<{type(secret).__name__}>"


def test_an_envelope_shows_its_size_only():
    assert f"{Envelope(b'abc')}" == repr(Envelope(b"abc")) == "<Envelope of 3 bytes>"


@pytest.mark.asvs("11.2.4")
def test_check_values_tell_keys_apart():
    assert crypto.same(crypto.check_value(SECRET), crypto.check_value(bytes(range(32))))
    assert not crypto.same(crypto.check_value(SECRET), crypto.check_value(SECRET[::-1]))
