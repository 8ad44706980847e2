"""Padding: lengths that say little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.kernel.padding import RECORD, SMALL, pad, padded_length, padme, unpad


@pytest.mark.parametrize(
    ("length", "rounded"),
    [(0, 0), (1, 1), (2, 2), (8, 8), (9, 10), (100, 104), (1000, 1024), (1024, 1024), (1025, 1088)],
)
def test_padme_rounds_as_published(length, rounded):
    assert padme(length) == rounded


@given(st.integers(0, 10**7))
def test_padme_never_shortens_and_costs_an_eighth_at_most(length):
    assert length <= padme(length) <= length * 1.125 + 1


@pytest.mark.parametrize("bucket", [SMALL, RECORD])
@given(length=st.integers(1, 10**6))
def test_padded_lengths_are_whole_buckets_and_never_shrink_as_content_grows(bucket, length):
    assert padded_length(length, bucket) % bucket == 0
    assert length <= padded_length(length, bucket) <= padded_length(length + 1, bucket)


def test_a_long_text_is_padded_further_than_to_its_bucket():
    assert padded_length(5000, SMALL) == padded_length(5120, SMALL) == 5120


def test_a_bucket_is_left_one_byte_after_it_is_full():
    assert len(pad(b"x" * 31, SMALL)) == 32
    assert len(pad(b"x" * 32, SMALL)) == 64


@given(st.binary(max_size=300))
def test_what_was_padded_comes_back_zeros_and_marks_included(content):
    assert unpad(pad(content, SMALL)) == content


@pytest.mark.parametrize("padded", [b"", b"\0" * 32, b"text" + b"\0" * 28])
def test_bytes_without_the_mark_are_refused(padded):
    with pytest.raises(ValueError, match="no mark"):
        unpad(padded)
