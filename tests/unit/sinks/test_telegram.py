"""Telegram: new messages, edits, replies, parts, and groups that move."""

import logging
from pathlib import Path

import pytest

from streams.domain.notice import NoticeKind
from streams.sinks.http import Http
from streams.sinks.secret import Secret
from streams.sinks.sender import Message
from streams.sinks.sink import Answer, Delivered, Outcome, Refused, TryAgain
from streams.sinks.telegram import TEXT_LENGTH_MAX, TelegramSender
from streams.sinks.telegram_api import Telegram
from tests.conformance.sinks.samples import ALERT, alert, delivery, exercise, notice
from tests.unit.sinks.bot import SENT, TOKEN, Request, fault, ok, played

CHAT = "-1001110000222"
KEYS = (b"k" * 32,)
BOT = Telegram(Http(1), "https://api.example.invalid", Secret(TOKEN))
ANSWER = Answer(ALERT, "482193", "https://siaga.example.invalid/a/x")
INFORM = notice(alert(kind=NoticeKind.INFORM))
LONG = notice(alert(summary="Tidak ada kabar dari petugas. " * 400))


def of(number: int, place: str = CHAT) -> str:
    """Return the reference of a message in a chat, or in a topic of one."""
    return f"{number}.{BOT.digest(place)}"


def sent(
    folder: Path, *messages: Message, **script: list[bytes]
) -> tuple[list[Outcome], list[Request]]:
    """Send messages one after the other by one sink."""

    async def play(telegram: Telegram) -> list[Outcome]:
        sender = TelegramSender(telegram, KEYS)
        return [await sender.send(one) for one in messages]

    return played(folder, script, play)


def test_a_call_is_a_message_with_buttons(tmp_path: Path) -> None:
    """Its reference is its number in the chat, and shows nobody whose chat it is."""
    [outcome], [request] = sent(tmp_path, delivery(CHAT, answers=[ANSWER]))
    assert Delivered(of(77)) == outcome
    assert CHAT not in of(77)
    assert ("sendMessage", CHAT) == (request.method, request.body["chat_id"])
    assert "inline_keyboard" in str(request.body["reply_markup"])
    assert {"is_disabled": True} == request.body["link_preview_options"]


def test_a_text_shows_no_codes_that_nobody_reads(tmp_path: Path) -> None:
    """Answers come by button or link; a reply in the chat does not reach us."""
    _, [request] = sent(tmp_path, delivery(CHAT, answers=[ANSWER]))
    assert "482193" not in str(request.body["text"])
    assert ANSWER.link in str(request.body["text"])


def test_a_topic_of_a_group_can_be_a_target(tmp_path: Path) -> None:
    """As `CHAT/TOPIC`."""
    _, [request] = sent(tmp_path, delivery(f"{CHAT}/45"))
    assert (CHAT, 45) == (request.body["chat_id"], request.body["message_thread_id"])


def test_what_few_may_see_cannot_be_passed_on(tmp_path: Path) -> None:
    """By a tap; and what is not restricted can."""
    restricted = notice(alert(), restricted_to=("propam",))
    one = delivery(CHAT, notice(alert()), restricted)
    _, [first, second] = sent(tmp_path, one, delivery(CHAT, key="other"))
    assert (True, None) == (
        first.body["protect_content"],
        second.body.get("protect_content"),
    )


def test_news_of_what_was_told_edits_it(tmp_path: Path) -> None:
    """Without buttons, if there is nothing to answer any more."""
    [outcome], [request] = sent(tmp_path, delivery(CHAT, INFORM, replaces=of(77)))
    assert Delivered(of(77)) == outcome
    assert ("editMessageText", 77) == (request.method, request.body["message_id"])
    assert "reply_markup" not in request.body


def test_a_call_rings_and_belongs_to_what_was_told(tmp_path: Path) -> None:
    """An edit rings nowhere, so a call is a new message, as a reply to the earlier one."""
    [outcome], [request] = sent(tmp_path, delivery(CHAT, replaces=of(41), answers=[ANSWER]))
    assert (Delivered(of(77)), "sendMessage") == (outcome, request.method)
    assert {"message_id": 41, "allow_sending_without_reply": True} == request.body[
        "reply_parameters"
    ]


