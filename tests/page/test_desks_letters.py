"""The desk of dead letters, under hands on keys."""

import json
from collections.abc import Generator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from streams.room.documents import Changed, Delta
from tests.page.desks_hands import Door, at_the_desks, go
from tests.page.desks_heaps import letters
from tests.page.looking import Day

pytestmark = pytest.mark.chromium


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


def test_a_letter_that_was_sent_stays_until_somebody_goes_on(day: Day) -> None:
    """A second click on the same spot sends nothing, whatever the stream has done meanwhile."""
    door = Door(day.page, "**/api/v1/letters/*/resend", 202, {})
    page = go(day, "/letters")
    send = page.locator(".detail button", has_text="Kirim lagi")
    expect(send).to_be_visible()
    spot = send.bounding_box()
    assert spot is not None
    send.click()
    expect(page.locator(".detail .settled")).to_have_text("Sudah dikirim lagi.")
    day.stage.say(Delta(letters=Changed(gone=("0:12",)), opened_lately=3))
    expect(page.locator("main h1 .num")).to_have_text("1")
    page.mouse.click(spot["x"] + 20, spot["y"] + 10)
    expect(page.locator(".line[aria-current]")).to_contain_text("0:12")
    assert 1 == len(door.came)
    page.keyboard.press("j")
    expect(page.locator(".line[aria-current]")).to_contain_text("0:13")
    expect(page.locator(".line")).to_have_count(1)


def test_a_command_is_not_mended_and_a_refusal_is_said_in_words(day: Day) -> None:
    """Its text cannot be edited; what the schema complains of is told as people say it."""
    wrong, _ = letters()
    order = replace(wrong, number="0:11", topic="operator.commands", at="2024-11-27T12:00:00+07:00")
    day.stage.snapshot = replace(day.stage.snapshot, letters=(order, wrong))
    day.may_complain = True  # Chromium reports each refusal on its console.
    detail = "Expected `str` matching regex '^[0-9]{2}$' - at `$.tps`"
    refused = {
        "reason": "schema",
        "text": {"id": "Isian salah.", "en": "Wrong."},
        "detail": detail,
        "field": "$.tps",
    }
    Door(day.page, "**/api/v1/letters/*/resend", 422, refused)
    page = go(day, "/letters")
    expect(page.locator(".line[aria-current]")).to_contain_text("0:11")
    expect(page.locator("textarea.json")).not_to_be_editable()
    expect(page.locator(".detail")).to_contain_text("Perintah tidak diperbaiki di sini")
    page.keyboard.press("j")
    page.locator(".detail button", has_text="Kirim lagi").click()
    alert = page.locator(".detail [role=alert]")
    expect(alert).to_have_text("Isian salah. tps: bentuknya salah, misalnya 17.02.07.2012-003")
    expect(page.locator(".detail .code", has_text="matching regex")).to_have_count(1)


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
