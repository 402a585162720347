"""The triage desk and the desk of dead letters, under hands on keys."""

import json
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from streams.room.documents import TriageRow
from tests.page.desks_hands import Door, ask, at_the_desks, go, last
from tests.page.desks_heaps import REPORTER, WORDS, waiting
from tests.page.looking import Day

pytestmark = pytest.mark.chromium

_PRESSES = 20
_PRESS_MS = 1_000


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


def test_one_key_places_a_report(day: Day) -> None:
    """The oldest is open; `1` is its likeliest place; the next one follows when it is gone."""
    page = go(day, "/triage")
    first = waiting()[0]
    expect(page.locator(".line[aria-current]")).to_have_count(1)
    page.keyboard.press("1")
    expect(page.locator(".detail .standing")).to_contain_text("terkirim")
    wanted = {
        "command": "place_report",
        "report": first.report.id,
        "tps": "17.02.07.2012-003",
    }
    assert wanted == last(day)
    assert REPORTER not in page.content()


def test_reports_are_read_in_their_own_words(day: Day) -> None:
    """In the list and whole beside it; where there are none to read it says why."""
    page = go(day, "/triage")
    first, second, third, *_ = (row.report.id for row in waiting())
    expect(page.locator(".detail .words")).to_have_text(WORDS)
    expect(page.locator(".detail .words b")).to_have_count(0)
    expect(page.locator(".detail .facts")).to_contain_text("warga · 1 lampiran · sms")
    for name, said in (
        (first, WORDS),
        (second, "hanya untuk komandan"),
        (third, "tidak tersimpan"),
    ):
        expect(page.locator(f"#report-{name} .brief")).to_contain_text(said)


def test_words_that_cannot_be_had_now_are_asked_for_again(day: Day) -> None:
    """It says that Kafka does not answer, and reads them when it does."""
    day.may_complain = True
    text = {"id": "Kafka tidak menjawab.", "en": "Kafka does not answer."}
    door = Door(day.page, "**/api/v1/said?*", 503, {"reason": "unavailable", "text": text})
    page = go(day, "/triage")
    expect(page.locator(".detail .words")).to_have_text("Kafka tidak menjawab.")
    door.status, door.body = 200, {"said": [day.stage.said[waiting()[0].report.id]]}
    page.locator(".line").nth(1).click()
    page.locator(".line").first.click()
    expect(page.locator(".detail .words")).to_have_text(WORDS)


def test_alike_reports_are_placed_together(day: Day) -> None:
    """They stand together, and one button sends a command for each."""
    page = go(day, "/triage")
    expect(page.locator(".lines .alike")).to_have_count(2)
    page.locator(".cands li").nth(1).locator("button", has_text="Tempatkan 3").click()
    expect(page.locator(".toast")).to_be_visible()
    assert ["17.02.07.2012"] * 3 == [one["area"] for one in day.given(3)]
    assert 3 == len({one["report"] for one in day.given(3)})


def test_a_report_is_placed_where_no_candidate_is(day: Day) -> None:
    """A name is typed, the list offers, Enter places."""
    page = go(day, "/triage")
    field = page.locator(".detail [role=combobox]")
    field.focus()
    page.keyboard.type("3 tanjung sanai i")
    expect(page.locator("[role=option]").first).to_contain_text("TPS 003")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    assert "17.02.07.2012-003" == last(day)["tps"]


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until it does something: keys are heard a moment after a page is drawn."""
    for _ in range(_PRESSES):
        page.keyboard.press(key)
        try:
            wanted.wait_for(timeout=_PRESS_MS)
        except PlaywrightTimeout:
            continue
        return
    expect(wanted).to_be_visible()


def open_line(page: Page, row: TriageRow) -> Locator:
    """Return the line of a report, if it is the one that is open."""
    return page.locator(f"#report-{row.report.id} .line[aria-current=true]")


def test_a_report_is_rejected_with_a_reason_and_confirmed_without(day: Day) -> None:
    """`x` asks why, `c` does not ask; `j` goes on."""
    page = go(day, "/triage")
    expect(open_line(page, waiting()[0])).to_be_visible()
    press_until(page, "x", ask(page).locator("textarea"))
    ask(page).locator("textarea").fill("salah nomor")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    wanted = {
        "command": "reject_report",
        "report": waiting()[0].report.id,
        "reason": "salah nomor",
    }
    assert wanted == last(day)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("j")
    expect(open_line(page, waiting()[1])).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator(".toast")).to_have_count(2)
    assert ("confirm_report", waiting()[1].report.id) == (
        last(day)["command"],
        last(day)["report"],
    )


def test_a_letter_is_mended_and_sent_again(day: Day) -> None:
    """The field complained of is shown; what is broken cannot be sent, what is mended is."""
    door = Door(day.page, "**/api/v1/letters/*/resend", 202, {})
    page = go(day, "/letters")
    expect(page.locator(".detail")).to_contain_text("source.role, baris 6")
    area = page.locator(".detail textarea.json")
    page.locator(".detail button", has_text="Tunjukkan baris 6").click()
    shown = page.evaluate("getSelection().toString()")
    assert '"role": "pamtps"' == shown.strip()
    page.keyboard.type('    "role": pam_tps')
    expect(page.locator(".detail .wrong")).to_contain_text("putus di baris 6")
    send = page.locator(".detail button", has_text="Kirim lagi")
    expect(send).to_have_attribute("aria-disabled", "true")
    send.click(force=True)
    assert [] == door.came
    area.fill(area.input_value().replace("pam_tps", '"pam_tps"'))
    send.click()
    expect(page.locator(".toast")).to_contain_text("0:12")
    [came] = door.came
    assert "pam_tps" == json.loads(came["value"])["source"]["role"]
    page.goto(f"{day.stage.address}/letters")
    page.locator(".line").nth(1).click()
    page.locator(".detail button", has_text="seperti semula").click()
    expect(page.locator(".toast")).to_contain_text("0:13")
    assert {} == door.came[-1]
