"""The scenarios that the house was given, each as one test."""

import json

import pytest

from tests.scenarios import FOLDER, differences, main

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenario_gives_exactly_what_it_must(path):
    assert list(differences(path)) == []


def test_a_folder_with_a_wrong_expectation_fails_and_says_which(tmp_path, capsys):
    scenario = json.loads(FILES[0].read_text("utf-8"))
    (tmp_path / "right.json").write_text(json.dumps(scenario))
    assert main([str(tmp_path)]) == 0
    scenario["expect"][0]["severity"] = "notice"
    (tmp_path / "wrong.json").write_text(json.dumps(scenario))
    assert main([str(tmp_path)]) == 1
    assert main([str(tmp_path), "--rules", "PLA-2"]) == 0
    said = capsys.readouterr().out
    assert "wrong\n" in said
    assert "1 of 2 scenarios are as expected." in said


def test_an_empty_folder_is_no_proof(tmp_path):
    assert main([str(tmp_path)]) == 1
