"""The rules as a body: all known, all told, all tried, none with a number of its own."""

import ast
import re
from pathlib import Path

import pytest

from caseapp.cli.docs import page
from caseapp.domain.rules import RULES, gathered, placement
from caseapp.domain.rules.rule import OwnerGroup
from caseapp.settings import ROOT
from tests.domain.made import LIMITS

OF_ONE_CHILD = (
    "AFT-1 AGE-1 AGE-2 AGE-3 AGE-4 AGE-5 AGE-6 AMV-1 AMV-2 AMV-3 "
    "CAR-1 CAR-2 CAR-3 CAR-4 CAR-5 CAR-6 CAR-7 GUA-1 GUA-2 GUA-3 GUA-4 OBS-1 OBS-2 OBS-3 OBS-4 "
    "PLA-1 PLA-2 PLA-3 PLA-4 PLA-5 PLA-6 SAF-1 SAF-2 "
    "SCH-1 SCH-2 SCH-3 SCH-4 SCH-5 SCH-6 SCH-7 TRF-1 TRF-2 TRF-3 TRF-4"
)
NAMES = {
    code: {name for block in LIMITS.blocks if block.rule == code for name in block.numbers}
    for code in RULES
}
FILES = sorted((ROOT / "caseapp" / "domain" / "rules").glob("*.py"))


def test_every_rule_about_one_child_is_there_in_the_order_of_codes():
    assert list(RULES) == OF_ONE_CHILD.split()


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match="same code"):
        gathered([placement, placement])


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_its_promise_in_one_sentence(code):
    row = RULES[code].row
    assert row.endswith(".")
    assert "|" not in row


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_examples_that_fire_and_that_are_silent(code):
    name = code.lower().replace("-", "_")
    written = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert re.search(rf"^def test_{name}_fires", written, re.MULTILINE)
    assert re.search(rf"^def test_{name}_is_silent", written, re.MULTILINE)


def test_docs_rules_is_what_the_rules_say():
    told = page("caseapp.cli.rules_page:rules_page")
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == told
    assert all(f"| {code} |" in told for code in RULES)


def limits_used():
    """Return rule and name of each limit that the function of the rule names."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef) or not node.decorator_list:
                continue
            call = node.decorator_list[0]
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "rule":
                code = ast.literal_eval(call.args[0])
                yield from ((code, name) for name in NAMES[code] if repr(name) in ast.unparse(node))


def test_every_limit_is_used_by_its_rule():
    assert set(limits_used()) == {(code, name) for code in NAMES for name in NAMES[code]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_rule_holds_a_number_of_its_own(path):
    numbers = {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
    }
    assert numbers <= {0, 1, 2, 100}, "0 and 1 count places, 2 weighs, 100 is a percent"


@pytest.mark.parametrize("code", RULES)
def test_rules_that_count_from_a_birthday_keep_their_days_sealed(code):
    assert RULES[code].from_birthday is (code[:3] in {"AGE", "AFT"} or code in {"SCH-1", "SCH-7"})


def test_every_rule_has_the_owner_of_the_table_of_recipients():
    owners = {
        OwnerGroup.PLACEMENT: "AMV-1 AMV-2 AMV-3 PLA-1 PLA-2 PLA-3 PLA-4",
        OwnerGroup.INTERRUPTION: "CAR-1 CAR-3 CAR-4 PLA-5 SCH-2 TRF-4",
        OwnerGroup.HANDOVER: "TRF-1",
        OwnerGroup.DESK: "PLA-6 TRF-2 TRF-3",
        OwnerGroup.RECORD: (
            "CAR-2 CAR-5 CAR-6 CAR-7 OBS-1 OBS-2 OBS-3 OBS-4 SCH-1 SCH-3 SCH-4 SCH-5 SCH-6 SCH-7"
        ),
        OwnerGroup.NO_GUARDIAN: "GUA-1",
        OwnerGroup.GUARDIANSHIP: ("AFT-1 AGE-1 AGE-2 AGE-3 AGE-4 AGE-5 AGE-6 GUA-2 GUA-3 GUA-4"),
        OwnerGroup.WHEREABOUTS: "SAF-1 SAF-2",
    }
    found = {
        owner: " ".join(code for code, rule in RULES.items() if rule.owner is owner)
        for owner in owners
    }
    assert found == owners
