"""Telling people: inside the application, by mail, and their coordinator when neither reached them."""

from caseapp.notices.actions.bundling import Bundle, bundle_of, settle_list, tell_of_list
from caseapp.notices.actions.erasing import forget_told
from caseapp.notices.actions.handing_up import hand_up
from caseapp.notices.actions.posting import Claimed, claim, failed, sent
from caseapp.notices.actions.telling import (
    open_one,
    read,
    seen,
    settle,
    tell,
    tell_even_doer,
    tell_handed_up,
    tell_owner,
    tell_told,
)
from caseapp.notices.actions.writing import (
    choose,
    drop,
    make_letter,
    resend,
    resend_all,
    settle_read,
)

__all__ = [
    "Bundle",
    "Claimed",
    "bundle_of",
    "choose",
    "claim",
    "drop",
    "failed",
    "forget_told",
    "hand_up",
    "make_letter",
    "open_one",
    "read",
    "resend",
    "resend_all",
    "seen",
    "sent",
    "settle",
    "settle_list",
    "settle_read",
    "tell",
    "tell_even_doer",
    "tell_handed_up",
    "tell_of_list",
    "tell_owner",
    "tell_told",
]
