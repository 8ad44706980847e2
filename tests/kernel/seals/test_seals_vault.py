"""The vault: a value opens at its own place, and nowhere else."""

import pickle
from dataclasses import dataclass
from datetime import date
from threading import Thread
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from caseapp.kernel.crypto import Domain, Envelope, Fault, Unreadable
from caseapp.kernel.keystore import DekRow, SubjectKind
from caseapp.kernel.values import NotSealableError
from caseapp.kernel.vault import Failure, Place, Vault

ANNA = UUID(int=1)
BRAM = UUID(int=2)
CARD = Place(Domain.DOSSIER, "child", "card", ANNA, ANNA)
ALL = tuple(Domain)
IDS = [UUID(int=number) for number in (1, 2, 1 << 127)]

places = st.builds(
    Place,
    domain=st.sampled_from(ALL),
    table=st.sampled_from(["child", "childc", "care_line"]),
    column=st.sampled_from(["card", "ard", "facts"]),
    subject_id=st.sampled_from(IDS),
    row_id=st.sampled_from(IDS),
)
once = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@dataclass(frozen=True, slots=True)
class Card:
    """Names and birth of a child."""

    name: str
    birth: date


@pytest.fixture
def vault(vault: Vault) -> Vault:
    """Give a vault in which every subject has a key in every domain."""
    vault.make_keys(IDS, domains=ALL)
    return vault


def fault_of(vault: Vault, place: Place, envelope: bytes, kind: type = str) -> Fault:
    with pytest.raises(Unreadable) as caught:
        vault.open(place, envelope, kind)
    assert caught.value.reference == place.reference
    assert caught.value.__suppress_context__
    return caught.value.code


@once
@given(place=places)
def test_a_value_opens_at_its_own_place(vault, place):
    assert vault.open(place, vault.seal(place, "Zoë"), str) == "Zoë"


@once
@given(one=places, other=places)
def test_a_value_opens_at_no_other_row_column_child_table_or_domain(vault, one, other):
    assume(one != other)
    assert one.aad() != other.aad()
    assert fault_of(vault, other, vault.seal(one, "Zoë")) is Fault.TAG


OTHER_PLACES = [
    CARD._replace(domain=Domain.HEALTH),
    CARD._replace(table="childc", column="ard"),
    CARD._replace(table="relative"),
    CARD._replace(column="facts"),
    CARD._replace(subject_id=BRAM),
    CARD._replace(row_id=BRAM),
    CARD._replace(subject_id=BRAM, row_id=BRAM),
]


@pytest.mark.parametrize("other", OTHER_PLACES)
def test_a_swap_of_two_values_is_refused_both_ways(vault, other):
    here, there = vault.seal(CARD, "Anna"), vault.seal(other, "Bram")
    assert fault_of(vault, CARD, there) is Fault.TAG
    assert fault_of(vault, other, here) is Fault.TAG
    assert vault.open(CARD, here, str) == "Anna"


def test_a_value_sealed_with_one_childs_key_for_another_childs_row_is_refused(vault):
    """The data keys are swapped in the keystore too: the wrapping names its child."""
    envelope = vault.seal(CARD, "Anna")
    store = vault._keyring.keystore
    with store._engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE dek SET wrapped = (SELECT wrapped FROM dek d"
            " WHERE d.domain = dek.domain AND d.subject_id = ?) WHERE subject_id = ?",
            (BRAM.hex, ANNA.hex),
        )
    assert fault_of(Vault(vault._keyring), CARD, envelope) is Fault.TAG


@pytest.mark.asvs("11.2.5")
def test_each_fault_has_its_own_code(vault):
    envelope = vault.seal(CARD, "Anna")
    stranger = CARD._replace(subject_id=UUID(int=99))
    assert fault_of(vault, CARD, envelope[:-1]) is Fault.TAG
    assert fault_of(vault, CARD, envelope[:20]) is Fault.SHORT
    assert fault_of(vault, CARD, b"") is Fault.SHORT
    assert fault_of(vault, CARD, b"\x01\x02" + envelope[2:]) is Fault.ALG
    assert fault_of(vault, CARD, envelope[:3] + b"\x02" + envelope[4:]) is Fault.GENERATION
    assert fault_of(vault, stranger, envelope) is Fault.NO_KEY
    assert fault_of(vault, CARD, envelope, date) is Fault.KIND


