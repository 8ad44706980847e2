"""What is read of a report of a browser: codes of ours, and nothing that a page said."""

import json

import pytest

from caseapp.web.browser_report import MOST, told


@pytest.mark.asvs("3.4.7")
def test_of_a_report_only_codes_of_ours_are_told() -> None:
    new = {"body": {"effectiveDirective": "img-src", "blockedURL": "inline"}}
    odd = {"body": {"effectiveDirective": "zqx\nforged", "blockedURL": "zqx"}}
    assert told(json.dumps([new, odd, {}, 1, {"body": 2}]).encode()) == [
        ("img-src", "inline"),
        ("other", "elsewhere"),
    ]
    assert len(told(json.dumps([new] * 99).encode())) == MOST
