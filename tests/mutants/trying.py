"""Runs the tests that guard a module against one mutant of it, in a fork of a process that is warm.

The process that forks has loaded what others wrote (pytest, SQLAlchemy, Flask) and nothing of ours, so
that the child loads our code with the fault in it. No file is changed, so others may work in the tree.
"""

import ast
import importlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 90.0
"""Seconds; a mutant that takes longer hangs, which somebody would notice."""
OURS: Final = ("caseapp", "tests", "__main__", "wsgi")
PASSED: Final = 0
NO_TESTS: Final = 5
Put = Callable[[], None]


class NoGuardError(RuntimeError):
    """The tests of a module cannot tell a whole module from a broken one."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A module, its file, and the tests that guard it."""

    module: str
    file: Path
    tests: Sequence[str]

    @classmethod
    def of(cls, module: str, tests: Sequence[str], root: Path = ROOT) -> "Suite":
        """Return the suite of a module by its name."""
        return cls(module, root.joinpath(*module.split(".")).with_suffix(".py"), tests)

    @property
    def source(self) -> str:
        """Return the text of the module."""
        return self.file.read_text("utf-8")


class _Loader(SourceFileLoader):
    """Loads a module from a tree that was changed."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, _fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec")


class _Finder(MetaPathFinder):
    """Gives the mutant when somebody imports the module."""

    def __init__(self, suite: Suite, tree: ast.Module) -> None:
        self._suite, self._tree = suite, tree

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        if name != self._suite.module:
            return None
        file = str(self._suite.file)
        loader = _Loader(name, file, self._tree)
        return importlib.util.spec_from_file_location(name, file, loader=loader)


def warm_up() -> None:
    """Load what others wrote, once for all mutants."""
    said = subprocess.run(
        [sys.executable, "-c", "import tests.conftest, pytest, sys; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in said.split():
        if name.partition(".")[0] not in OURS:
            with suppress(ImportError):
                importlib.import_module(name)


def instead(suite: Suite, tree: ast.Module) -> Put:
    """Return what lets a process that has not loaded the module yet load this tree in its place."""
    return lambda: sys.meta_path.insert(0, _Finder(suite, tree))


def is_noticed(suite: Suite, put: Put, longest: float = LONGEST) -> bool:
    """Say whether the tests fail, or hang, with a fault put in place; raises NoGuardError without tests."""
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if not child:
            _run(suite, put, folder)
        ended = _wait(child, longest)
    if ended == NO_TESTS:
        raise NoGuardError(f"no test was found for {suite.module}")
    return ended != PASSED


def _run(suite: Suite, put: Put, folder: str) -> NoReturn:
    """Run the tests in this child, and end it with their outcome."""
    ended = 1
    try:
        os.setpgid(0, 0)
        os.chdir(ROOT)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        put()
        pytest = importlib.import_module("pytest")
        ended = int(pytest.main([
            "-n", "0", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
            "-W", "ignore::pytest.PytestAssertRewriteWarning", "-k", "not postgresql",
            "--basetemp", f"{folder}/tests", *suite.tests,
        ]))  # fmt: skip
    finally:
        os._exit(ended)


def _wait(child: int, longest: float) -> int:
    """Return how a child ended; one that takes too long is ended, with all that it started."""
    until = time.monotonic() + longest
    while time.monotonic() < until:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL


def check(suite: Suite) -> None:
    """Raise NoGuardError when the tests fail without a fault, or pass when the module cannot be loaded."""
    if is_noticed(suite, instead(suite, ast.parse(suite.source))):
        raise NoGuardError(f"the tests of {suite.module} fail without any fault")
    if not is_noticed(suite, instead(suite, ast.parse("raise RuntimeError"))):
        raise NoGuardError(f"the tests of {suite.module} do not load it")
