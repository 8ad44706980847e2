"""Collects which marked tests passed in this run, also with workers, and writes it to --score FILE."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.score.marks import PROPERTY, MarkError, marks_of
from tests.score.tally import tally

BAD: Final = frozenset({"failed", "skipped"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file in which the score of the run is kept."""
    parser.addoption("--score", metavar="FILE", help="write which marked tests passed, and count")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the reports in the process that gets all of them: not in a worker."""
    if config.getoption("--score") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Listener(Path(config.getoption("--score"))), "score-listener")


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector: pytest.Collector) -> Iterator[None]:
    """Give each test its marks to carry along; one that names what does not exist is not collected."""
    made: Any = yield
    for item in made if isinstance(made, list) else [made]:
        if isinstance(item, pytest.Item):
            _label(collector, item)
    return made


def _label(collector: pytest.Collector, item: pytest.Item) -> None:
    try:
        marks = marks_of(item)
    except MarkError as error:
        raise collector.CollectError(str(error)) from None
    if marks:
        item.user_properties.append((PROPERTY, marks.as_property()))


class Listener:
    """Keeps the worst outcome of each marked test."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tests: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one phase of a test: set-up, the test, or what comes after it."""
        marks = dict(report.user_properties).get(PROPERTY)
        if not isinstance(marks, dict):
            return
        test = self.tests.setdefault(report.nodeid, {**marks, "outcome": "never ran"})
        if report.outcome in BAD or hasattr(report, "wasxfail"):
            test["outcome"] = report.outcome
        elif report.when == "call" and test["outcome"] not in BAD:
            test["outcome"] = "passed"

    def pytest_sessionfinish(self) -> None:
        """Write what was seen."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.tests, indent=1, sort_keys=True) + "\n", "utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say the score of this run."""
        terminalreporter.section("score")
        terminalreporter.write_line(tally(self.tests).line)
