"""What comes in: dossier documents, and lists."""

from caseapp.exchange.actions.documents import Arriving, import_documents
from caseapp.exchange.actions.lists import (
    Examined,
    MayNotBringError,
    apply,
    bring_in,
    examine,
    note_trial,
)

__all__ = [
    "Arriving",
    "Examined",
    "MayNotBringError",
    "apply",
    "bring_in",
    "examine",
    "import_documents",
    "note_trial",
]
