"""Several tabs of one browser, whatever each of them shows: they have one session."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from tests.page.cast import many, opening
from tests.page.looking import looked_at

pytestmark = pytest.mark.chromium

_HOUR_MS = 3_600_000


def test_who_logs_out_in_one_tab_is_out_in_all(chromium: Browser) -> None:
    """Also in one that follows another stream, and which the room would go on telling."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.wait_until_kept()
        other = day.page.context.new_page()
        other.goto(f"{day.stage.address}/?zoom=17.02")
        expect(other.locator(".row").first).to_be_visible()
        day.may_complain = True
        other.locator(".me summary").click()
        other.get_by_role("button", name="Keluar").click()
        for page in (other, day.page):
            expect(page.locator("input[name=password]")).to_be_visible()
        day.until(lambda: "[]" == day.kept())
        other.locator("input[name=user]").fill("operator-2")
        other.locator("input[name=password]").fill("right")
        other.keyboard.press("Enter")
        expect(day.row(5)).to_be_visible()


def test_a_step_lets_the_last_picture_last(chromium: Browser) -> None:
    """It is kept until the session ends as the server said last, not as it was at the login."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.wait_until_kept()
        own = day.stage.snapshot.session
        later = own.expires_ms + _HOUR_MS
        assert str(later) not in day.kept()
        day.stage.session = replace(own, expires_ms=later)
        day.page.keyboard.press("Shift")
        day.until(lambda: str(later) in day.kept())
