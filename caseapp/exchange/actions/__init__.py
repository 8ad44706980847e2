"""What comes in: dossier documents, and lists."""

from caseapp.exchange.actions.applying import apply_list
from caseapp.exchange.actions.documents import Arriving, import_documents
from caseapp.exchange.actions.erasing import forget_in_lists
from caseapp.exchange.actions.keeping import finish_new
from caseapp.exchange.actions.lists import (
    Examined,
    MayNotBringError,
    Source,
    examine,
    note_trial,
)
from caseapp.exchange.actions.runs import decide, start_applying, start_undoing, submit, withdraw
from caseapp.exchange.actions.undoing import HinderedError, forget_removed, undo
from caseapp.exchange.actions.written import Applied, Changed

__all__ = [
    "Applied",
    "Arriving",
    "Changed",
    "Examined",
    "HinderedError",
    "MayNotBringError",
    "Source",
    "apply_list",
    "decide",
    "examine",
    "finish_new",
    "forget_in_lists",
    "forget_removed",
    "import_documents",
    "note_trial",
    "start_applying",
    "start_undoing",
    "submit",
    "undo",
    "withdraw",
]
