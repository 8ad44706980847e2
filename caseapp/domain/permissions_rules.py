"""The rest of the page docs/permissions.md: over which children, which fields, and what the moment decides.

Every number comes from where the code takes it, so that the page cannot say another one.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from caseapp.domain import emergency, pace
from caseapp.domain.granting import LEAVE_LASTS
from caseapp.domain.policy import READS, Permission, Role, Sees
from caseapp.domain.reach import READS_AHEAD, READS_ON
from caseapp.domain.second_factor import FRESH_FOR, LASTING
from caseapp.domain.two_people import SECOND

SEES: Final = {
    Sees.HEADER: "who the child is, to stand ready at the door or to understand an alert that was told",
    Sees.HANDOVER: f"the handover that was sent, from {READS_AHEAD} days before the planned day",
    Sees.UNTIL_DEPARTURE: f"entries up to the day of departure, for {READS_ON} days after it",
    Sees.ALL: "the whole file, and writing where the role may",
}
"""How much of a file a reach opens."""

FIELDS: Final = (
    (
        "health: practical needs in free text, and what care is for",
        f"read with `{Permission.HEALTH_READ}`; all others see that there is care, with whom and when",
        f"write with `{Permission.CARE_EDIT}`",
    ),
    (
        "entries after the departure of a child, and where it lives now",
        f"read at `{Sees.ALL}` only",
        f"write at `{Sees.ALL}` only",
    ),
    (
        "name, code, address and municipality of a confidential place",
        f"read with a right there, nationally, as guardian there, or with `{Permission.LOCATION_EDIT}`",
        f"write with `{Permission.LOCATION_EDIT}`",
    ),
    (
        "mail address of a member of staff",
        f"read with `{Permission.ACCOUNT_EDIT}`, and one's own",
        f"write with `{Permission.ACCOUNT_EDIT}`",
    ),
    (
        "an entry of an observation, a contact or a meeting",
        f"read with `{Permission.OBSERVATION_READ}`",
        "change as who wrote it, or as contact person of where the child lives",
    ),
    ("the file of the reporting code", f"read with `{Permission.PROTECTION_FILE}`", "the same"),
)
"""Which fields are read and written by fewer people than the page that holds them."""


def rules_of_rights() -> str:
    """Return these sections as Markdown."""
    return "\n".join((*_children(), *_fields(), *_moment()))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (f"## {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _children() -> Iterator[str]:
    rows = [(f"`{one.value}`", words) for one, words in SEES.items()]
    yield from _table("How much of a file is open", ("reach", "what it opens"), rows)


def _fields() -> Iterator[str]:
    yield from _table("Fields that fewer people see or write", ("field", "read", "write"), FIELDS)
    yield "A form takes the fields that it shows and no others: an unknown one, or one sent twice, is 400."
    yield ""


def _of_time() -> list[tuple[str, str, str]]:
    return [
        ("time: a right", "begins and ends to the second, read at each request", "404, or 403"),
        ("time: no sign of life", _lasting("idle"), "sign in again"),
        ("time: a whole session", _lasting("whole"), "sign in again"),
        (
            "time since the second factor was proved",
            f"at most {_minutes(FRESH_FOR)} for a dangerous act",
            "prove it again",
        ),
        (
            "a colleague on leave",
            f"at most {LEAVE_LASTS.days} days; same role, same employer, never lent on",
            "the right is not there",
        ),
        (
            "an emergency next door",
            f"{_minutes(emergency.LASTS)} of reading: {', '.join(sorted(READS))}",
            "404 for the child, 403 for every write",
        ),
        (
            "before, and after, an emergency",
            f"{emergency.SHORTEST_REASON} characters of reason; {emergency.REVIEW_DAYS} working days to judge",
            f"not opened; told as late, and more than {emergency.OFTEN} in a week are told",
        ),
    ]


def _of_others() -> list[tuple[str, str, str]]:
    return [
        *(
            (
                f"two people: {kind.value}",
                f"{', '.join(sorted(second.roles))}; good for {second.lasts.days} days, once",
                "refused",
            )
            for kind, second in SECOND.items()
        ),
        (
            "pace: different files opened",
            f"counted over {_minutes(pace.WINDOW)} (settings `reading_slow`, `reading_stop`)",
            f"one each {int(pace.APART.total_seconds())} seconds, then none: 429, and told",
        ),
        ("the trail is broken", "no look in an emergency, no package, no erasure", "refused"),
        (
            "address and browser of a sign-in",
            "how well they are known (docs/signing-in.md)",
            "wait",
        ),
    ]


def _moment() -> Iterator[str]:
    rows = [*_of_time(), *_of_others()]
    yield from _table("What the moment decides", ("what", "threshold", "otherwise"), rows)
    yield "Place, kind of device and hour of the day open nothing by themselves."
    yield ""


def _lasting(which: str) -> str:
    return "; ".join(f"{role} {_minutes(getattr(LASTING[role], which))}" for role in Role)


def _minutes(lasts: timedelta) -> str:
    minutes = lasts // timedelta(minutes=1)
    return f"{minutes} minutes" if minutes % 60 else f"{minutes // 60} hours"
