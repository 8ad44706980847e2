"""What was promised to a child and a move must not lose, read from its record (product.md 2, step 3).

A source names the kind of promise and the record that says it. The key of a promise is made of move and
source, so that it is made once, whoever makes it and however often, and a round trip finds it again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from caseapp.domain.calendar import covers
from caseapp.domain.care_codes import SchoolType
from caseapp.domain.case import Case, running, waiting
from caseapp.domain.codes import Topic
from caseapp.domain.facts import CareLine, Dossier, SchoolRecord, Transfer

OF_A_LINE: Final = ("care", "waiting", "appointment", "medicine")
MOST_APPOINTMENTS: Final = 9
"""So many appointments of one line are told apart on one handover when a document comes back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A promise as the record says it today: codes and names for a page, `text` for a document.

    `since`: from when it lasts; `day`: of the appointment, or until when a medicine lasts.
    """

    source: str
    topic: Topic
    text: str
    about: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise from the record as it stands on a handover; settled when it has an outcome."""

    id: UUID
    said: Wanted
    settled: bool = False
    rebooked_on: date | None = None
    withdrawn: bool = False


@dataclass(slots=True)
class Handed:
    """A handover as far as it follows the record: whether it was opened, and what it says."""

    opened: bool = False
    kept: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done so that a handover says what the record says."""

    to_make: tuple[Wanted, ...] = ()
    to_follow: tuple[tuple[Kept, Wanted], ...] = ()
    to_withdraw: tuple[Kept, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.to_make or self.to_follow or self.to_withdraw)


def promise_key(transfer_id: UUID, source: str) -> UUID:
    """Return the key of the promise that a source gives on the handover of a move."""
    return uuid5(transfer_id, source)


def wanted(child: Case, move: Transfer) -> tuple[Wanted, ...]:
    """Return what the record of a child promises on the day of a move, in the order of the handover."""
    day = move.arrived_on or move.planned_on
    return (
        *_school(child, day),
        *_care(child, day),
        *_guardian(child),
        *_actions(child),
        _contact(child, move),
    )


def _school(child: Case, day: date) -> Iterator[Wanted]:
    for one in child.school:
        over = one.end is not None and one.end <= max(day, child.today)
        if one.type is SchoolType.EXEMPT or over:
            continue
        yield Wanted(
            f"school:{one.id}", Topic.SCHOOL, one.name or one.type.value,
            {"type": one.type.value, "name": one.name or "", "stage": _stage(one, child.today)},
            since=one.attending_from or one.enrolled_on or one.waiting_list_since,
        )  # fmt: skip


def _stage(record: SchoolRecord, today: date) -> str:
    if covers(record.attending_from, record.end, today):
        return "attending"
    return "enrolled" if record.enrolled_on or record.attending_from else "waiting"


def _care(child: Case, day: date) -> Iterator[Wanted]:
    since = {chain[-1].id: chain[0].referred_on for chain in child.chains}
    for line in child.care:
        if line.id in since:  # else a later line goes on from it, and that one counts
            yield from _line(line, since[line.id], day, child.today)


def _line(line: CareLine, first_referred: date, day: date, today: date) -> Iterator[Wanted]:
    """Yield what one line promises: that it goes on, its place in the queue, its appointment, the medicine."""
    text = line.provider or line.kind.value
    about = {"kind": line.kind.value, "name": line.provider or ""}
    if waiting(line, today):
        yield Wanted(f"waiting:{line.id}", Topic.WAITING_LIST, text, about, since=first_referred)
    if running(line, today):
        yield Wanted(f"care:{line.id}", Topic.CARE, text, about, since=line.started_on)
        until = line.medication_until
        if until is not None and until >= today:
            yield Wanted(f"medicine:{line.id}", Topic.MEDICATION, text, about, day=until)
    ahead = line.next_contact_on
    going_on = waiting(line, today) or running(line, today)
    if going_on and ahead is not None and ahead >= max(day, today):
        yield Wanted(f"appointment:{line.id}", Topic.APPOINTMENT, text, about, day=ahead)


def _guardian(child: Case) -> Iterator[Wanted]:
    now = [one for one in child.guardianship if covers(one.start, one.end, child.today)]
    for one in now[-1:]:
        name = one.guardian or ""
        about = {"name": name}
        yield Wanted(f"guardian:{one.id}", Topic.GUARDIAN_VISIT, name or "Nidos", about)


def _actions(child: Case) -> Iterator[Wanted]:
    for one in child.observations:
        agreed = one.action
        if agreed is None or agreed.done_on is not None or not agreed.text:
            continue
        about = {"name": agreed.owner or ""}
        yield Wanted(f"action:{one.id}", Topic.ACTION, agreed.text, about, one.on, agreed.due_on)


def _contact(child: Case, move: Transfer) -> Wanted:
    now = [one for one in child.responsible if covers(one.start, one.end, child.today)]
    name = now[-1].name or "" if now else ""
    text = name or move.from_location
    return Wanted(f"contact:{move.id}", Topic.CONTACT, text, {"name": name})


def compare(kept: Iterable[Kept], wanted_now: Sequence[Wanted]) -> Changes:
    """Compare a handover with the record; calling it again after its changes were made changes nothing.

    What has an outcome stays as it is. A new appointment after a settled one is a new promise, unless it
    is the day to which the old one was rebooked.
    """
    every: dict[str, list[Kept]] = {}
    for one in kept:
        every.setdefault(_base(one.said.source), []).append(one)
    make, follow = [], []
    for said in wanted_now:
        known = sorted(every.get(said.source, ()), key=lambda one: _number(one.said.source))
        if not known:
            make.append(said)
        elif _is_another(known[-1], said):
            make.append(replace(said, source=f"{said.source}#{len(known) + 1}"))
        elif known[-1].withdrawn or not (known[-1].settled or _same(known[-1].said, said)):
            follow.append((known[-1], said))
    sources = {said.source for said in wanted_now}
    gone = [
        one
        for base, listed in every.items()
        for one in listed
        if base not in sources and not one.settled and not one.withdrawn
    ]
    return Changes(tuple(make), tuple(follow), tuple(gone))


def _is_another(known: Kept, said: Wanted) -> bool:
    """Say whether this is another appointment than the settled one."""
    if said.topic is not Topic.APPOINTMENT or not known.settled or known.said.day is None:
        return False
    return said.day not in {known.said.day, known.rebooked_on}


def _same(known: Wanted, said: Wanted) -> bool:
    return replace(known, source=said.source, about=dict(known.about)) == replace(
        said, about=dict(said.about)
    )


def _base(source: str) -> str:
    return source.partition("#")[0]


def _number(source: str) -> int:
    return int(source.partition("#")[2] or 1)


def sources(dossier: Dossier, transfer_id: UUID, key: Callable[[str, str], UUID]) -> Iterator[str]:
    """Yield every source that the records of a document can give on one move; `key` names their rows."""
    for line in dossier.care:
        for kind in OF_A_LINE:
            yield f"{kind}:{key('care', line.id)}"
        for number in range(2, MOST_APPOINTMENTS + 1):
            yield f"appointment:{key('care', line.id)}#{number}"
    for kind, records in (
        ("school", dossier.school),
        ("guardian", dossier.guardianship),
        ("action", dossier.observations),
    ):
        for one in records:
            yield f"{kind}:{key(LISTS[kind], one.id)}"
    yield f"contact:{transfer_id}"


LISTS: Final = {"school": "school", "guardian": "guardianship", "action": "observations"}
"""In which list of a document the records stand that a kind of promise is made from."""
