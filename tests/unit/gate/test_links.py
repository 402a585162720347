"""The page behind a link: it shows, and only a button answers."""

import asyncio
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState, Text
from streams.gate.links import Links
from streams.territory.plan import Plan
from streams.web.message import Answer, Incoming
from streams.wire.board import Board
from streams.wire.documents import AlertDocument
from tests.support.shown import board_of
from tests.unit.gate.answers import ALERT, board, plan, token
from tests.unit.gate.house import SETTINGS, Memory, house_of


class Page(HTMLParser):
    """What a person sees of a page, and what he can press."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.words = ""
        self.buttons = list[str]()
        self.feed(answer.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a button."""
        assert tag not in {"script", "img", "link", "iframe"}
        if tag == "button":
            self.buttons.append(dict(attrs)["value"] or "")

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += data


def links(writer: Memory, seen: Board | None = None, folder: Plan | None = None) -> Links:
    """Return the door of links."""
    house = house_of(SETTINGS, writer, seen or board(), [folder or plan()])
    return Links(house.answering, house.hall.times)


def show(of: str = "", seen: Board | None = None, folder: Plan | None = None) -> Answer:
    """Open a link."""
    writer = Memory()
    request = Incoming(path={"token": of or token()})
    answer = asyncio.run(links(writer, seen, folder).show(request))
    assert [] == writer.records
    return answer


def press(
    verb: str,
    writer: Memory,
    of: str = "",
    folder: Plan | None = None,
    seen: Board | None = None,
) -> Answer:
    """Press a button."""
    request = Incoming(body=f"verb={verb}".encode(), path={"token": of or token()})
    return asyncio.run(links(writer, seen, folder).answer(request))


def test_opening_a_link_shows_what_it_is_about_and_writes_nothing() -> None:
    """Names and not codes, why, since when, how it stands; two buttons."""
    page = Page(show())
    assert ["ack", "escalate"] == page.buttons
    for words in ("TPS belum buka", "Carenang", "Tidak ada kabar.", "2024-11-27", "menunggu"):
        assert words in page.words
    for hidden in ("36.04.17", "T03", ALERT.id, "LATIHAN"):
        assert hidden not in page.words


