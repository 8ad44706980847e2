"""Padding before sealing, so that the length of a ciphertext says little about its content."""

from typing import Final

SMALL: Final = 32
"""Bytes: single values and texts are as long as the next multiple of this."""

RECORD: Final = 128
"""Bytes: a record has more parts, so one filled-in part must not move it to another length."""

MARK: Final = b"\x80"


def padme(length: int) -> int:
    """Round a length up so that it reveals little, at 12 % more at most (Padmé, PETS 2019)."""
    if length < 2:  # noqa: PLR2004 - below two bytes the logarithm of a logarithm has no meaning
        return length
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask


def padded_length(length: int, bucket: int) -> int:
    """Return the length after padding: Padmé for what is long, whole buckets always."""
    return -(-padme(length) // bucket) * bucket


def pad(content: bytes, bucket: int) -> bytes:
    """Add a mark and zeros up to the padded length."""
    return (content + MARK).ljust(padded_length(len(content) + 1, bucket), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take mark and zeros off; raises ValueError when there is no mark."""
    content = padded.rstrip(b"\0")
    if not content.endswith(MARK):
        raise ValueError("no mark of padding")
    return content[:-1]
