"""What somebody saw, sent again by somebody else: keys in the path, the query, forms and lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from uuid import UUID

from werkzeug.datastructures import MultiDict

from tests.census import CENSUS, example
from tests.ground import SEES
from tests.meta.filling import blanks
from tests.meta.hall import TRAIL, Hall, routes
from tests.meta.test_matrix import not_to_be_told, words_in
from tests.meta.test_pages import walk

KEY: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
PAIRS: Final = (
    ("cpk", "cpk_far"), ("cpk_far", "cpk"), ("coordinator", "coordinator_far"), ("guardian", "guardian_other"),
    ("national", "cpk_beside"), ("national", "monitor"), ("coordinator", "administrator"), ("cpk", "newcomer"),
)  # fmt: skip
"""Who saw it, and who sends it again."""
WAYS: Final = ("path", "path", "query", "form", "hidden", "list")


@dataclass(slots=True)
class Replay:
    """Keys that one person saw, of children that the other does not see, and what the other may send."""

    hall: Hall
    who: str
    keys: list[UUID]
    dice: Random
    doors: list[tuple[str, str]]
    asked: int = 0
    statuses: set[int] = field(default_factory=set)
    _forms: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def leaks(self, number: int) -> Iterator[str]:
        """Send so many requests, and yield each that told or changed something."""
        for _each in range(number):
            endpoint, method = self.dice.choice(self.doors)
            way = self.dice.choice(WAYS if method == "POST" else WAYS[:3])
            yield from self._try(endpoint, method, way)

    def _try(self, endpoint: str, method: str, way: str) -> Iterator[str]:
        own = dict(example(self.hall.ground, endpoint, self.who) or {})
        address = self._crossed(own) if way == "path" else own
        path = self.hall.path(endpoint, address, method)
        name = self.dice.choice(("child_id", "id", "row_id", *own))
        key = str(self.dice.choice(self.keys))
        sent: MultiDict[str, Any] = MultiDict()
        if way == "query":
            path += f"?{name}={key}"
        elif way == "form":
            sent[name] = key
        elif way in {"hidden", "list"}:
            sent = self._form(path, key, way)
        is_open = CENSUS[endpoint].about.admits(self.hall.ground, self.who, address)
        yield from self._sent(method, path, sent, "open" if way == "path" and is_open else way)

    def _sent(self, method: str, path: str, sent: MultiDict[str, Any], way: str) -> Iterator[str]:
        client = self.hall.client(self.who)
        if method == "POST":
            sent = sent.copy()
            sent["csrf_token"] = client.token()
        self.hall.statements.clear()
        answer = client.client.open(path, method=method, data=sent or None, buffered=True)
        self.asked += 1
        self.statuses.add(answer.status_code)
        written = self.hall.written - TRAIL
        told = words_in(answer.get_data().decode(errors="replace")) & not_to_be_told(self.who)
        if told:
            yield f"{self.who} {method} {path} [{way}]: tells {sorted(told)}"
        is_let_in = answer.status_code not in {400, 403, 404, 409, 429}
        if (way in {"path", "query", "form"}) and (is_let_in or written):
            yield f"{self.who} {method} {path} [{way}]: {answer.status_code} {sorted(written)}"
        if written or answer.headers.getlist("Set-Cookie"):
            yield from self._changed(f"{self.who} {method} {path} [{way}]")

    def _changed(self, what: str) -> Iterator[str]:
        """Yield it when a row of a child that this person does not see changed; put the house back."""
        after = self.hall.contents()
        self.hall.put_back()
        before = self.hall.contents()
        keys = {repr(key) for key in self.keys}
        for table, rows in after.items():
            changed = set(rows) ^ set(before[table])
            if any(key in row for row in changed for key in keys):
                yield f"{what}: changed {table}"

    def _crossed(self, own: dict[str, Any]) -> dict[str, Any]:
        """Return an address with one of its keys, or all, of children that are not seen."""
        names = [name for name, value in own.items() if isinstance(value, UUID)]
        chosen = names if self.dice.random() < 0.3 else [self.dice.choice(names)]
        return own | {name: self.dice.choice(self.keys) for name in chosen}

    def _form(self, path: str, key: str, way: str) -> MultiDict[str, Any]:
        """Return a form of a page with a key in a hidden field, or beside others in every field."""
        if path not in self._forms:
            html = self.hall.client(self.who).client.get(path, buffered=True).get_data(as_text=True)
            self._forms[path] = blanks(html, path)
        chosen = dict(self.dice.choice(self._forms[path] or [{"row": ""}]))
        sent: MultiDict[str, Any] = MultiDict(chosen)
        name = self.dice.choice(list(chosen))
        if way == "hidden":
            sent[name] = key
        else:
            sent.setlist(name, [chosen[name], key])
        return sent


def replay(hall: Hall, saw: str, who: str, dice: Random) -> Replay:
    """Let somebody look at all pages, and make ready what somebody else sends again."""
    seen = {UUID(key) for page in walk(hall, saw) for key in KEY.findall(page.html + page.path)}
    sees = SEES.get(who, {})
    shut = {key for name, key in hall.ground.world.children.items() if name not in sees}
    keys = sorted(key for key in seen if hall.ground.owners.get(key, key) in shut)
    doors = [
        (endpoint, method)
        for endpoint, method in routes(hall.app)
        if method in {"GET", "POST"} and _takes_keys(hall, endpoint, who)
    ]
    return Replay(hall, who, keys, dice, doors)


def _takes_keys(hall: Hall, endpoint: str, who: str) -> bool:
    address = example(hall.ground, endpoint, who) if CENSUS[endpoint].may(who) else None
    return address is not None and any(isinstance(part, UUID) for part in address.values())
