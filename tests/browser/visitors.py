"""People with a browser: each has cookies of their own, and what the browser complains about is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, ViewportSize

from tests.browser.serving import Site, begin_session

PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
SMALL_PHONE: Final[ViewportSize] = {"width": 320, "height": 640}
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
PATIENCE_MS: Final = 10_000
"""How long an expected thing may take on a busy machine; it is never waited out when all is well."""


@dataclass(slots=True)
class Visitors:
    """Opens a browser for somebody: by their account, or for nobody."""

    browser: Browser
    site: Site
    accounts: Mapping[str, UUID]
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        who: str | None = None,
        *,
        language: str = "nl",
        size: ViewportSize = DESKTOP,
        javascript: bool = True,
    ) -> Page:
        """Return an empty page of somebody who is signed in already, or of nobody."""
        context = self.browser.new_context(
            base_url=self.site.address,
            viewport=size,
            locale="nl-NL",
            java_script_enabled=javascript,
        )
        self.contexts.append(context)
        token = begin_session(self.site.machine, self.accounts[who]) if who else None
        context.add_cookies([self.site.cookie(token, language)])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        hear(page, self.complaints)
        return page

    def close(self) -> None:
        """Close every browser that was opened."""
        for context in self.contexts:
            context.close()


def hear(page: Page, complaints: list[str]) -> Callable[[], None]:
    """Keep each error of the page's script, each refusal by its policy, and each file that is missing.

    Returns what ends the listening.
    """

    def said(message: ConsoleMessage) -> None:
        where: Any = message.location
        address = str(where.get("url", ""))
        is_page = message.text.startswith("Failed to load resource") and "/static/" not in address
        if message.type in {"error", "warning"} and not is_page:
            complaints.append(f"{address}: {message.text}")

    def failed(error: Error) -> None:
        complaints.append(f"{page.url}: {error}")

    def stop() -> None:
        page.remove_listener("console", said)
        page.remove_listener("pageerror", failed)

    page.on("console", said)
    page.on("pageerror", failed)
    return stop
