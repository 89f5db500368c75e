"""The fixtures of the console's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from web.browsing import browser, fresh, office, signed_in
from web.chromium import chromium

__all__ = ["browser", "chromium_browser", "fresh", "office", "signed_in"]


@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    """One Chromium for the tests of a module; each takes a context of its own."""
    with chromium() as running:
        yield running
