"""The page of one alert and that of one TPS, under hands on keys."""

import re
from collections.abc import Generator
from typing import Final

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, Page, expect

from streams.domain.alert import AlertState
from streams.domain.effects import ReplyOutcome
from streams.domain.events import CommandKind
from streams.domain.words import Severity
from streams.room.page_documents import Note
from tests.page.desks_cast import CLASH, desks, page_of, tps_page
from tests.page.desks_hands import ALERT, Door, ask, at_the_desks, go, last, serve
from tests.page.desks_heaps import REPORTER
from tests.page.looking import Day, looked_at

pytestmark = pytest.mark.chromium
CRITICAL: Final = replace(
    CLASH,
    severity=Severity.CRITICAL,
    may=tuple(one for one in CLASH.may if one is not CommandKind.SHELVE),
)


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


def button(page: Page, act: str) -> Locator:
    """Return a button of the alert's bar."""
    return page.locator(f".bar2 [data-act={act}]")


def test_an_alert_is_told_whole(day: Day) -> None:
    """What, where, why with its gap, evidence with three times, ladder, changes; no reporter."""
    page = go(day, ALERT)
    for text in (
        "Bentrok massa di sekitar TPS 003",
        "Padang Ulak Tanding",
        "0,92 di atas",
        "Di TPS kurang rawan perlu 3",
        "14:03:19",
        "telat 16 mnt",
        "warga · sms",
        "tidak tersimpan lagi",
        "sampai ke 1",
        "1 jalur gagal",
        "tidak ada penerima terdaftar",
        "Kirim dua pasangan.",
        "panduan W01",
        "terhenti",
        "P12 jalan.",
        "kapolsek-put (operator)",
        "✓ Kabari KPU.",
        "Kirim regu · P11",
    ):
        expect(page.locator("main")).to_contain_text(text)
    assert REPORTER not in page.content()
    expect(page.locator(".hc .cd")).to_have_text(re.compile(r"^[012]:[0-5][0-9]$"))
    expect(page.locator(".rel li:visible")).to_have_count(8)


def test_evidence_says_what_it_weighs_and_what_is_kept_no_more(day: Day) -> None:
    """The journal tells when it came in, in whose role; of the second it has nothing."""
    page = go(day, ALERT)
    first, second = page.locator(".ev tbody tr").all()
    expect(first.locator("td").nth(3)).to_contain_text("14:03:19")
    expect(first.locator("td").nth(5)).to_have_text("0,5")
    expect(second.locator("td").nth(3)).to_have_text("tidak tersimpan lagi")
    expect(second.locator("td").nth(5)).to_have_text("–")


def test_a_journal_that_cannot_be_read_is_said(day: Day) -> None:
    """What the alert itself tells is there all the same."""
    day.may_complain = True
    day.open()
    text = {"id": "Kafka tidak menjawab.", "en": "Kafka does not answer."}
    Door(day.page, "**/api/v1/alerts/*/evidence", 503, {"reason": "unavailable", "text": text})
    page = go(day, ALERT)
    expect(page.locator(".ev [role=status]")).to_have_text("Kafka tidak menjawab.")
    expect(page.locator(".ev tbody tr")).to_have_count(2)
    expect(page.locator(".ev")).not_to_contain_text("tidak tersimpan lagi")


def test_a_note_without_its_text_is_no_empty_row(day: Day) -> None:
    """It is counted, and comes when the text is there: the row tells that more is known."""
    later = Note(at="2024-11-27T14:06:00+07:00", by="x", role="operator", text="Aman.", step="")
    early = replace(later, text="")
    known = page_of()
    serve(day.page, replace(known, row=replace(CLASH, notes=3), notes=(*known.notes, early)))
    day.stage.snapshot = replace(desks(), alerts=(replace(CLASH, notes=3),))
    page = go(day, ALERT)
    expect(page.locator("main")).to_contain_text("1 catatan yang isinya belum terbaca")
    written = page.locator("section.log", has_text="Catatan dan tindakan").locator("li")
    expect(written).to_have_count(3)
    serve(day.page, replace(known, row=replace(CLASH, notes=3), notes=(*known.notes, later)))
    day.put(replace(CLASH, notes=3, written=1))
    expect(written).to_have_count(4)
    expect(page.locator("main")).to_contain_text("Aman.")
    expect(page.locator("main")).not_to_contain_text("belum terbaca")


def test_who_was_sent_can_be_released_and_nobody_else(day: Day) -> None:
    """Without anybody there is no button; with some, one chooses among them."""
    page = go(day, ALERT)
    expect(button(page, "dispatch")).to_be_visible()
    expect(button(page, "release")).to_have_count(0)
    day.put(replace(CLASH, sent=(("pair", "P11"), ("officer", "A7"))))
    button(page, "release").click()
    expect(ask(page).locator("label", has_text="pasangan P11")).to_be_visible()
    ask(page).locator("label", has_text="petugas A7").click()
    ask(page).locator("button[type=submit]").click()
    assert {"command": "release", "alert": CLASH.id, "officer": "A7"} == last(day)


