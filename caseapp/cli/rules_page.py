"""The page docs/rules.md, with the limits of config/limits.toml."""

from caseapp.domain.limits import limits_from
from caseapp.domain.rules_table import rules_table
from caseapp.settings import limits_file


def rules_page() -> str:
    """Return the page as Markdown."""
    return rules_table(limits_from(limits_file()))
