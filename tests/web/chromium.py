"""A real browser without a screen, for tests of what people see: Debian's Chromium, driven by playwright."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from servers import CHROMIUM

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. As root it cannot make its own sandbox, so it runs without."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*arguments, "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def page_of(browser: Browser, address: str, viewport: dict[str, int] = DESKTOP, **options: Any):
    """A page in a context of its own, that remembers what it was told to be wrong."""
    context = browser.new_context(base_url=address, viewport=viewport, locale="vi-VN", **options)
    page = context.new_page()
    page.complaints, page.asked = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def sign_in(page, name: str, password: str) -> None:
    page.goto("/sign-in")
    page.fill("#name", name)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url("**/board*")
