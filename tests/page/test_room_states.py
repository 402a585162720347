"""What the page looks like when not all is well, and for whom cannot see it as we do."""

from typing import Final

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from streams.domain.alert import AlertState
from streams.room.documents import AlertRow
from tests.page.cast import clock, many, opening
from tests.page.looking import Day, faults, looked_at

pytestmark = pytest.mark.chromium

_HAND: Final = (390, 844)
_SECOND_MS: Final = 1_000


def test_a_lag_of_heard_drains_the_page_and_stops_the_countdowns(chromium: Browser) -> None:
    """Stale: the banner says why, absolute times stand where numbers ran; live again, they run."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        expect(day.row(1).locator(".cd")).not_to_have_text("14:07:22")
        day.lag_ms = 61_000
        expect(day.page.locator(".banner.stale")).to_contain_text(
            "tertinggal lebih dari satu menit"
        )
        expect(day.row(1).locator(".cd")).to_have_text("14:07:22")
        day.lag_ms = 2_000
        expect(day.page.locator(".banner.stale")).to_have_count(0)
        expect(day.page.locator("html")).to_have_attribute("data-state", "live")


def test_a_clock_that_stops_is_stale_after_five_seconds(chromium: Browser) -> None:
    """The line stands but nothing comes over it: not live, and not offline."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.is_ticking = False
        state = day.page.locator("html")
        expect(state).to_have_attribute("data-state", "stale", timeout=9 * _SECOND_MS)
        age, here = day.page.locator(".banner.stale b.num"), day.page.locator(".clocks dd").first
        before = here.text_content()
        for seconds in (7, 9):
            expect(age).to_have_text(f"0:0{seconds}", timeout=5 * _SECOND_MS)
        assert before != here.text_content()
        day.is_ticking = True
        expect(state).to_have_attribute("data-state", "live")


def test_a_picture_that_stands_still_is_stale(chromium: Browser) -> None:
    """Clocks come, Kafka answers, and no worker judges: the banner says since when."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.is_ticking = False
        told = clock()
        day.stage.say(replace(told, moved_ms=told.server_ms - 61_000))
        banner = day.page.locator(".banner.stale")
        expect(banner).to_contain_text("Tidak ada yang dinilai: gambar berhenti sejak")
        expect(banner.locator("b.num")).to_contain_text("1:0")
        day.is_ticking = True
        expect(banner).to_have_count(0)


def test_what_is_restricted_is_not_written_to_disk(chromium: Browser) -> None:
    """Shown, and not kept; what everybody may see is."""
    first, *others = many(5)
    hidden = replace(first, id="1702-hidden", restricted=True)
    with looked_at(chromium, opening((hidden, *others))) as day:
        day.open()
        expect(day.page.locator(".row[data-id='1702-hidden']")).to_be_visible()
        kept = day.wait_until_kept()
        assert others[0].id in kept
        assert "1702-hidden" not in kept


def test_a_session_that_the_server_has_ended_leaves_nothing_here(chromium: Browser) -> None:
    """A 401 of anything leads to the login; nothing is shown, rung or kept any more."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.wait_until_kept()
        day.may_complain = True
        day.stage.session = None
        day.page.evaluate(
            "import('/page/api.js').then((api) => api.get('/api/v1/session')).catch(() => {})"
        )
        expect(day.page.locator("input[name=user]")).to_be_visible()
        expect(day.page.locator(".said")).to_have_text("Sesi Anda telah berakhir. Masuk lagi.")
        assert "[]" == day.kept()
        day.page.route("**/api/**", lambda route: route.abort())
        day.page.reload()
        expect(day.page.locator("input[name=user]")).to_be_visible()
        expect(day.page.locator(".row")).to_have_count(0)


def test_another_snapshot_in_one_stream_loses_no_place(chromium: Browser) -> None:
    """The current row stays it, and what is ticked stays ticked."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        for key in ("j", "j", "x"):
            day.page.keyboard.press(key)
        before = day.page.locator(".row.cur").get_attribute("data-id")
        expect(day.page.locator(".row input:checked")).to_have_count(1)
        day.stage.say(replace(opening(many(6)), opened_lately=7))
        expect(day.page.locator(".row")).to_have_count(5)  # Ticked, the list is held.
        expect(day.page.locator(".row input:checked")).to_have_count(1)
        assert before == day.page.locator(".row.cur").get_attribute("data-id")


def test_keys_are_off_for_who_has_switched_them_off(chromium: Browser) -> None:
    """Another operator of the same machine has his."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.page.evaluate("import('/page/keys.js').then((keys) => keys.switchKeys())")
        whose = "import('/page/keys.js').then((keys) => keys.keysOn.value)"
        assert not day.page.evaluate(whose)
        day.open()
        assert not day.page.evaluate(whose)
        snapshot = opening(many(5))
        other = replace(snapshot, session=replace(snapshot.session, user="operator-3"))
        day.stage.session, day.stage.snapshot = other.session, other
        day.open()
        assert day.page.evaluate(whose)


def test_a_cut_loses_nothing(chromium: Browser) -> None:
    """Offline nothing is sent; back, what was missed is replayed after the last id."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        state = day.page.locator("html")
        expect(state).to_have_attribute("data-state", "live")
        day.may_complain = True  # Of the cut; its last words may come after it has healed.
        day.stage.cut()
        expect(state).to_have_attribute("data-state", "offline", timeout=15 * _SECOND_MS)
        for key in ("j", "a"):
            day.page.keyboard.press(key)
        expect(day.page.locator(".toast")).to_contain_text("tidak dikirim")
        assert [] == day.stage.commands
        day.put(*many(6)[5:])
        day.stage.restore()
        expect(state).to_have_attribute("data-state", "live")
        expect(day.page.locator(".row")).to_have_count(6)
        assert day.stage.since[-1].startswith("stage.")


def test_without_a_server_the_last_picture_is_shown_read_only(chromium: Browser) -> None:
    """Told by IndexedDB, and only to who was logged in."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        day.wait_until_kept()
        day.may_complain = True
        day.page.route("**/api/**", lambda route: route.abort())
        day.page.reload()
        expect(day.row(5)).to_be_visible()
        expect(day.page.locator("html")).to_have_attribute("data-state", "offline")
        expect(day.page.locator(".curve")).to_contain_text("Kurva tidak tersimpan")


