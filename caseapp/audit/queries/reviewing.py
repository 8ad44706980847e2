"""The weekly look at the trail: what a week holds that a person looks at, and how far that is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from caseapp.accounts import queries as accounts
from caseapp.audit.models import AuditEvent, LogReview, LogReviewItem
from caseapp.domain import reviewing
from caseapp.domain.policy import Role, Sees
from caseapp.domain.reviewing import Pick
from caseapp.kernel import clock
from caseapp.kernel.work import Work
from caseapp.people import queries as people

OPENED: Final = "child-read"
DENIED: Final = "denied"
WEEK: Final = timedelta(days=7)
INDEX: Final = "log-review"


@dataclass(frozen=True, slots=True, order=True)
class Picked:
    """A record to look at, whose it is, why, and how many, where the reason is a number."""

    seq: int
    account_id: UUID
    pick: Pick
    many: int | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    seq: int
    at: datetime
    account_id: UUID
    role: str | None
    child_id: UUID | None
    code: str
    sees: str | None
    """For a file that was opened: how much of it was open to the reader (people.Sees)."""
    emergency: bool


def picked(work: Work, monday: date) -> list[Picked]:
    """Return the records of a week that a person looks at: drawn ones, and those that stand out."""
    with work.beyond("the weekly look at the trail"):
        looks = list(_looks(work, monday))
        found = [*_drawn(work, monday, looks), *_by_rule(looks), *_by_name(work, looks)]
    return sorted(set(found))


def _looks(work: Work, monday: date) -> Iterator[_Look]:
    """Yield what people did with files in a week, or were refused."""
    begins = clock.midnight(monday)
    rows: Any = (
        select(
            AuditEvent.seq, AuditEvent.at, AuditEvent.account_id, AuditEvent.role,
            AuditEvent.child_id, AuditEvent.code, AuditEvent.fields, AuditEvent.emergency_ref.is_not(None),
        )
        .where(
            AuditEvent.at >= begins,
            AuditEvent.at < begins + WEEK,
            AuditEvent.account_id.is_not(None),
            AuditEvent.child_id.is_not(None) | (AuditEvent.code == DENIED),
        )
        .order_by(AuditEvent.seq)
    )  # fmt: skip
    for row in work.session.execute(rows):
        yield _Look(*row)


def _drawn(work: Work, monday: date, looks: Collection[_Look]) -> Iterator[Picked]:
    """Draw by a keyed hash of week and number: nobody can foresee it, and anybody with the key repeat it."""
    seen = [one for one in looks if one.child_id is not None]
    week = monday.isoformat()
    ranked = sorted(seen, key=lambda one: work.vault.index(INDEX, week, one.seq.to_bytes(8)))
    for one in ranked[: reviewing.DRAWN]:
        yield Picked(one.seq, one.account_id, Pick.DRAWN)


def _by_rule(looks: Collection[_Look]) -> Iterator[Picked]:
    """Pick what stands out by time, number or way: one record for each person, day and reason."""
    opened = [one for one in looks if one.code == OPENED]
    yield from _first_of_a_day(Pick.AT_NIGHT, filter(_at_night, opened))
    left = (one for one in opened if one.sees == Sees.UNTIL_DEPARTURE)
    yield from _first_of_a_day(Pick.AFTER_MOVE, left)
    yield from _first_of_a_day(Pick.EMERGENCY, (one for one in opened if one.emergency))
    yield from _many_files(opened)
    yield from _refused([one for one in looks if one.code == DENIED])


def _at_night(look: _Look) -> bool:
    return reviewing.is_at_night(look.at.astimezone(clock.AMSTERDAM).time())


def _first_of_a_day(pick: Pick, looks: Iterable[_Look]) -> Iterator[Picked]:
    firsts: dict[Any, _Look] = {}
    for one in looks:
        firsts.setdefault((one.account_id, one.child_id, clock.local_day(one.at)), one)
    for one in firsts.values():
        yield Picked(one.seq, one.account_id, pick)


def _many_files(opened: Collection[_Look]) -> Iterator[Picked]:
    """Pick who opened far more files on a day than others of the role do."""
    files: dict[Any, dict[UUID, set[Any]]] = defaultdict(lambda: defaultdict(set))
    last: dict[Any, int] = {}
    for one in opened:
        day = clock.local_day(one.at)
        files[one.role, day][one.account_id].add(one.child_id)
        last[one.account_id, day] = one.seq
    peers: dict[Any, list[int]] = defaultdict(list)
    for (role, _day), theirs in files.items():
        peers[role] += [len(some) for some in theirs.values()]
    for (role, day), theirs in files.items():
        numbers = {account: len(some) for account, some in theirs.items()}
        for account, many in reviewing.stands_out(numbers, peers[role]).items():
            yield Picked(last[account, day], account, Pick.MANY_FILES, many)


def _refused(denied: Collection[_Look]) -> Iterator[Picked]:
    """Pick who was refused again and again on a day."""
    days: dict[date, list[_Look]] = defaultdict(list)
    for one in denied:
        days[clock.local_day(one.at)].append(one)
    for some in days.values():
        for account, many in reviewing.in_series(one.account_id for one in some).items():
            seq = max(one.seq for one in some if one.account_id == account)
            yield Picked(seq, account, Pick.REFUSED, many)


def _by_name(work: Work, looks: Collection[_Look]) -> Iterator[Picked]:
    """Pick the first look of a person at a child that bears the name of that person or of a colleague."""
    firsts: dict[tuple[UUID, UUID], _Look] = {}
    for one in looks:
        if one.child_id is not None:
            firsts.setdefault((one.account_id, one.child_id), one)
    cards = people.cards(work, {child for _account, child in firsts})
    staff = {one.id: reviewing.names_in(one.name.split(" ")[-1]) for one in _staff(work)}
    every: frozenset[str] = frozenset().union(*staff.values())
    for (account, child), one in firsts.items():
        card = cards.get(child)
        name = reviewing.names_in((card.family_name or "") if card else "")
        if name & staff.get(account, frozenset()):
            yield Picked(one.seq, account, Pick.OWN_NAME)
        elif name & every:
            yield Picked(one.seq, account, Pick.COLLEAGUE)


def _staff(work: Work) -> list[accounts.Someone]:
    return [one for role in Role for one in accounts.of_role(work, role)]


def review_of(work: Work, monday: date) -> LogReview | None:
    """Return the review of a week."""
    return work.session.scalars(select(LogReview).where(LogReview.monday == monday)).first()


def reviews(work: Work, most: int = 12) -> list[LogReview]:
    """Return the last reviews, the newest first."""
    return list(
        work.session.scalars(select(LogReview).order_by(LogReview.monday.desc()).limit(most))
    )


def open_reviews(work: Work) -> list[LogReview]:
    """Return the reviews that are not closed, the oldest first."""
    rows = select(LogReview).where(LogReview.closed_at.is_(None)).order_by(LogReview.monday)
    return list(work.session.scalars(rows))


def left(work: Work) -> Mapping[UUID, int]:
    """Return how many records of each review nobody said anything of."""
    rows = (
        select(LogReviewItem.review_id, func.count())
        .where(LogReviewItem.judgement.is_(None))
        .group_by(LogReviewItem.review_id)
    )
    return {row[0]: row[1] for row in work.session.execute(rows)}


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A record to look at, with what the trail says of it."""

    item: LogReviewItem
    event: AuditEvent


def to_judge(work: Work, review_id: UUID) -> list[ToJudge]:
    """Return the records of a review, those without a judgement first."""
    rows = (
        select(LogReviewItem, AuditEvent)
        .join(AuditEvent, AuditEvent.seq == LogReviewItem.seq)
        .where(LogReviewItem.review_id == review_id)
        .order_by(LogReviewItem.judgement.is_not(None), LogReviewItem.pick, LogReviewItem.seq)
    )
    return [ToJudge(*row) for row in work.session.execute(rows)]


def one_to_judge(work: Work, item_id: UUID) -> ToJudge | None:
    """Return one record to look at."""
    rows = (
        select(LogReviewItem, AuditEvent)
        .join(AuditEvent, AuditEvent.seq == LogReviewItem.seq)
        .where(LogReviewItem.id == item_id)
    )
    row = work.session.execute(rows).one_or_none()
    return None if row is None else ToJudge(*row)
