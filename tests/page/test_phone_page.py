"""The page on a phone: one card that stays what it is, and everything else below it."""

from collections.abc import Generator
from typing import Final

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, expect

from streams.domain.alert import AlertState, Text
from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind
from streams.domain.words import Severity
from streams.room.documents import AlertRow
from tests.page.cast import many, opening
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium
_HAND: Final = (390, 844)
_COUNT: Final = 60


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """A flood of alerts on a phone, none of which says what another does."""
    with looked_at(chromium, opening(told_apart()), size=_HAND) as found:
        found.page.goto(found.stage.address)
        expect(card(found)).to_be_visible()
        yield found


def told_apart() -> tuple[AlertRow, ...]:
    """Return alerts with titles of their own."""
    return tuple(
        replace(row, title=Text(f"Kejadian {number}.", f"Event {number}."))
        for number, row in enumerate(many(_COUNT))
    )


def card(day: Day) -> Locator:
    """Return the card."""
    return day.page.locator(".card")


def take(day: Day) -> AlertRow:
    """Press the big button; return the alert that it was about, as it is then."""
    day.page.locator("button.ack").click()
    name = day.given()[-1]["alert"]
    row = next(row for row in day.stage.snapshot.alerts if row.id == name)
    may = (CommandKind.UNACK, CommandKind.NOTE)
    return replace(row, state=AlertState.ACKNOWLEDGED, due_at=None, acknowledged_by="x", may=may)


def test_the_card_stays_when_its_alert_is_taken(day: Day) -> None:
    """It says how it stands; a second tap on the same spot takes no alert that nobody has read."""
    title = card(day).locator("h2").inner_text()
    button = day.page.locator("button.ack").bounding_box()
    assert button is not None
    taken = take(day)
    day.answer(ReplyOutcome.DONE)
    day.put(taken)
    expect(card(day).locator(".ack")).to_contain_text("diterima")
    day.page.mouse.click(button["x"] + 40, button["y"] + 30)
    expect(card(day).locator("h2")).to_have_text(title)
    assert 1 == len(day.given())
    expect(card(day).get_by_role("button", name="Batal ambil")).to_be_enabled()
    card(day).get_by_role("button", name="Berikutnya").click()
    expect(card(day).locator("h2")).not_to_have_text(title)
    expect(card(day).locator("button.ack")).to_be_visible()


def test_the_card_stays_when_another_takes_it_or_a_worse_one_comes(day: Day) -> None:
    """What is new above is counted, and shown by a touch."""
    title = card(day).locator("h2").inner_text()
    first = next(row for row in day.stage.snapshot.alerts if row.title.id in title)
    day.put(replace(first, state=AlertState.ACKNOWLEDGED, due_at=None, acknowledged_by="x"))
    expect(card(day)).to_contain_text("diambil")
    expect(card(day).locator("h2")).to_have_text(title)
    worse = replace(
        first,
        id="1702-WORSEWORSEWORSE2",
        severity=Severity.CRITICAL,
        title=Text("Kebakaran", "Fire"),
        opened_at="2024-11-27T09:00:00+07:00",
    )
    day.put(worse)
    news = day.page.locator(".news")
    expect(news).to_contain_text("1 baru di atas, 1 KRITIS")
    expect(card(day).locator("h2")).to_have_text(title)
    news.click()
    expect(card(day).locator("h2")).to_have_text("Kebakaran")
    expect(news).to_have_count(0)


def test_every_alert_can_be_reached(day: Day) -> None:
    """What the queue rolls up too; by more of the list, by the search and by the numbers on top."""
    lines = day.page.locator(".nx li")
    expect(lines).to_have_count(25)
    for _ in range(2):
        day.page.get_by_role("button", name="Tampilkan lebih banyak").click()
    expect(lines).to_have_count(_COUNT - 1)
    expect(day.page.locator(".sum .sevs")).to_be_visible()
    day.page.get_by_role("searchbox").fill("kejadian 59.")
    expect(card(day).locator("h2")).to_have_text("Kejadian 59.")
    assert day.page.evaluate("document.documentElement.scrollWidth") <= _HAND[0]


def test_a_zoomed_laptop_has_everything_too(chromium: Browser) -> None:
    """At 200 % nothing lies over the title, and the picture and the numbers are there."""
    with looked_at(chromium, opening(told_apart()), size=(683, 384)) as day:
        day.page.goto(day.stage.address)
        expect(card(day)).to_be_visible()
        for part in (".sum dl", ".find input", ".pic", ".side"):
            expect(day.page.locator(part)).to_be_visible()
        heading, button = (card(day).locator(part).bounding_box() for part in ("h2", ".ackbar"))
        assert heading is not None
        assert button is not None
        assert heading["y"] + heading["height"] <= button["y"]
        day.page.keyboard.press("j")
        second = card(day).locator("h2").inner_text()
        day.page.keyboard.press("a")
        [given] = day.given()
        row = next(row for row in day.stage.snapshot.alerts if row.id == given["alert"])
        assert row.title.id == second, "keys are about the card"