def test_a_key_acknowledges_and_the_button_tells_how_it_stands(day: Day) -> None:
    """Sent, then refused with the reason, at the place of the button."""
    page = go(day, ALERT)
    page.keyboard.press("a")
    standing = page.locator(".bar2 .standing")
    expect(standing).to_contain_text("terkirim")
    assert {"command": "ack", "alert": CLASH.id} == last(day)
    day.answer(ReplyOutcome.REFUSED, "an alert that is shelved cannot be moved by ack")
    expect(standing).to_contain_text("ditolak: an alert that is shelved")


def test_an_acknowledged_alert_offers_to_take_it_back(day: Day) -> None:
    """The row comes by the stream; the page follows it without being loaded anew."""
    page = go(day, ALERT)
    may = (CommandKind.UNACK, CommandKind.NOTE)
    day.put(replace(CLASH, state=AlertState.ACKNOWLEDGED, due_at=None, revision=4, may=may))
    expect(button(page, "unack")).to_be_visible()
    expect(button(page, "ack")).to_have_count(0)
    expect(page.locator(".hc")).to_contain_text("diambil, tangga berhenti")


def test_a_forbidden_act_stays_and_says_why(chromium: Browser) -> None:
    """Nothing is sent by its button or its key."""
    snapshot = replace(desks(), alerts=(CRITICAL,))
    with looked_at(chromium, snapshot) as day:
        serve(day.page, page_of(CRITICAL), tps_page(snapshot))
        page = go(day, ALERT)
        expect(button(page, "shelve")).to_have_attribute("aria-disabled", "true")
        expect(button(page, "shelve")).to_have_css("text-decoration-line", "line-through")
        expect(page.locator(".bar2")).to_contain_text("kritis: hanya komandan, paling lama 15 mnt")
        button(page, "shelve").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("s")
        expect(ask(page)).to_have_count(0)
        assert [] == day.stage.commands


def test_escalating_asks_for_the_level_and_gives_the_focus_back(day: Day) -> None:
    """A digit picks, Enter sends; Escape sends nothing."""
    page = go(day, ALERT)
    button(page, "escalate").focus()
    page.keyboard.press("Enter")
    expect(ask(page)).to_contain_text("Kapolres")
    page.keyboard.press("Escape")
    expect(ask(page)).to_have_count(0)
    expect(button(page, "escalate")).to_be_focused()
    assert [] == day.stage.commands
    page.keyboard.press("e")
    expect(ask(page)).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    assert {"command": "escalate", "alert": CLASH.id, "level": "polda"} == last(day)


def test_the_focus_stays_inside_a_dialog(day: Day) -> None:
    """However often Tab is pressed, it comes back to the dialog, and keys of the page are deaf."""
    page = go(day, ALERT)
    page.keyboard.press("r")
    for _ in range(8):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body || "
            "document.querySelector('dialog[open]').contains(document.activeElement)"
        )
        assert inside
    ask(page).locator("textarea").fill("")
    page.keyboard.type("a e")
    expect(ask(page).locator("textarea")).to_have_value("a e")
    assert [] == day.stage.commands


def test_shelving_needs_a_reason_and_has_an_end(day: Day) -> None:
    """Without a reason it stays open; `until` is never beyond an hour."""
    page = go(day, ALERT)
    page.keyboard.press("s")
    ask(page).locator("label", has_text="60 menit").click()
    ask(page).locator("button[type=submit]").click()
    expect(ask(page)).to_be_visible()
    ask(page).locator("textarea").fill("radio dipastikan aman")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_be_visible()
    given = last(day)
    assert "radio dipastikan aman" == given["reason"]
    assert "2024-11-27T15:05:06" <= str(given["until"])[:19] <= "2024-11-27T15:07:00"


def test_a_step_of_the_checklist_is_ticked_by_a_note(day: Day) -> None:
    """What is done is ticked and cannot be unticked."""
    page = go(day, ALERT)
    boxes = page.locator(".do input[type=checkbox]")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(1)).to_be_disabled()
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    expect(page.locator(".toast")).to_be_visible()
    assert {"command": "note", "alert": CLASH.id, "step": "send"} == last(day)


def test_a_pair_is_dispatched_by_its_name(day: Day) -> None:
    """The dialog shows who is free, and sends a pair or an officer."""
    page = go(day, ALERT)
    page.keyboard.press("d")
    expect(ask(page)).to_contain_text("Kota Padang: 25 mnt, 14 bebas")
    expect(ask(page).locator("datalist option")).to_have_count(3)
    page.keyboard.type("P12\n")
    expect(page.locator(".toast")).to_be_visible()
    assert {"command": "dispatch", "alert": CLASH.id, "pair": "P12"} == last(day)


def test_a_tps_has_a_page_of_its_day(day: Day) -> None:
    """Its stages by the hour, its alerts, and their changes."""
    page = go(day, "/tps/17.02.07.2012-003")
    expect(page.locator(".tl2 li")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("terhenti")
    page.locator(".rel a").click()
    expect(page.locator("main h1")).to_have_text("Bentrok massa di sekitar TPS 003")
