"""The gist of a text that somebody typed, short enough to stand within a sentence."""

from textwrap import shorten
from typing import Final

MOST: Final = 60
"""Characters; with the words around it a sentence stays short."""
MORE: Final = "…"


def gist(text: str) -> str:
    """Return the beginning of a text on one line, cut between words, without a full stop."""
    words = " ".join(text.split())
    if len(words) <= MOST:
        return words.rstrip(".")
    return (
        shorten(words, MOST, placeholder=f" {MORE}") if " " in words[:MOST] else words[:MOST] + MORE
    )