def test_a_page_needs_nothing_from_elsewhere_and_lets_nobody_in() -> None:
    """No script, no frame, one style that is known by its hash."""
    answer = show()
    policy = dict(answer.headers)["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in policy
    assert ("text/html; charset=utf-8", 200) == (answer.media_type, answer.status)
    assert len(answer.body) < 4_000


def test_words_of_an_alert_are_words() -> None:
    """Whatever stands in a title, a browser runs nothing of it."""
    evil = replace(ALERT, title=Text("<script>alert(1)</script>", '"><img src=x>'))
    assert "<script>alert(1)</script>" in Page(show(seen=board_of(evil))).words


STATES: dict[str, tuple[AlertDocument, str, list[str]]] = {
    "taken on": (
        replace(ALERT, state=AlertState.ACKNOWLEDGED, taken_by=Text("pasangan P03", "pair P03")),
        "pasangan P03",
        ["escalate"],
    ),
    "over": (replace(ALERT, state=AlertState.RESOLVED), "sudah selesai", []),
    "restricted": (
        replace(ALERT, restricted_to=("propam",)),
        "Ada kejadian yang perlu dicek.",
        ["ack", "escalate"],
    ),
    "restricted and taken on": (
        replace(ALERT, restricted_to=("propam",), state=AlertState.ACKNOWLEDGED),
        "hanya untuk petugas yang ditunjuk",
        ["escalate"],
    ),
    "restricted and over": (
        replace(ALERT, restricted_to=("propam",), state=AlertState.RESOLVED),
        "Sudah selesai atau tidak dikenal.",
        [],
    ),
    "put aside": (replace(ALERT, state=AlertState.SHELVED), "ditunda", []),
    "part of another": (replace(ALERT, state=AlertState.INHIBITED), "bagian dari", []),
    "over by itself": (replace(ALERT, state=AlertState.RETURNED), "sudah pulih", []),
}


@pytest.mark.parametrize(("alert", "words", "buttons"), STATES.values(), ids=STATES)
def test_the_page_says_how_it_stands(alert: AlertDocument, words: str, buttons: list[str]) -> None:
    """Who has it; what is over has no buttons; of a restricted alert nothing is shown."""
    page = Page(show(seen=board_of(alert)))
    assert words in page.words
    assert buttons == page.buttons
    assert alert.restricted_to == () or "TPS belum buka" not in page.words


def test_a_drill_says_so_and_an_unknown_alert_has_no_buttons() -> None:
    """A gate knows what is open before it opens: what it does not know has been over for long."""
    assert "LATIHAN" in Page(show(token(drill="gladi"))).words
    page = Page(show(seen=Board()))
    assert ("Sudah selesai atau tidak dikenal" in page.words, []) == (True, page.buttons)
    assert "perlu dicek" not in page.words


def test_a_pressed_button_promises_nothing() -> None:
    """The fold decides, and somebody may have been first."""
    for verb in ("ack", "escalate"):
        words = Page(press(verb, Memory())).words
        assert "Jawaban terkirim; buka lagi halaman ini untuk melihat hasilnya." in words
        assert "Tercatat" not in words


def test_what_was_let_go_can_be_taken_on_again_by_the_same_link() -> None:
    """The second answer is another command; else intake would take it for a repeat."""
    writer = Memory()
    press("ack", writer)
    press("ack", writer, seen=board_of(replace(ALERT, revision=7)))
    first, second = writer.commands
    assert first.id != second.id


@pytest.mark.parametrize("verb", ["ack", "escalate"])
def test_a_button_is_one_command_however_often_it_is_pressed(verb: str) -> None:
    """Its id is made of how the alert stood, so two taps are one answer."""
    writer = Memory()
    answers = [press(verb, writer) for _ in range(2)]
    assert [202, 202] == [one.status for one in answers]
    record, again = writer.records
    assert record == again
    made = writer.commands[0]
    assert (verb, ALERT.id, "posko", "link") == (
        made.command,
        made.alert,
        made.actor.id,
        made.channel,
    )


def test_who_may_only_be_told_has_no_buttons_and_cannot_press_them() -> None:
    """Neither a contact without an actor, nor one whom no folder names."""
    nobody = replace(plan(), contacts=())
    for folder in (plan(actor=""), nobody):
        assert [] == Page(show(folder=folder)).buttons
        writer = Memory()
        assert 403 == press("ack", writer, folder=folder).status
        assert [] == writer.records


BAD_TOKENS = {
    "cut off": (token()[:-4], 404),
    "of another key": (token(key=b"another key of thirty-two letters"), 404),
    "nonsense": ("a" * 3_000, 404),
    "over": (token(hours=-1), 410),
}


@pytest.mark.parametrize(("of", "status"), BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_link_that_is_not_good_shows_and_does_nothing(of: str, status: int) -> None:
    """It says what to do, and nothing of any alert."""
    writer = Memory()
    shown, pressed = show(of), press("ack", writer, of)
    assert (status, status, []) == (shown.status, pressed.status, writer.records)
    assert "TPS" not in Page(shown).words


def test_another_verb_and_another_body_do_nothing() -> None:
    """There are two buttons, and no other way."""
    writer = Memory()
    for verb in ("resolve", "", "ack%00", "\xff"):
        assert 400 == press(verb, writer).status
    assert [] == writer.records


def test_without_kafka_the_page_asks_for_another_try() -> None:
    """Nobody believes that he has taken it on."""
    writer = Memory()
    writer.is_away = True
    answer = press("ack", writer)
    assert (503, "unavailable") == (answer.status, answer.reason)
    assert "Kirim lagi" in Page(answer).words
