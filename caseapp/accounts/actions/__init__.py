"""Signing in and out, opening and closing accounts, asking for rights and approving them."""

from caseapp.accounts.actions.choosing import weakness_of
from caseapp.accounts.actions.entering import Entered, Entry, Knock, enter
from caseapp.accounts.actions.grants import (
    approve_grant,
    ask_grant,
    end_grant,
    region_of,
    revoke_grant,
)
from caseapp.accounts.actions.marking import is_our_mark, new_mark
from caseapp.accounts.actions.renewing import Change, Changed, change_password
from caseapp.accounts.actions.sending import only_once
from caseapp.accounts.actions.sessions import (
    begin_session,
    choose_language,
    end_sessions,
    note_seen,
    revoke_session,
    sign_out,
)
from caseapp.accounts.actions.staff import (
    choose_contact,
    close_account,
    correct_account,
    new_initial_password,
    open_account,
    set_password,
)
from caseapp.accounts.actions.throttling import sweep

__all__ = [
    "Change",
    "Changed",
    "Entered",
    "Entry",
    "Knock",
    "approve_grant",
    "ask_grant",
    "begin_session",
    "change_password",
    "choose_contact",
    "choose_language",
    "close_account",
    "correct_account",
    "end_grant",
    "end_sessions",
    "enter",
    "is_our_mark",
    "new_initial_password",
    "new_mark",
    "note_seen",
    "only_once",
    "open_account",
    "region_of",
    "revoke_grant",
    "revoke_session",
    "set_password",
    "sign_out",
    "sweep",
    "weakness_of",
]
