"""The answer to a request for access: asked by one, agreed to by another, made once, kept nowhere.

What two people agree to is named by `package_content`: another request, another child or another choice
of what is left out is another content, and the agreement does not hold for it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.audit.queries.breaks import is_broken
from caseapp.domain.events import PackageGiven
from caseapp.domain.privacy_rights import Refusal, Right, RightRefusedError
from caseapp.domain.two_people import Together
from caseapp.kernel.clock import AMSTERDAM
from caseapp.kernel.work import Work, reading_past
from caseapp.people import queries as people
from caseapp.privacy.actions.registering import refuse_closed, refuse_not_allowed
from caseapp.privacy.queries import DESK

if TYPE_CHECKING:
    from caseapp.accounts.models import TwoPeople
    from caseapp.privacy.models import PrivacyRequest

INDEX: Final = "index.json"
PRIVATE: Final = 0o600 << 16
"""The mode of a file in a package: for its owner only."""


def package_content(row: "PrivacyRequest") -> bytes:
    """Return the bytes that name what leaves the house: which request, of whom, for whom, without what."""
    named = {
        "request": str(row.id),
        "child": str(row.child_id),
        "right": row.right,
        "asker": row.asker,
        "asker_name": row.facts.asker_name,
        "without_words": row.facts.without_words,
    }
    return json.dumps(named, sort_keys=True, separators=(",", ":")).encode()


@reading_past(DESK)
def ask_package(
    work: Work, row: "PrivacyRequest", version: int | None, reason: str, *, without_words: bool
) -> "TwoPeople":
    """Ask a second person to let the whole file leave the house for who asked to see it.

    Raises RightRefusedError, RefusedError, LostRaceError.
    """
    refuse_package(work, row)
    work.revise(row, version, facts=replace(row.facts, without_words=without_words))
    asked = two_people.ask(
        work,
        Together.EXPORT,
        row.child_id,
        package_content(row),
        reason,
        told=deciders(work, row.child_id),
    )
    work.revise(row, together_id=asked.id)
    work.flush()
    return asked


def refuse_package(work: Work, row: "PrivacyRequest") -> None:
    """Raise RightRefusedError when no package can answer this request, or not now."""
    if is_broken(work):
        raise RightRefusedError(Refusal.TRAIL_BROKEN)
    refuse_closed(row)
    if row.right != Right.ACCESS:
        raise RightRefusedError(Refusal.NOT_THIS_RIGHT)
    refuse_not_allowed(row)


@reading_past(DESK)
def give_package(work: Work, row: "PrivacyRequest") -> None:
    """Take the agreement for making the package, once; raises RightRefusedError, RefusedError."""
    refuse_package(work, row)
    asked = accounts.two_people(work, row.together_id) if row.together_id else None
    if asked is None:
        raise RightRefusedError(Refusal.NOT_ALLOWED)
    two_people.use(work, asked, package_content(row))
    work.flush()
    work.record(PackageGiven(object_id=row.id, child_id=row.child_id))


def deciders(work: Work, child_id: UUID) -> tuple[UUID, ...]:
    """Return the coordinators of where a child lives; without any, the national desk."""
    with work.beyond("who may agree to a request about a child"):
        here = people.here(work, [child_id]).get(child_id)
    region = here.region if here else None
    near = accounts.coordinators(work, [region]).get(region, []) if region else []
    return tuple(one.id for one in near or accounts.national_desk(work))


def pack(work: Work, files: Mapping[str, str | bytes], about: Mapping[str, object]) -> bytes:
    """Return files as one ZIP with an index that holds the SHA-256 of each; in memory only."""
    kept = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    index = {
        **about,
        "files": [
            {"name": name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in kept.items()
        ],
    }
    kept[INDEX] = json.dumps(index, ensure_ascii=False, indent=2).encode()
    content = BytesIO()
    at = work.now.astimezone(AMSTERDAM)
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, data in kept.items():
            info = ZipInfo(name, at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = PRIVATE
            package.writestr(info, data)
    return content.getvalue()
