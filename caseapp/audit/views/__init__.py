"""Pages of the trail: the weekly look, a break; and what stood in a record before, for the pages of others."""

from caseapp.audit.views.blueprint import bp
from caseapp.audit.views.breaking import break_, go_on
from caseapp.audit.views.past import by_facts, what_stood
from caseapp.audit.views.reviewing import item, review

__all__ = ["bp", "break_", "by_facts", "go_on", "item", "review", "what_stood"]
