"""Pages of the reporting code, for the protection lead."""

from caseapp.safety.views.blueprint import bp
from caseapp.safety.views.reading import files, one_file, protection_today
from caseapp.safety.views.writing import new_file, part

__all__ = ["bp", "files", "new_file", "one_file", "part", "protection_today"]
