"""Values inside seals: what goes in comes out, as the same kind, or is refused."""

from dataclasses import dataclass, make_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from unicodedata import normalize
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.kernel.values import NotSealableError, NotThisKindError, decode, encode


class Mode(StrEnum):
    """A code."""

    PHONE = "phone"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record."""

    word: str
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One of everything that a record may hold."""

    name: str
    on: date
    mode: Mode
    by: UUID | None = None
    parts: tuple[Part, ...] = ()
    hours: int = 0
    kept: bool | None = None


def texts():
    return st.text(st.characters(exclude_categories=["Cs"]))


facts = st.builds(
    Facts,
    name=st.text('abcäß\n"\\\x00\x1fع', max_size=20),
    parts=st.lists(
        st.builds(
            Part,
            word=st.text("xyz<é", max_size=9),
            weight=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        )
    ).map(tuple),
    hours=st.integers(-(2**63), 2**63 - 1),
)


@given(facts)
def test_a_record_comes_back_as_it_was(record):
    assert decode(Facts, encode(Facts, record)) == record


@pytest.mark.parametrize(
    "value",
    ["", "tekst", date(2024, 2, 29), 7, 0.5, True, UUID(int=9), Mode.VISIT, "ja\x80\x00\x00"],
)
def test_a_plain_value_comes_back_as_the_same_kind(value):
    back = decode(type(value), encode(type(value), value))
    assert (back, type(back)) == (value, type(value))


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        (date(2024, 2, 29), str),
        ("2024-02-29", date),
        (1, bool),
        (True, int),
        (1, float),
        ("phone", Mode),
        (Mode.PHONE, str),
        (Part("a"), Facts),
        (UUID(int=9), str),
    ],
)
def test_a_value_is_never_read_as_another_kind(value, asked):
    padded = encode(type(value), value)
    with pytest.raises(NotThisKindError):
        decode(asked, padded)


@pytest.mark.parametrize(("one", "other"), [("ja", "nee"), (True, False), ("", "n.v.t. " * 3)])
def test_short_answers_have_the_same_length(one, other):
    assert len(encode(type(one), one)) == len(encode(type(other), other)) == 32


def test_a_record_with_a_fact_more_has_the_same_length():
    bare = Facts("Zoë", date(2015, 1, 1), Mode.VISIT)
    more = Facts("Zoë", date(2015, 1, 1), Mode.VISIT, kept=False, hours=4, parts=(Part("x"),))
    assert len(encode(Facts, bare)) == len(encode(Facts, more)) == 128
    assert len(encode(Part, Part("x"))) == len(encode(Part, Part("x" * 60, 0.125))) == 128


@pytest.mark.parametrize("word", ["e\u0301", "\n\u0301", '"\u0338<\u0338', "\u212b", "\\\u0303n"])
def test_texts_are_kept_in_composed_form_wherever_they_stand(word):
    record = Facts(word, date(2015, 1, 1), Mode.VISIT, parts=(Part(word, 1.5),))
    back = decode(Facts, encode(Facts, record))
    assert back.name == back.parts[0].word == normalize("NFC", word)
    assert back.parts[0].weight == 1.5
    assert decode(str, encode(str, word)) == normalize("NFC", word)


@given(texts())
def test_every_text_comes_back_in_composed_form(word):
    assert decode(str, encode(str, word)) == normalize("NFC", word)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (str, 5),
        (str, None),
        (date, datetime(2024, 1, 1, 12)),  # noqa: DTZ001 - refused for its hour
        (int, True),
        (int, 1.5),
        (float, float("nan")),
        (float, float("inf")),
        (Part, Part("a", float("nan"))),
        (Part, Part("e\u0301", float("nan"))),
        (Part, Part(5)),
        (Facts, Facts("a", date(2024, 1, 1), "fax")),
        (Facts, Facts("a", date(2024, 1, 1), Mode.PHONE, parts=[Part("a")])),
        (Facts, Part("a")),
        (str, "\ud800"),
        (str, object()),
    ],
)
def test_what_would_not_come_back_the_same_is_refused_and_not_shown(kind, value):
    with pytest.raises(NotSealableError) as caught:
        encode(kind, value)
    assert "fax" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", [object, dict, bytes, list, type(None)])
def test_a_kind_without_a_name_and_a_form_of_its_own_is_refused(kind):
    with pytest.raises(NotSealableError, match=f"{kind.__name__} cannot be sealed"):
        encode(kind, None)


def test_a_renamed_class_still_reads_what_it_wrote_under_its_old_name():
    old = make_dataclass("Card", [("name", str)], frozen=True)

    @dataclass(frozen=True)
    class ChildCard:
        """The same, renamed."""

        name: str
        __sealed_as__: ClassVar[str] = "Card"

    assert decode(ChildCard, encode(old, old("Zoë"))) == ChildCard("Zoë")
    with pytest.raises(NotThisKindError):
        decode(make_dataclass("Other", [("name", str)]), encode(old, old("Zoë")))


def test_a_fact_that_an_older_program_did_not_know_takes_its_default_and_a_newer_one_is_left_out():
    old = make_dataclass("Card", [("name", str)], frozen=True)
    new = make_dataclass("Card", [("name", str), ("age", int | None, None)], frozen=True)
    assert decode(new, encode(old, old("Zoë"))) == new("Zoë", None)
    assert decode(old, encode(new, new("Zoë", 9))) == old("Zoë")
