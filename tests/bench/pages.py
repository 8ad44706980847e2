"""One page, measured: median and 95th percentile in milliseconds, statements, and the floor beside it."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, render_template_string
from sqlalchemy import Engine, event

from caseapp.kernel.machine import Machine
from tests.strict_client import StrictClient

ROUNDS = 30
WARMING = 3
EMPTY = '{% extends "base.html" %}{% block title %}-{% endblock %}{% block main %}<h1>-</h1>{% endblock %}'
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """What a page costs; times in milliseconds."""

    name: str
    median: float
    p95: float
    statements: int
    floor: float
    seals: int


class Visitor:
    """A signed-in browser that measures: no page is checked here, that is for the tests."""

    def __init__(self, app: Flask, machine: Machine, account_id: UUID) -> None:
        self.app = app
        self.machine = machine
        self.client = StrictClient.signed_in(app, machine, account_id).client
        self.token = TOKEN.search(self.client.get("/account").get_data(as_text=True))[1]  # type: ignore[index]

    def get(self, path: str) -> int:
        """Fetch a page; raises AssertionError when it is not there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return len(answer.data)

    def post(self, path: str, **fields: str) -> int:
        """Send a form; raises AssertionError when it is refused."""
        answer = self.client.post(path, data={"csrf_token": self.token} | fields)
        assert answer.status_code in {200, 303}, (
            path,
            answer.status_code,
            answer.get_data(as_text=True)[:2000],
        )
        return answer.status_code


@contextmanager
def heard(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent while this lasts."""
    statements: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def measured(
    visitor: Visitor, name: str, visit: Callable[[], object], rounds: int = ROUNDS
) -> Figure:
    """Measure a page that may be asked for again and again."""
    for _ in range(WARMING):
        visit()
    with heard(visitor.machine.engine) as statements:
        visit()
    times = [_timed(visit) for _ in range(rounds)]
    return Figure(
        name, statistics.median(times), _p95(times), len(statements), _floor(visitor, statements), 0
    )


def measured_once_each(visitor: Visitor, name: str, visits: list[Callable[[], object]]) -> Figure:
    """Measure something that can be done only once to each child, such as a move."""
    for visit in visits[:WARMING]:
        visit()
    with heard(visitor.machine.engine) as statements:
        visits[WARMING]()
    times = [_timed(visit) for visit in visits[WARMING + 1 :]]
    return Figure(
        name, statistics.median(times), _p95(times), len(statements), _floor(visitor, statements), 0
    )


def _floor(visitor: Visitor, statements: list[tuple[str, Any]]) -> float:
    """Return the time of the same reading statements, sent bare, and an empty page, in milliseconds."""
    reading = [
        (s, p)
        for s, p in statements
        if s.lstrip().upper().startswith("SELECT") and "FOR UPDATE" not in s
    ]

    def bare() -> None:
        with visitor.machine.engine.connect().execution_options(reads_only=True) as connection:
            cursor = connection.connection.cursor()
            for statement, parameters in reading:
                cursor.execute(statement, parameters)
                cursor.fetchall()
            cursor.close()
        with visitor.app.test_request_context("/inloggen"):
            render_template_string(EMPTY)

    for _ in range(WARMING):
        bare()
    return statistics.median([_timed(bare) for _ in range(10)])


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * MILLI


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]
