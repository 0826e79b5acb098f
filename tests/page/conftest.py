"""One browser for all tests of the page: the system's Chromium, without which they are skipped."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.page.making import page, stations, story
from tests.report import samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


class Opened:
    """A page in the browser, and everything that it asked for or complained about."""

    def __init__(self, browser: Browser, path: Path, **look: object) -> None:
        """Open a file as from a USB stick."""
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(**({"viewport": WIDE} | look))  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("request", self._asked)
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.address = path.as_uri()
        self.page.goto(self.address)

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def rows(self, section: str = "discrepancies") -> list[list[str]]:
        """The cells of a table, as they are seen."""
        script = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        held: list[list[str]] = self.page.eval_on_selector_all(
            f"#{section} tbody tr:not(.details)", script
        )
        return held

    def status(self) -> str:
        """What the page says of how many rows it shows."""
        return self.page.inner_text("#discrepancies [role=status]")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the pages once: a small one, 8,000 rows, hostile names, the story of 2018."""
    folder = tmp_path_factory.mktemp("pages")
    texts = {
        "small": page(samples.small()),
        "large": page(stations(8000)),
        "hostile": page(samples.hostile()),
    }
    made = {name: folder / f"{name}.html" for name in texts}
    for name, path in made.items():
        path.write_text(texts[name], encoding="utf-8")
    return {**made, "story": story(folder)}
