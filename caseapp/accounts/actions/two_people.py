"""What takes two people: asked by one, agreed to by another, and then used once."""

from uuid import UUID

from caseapp.accounts import queries
from caseapp.accounts.models import TwoPeople
from caseapp.domain.events import TogetherAsked, TogetherDecided, TogetherUsed
from caseapp.domain.granting import Refusal, RefusedError
from caseapp.domain.two_people import SECOND, Together, Verdict, fingerprint
from caseapp.kernel.db import new_id
from caseapp.kernel.work import Work


def ask(
    work: Work,
    kind: Together,
    child_id: UUID | None,
    content: bytes,
    reason: str,
    *,
    about: UUID | None = None,
    told: tuple[UUID, ...] = (),
) -> TwoPeople:
    """Ask for what takes two people; `about` is the account that it is about, `told` who is to decide.

    The agreement will hold for exactly this content (its SHA-256 is kept), and only for so many days as
    domain.two_people.SECOND says. Raises RefusedError for nobody, or for a role that is only lent.
    """
    asker = work.actor.account_id
    if asker is None:
        raise RefusedError(Refusal.NOT_THE_ASKER)
    row = work.add(
        TwoPeople(
            id=new_id(),
            kind=kind.value,
            child_id=child_id,
            about_account=about,
            request_hash=fingerprint(kind, (child_id, about, asker), content),
            asked_by=asker,
            asked_at=work.now,
            ends_at=work.now + SECOND[kind].lasts,
        ),
        reason=reason,
    )
    work.flush()
    work.record(TogetherAsked(object_id=row.id, child_id=child_id, told=told))
    return row


def decide(
    work: Work,
    row: TwoPeople,
    content: bytes | None,
    approve: bool,  # noqa: FBT001
    *,
    seen: bytes | None = None,
) -> None:
    """Agree to what somebody asked, or not; `content`, or the hash that was `seen`, has to be what was asked.

    Raises RefusedError: not the role for it, the asker, whom it is about, a stand-in of the asker, an
    account whose rights the asker gave, decided before, over, or changed. The caller's scope has looked
    whether a coordinator sees the child.
    """
    work.session.refresh(row, with_for_update=True)
    _refuse_to_decide(work, row)
    is_other = seen is not None and seen != row.request_hash
    if is_other or (content is not None and not _is_same(row, content)):
        raise RefusedError(Refusal.CHANGED)
    row.decided_by, row.decided_at = work.actor.account_id, work.now
    row.decision = (Verdict.APPROVED if approve else Verdict.REFUSED).value
    work.flush()
    work.record(
        TogetherDecided(
            object_id=row.id, child_id=row.child_id, told=(row.asked_by,), fields=(row.decision,)
        )
    )


def use(work: Work, row: TwoPeople, content: bytes) -> None:
    """Take the agreement for doing what was asked, once; the asker does it, or a system actor for the asker.

    Raises RefusedError: not agreed, not the asker, changed, over, or used before.
    """
    work.session.refresh(row, with_for_update=True)
    if row.decision != Verdict.APPROVED:
        raise RefusedError(Refusal.NOT_APPROVED)
    if work.actor.account_id not in {None, row.asked_by} or row.decided_by == row.asked_by:
        raise RefusedError(Refusal.NOT_THE_ASKER)
    if row.used_at is not None:
        raise RefusedError(Refusal.USED)
    if row.ends_at <= work.now:
        raise RefusedError(Refusal.OVER)
    if not _is_same(row, content):
        raise RefusedError(Refusal.CHANGED)
    row.used_at = work.now
    work.flush()
    work.record(TogetherUsed(object_id=row.id, child_id=row.child_id))


def why_not(work: Work, row: TwoPeople) -> Refusal | None:
    """Return why who is asking cannot be the second person for this; None: they can."""
    actor = work.actor.on_own_rights
    if actor.role not in SECOND[Together(row.kind)].roles or actor.account_id is None:
        return Refusal.NOT_SECOND
    if actor.account_id == row.asked_by:
        return Refusal.TWO_PEOPLE
    if actor.account_id == row.about_account:
        return Refusal.FOR_ONESELF
    if queries.stood_in(work, actor.account_id, row.asked_by, row.asked_at):
        return Refusal.STAND_IN
    if queries.owes_rights_to(work, actor.account_id, row.asked_by):
        return Refusal.OWN_MAKING
    return None


def _refuse_to_decide(work: Work, row: TwoPeople) -> None:
    refusal = why_not(work, row)
    if refusal is None and row.decision is not None:
        refusal = Refusal.NOT_WAITING
    if refusal is None and row.ends_at <= work.now:
        refusal = Refusal.OVER
    if refusal is not None:
        raise RefusedError(refusal)


def _is_same(row: TwoPeople, content: bytes) -> bool:
    about = (row.child_id, row.about_account, row.asked_by)
    return fingerprint(Together(row.kind), about, content) == row.request_hash
