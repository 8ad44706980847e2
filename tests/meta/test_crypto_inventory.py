"""Every use of cryptography stands in the inventory, with an algorithm that may be used (ASVS 11)."""

import re
from pathlib import Path

import pytest

from caseapp.cli.crypto_page import crypto_page
from caseapp.cli.crypto_uses import APPROVED, NO_SECRET, PRIMITIVES, USES
from caseapp.kernel.crypto import Domain
from caseapp.kernel.keys import Slot
from caseapp.settings import load
from tests.meta.crypto_uses import uses
from tests.meta.tree import PACKAGE

FOUND = uses(PACKAGE)
LISTED = {(module, name) for module, used in USES.items() for name in used}
LOOKS_UP_ONLY = {"hashlib.sha1", "random", "uuid.uuid5"}
DISALLOWED = re.compile(r"\b(md5|MD5|TripleDES|ARC4|RC4|Blowfish|ECB|CBC|PKCS1v15)\b")


@pytest.mark.asvs("11.1.2", "11.1.3")
def test_every_use_of_cryptography_stands_in_the_inventory_and_nothing_else_does():
    assert sorted(FOUND - LISTED) == []
    assert sorted(LISTED - FOUND) == []
    assert {name for _, name in FOUND} == set(PRIMITIVES)


@pytest.mark.asvs("11.1.2", "11.1.4")
def test_the_page_names_every_key_every_primitive_and_what_comes_after():
    page = crypto_page()
    for name in (*Domain, *Slot, *PRIMITIVES, *USES):
        assert f"| {name} |" in page or f"`{name}`" in page
    assert "ML-DSA" in page
    assert "X25519MLKEM768" in page
    assert all(one.quantum for one in PRIMITIVES.values())


@pytest.mark.asvs("11.2.3", "11.3.1", "11.3.2", "11.4.1", "11.4.3", "11.6.1", "11.6.2")
def test_what_is_used_for_a_secret_is_approved_and_has_112_bits_or_more():
    for name, one in PRIMITIVES.items():
        if name in LOOKS_UP_ONLY:
            assert one.status == NO_SECRET
        else:
            assert one.status.startswith(APPROVED)
            assert one.bits is None or one.bits >= 112


@pytest.mark.asvs("11.3.1", "11.4.1")
def test_no_broken_cipher_mode_padding_or_hash_is_named_anywhere_in_the_code():
    named = [path for path in PACKAGE.rglob("*.py") if DISALLOWED.search(path.read_text("utf-8"))]
    assert named == []
    assert DISALLOWED.search("hashlib.md5(x)")
    assert DISALLOWED.search("modes.ECB()")


@pytest.mark.asvs("11.2.1", "11.5.1", "11.5.2")
def test_randomness_for_secrets_comes_from_the_kernel_and_encryption_from_one_library():
    drawn = {module for module, name in FOUND if name == "random"}
    assert drawn == {"caseapp.demo.dice"}
    assert {module for module, name in FOUND if name.startswith("cryptography.")} == {
        "caseapp.kernel.crypto"
    }
    assert not any(name.startswith("uuid.uuid4") for _, name in FOUND)


@pytest.mark.asvs("11.4.2", "11.4.4")
def test_passwords_cost_what_is_asked_of_argon2id():
    settings = load("production", {"CASEAPP_SECRET_KEY": "x" * 40})
    assert (settings.argon_memory_kib, settings.argon_rounds) >= (19 * 1024, 2)
    assert {module for module, name in FOUND if name == "argon2"} == {"caseapp.kernel.passwords"}


@pytest.mark.asvs("11.2.4")
def test_secrets_are_compared_in_constant_time_where_they_are_compared():
    compared = {module for module, name in FOUND if name == "hmac.compare_digest"}
    assert compared >= {"caseapp.kernel.crypto", "caseapp.kernel.queueing"}


def test_a_use_that_nobody_wrote_down_is_found(tmp_path: Path):
    package = tmp_path / "caseapp"
    package.mkdir()
    for number, code in enumerate(
        (
            "import hashlib\nx = hashlib.md5(b'')",
            "from hashlib import md5 as short\nshort(b'')",
            "from cryptography.hazmat.primitives.ciphers import Cipher, modes\nCipher(1, modes.ECB())",
            "import os as system\nsystem.urandom(3)",
            "from random import choice\nchoice([1])",
            "import uuid\nuuid.uuid4()",
            "import nacl.secret\nnacl.secret.SecretBox",
        )
    ):
        (package / f"use{number}.py").write_text(code, "utf-8")
    assert uses(package) == {
        ("caseapp.use0", "hashlib.md5"),
        ("caseapp.use1", "hashlib.md5"),
        ("caseapp.use2", "cryptography.Cipher"),
        ("caseapp.use2", "cryptography.ECB"),
        ("caseapp.use3", "os.urandom"),
        ("caseapp.use4", "random"),
        ("caseapp.use5", "uuid.uuid4"),
        ("caseapp.use6", "nacl.secret"),
        ("caseapp.use6", "nacl.secret.secret"),
    }
