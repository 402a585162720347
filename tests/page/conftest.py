"""One browser for a module of tests of the page.

Its event loop runs between tests, so it must be gone before another module asks for a loop.
"""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import browser


@pytest.fixture(scope="module")
def chromium() -> Generator[Browser]:
    """A headless Chromium."""
    with browser() as running:
        yield running
