"""Passwords: long, not well known, not about the owner; and hashed the same for nobody."""

import pytest

from caseapp.domain.passwords import SHORTEST, Weakness, weakness
from caseapp.kernel.passwords import Passwords, well_known

GOOD = "tuinslang paars 4 kiwi"
ABOUT = ("Hanna Visser", "h.visser@nidos.example")


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        (GOOD, None),
        ("zqkwmvplrtba"[:SHORTEST], None),
        ("zqkwmvplrtba"[: SHORTEST - 1], Weakness.TOO_SHORT),
        ("zqkwéabu" * 16, None),
        ("zqkwéabu" * 16 + "z", Weakness.TOO_LONG),
        ("12345678901234567890", Weakness.WELL_KNOWN),
        ("Welkom2026!!!", Weakness.WELL_KNOWN),
        ("W@chtw00rd2026", Weakness.WELL_KNOWN),
        ("wachtwoordwachtwoord", Weakness.WELL_KNOWN),
        ("123 Password 123", Weakness.WELL_KNOWN),
        ("correct horse battery staple", Weakness.WELL_KNOWN),
        ("abababababab", Weakness.WELL_KNOWN),
        ("HANNA's own words", Weakness.ABOUT_OWNER),
        ("the visserman 99", Weakness.ABOUT_OWNER),
        ("caseapp is a house", Weakness.ABOUT_OWNER),
    ],
)
def test_a_password_is_refused_for_a_reason_that_can_be_said(
    password: str, expected: Weakness | None
) -> None:
    assert weakness(password, well_known(), ABOUT) is expected


def test_a_password_verifies_however_the_keyboard_composes_it() -> None:
    hasher = Passwords(memory_kib=64, rounds=1)
    kept = hasher.hash("cafe\u0301 aan de haven")
    assert hasher.verify(kept, "café aan de haven")
    assert not hasher.verify(kept, "cafe aan de haven")


def test_nobody_has_no_password_at_all() -> None:
    hasher = Passwords(memory_kib=64, rounds=1)
    assert not hasher.verify(None, "nobody has this password")
    assert not hasher.verify("not a hash", GOOD)


def test_a_hash_of_another_strength_is_seen() -> None:
    weak, strong = Passwords(memory_kib=64, rounds=1), Passwords(memory_kib=64, rounds=2)
    assert strong.is_outdated(weak.hash(GOOD))
    assert not strong.is_outdated(strong.hash(GOOD))
