"""Which modules are mutated, and which fast tests guard each; the narrowest come first."""

from typing import Final

_SEALS: Final = "tests/kernel/seals"
_TRAIL: Final = (
    "tests/slices/audit/test_looking_on.py",
    "tests/slices/audit/test_written_lines.py",
    "tests/slices/audit/test_when_to_vouch.py",
    "tests/slices/audit/test_naming_problems.py",
    "tests/slices/audit/test_records.py",
    "tests/slices/audit/test_breaks.py",
    "tests/attacks/test_audit.py",
)

GUARDED: Final[dict[str, tuple[str, ...]]] = {
    "caseapp.kernel.crypto": (
        f"{_SEALS}/test_crypto.py", f"{_SEALS}/test_crypto_padding.py",
        f"{_SEALS}/test_seals_format.py", f"{_SEALS}/test_keys.py", f"{_SEALS}/test_rotation.py",
    ),
    "caseapp.kernel.keys": (
        f"{_SEALS}/test_keys_in_time.py", f"{_SEALS}/test_keys.py",
        f"{_SEALS}/test_keys_providers.py", f"{_SEALS}/test_rotation.py",
    ),
    "caseapp.kernel.seals": (
        f"{_SEALS}/test_seals_operators.py",
        f"{_SEALS}/test_seals.py", f"{_SEALS}/test_seals_queries.py",
        f"{_SEALS}/test_seals_values.py", f"{_SEALS}/test_seals_vault.py",
        f"{_SEALS}/test_seals_format.py", "tests/meta/test_crypto_inventory.py",
    ),
    "caseapp.kernel.door": (
        "tests/meta/test_layers_conditions.py","tests/kernel/test_door_of_own.py", "tests/meta/test_layers.py"),
    "caseapp.domain.policy": (
        "tests/domain/test_policy_answers.py", "tests/meta/test_policy.py",
        "tests/meta/test_layers.py",
    ),
    "caseapp.domain.reach": (
        "tests/domain/test_reach.py", "tests/domain/test_reach_on_the_day.py",
        "tests/domain/test_policy_answers.py",
        "tests/slices/moves/test_reach_rebuilt.py",
    ),
    "caseapp.domain.granting": (
        "tests/domain/test_policy_answers.py", "tests/meta/test_policy.py",
        "tests/slices/accounts/test_rights.py",
    ),
    "caseapp.web.guard": (
        "tests/meta/test_routes.py", "tests/attacks/test_second_factor.py",
        "tests/meta/test_half_signed_in.py", "tests/attacks/test_rights_in_time.py",
        "tests/slices/casefile/test_emergency_pages.py",
    ),
    "caseapp.audit.actions.writing": _TRAIL,
    "caseapp.audit.actions.chaining": _TRAIL,
    "caseapp.audit.actions.vouching": _TRAIL,
    "caseapp.audit.queries.verifying": _TRAIL,
    "caseapp.audit.queries.looking": _TRAIL,
}  # fmt: skip
