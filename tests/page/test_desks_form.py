"""The form for what comes by phone or radio, filled in without the mouse."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, expect

from tests.page.desks_hands import Door, at_the_desks, go, press
from tests.page.looking import Day

pytestmark = pytest.mark.chromium


@pytest.fixture
def day(chromium: Browser) -> Generator[Day]:
    """An afternoon with all that lies on the desks."""
    with at_the_desks(chromium) as found:
        yield found


def test_a_phoned_report_by_keyboard_alone(day: Day) -> None:
    """From role to receipt without the mouse; the place and the category are found by words."""
    door = Door(
        day.page, "**/api/v1/reports", 202, {"id": "x", "tracking": "1702-ABCDEFGHIJKLMNOP"}
    )
    page = go(day, "/report")
    expect(page.locator("select").first).to_be_focused()
    page.keyboard.type("linmas")
    press(page, "Tab", "Tab")
    page.keyboard.type("0812 345")
    press(page, "Tab", "Tab")
    page.keyboard.type("3 tanjung sanai i")
    press(page, "Enter", "Tab")
    page.keyboard.type("tawuran")
    press(page, "Enter", "Tab")
    page.keyboard.type("Massa saling lempar")
    press(page, "Tab")
    page.keyboard.type("40")
    press(page, "Control+Enter")
    expect(page.locator(".receipt .big")).to_have_text("1702-ABCDEFGHIJKLMNOP")
    [came] = door.came
    assert came.pop("id").startswith("room-")
    assert {
        "relays": "linmas",
        "channel": "phone",
        "caller": "0812 345",
        "at": "2024-11-27T14:05:00+07:00",
        "tps": "17.02.07.2012-003",
        "category": "KAM-01",
        "text": "Massa saling lempar",
        "people": 40,
    } == came
    page.get_by_role("button", name="Catat satu lagi").click()
    expect(page.locator("textarea")).to_have_value("")


def test_what_was_typed_stays_when_sending_fails(day: Day) -> None:
    """The form keeps every field; the same form sent again keeps its id, another gets another."""
    text = {"id": "Kafka tidak menjawab.", "en": "Kafka does not answer."}
    door = Door(day.page, "**/api/v1/reports", 503, {"title": "no broker", "text": text})
    day.may_complain = True  # Chromium reports each refusal on its console.
    page = go(day, "/report")
    page.locator("[data-field=place_text] input").fill("Suka Rami")
    page.locator("textarea").fill("Listrik padam")
    for _ in range(2):
        press(page, "Control+Enter")
        expect(page.locator("button[type=submit]")).to_have_text("KirimCtrl ↵")
        expect(page.locator(".phoned [role=alert]")).to_have_text("Kafka tidak menjawab.")
    expect(page.locator("textarea")).to_have_value("Listrik padam")
    page.locator("textarea").fill("Listrik padam lagi")
    press(page, "Control+Enter")
    expect(page.locator("button[type=submit]")).to_have_text("KirimCtrl ↵")
    first, second, third = (one["id"] for one in door.came)
    assert first == second != third


def test_a_field_that_the_server_refuses_says_so_in_its_place(day: Day) -> None:
    """The sentence stands at the field, which has the focus."""
    text = {"id": "Isi nomor dengan angka saja.", "en": "Give the number in digits."}
    refused = {"title": "mend", "text": text, "errors": [{"field": "caller", "text": text}]}
    Door(day.page, "**/api/v1/reports", 422, refused)
    day.may_complain = True  # Chromium reports each refusal on its console.
    page = go(day, "/report")
    page.locator("[data-field=place_text] input").fill("Suka Rami")
    page.locator("textarea").fill("Listrik padam")
    press(page, "Control+Enter")
    expect(page.locator(".phoned [role=alert]")).to_be_visible()

    field = page.locator("[data-field=caller]")
    expect(field).to_contain_text("Isi nomor dengan angka saja.", timeout=2_000)
    expect(field.locator("input")).to_be_focused()


def test_a_status_and_its_correction(day: Day) -> None:
    """What was just sent can be named as what was wrong."""
    door = Door(day.page, "**/api/v1/statuses", 202, {"id": "s-77"})
    page = go(day, "/report")
    page.locator("input[value=status]").check()
    page.locator("select").first.select_option("closed")
    page.locator("[data-field=place_text] input").fill("17.02.07.2012-003")
    page.locator("[data-field=voters] input").fill("212")
    press(page, "Control+Enter")
    expect(page.locator(".receipt .big")).to_have_text("s-77")
    page.get_by_role("button", name="Catat satu lagi").click()
    page.locator("input[value=correction]").check()
    assert "s-77" == page.locator("datalist option").get_attribute("value")
    page.locator("[data-field=corrects] input").fill("s-77")
    page.locator("[data-field=place_text] input").fill("17.02.07.2012-003")
    press(page, "Control+Enter")
    expect(page.locator(".receipt .big")).to_be_visible()
    status, correction = door.came
    assert ("closed", 212, "17.02.07.2012-003") == (
        status["kind"],
        status["voters"],
        status["tps"],
    )
    assert ("s-77", "heartbeat") == (correction["corrects"], correction["kind"])


def test_a_missing_field_is_asked_for_before_anything_is_sent(day: Day) -> None:
    """The field is marked and has the focus."""
    door = Door(day.page, "**/api/v1/reports", 202, {})
    page = go(day, "/report")
    press(page, "Control+Enter")
    place = page.locator("[data-field=place_text]")
    expect(place.locator("input")).to_be_focused()
    expect(place).to_contain_text("Isi tempatnya")
    expect(page.locator("[data-field=text]")).to_contain_text("Ceritakan apa yang dilaporkan.")
    assert [] == door.came


def test_a_category_that_was_not_picked_is_not_left_out_in_silence(day: Day) -> None:
    """It stands in the field, so it is asked for there; picked, it is sent."""
    door = Door(day.page, "**/api/v1/reports", 202, {"id": "x", "tracking": "1702-A"})
    page = go(day, "/report")
    page.locator("[data-field=place_text] input").fill("Suka Rami")
    page.locator("textarea").fill("Massa saling lempar")
    category = page.locator("[data-field=category]")
    category.locator("input").fill("tawuran")
    press(page, "Control+Enter")
    expect(category).to_contain_text("Pilih jenis dari daftar")
    expect(category.locator("input")).to_be_focused()
    assert [] == door.came
    page.keyboard.type(" ")
    press(page, "Enter", "Control+Enter")
    expect(page.locator(".receipt")).to_be_visible()
    assert "KAM-01" == door.came[0]["category"]


def test_a_slip_of_a_number_or_an_hour_is_seen_before_it_is_sent(day: Day) -> None:
    """What is no number, an hour to come; and what was yesterday says so, there and when taken."""
    door = Door(day.page, "**/api/v1/reports", 202, {"id": "x", "tracking": "1702-A"})
    page = go(day, "/report")
    page.locator("[data-field=place_text] input").fill("Suka Rami")
    page.locator("textarea").fill("Massa saling lempar")
    people, time = page.locator("[data-field=people]"), page.locator("[data-field=time]")
    people.locator("input").fill("banyak")
    time.locator("input").fill("15:30")
    press(page, "Control+Enter")
    expect(people).to_contain_text("Isi dengan angka")
    expect(time).to_contain_text("Jam ini belum tiba")
    assert [] == door.came
    people.locator("input").fill("1.200")
    time.locator("input").fill("23:30")
    expect(time).to_contain_text("= kemarin, Selasa, 26 November 2024")
    press(page, "Control+Enter")
    expect(page.locator(".receipt")).to_contain_text("26 November 2024 23:30 WIB")
    assert (1200, "2024-11-26T23:30:00+07:00") == (door.came[0]["people"], door.came[0]["at"])


def test_another_kind_and_escape_lose_nothing(day: Day) -> None:
    """Arrows choose and stay where they are; Escape leaves no form in which somebody types."""
    page = go(day, "/report")
    page.locator("[data-field=caller] input").fill("0812 345")
    page.locator("textarea").fill("Listrik padam")
    page.locator("input[value=report]").focus()
    press(page, "ArrowDown")
    expect(page.locator("input[value=status]")).to_be_focused()
    expect(page.locator("[data-field=kind]")).to_be_visible()
    press(page, "ArrowUp")
    expect(page.locator("[data-field=caller] input")).to_have_value("0812 345")
    page.locator("textarea").focus()
    press(page, "Escape")
    expect(page.locator("textarea")).to_have_value("Listrik padam")


def test_nothing_of_a_call_is_left_for_the_next_person(day: Day) -> None:
    """Who logs out takes what he has typed and sent with him."""
    Door(day.page, "**/api/v1/statuses", 202, {"id": "s-77"})
    day.may_complain = True  # Chromium reports that nobody is logged in.
    page = go(day, "/report")
    page.locator("input[value=status]").check()
    page.locator("[data-field=place_text] input").fill("17.02.07.2012-003")
    press(page, "Control+Enter")
    expect(page.locator(".receipt")).to_be_visible()
    page.get_by_role("button", name="Catat satu lagi").click()
    page.locator("input[value=report]").check()
    page.locator("[data-field=caller] input").fill("0812 345")
    page.locator(".me summary").click()
    page.locator(".me button").click()
    page.locator("input[name=user]").fill("operator-2")
    page.locator("input[name=password]").fill("right")
    press(page, "Enter")
    page.locator("nav a[href='/report']").click()
    expect(page.locator("[data-field=caller] input")).to_have_value("")
    page.locator("input[value=correction]").check()
    expect(page.locator("datalist option")).to_have_count(0)
