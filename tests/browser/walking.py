"""Walking over the pages of the census in one browser: cookies are changed, the browser stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, Response

from tests import census
from tests.browser.serving import Site, begin_session
from tests.ground import ROLES, Ground


@dataclass(slots=True)
class Walker:
    """Somebody who walks over the pages of a house, as anyone of its people."""

    page: Page
    site: Site
    ground: Ground
    complaints: list[str]
    tokens: dict[str, str] = field(default_factory=dict)

    def become(self, who: str | None, language: str = "nl") -> None:
        """Be somebody from now on; None is nobody."""
        if who is not None and who not in self.tokens:
            account = self.ground.accounts[who]
            self.tokens[who] = begin_session(self.site.machine, account)
        token = self.tokens[who] if who else None
        self.page.context.clear_cookies()
        self.page.context.add_cookies([self.site.cookie(token, language)])  # type: ignore[list-item]

    def open(self, path: str) -> int:
        """Open an address and return the status of the answer."""
        answer: Response | None = self.page.goto(self.site.address + path)
        assert answer is not None
        return answer.status

    def path(self, endpoint: str, address: Mapping[str, Any], method: str = "GET") -> str:
        """Return the path of an endpoint with its parts."""
        return self.site.path(endpoint, address, method)

    def who_may(self, endpoint: str) -> tuple[str | None, dict[str, Any]]:
        """Return the first of the people who may open a page, and the parts of its address."""
        open_to_all = census.CENSUS[endpoint].needs is census.Everyone.ANYBODY
        for who in (None,) if open_to_all else ROLES:
            address = census.example(self.ground, endpoint, who)
            if address is not None:
                return who, address
        raise AssertionError(f"nobody may open {endpoint}")
