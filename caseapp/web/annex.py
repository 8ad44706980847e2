"""What other slices put beside the record on the page of a child: what is said about it, and links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast
from uuid import UUID

from flask import Flask, current_app

from caseapp.kernel.work import Work
from caseapp.web.i18n import Words

NAME: Final = "caseapp.annexes"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said beside a chapter of the file, in the words of who said it."""

    chapter: Words
    endpoint: str
    """The page of the chapter; nothing: it is about the whole file."""
    who: str
    text: str
    href: str = ""
    """Where it can be taken back; nothing for who may not."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page about the file that is no chapter of it."""

    href: str
    words: Words


@dataclass(frozen=True, slots=True)
class Annex:
    """What one slice puts beside the record."""

    said: Sequence[Said] = ()
    links: Sequence[Link] = ()


Source: TypeAlias = Callable[[Work, UUID], Annex]


def annexes(app: Flask) -> list[Source]:
    """Return what is asked for each child whose whole file is open; slices add to it when they are wired."""
    return cast("list[Source]", app.extensions.setdefault(NAME, []))


def annex_of(work: Work, child_id: UUID) -> Annex:
    """Return all that slices put beside the record of a child; the caller checked that the file is open."""
    found = [source(work, child_id) for source in annexes(current_app)]
    return Annex(
        [one for annex in found for one in annex.said],
        [one for annex in found for one in annex.links],
    )
