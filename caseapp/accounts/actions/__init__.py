"""Signing in and out, opening and closing accounts, asking for rights and approving them."""

from caseapp.accounts.actions.choosing import weakness_of
from caseapp.accounts.actions.entering import Entered, Entry, Knock, enter
from caseapp.accounts.actions.erasing import end_rights_over
from caseapp.accounts.actions.factors import (
    begin_app,
    begin_passkey,
    confirm,
    new_recovery_codes,
    remove_factor,
    rename_factor,
)
from caseapp.accounts.actions.first import Use, Used, open_first, use_first_key
from caseapp.accounts.actions.grants import (
    approve_grant,
    ask_grant,
    end_grant,
    region_of,
    revoke_grant,
)
from caseapp.accounts.actions.marking import is_our_mark, new_mark
from caseapp.accounts.actions.passkeys import ask as ask_passkey
from caseapp.accounts.actions.passkeys import ask_for_new as ask_for_new_passkey
from caseapp.accounts.actions.passkeys import read_new as read_new_passkey
from caseapp.accounts.actions.proving import Proof, Proven, With, prove, rise, use_code
from caseapp.accounts.actions.renewing import Change, Changed, change_password
from caseapp.accounts.actions.resetting import ask_reset, is_unused, reset
from caseapp.accounts.actions.sending import only_once
from caseapp.accounts.actions.sessions import (
    begin_session,
    choose_language,
    end_sessions,
    forget_sessions,
    note_seen,
    renew,
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
    "Proof",
    "Proven",
    "Use",
    "Used",
    "With",
    "approve_grant",
    "ask_for_new_passkey",
    "ask_grant",
    "ask_passkey",
    "ask_reset",
    "begin_app",
    "begin_passkey",
    "begin_session",
    "change_password",
    "choose_contact",
    "choose_language",
    "close_account",
    "confirm",
    "correct_account",
    "end_grant",
    "end_rights_over",
    "end_sessions",
    "enter",
    "forget_sessions",
    "is_our_mark",
    "is_unused",
    "new_initial_password",
    "new_mark",
    "new_recovery_codes",
    "note_seen",
    "only_once",
    "open_account",
    "open_first",
    "prove",
    "read_new_passkey",
    "region_of",
    "remove_factor",
    "rename_factor",
    "renew",
    "reset",
    "revoke_grant",
    "revoke_session",
    "rise",
    "set_password",
    "sign_out",
    "sweep",
    "use_code",
    "use_first_key",
    "weakness_of",
]
