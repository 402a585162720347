"""The triage desk, under hands on keys."""

from collections.abc import Generator

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from streams.domain.alert import Text
from streams.domain.effects import DecidedBy, TriageStatus
from streams.room.documents import Changed, Delta, TriageRow
from streams.room.evidence import SaidRow, Standing
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


def decided(row: TriageRow) -> TriageRow:
    """Return a report that a person has confirmed."""
    report = replace(row.report, status=TriageStatus.CONFIRMED, by=DecidedBy.PERSON)
    return replace(row, report=report)


def test_a_report_that_another_decides_stays_and_keys_do_nothing_to_it(day: Day) -> None:
    """Who reads it is told; his next key is not about a report that he has never seen."""
    page = go(day, "/triage")
    first, second, *_ = waiting()
    expect(open_line(page, first)).to_be_visible()
    day.stage.say(Delta(triage=Changed(put=(decided(first),)), opened_lately=3))
    expect(page.locator(".detail .settled")).to_contain_text(
        "Sudah diputuskan: dibenarkan oleh orang"
    )
    expect(open_line(page, first)).to_be_visible()
    for key in "c1x":
        page.keyboard.press(key)
    expect(ask(page)).to_have_count(0)
    assert [] == day.stage.commands
    page.keyboard.press("j")
    expect(open_line(page, second)).to_be_visible()
    expect(page.locator(f"#report-{first.report.id}")).to_have_count(0)
    page.keyboard.press("c")
    assert second.report.id == last(day)["report"]


def test_a_rejection_that_comes_too_late_is_not_sent(day: Day) -> None:
    """The dialog names the report, and what was decided under it is not overruled."""
    page = go(day, "/triage")
    first = waiting()[0]
    expect(open_line(page, first)).to_be_visible()
    press_until(page, "x", ask(page).locator("textarea"))
    expect(ask(page)).to_contain_text(first.report.id)
    expect(ask(page)).to_contain_text("Rusuh, bentrok massa")
    day.stage.say(Delta(triage=Changed(put=(decided(first),)), opened_lately=3))
    expect(page.locator(".detail .settled")).to_have_count(1)
    ask(page).locator("textarea").fill("salah nomor")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Sudah diputuskan: tidak dikirim.")
    assert [] == day.stage.commands


def heap(count: int) -> tuple[TriageRow, ...]:
    """Return so many reports of thefts, each of another desa, and the youngest of a riot."""
    row = waiting()[0]

    def one(number: int, category: str, name: Text) -> TriageRow:
        report = replace(
            row.report,
            id=f"1702-{number:016}",
            area=f"17.02.07.{2001 + number:04}",
            category=category,
            suggestions=(),
            received_at=f"2024-11-27T0{number // 60}:{number % 60:02}:00+07:00",
        )
        return replace(row, report=report, category=name, suggestions=())

    thefts = (one(number, "PID-01", Text("Politik uang", "Bribes")) for number in range(count))
    return (*thefts, one(count, "KAM-01", Text("Rusuh, bentrok massa", "Riot")))


def test_a_decision_can_be_taken_back_before_it_is_sent(day: Day) -> None:
    """It says that it is not sent yet; `z` lets it go, and who leaves the page sends it."""
    rows = heap(2)
    theft = rows[0].report.id
    day.stage.snapshot = replace(day.stage.snapshot, triage=rows)
    page = go(day, "/triage")
    expect(open_line(page, rows[-1])).to_be_visible()
    page.locator(f"#report-{theft} .line").click()
    press_until(page, "c", page.locator(".toast"))
    expect(page.locator(".toast .way")).to_have_text("belum dikirim, ditahan 5 detik")
    expect(page.locator(".detail .standing")).to_contain_text("belum dikirim")
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_have_text("Diurungkan: tidak dikirim")
    expect(page.locator(".detail .standing")).to_have_count(0)
    assert [] == day.stage.commands
    page.keyboard.press("c")
    expect(page.locator(".toast .way")).to_be_visible()
    page.goto("about:blank")
    day.until(lambda: bool(day.stage.commands))
    assert [("confirm_report", theft)] == [
        (one["command"], one["report"]) for one in day.stage.commands
    ]


def test_logging_out_sends_what_is_held(day: Day) -> None:
    """While the session still counts."""
    rows = heap(1)
    day.stage.snapshot = replace(day.stage.snapshot, triage=rows)
    page = go(day, "/triage")
    expect(open_line(page, rows[-1])).to_be_visible()
    page.locator(f"#report-{rows[0].report.id} .line").click()
    press_until(page, "c", page.locator(".toast"))
    page.locator(".me summary").click()
    page.locator(".me button").click()
    expect(page.locator("input[name=user]")).to_be_visible()
    assert 1 == len(day.stage.commands)


def test_the_gravest_report_is_first_and_all_can_be_reached(day: Day) -> None:
    """A riot that has just come in stands before hours of others; words, choices, more of it."""
    rows = heap(240)
    riot, last_theft = rows[-1].report.id, rows[-2].report.id
    day.stage.snapshot = replace(day.stage.snapshot, triage=rows)
    text = SaidRow(id=last_theft, standing=Standing.KEPT, text="Amplop", role=None, attached=0)
    day.stage.said = {last_theft: msgspec.to_builtins(text)}
    page = go(day, "/triage")
    expect(page.locator(".line").first).to_contain_text("Rusuh")
    expect(open_line(page, rows[-1])).to_be_visible()
    lines = page.locator(".lines .line")
    expect(lines).to_have_count(100)
    page.locator(".drawmore").click()
    page.locator(".drawmore").click()
    expect(lines).to_have_count(241)
    page.get_by_label("Urutan").select_option("newest")
    expect(page.locator(".lines li").nth(1)).to_have_attribute("id", f"report-{last_theft}")
    page.get_by_label("Jenis").select_option("KAM-01")
    expect(lines).to_have_count(1)
    expect(page.locator(f"#report-{riot}")).to_be_visible()
    page.get_by_label("Jenis").select_option("")
    page.get_by_role("searchbox").fill("amplop")
    expect(lines).to_have_count(1)
    expect(page.locator(f"#report-{last_theft}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("main h1")).to_contain_text("Triase")
