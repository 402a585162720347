"""One browser for all tests of the page."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import browser


@pytest.fixture(scope="package")
def chromium() -> Generator[Browser]:
    """A headless Chromium."""
    with browser() as running:
        yield running