def test_a_value_that_opens_as_another_kind_leaves_no_trace_of_itself(vault):
    envelope = vault.seal(CARD, "a word that nobody may see")
    with pytest.raises(Unreadable) as caught:
        vault.open(CARD, envelope, date)
    assert caught.value.__context__ is None
    assert str(caught.value) == f"kind, ref {CARD.reference}"


def test_every_failure_is_noted_for_the_trail_with_ids_only(vault):
    envelope = vault.seal(CARD, "Anna")
    fault_of(vault, CARD, envelope[:-1])
    assert vault.failures == [Failure(CARD, Fault.TAG, CARD.reference)]
    assert len(CARD.reference) == 8


def test_a_second_data_key_is_used_for_new_values_and_the_first_still_opens(vault, ring):
    old = vault.seal(CARD, "Anna")
    kek = ring.primary(Domain.DOSSIER)
    second = DekRow(Domain.DOSSIER, ANNA, 2, kek.version, kek.wrap(ANNA, bytes(range(32))))
    ring.keystore.add_data_keys(SubjectKind.CHILD, [second])
    later = Vault(ring)
    new = later.seal(CARD, "Anne")
    assert (old[2:4], new[2:4]) == (b"\0\1", b"\0\2")
    assert later.open(CARD, old, str) == "Anna"
    assert later.open(CARD, new, str) == "Anne"
    assert fault_of(later, CARD, new[:3] + b"\1" + new[4:]) is Fault.TAG


def test_making_keys_again_changes_none(vault, ring):
    envelope = vault.seal(CARD, "Anna")
    before = ring.keystore.data_keys(Domain.DOSSIER, IDS)
    again = Vault(ring)
    again.make_keys([ANNA, UUID(int=5)])
    assert again.open(CARD, envelope, str) == "Anna"
    assert ring.keystore.data_keys(Domain.DOSSIER, IDS) == before


def test_a_subject_that_was_asked_for_before_it_had_keys_has_them_at_once(ring):
    vault = Vault(ring)
    vault.prefetch(Domain.DOSSIER, [ANNA])
    vault.make_keys([ANNA])
    assert vault.open(CARD, vault.seal(CARD, "Anna"), str) == "Anna"


def test_keys_are_kept_before_the_child_is(ring):
    Vault(ring).make_keys([UUID(int=7)])
    place = Place(Domain.HEALTH, "care_line", "needs", UUID(int=7), ANNA)
    assert Vault(ring).open(place, Vault(ring).seal(place, "inhaler"), str) == "inhaler"


def test_the_key_for_health_is_made_with_the_first_word_on_it(ring):
    Vault(ring).make_keys([ANNA, BRAM])
    assert ring.keystore.data_keys(Domain.HEALTH, [ANNA, BRAM]) == []
    place = Place(Domain.HEALTH, "care_line", "needs", ANNA, ANNA)
    first, second = Vault(ring), Vault(ring)
    second.prefetch(Domain.HEALTH, [ANNA])
    envelopes = [
        first.seal(place, "inhaler"),
        first.seal(place, "glasses"),
        second.seal(place, "x"),
    ]
    (kept,) = ring.keystore.data_keys(Domain.HEALTH, [ANNA, BRAM])
    assert kept.subject_id == ANNA
    read = [Vault(ring).open(place, envelope, str) for envelope in envelopes]
    assert read == ["inhaler", "glasses", "x"]


def test_no_key_for_health_is_made_for_who_has_no_dossier_as_after_erasure(ring):
    gone = UUID(int=6)
    place = Place(Domain.HEALTH, "care_line", "needs", gone, gone)
    with pytest.raises(Unreadable) as caught:
        Vault(ring).seal(place, "inhaler")
    assert caught.value.code is Fault.NO_KEY
    assert ring.keystore.data_keys(Domain.HEALTH, [gone]) == []