def test_two_tabs_share_one_stream(chromium: Browser) -> None:
    """The second tab listens through the first, and takes over when that goes."""
    with looked_at(chromium, opening(many(5))) as day:
        day.open()
        other = day.page.context.new_page()
        other.goto(day.stage.address)
        expect(other.locator(".row")).to_have_count(5)
        assert 1 == len(day.stage.since)
        day.put(*many(6)[5:])
        expect(other.locator(".row")).to_have_count(6)
        day.page.close()
        # A page that is closed may still pass on what it hears: the next row would prove nothing.
        day.until(lambda: 2 == len(day.stage.since), at=other)
        day.put(*many(7)[6:])
        expect(other.locator(".row")).to_have_count(7)


def test_a_drill_is_over_the_whole_page(chromium: Browser) -> None:
    """The banner has the words, the page its tint."""
    with looked_at(chromium, opening(many(5), drill=True)) as day:
        day.open()
        expect(day.page.locator(".banner.drill")).to_contain_text("Bukan kejadian sebenarnya")
        expect(day.page.locator("html")).to_have_attribute("data-state", "drill")


def test_an_empty_queue_says_that_it_is_empty(chromium: Browser) -> None:
    """Not a blank: words."""
    with looked_at(chromium, opening(())) as day:
        day.page.goto(day.stage.address)
        expect(day.page.locator(".queue .empty")).to_contain_text("Tidak ada alarm terbuka")


def test_an_area_in_which_nothing_is_watched_is_not_called_calm(chromium: Browser) -> None:
    """A code that was mistyped would look like a good day."""
    with looked_at(chromium, replace(opening(()), areas=())) as day:
        day.page.goto(day.stage.address)
        expect(day.page.locator(".queue .empty")).to_contain_text("Tidak ada yang dipantau")
        day.page.set_viewport_size({"width": _HAND[0], "height": _HAND[1]})
        expect(day.page.locator(".phone .empty")).to_contain_text("Tidak ada yang dipantau")


def test_of_five_thousand_rows_few_are_drawn(chromium: Browser) -> None:
    """The list scrolls to its end, and `k` from there comes to the row before."""
    with looked_at(chromium, opening(many(5_000))) as day:
        day.open()
        assert day.page.locator(".row").count() < 80
        day.page.evaluate("document.querySelector('.rows').scrollTop = 1e9")
        last = day.page.locator(".row").first.get_attribute("aria-setsize")
        expect(day.page.locator(f'.row[aria-posinset="{last}"]')).to_be_visible()
        assert day.page.locator(".row").count() < 80


def test_on_a_phone_one_alert_has_one_big_button(chromium: Browser) -> None:
    """The queue's first, acknowledged by a touch; the next one follows."""
    with looked_at(chromium, opening(many(5)), size=_HAND) as day:
        day.page.goto(day.stage.address)
        card = day.page.locator(".card")
        expect(card).to_contain_text("Bentrok massa")
        button = card.get_by_role("button", name="AMBIL")
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 72
        button.click()
        expect(card.locator(".ack")).to_contain_text("terkirim")
        assert "ack" == day.given()[0]["command"]
        assert day.page.evaluate("document.documentElement.scrollWidth") <= _HAND[0]


def test_axe_finds_nothing_serious(chromium: Browser) -> None:
    """Names, roles, contrast, order: in both themes and every state that a page goes through."""
    with looked_at(chromium, opening((*many(5), acknowledged()))) as day:
        day.open()
        day.page.keyboard.press("j")
        found = {"live": faults(day.page)}
        for state in ("keys", "narrow", "stale", "drill", "phone", "login"):
            bring_to(day, state)
            found[state] = faults(day.page)
        assert {} == {state: complaints for state, complaints in found.items() if complaints}


def acknowledged() -> AlertRow:
    """Return a row that somebody has taken."""
    return replace(many(6)[5], state=AlertState.ACKNOWLEDGED, acknowledged_by="operator-2")


def bring_to(day: Day, state: str) -> None:
    """Let the page go from the state before to the next."""
    page = day.page
    match state:
        case "keys":
            page.keyboard.press("?")
            expect(page.locator("dialog[open]")).to_be_visible()
        case "narrow":
            page.keyboard.press("Escape")
            page.get_by_role("button", name="Saring").click()
            page.keyboard.press("x")
            expect(page.locator(".frozen")).to_be_visible()
        case "stale":
            page.keyboard.press("Escape")
            day.lag_ms = 90_000
            expect(page.locator(".banner.stale")).to_be_visible()
        case "drill":
            day.lag_ms = 2_000
            drilled = opening((*many(5), acknowledged()), drill=True)
            day.stage.say(drilled)
            expect(page.locator("html")).to_have_attribute("data-state", "drill")
        case "phone":
            page.set_viewport_size({"width": _HAND[0], "height": _HAND[1]})
            expect(page.locator(".card")).to_be_visible()
        case _:
            day.may_complain = True
            day.stage.session = None
            page.reload()
            expect(page.locator("form")).to_be_visible()
