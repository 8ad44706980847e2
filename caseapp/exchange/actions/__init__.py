"""What comes in: dossier documents, and lists."""

from caseapp.exchange.actions.documents import Arriving, import_documents

__all__ = ["Arriving", "import_documents"]
