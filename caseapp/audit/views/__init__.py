"""Pages of the trail: the weekly look, a break; and what stood in a record before, for the pages of others."""

from caseapp.audit.views import breaking, reviewing
from caseapp.audit.views.blueprint import bp
from caseapp.audit.views.past import by_facts, what_stood

__all__ = ["bp", "breaking", "by_facts", "reviewing", "what_stood"]