@pytest.mark.parametrize(
    ("answer", "expected", "methods"),
    [
        (
            fault(400, "Bad Request: message is not modified: specified new message content"),
            Delivered(of(41)),
            ["editMessageText"],
        ),
        (
            fault(400, "Bad Request: message to edit not found"),
            Delivered(of(77)),
            ["editMessageText", "sendMessage"],
        ),
        (
            fault(400, "Bad Request: message can't be edited"),
            Delivered(of(77)),
            ["editMessageText", "sendMessage"],
        ),
        (fault(400, "Bad Request: chat not found"), Refused("http 400"), ["editMessageText"]),
        (
            fault(429, "Too Many Requests: retry after 35", retry_after=35),
            TryAgain("http 429", 35.0),
            ["editMessageText"],
        ),
    ],
)
def test_an_edit_that_cannot_be_is_a_new_message(
    answer: bytes, expected: Outcome, methods: list[str], tmp_path: Path
) -> None:
    """What is there already is delivered; what somebody has deleted is told anew."""
    one = delivery(CHAT, INFORM, replaces=of(41))
    [outcome], requests = sent(tmp_path, one, editMessageText=[answer])
    assert (expected, methods) == (outcome, [request.method for request in requests])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (fault(403, "Forbidden: bot was blocked by the user"), Refused("http 403")),
        (fault(401, "Unauthorized"), TryAgain("http 401")),
        (fault(500, "Internal Server Error"), TryAgain("http 500")),
        (fault(429, "Too Many Requests", retry_after=3), TryAgain("http 429", 3.0)),
        (ok({"no": "number"}), TryAgain("answer")),
        (b"<html>Halaman diblokir</html>", TryAgain("answer")),
        (b'{"ok": true, "result": "\xff"}', TryAgain("answer")),
        (b'{"ok": true, "no": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", TryAgain("answer")),
    ],
)
def test_an_error_says_whether_to_try_again(
    answer: bytes, expected: Outcome, tmp_path: Path
) -> None:
    """A page that blocks is not Telegram, so nothing was delivered."""
    [outcome], _ = sent(tmp_path, delivery(CHAT), sendMessage=[answer])
    assert expected == outcome


def test_a_long_text_comes_in_parts_with_the_buttons_last(tmp_path: Path) -> None:
    """None is longer than Telegram takes."""
    one = delivery(CHAT, LONG, answers=[ANSWER])
    [outcome], requests = sent(tmp_path, one)
    texts = [str(request.body["text"]) for request in requests]
    assert Delivered(of(77)) == outcome
    assert (4, 4) == (len(texts), int(texts[0][3]))
    assert max(map(len, texts)) <= TEXT_LENGTH_MAX
    assert [3] == [n for n, request in enumerate(requests) if "reply_markup" in request.body]


def test_a_repeat_begins_with_the_part_that_failed(tmp_path: Path) -> None:
    """Nobody reads the first parts twice."""
    busy = fault(429, "Too Many Requests", retry_after=1)
    one = delivery(CHAT, LONG)
    outcomes, requests = sent(tmp_path, one, one, sendMessage=[SENT, SENT, busy, SENT])
    assert [TryAgain("http 429", 1.0), Delivered(of(77))] == outcomes
    assert ["(1", "(2", "(3", "(3", "(4"] == [
        str(request.body["text"]).split("/")[0] for request in requests
    ]


def test_a_group_that_moves_is_followed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """For this message and all that follow; the log asks for the folder, and names no chat."""
    caplog.set_level(logging.DEBUG)
    moved = fault(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777)
    outcomes, requests = sent(
        tmp_path, delivery("-555"), delivery("-555", key="next"), sendMessage=[moved, SENT]
    )
    assert [Delivered(of(77, "-100777"))] * 2 == outcomes
    assert ["-555", "-100777", "-100777"] == [request.body["chat_id"] for request in requests]
    assert "contacts.toml" in caplog.text
    assert "-100777" not in caplog.text


@pytest.mark.parametrize(
    ("target", "replaces"),
    [
        ("-100888", of(41)),
        (f"{CHAT}/45", of(41)),
        (CHAT, of(41, f"{CHAT}/45")),
        (CHAT, "41"),
        (CHAT, "41."),
        (CHAT, of(41).replace("41", "x")),
    ],
    ids=["another chat", "a topic", "of a topic", "no digest", "an empty one", "no number"],
)
def test_a_message_of_elsewhere_is_neither_edited_nor_replied_to(
    target: str, replaces: str, tmp_path: Path
) -> None:
    """As in the chat of a fallback: the same number is somebody else's message there."""
    [outcome], [request] = sent(tmp_path, delivery(target, INFORM, replaces=replaces))
    assert (Delivered(of(77, target)), "sendMessage") == (outcome, request.method)
    assert "reply_parameters" not in request.body


def test_a_group_that_has_moved_keeps_its_old_messages(tmp_path: Path) -> None:
    """Their numbers mean others in the new one; what was sent there can be edited."""
    moved = fault(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100777)
    old, new = of(41, "-555"), of(77, "-100777")
    call, after = delivery("-555", replaces=old), delivery("-555", INFORM, replaces=old)
    edit = delivery("-555", INFORM, replaces=new)
    _, requests = sent(tmp_path, call, after, edit, sendMessage=[moved, SENT])
    assert ["sendMessage"] * 3 + ["editMessageText"] == [one.method for one in requests]
    assert [True, False, False] == ["reply_parameters" in one.body for one in requests[:3]]


def test_an_exercise_says_so(tmp_path: Path) -> None:
    """With its first word and its last."""
    _, [request] = sent(tmp_path, exercise(CHAT))
    lines = str(request.body["text"]).splitlines()
    assert ("LATIHAN" in lines[0], "LATIHAN" in lines[-1]) == (True, True)
