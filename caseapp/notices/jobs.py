"""Mail on its way, without a request: made of messages, sent with a mail server, handed up when it fails."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from caseapp.accounts import queries as accounts
from caseapp.domain.mailing import How, Trouble, may_mail
from caseapp.kernel import clock
from caseapp.kernel.mail import Post, Undelivered, letter, send
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.wording import text_of
from caseapp.kernel.work import Work
from caseapp.notices import actions, queries
from caseapp.notices.actions import Claimed

log = logging.getLogger("caseapp.mail")

ROUND: Final = timedelta(minutes=4)
"""After this a round of sending ends; the next minute goes on."""
ABOUT_THE_SERVER: Final = frozenset(
    {Trouble.UNREACHABLE, Trouble.TOO_SLOW, Trouble.NOT_SAFE, Trouble.SIGN_IN}
)
"""Troubles that the next mail would have as well: the round ends, and nothing else loses a try."""

Opener = Callable[[], Work]


@dataclass(slots=True)
class Round:
    """How a round of sending went."""

    sent: int = 0
    failed: int = 0


def compose(open_work: Opener) -> int:
    """Make a mail for everybody who may have one now, each in a transaction, and return for how many.

    Twice in a row makes nothing more, and neither do two workers at once.
    """
    work = open_work()
    actions.settle_read(work)
    waiting = queries.to_mail(work)
    work.commit()
    work.session.close()
    made = 0
    for one in waiting:
        if may_mail(one.choice, work.now, one.last, clock.AMSTERDAM):
            made += _make(open_work, one)
    return made


def _make(open_work: Opener, one: queries.Waiting) -> bool:
    work = open_work()
    made = actions.make_letter(work, one.account_id, one.choice.how)
    work.commit()
    work.session.close()
    return made


def send_due(open_work: Opener, post: Post | None, base_url: str) -> Round:
    """Send the mails whose time has come, one by one; nothing while mail is off.

    No transaction is open while the server is spoken to.
    """
    done = Round()
    ends = None
    while post is not None:
        work = open_work()
        ends = ends or work.now + ROUND
        mail = actions.claim(work) if work.now < ends else None
        work.commit()
        work.session.close()
        if mail is None:
            break
        trouble = _try(open_work, post, mail, base_url)
        done.sent += trouble is None
        done.failed += trouble is not None
        if trouble in ABOUT_THE_SERVER:
            break
    return done


def _try(open_work: Opener, post: Post, mail: Claimed, base_url: str) -> Trouble | None:
    """Try one mail, keep how it went, and return the trouble."""
    try:
        address, language = _to(open_work, mail)
        name = "daily" if mail.how is How.DAILY else "messages"
        text = text_of(name, language, **asdict(mail.numbers), link=base_url)
        send(post, letter(post, address, text, mail.id, mail.made_at))
    except Undelivered as why:
        log.warning("mail %s failed: %s %s", mail.id, why.trouble.value, why.reply or "")
        _keep(open_work, mail, why)
        return why.trouble
    _keep(open_work, mail, None)
    return None


def _keep(open_work: Opener, mail: Claimed, why: Undelivered | None) -> None:
    work = open_work()
    if why is None:
        actions.sent(work, mail)
    else:
        actions.failed(work, mail, why)
    work.commit()
    work.session.close()


def _to(open_work: Opener, mail: Claimed) -> tuple[str, str]:
    """Return address and language of who is mailed; raises Undelivered when there is no address to read."""
    work = open_work()
    try:
        account = accounts.account(work, mail.account_id)
        if account is not None and account.closed_at is None:
            return account.reachable.email, account.language
    except Unreadable:
        log.warning("mail %s: the address does not open", mail.id)
    finally:
        work.session.close()
    raise Undelivered(Trouble.NO_ADDRESS)


def hand_up(open_work: Opener) -> int:
    """Let what reached nobody become the coordinator's, and return how many messages did."""
    work = open_work()
    done = actions.hand_up(work)
    work.commit()
    work.session.close()
    return done
