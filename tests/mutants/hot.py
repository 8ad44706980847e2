"""The quick look: a process that has the whole house loaded puts the faulty function in place of the whole one.

It serves for faults within functions only. What it lets live is always tried once more from cold, for what
ran while the house was loaded (tables, caches, the template of the tests) ran without the fault.
"""

import ast
import gc
import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NoReturn, Self

from tests.mutants import trying
from tests.mutants.changes import mutated
from tests.mutants.trying import Suite


class Hot:
    """A process with the house loaded, which tries mutants by number until it is let go."""

    def __init__(self, suite: Suite) -> None:
        self._asks, serves = Pipe()
        self._child = os.fork()
        if not self._child:
            self._asks.close()
            _serve(suite, serves)
        serves.close()

    def notices(self, number: int) -> bool:
        """Say whether the tests fail with this mutant; False also when it cannot be tried in this way."""
        self._asks.send(number)
        return bool(self._asks.recv())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._asks.close()
        os.waitpid(self._child, 0)


def _serve(suite: Suite, asks: Connection) -> NoReturn:
    try:
        with tempfile.TemporaryDirectory() as folder:
            _load(suite, Path(folder))
            whole = compile(ast.parse(suite.source), str(suite.file), "exec")
            while True:
                faulty = compile(mutated(suite.source, asks.recv()), str(suite.file), "exec")
                put = _put(_changed(whole, faulty))
                asks.send(put is not None and trying.is_noticed(suite, put))
    except EOFError:
        os._exit(0)
    finally:
        os._exit(1)


def _load(suite: Suite, folder: Path) -> None:
    """Load the house and the module, and make the template and the application of the tests once."""
    importlib.import_module(suite.module)
    importlib.import_module("tests.conftest")
    app, house = (importlib.import_module(name) for name in ("caseapp.app", "tests.house"))
    _once(house, "make_template", house.make_template("sqlite", folder, "hot"))
    _once(
        app, "create_app", app.create_app(machine=house.machine_of(house.make_template().settings))
    )


def _once(module: Any, name: str, made: Any) -> None:
    whole = getattr(module, name)

    def give(*given: Any, **named: Any) -> Any:
        is_usual = not named.keys() - {"machine"} and len(given) in {0, 3}
        return made if is_usual else whole(*given, **named)

    setattr(module, name, give)


def _changed(whole: CodeType, faulty: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """Return the functions that differ, each with its faulty one; None when more than functions differ."""
    ours, theirs = (list(_functions(one)) for one in (whole, faulty))
    if [one.co_qualname for one in ours] != [one.co_qualname for one in theirs]:
        return None
    if _bare(whole) != _bare(faulty):
        return None
    return [pair for pair in zip(ours, theirs, strict=True) if _told(pair[0]) != _told(pair[1])]


def _inner(code: CodeType) -> Iterator[CodeType]:
    yield from (one for one in code.co_consts if isinstance(one, CodeType))


def _is_function(code: CodeType) -> bool:
    return bool(code.co_flags & 2)  # CO_NEWLOCALS: the body of a class has none


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions of a module and of its classes, not those within functions."""
    for one in _inner(code):
        if _is_function(one):
            yield one
        else:
            yield from _functions(one)


def _bare(code: CodeType) -> Any:
    """Return what a module and its classes do themselves."""
    within = [_bare(one) for one in _inner(code) if not _is_function(one)]
    plain = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, plain, within


def _told(code: CodeType) -> Any:
    plain = [repr(one) for one in code.co_consts if not isinstance(one, CodeType)]
    return (
        code.co_code,
        code.co_names,
        code.co_varnames,
        plain,
        [_told(one) for one in _inner(code)],
    )


def _put(pairs: list[tuple[CodeType, CodeType]] | None) -> Callable[[], None] | None:
    """Return what puts the faulty functions in place; None when there is none to replace."""
    if not pairs:
        return None
    there = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    to = [(one, new) for one in there for old, new in pairs if _is_same(one.__code__, old)]
    if not to or any(one.__code__.co_freevars != new.co_freevars for one, new in to):
        return None

    def put() -> None:
        for one, new in to:
            one.__code__ = new

    return put


def _is_same(one: CodeType, other: CodeType) -> bool:
    return (one.co_filename, one.co_qualname, one.co_firstlineno) == (
        other.co_filename, other.co_qualname, other.co_firstlineno)  # fmt: skip
