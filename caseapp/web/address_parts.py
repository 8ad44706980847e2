"""Parts of addresses that are no keys: each has a type of its own, so that anything else leads nowhere."""

import re

from werkzeug.routing import BaseConverter

from caseapp.web.gap_words import BY_SLUG


class RuleCode(BaseConverter):
    """The code of a rule, such as PLA-1."""

    regex = r"[A-Z]{3,4}-\d"


class LimitName(BaseConverter):
    """The name of a limit of a rule, such as warning_days."""

    regex = r"[a-z]+(?:_[a-z0-9]+)+"


class FactName(BaseConverter):
    """The name of a fact that can be missing, such as eerste-aankomst."""

    regex = "|".join(sorted(map(re.escape, BY_SLUG)))


CONVERTERS = {"fact": FactName, "rule": RuleCode, "limit": LimitName}
