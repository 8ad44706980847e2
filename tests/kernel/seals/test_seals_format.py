"""The bytes on disk: what one version sealed, every later one opens."""

from datetime import date
from uuid import UUID

from caseapp.kernel import crypto, values
from caseapp.kernel.crypto import DataKey, Domain, Kek
from caseapp.kernel.vault import Place

SECRET = bytes(range(32))
PLACE = Place(Domain.DOSSIER, "child", "card", UUID(int=1), UUID(int=2))
AAD = (
    "00000006"
    "00000007636173652f7631"
    "00000007646f7373696572"
    "000000056368696c64"
    "0000000463617264"
    "0000001000000000000000000000000000000001"
    "0000001000000000000000000000000000000002"
)
SEALED = (
    "01010001000102030405060708090a0b"
    "4466b762e7d7f22ab86ca7ba9cd9494f03d68734f07b5f7c3867e5851d6900b2"
    "2e4330a5e5a6d3e6d38902b7e03fb66c"
)
WRAPPED = (
    "000102030405060708090a0b"
    "fced43e3b2cdc9f6cbc098c9d579f2537cfab89900de396f6be681997932aa30"
    "b9ae7b0f94b50b29138483ab33c11196"
)


def test_a_place_is_bound_by_these_bytes():
    assert PLACE.aad().hex() == AAD
    parts = ("case/v1", "dossier", "child", "card", UUID(int=1).bytes, UUID(int=2).bytes)
    assert crypto.length_prefixed(*parts).hex() == AAD


def test_a_value_is_written_as_tag_json_mark_and_zeros():
    assert values.encode(date, date(2015, 1, 1)) == b'\x03day"2015-01-01"\x80' + b"\0" * 15


def test_an_envelope_of_the_first_version_opens():
    plain = crypto.unseal(DataKey(SECRET, 1), PLACE.aad(), bytes.fromhex(SEALED))
    assert values.decode(date, plain) == date(2015, 1, 1)


def test_a_data_key_that_the_first_version_wrapped_opens():
    kek = Kek(SECRET, Domain.HEALTH, 3)
    key = kek.unwrap(UUID(int=1), bytes.fromhex(WRAPPED), 1)
    envelope = crypto.seal(DataKey(bytes(32), 1), b"", b"x" * 32)
    assert crypto.unseal(key, b"", envelope) == b"x" * 32
