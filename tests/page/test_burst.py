"""Bursts of changes: the page keeps up, draws few rows of many, and keeps no rubbish."""

from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests.page.afternoon import afternoon
from tests.page.burst import Burst
from tests.page.looking import looked_at

pytestmark = pytest.mark.chromium

_ROWS: Final = 2_000
_CHANGED: Final = 200
_HEAP_MB_MORE: Final = 5
_NODES_MAX: Final = 6_000


def test_memory_stays_flat_while_rows_change(chromium: Browser) -> None:
    """After forty bursts there is about as much as after ten, and no node for what is not seen."""
    snapshot = afternoon(_ROWS)
    with looked_at(chromium, snapshot) as day:
        day.open()
        expect(day.page.locator(".curve")).to_be_visible()
        burst = Burst(day, snapshot.alerts, _CHANGED)
        before = burst.rounds(10)
        after = burst.rounds(30)
        assert after.heap_mb < before.heap_mb + _HEAP_MB_MORE
        assert after.nodes < _NODES_MAX
