"""Which policy held: a short name of the table of permissions, which every record of the trail carries."""

from functools import cache
from hashlib import sha256

from caseapp.domain.policy import POLICY, SCOPES_OF

LENGTH = 8


@cache
def policy_version() -> str:
    """Return the first digits of a digest over who may do what, and where: another table has another name."""
    lines = [f"{role} may {permission}" for role, held in POLICY.items() for permission in held]
    lines += [f"{role} at {scope}" for role, scopes in SCOPES_OF.items() for scope in scopes]
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()[:LENGTH]