def test_no_other_key_is_made_late(ring):
    Vault(ring).make_keys([ANNA], domains=[Domain.HEALTH])
    with pytest.raises(Unreadable):
        Vault(ring).seal(CARD, "Anna")


def test_an_account_and_an_import_run_have_keys_of_their_own(ring):
    vault = Vault(ring)
    vault.make_keys([UUID(int=8)], "account", [Domain.ACCOUNT])
    vault.make_keys([UUID(int=9)], "import", [Domain.IMPORT])
    counted = [(count.domain, count.data_keys) for count in ring.keystore.count()]
    assert counted == [("account", 1), ("import", 1)]
    with pytest.raises(ValueError, match="parent"):
        vault.make_keys([ANNA], "parent")


def test_many_keys_are_fetched_in_one_statement_and_not_again(ring):
    many = [UUID(int=number) for number in range(1, 2501)]
    Vault(ring).make_keys(many)
    vault = Vault(ring)
    vault.prefetch(Domain.DOSSIER, many)
    for one in many[::500]:
        vault.seal(CARD._replace(subject_id=one), "x")
    vault.prefetch(Domain.DOSSIER, many[:3])
    assert vault.lookups == 1
    vault.prefetch(Domain.DOSSIER, [UUID(int=9999)])
    vault.prefetch(Domain.DOSSIER, [UUID(int=9999)])
    assert vault.lookups == 2


def test_a_vault_counts_what_it_opens_and_seals(vault):
    envelope = vault.seal(CARD, "Anna")
    vault.open(CARD, envelope, str)
    vault.open(CARD, envelope, str)
    assert (vault.sealed, vault.opened) == (1, 2)


@pytest.mark.attack(62)
def test_a_vault_forgets_its_keys(vault):
    envelope = vault.seal(CARD, "Anna")
    assert vault.knows(Domain.DOSSIER, ANNA)
    vault.forget()
    assert not vault.knows(Domain.DOSSIER, ANNA)
    assert vault.open(CARD, envelope, str) == "Anna"


def test_a_vault_and_its_keyring_are_not_pickled(vault, ring):
    for secret in (vault, ring):
        with pytest.raises(TypeError, match="never written or copied"):
            pickle.dumps(secret)


def test_a_value_of_another_kind_is_not_sealed(vault):
    with pytest.raises(NotSealableError):
        vault.seal(CARD, "2024-01-01", date)
    assert vault.sealed == 0


def test_an_index_finds_equal_parts_and_tells_nothing_else(vault, ring):
    found = vault.index("v_number", "1234567890")
    assert found == Vault(ring).index("v_number", "1234567890")
    assert len(found) == 32
    others = {
        vault.index("v_number", "1234567891"),
        vault.index("family", "1234567890"),
        vault.index("v_number", "12345", "67890"),
        vault.index("v_number", "1234567890", ""),
    }
    assert len(others) == 4
    assert found not in others


def test_yes_and_no_have_envelopes_of_one_length(vault):
    assert len(vault.seal(CARD, "ja")) == len(vault.seal(CARD, "nee")) == 64
    assert len(vault.seal(CARD, True)) == len(vault.seal(CARD, False)) == 64


@pytest.mark.asvs("11.5.2")
def test_threads_share_a_keyring_each_with_a_vault_of_its_own(ring):
    Vault(ring).make_keys(IDS)
    results: list[str] = []

    def work(number: int) -> None:
        mine = Vault(ring)
        place = CARD._replace(row_id=UUID(int=number))
        opened = {mine.open(place, mine.seal(place, f"{number}"), str) for _ in range(50)}
        mine.index(f"index {number % 3}", "x")
        results.extend(opened)

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [f"{number}" for number in range(8)]


def test_records_open_as_records(vault):
    envelope = vault.seal(CARD, Card("Zoë", date(2015, 1, 1)))
    assert vault.open(CARD, envelope, Card) == Card("Zoë", date(2015, 1, 1))
    assert "Zoë".encode() not in envelope
    assert isinstance(envelope, Envelope)
