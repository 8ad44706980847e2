"""Pages of the own messages, and of the mail about them."""

from caseapp.notices.views import posting, reading
from caseapp.notices.views.blueprint import bp

__all__ = ["bp", "posting", "reading"]
