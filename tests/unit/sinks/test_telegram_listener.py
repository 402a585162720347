"""Buttons that are pressed become commands: all of them, once each, from known chats alone."""

import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import pytest
from msgspec.structs import replace

from streams.answers.asked import Verb
from streams.answers.callbacks import button_data
from streams.domain.events import CommandKind, OperatorCommand
from streams.errors import UnavailableError
from streams.sinks.asking import asked_of
from streams.sinks.sink import Refused, TryAgain
from streams.sinks.telegram_api import Telegram
from streams.sinks.telegram_listener import TelegramListener, pause_s
from streams.sinks.telegram_updates import REFUSED_TEXT, TAKEN_TEXT, chats_of, read_updates
from streams.territory.plan import Contact, Plan, Way
from tests.conformance.sinks.samples import ALERT, alert, notice
from tests.support.notices import contact
from tests.support.world import plan
from tests.unit.sinks.bot import Request, fault, ok, played

KEYS: Final = (b"k" * 32,)
CHAT: Final = "-1001110000222"
TOLD: Final = notice(alert())
AREA: Final = "36.04"
Found = TypeVar("Found")


def polsek(*, actor: str = "polsek-1", **said: str) -> Contact:
    """Return the contact whose chat it is."""
    return replace(
        contact("OPS/polsek", area=AREA), channel="telegram", target=CHAT, actor=actor, **said
    )


def folder_with(*contacts: Contact) -> Plan:
    """Return a folder with these contacts."""
    return replace(plan(), contacts=contacts)


def data(verb: Verb = Verb.ACK) -> str:
    """Return what stands behind a button of the message."""
    return button_data(verb, asked_of(TOLD, TOLD.alerts[0]), KEYS)


def press(number: int, behind: str, chat: str = CHAT) -> object:
    """Return an update: somebody has pressed a button."""
    return {
        "update_id": number,
        "callback_query": {
            "id": f"q{number}",
            "from": {"id": 1, "first_name": "Budi"},
            "data": behind,
            "message": {"message_id": 77, "chat": {"id": int(chat)}, "text": "x" * 4_000},
        },
    }


def heard(
    tmp_path: Path,
    *answers: bytes,
    turns: int = 1,
    contacts: tuple[Contact, ...] = (polsek(),),
    submit: Callable[[OperatorCommand], Awaitable[None]] | None = None,
) -> tuple[list[OperatorCommand], list[Request], list[TryAgain | Refused | None]]:
    """Listen for some turns; return the commands, what was asked of Telegram, and how it went."""
    commands: list[OperatorCommand] = []

    async def keep(command: OperatorCommand) -> None:
        commands.append(command)

    async def play(telegram: Telegram) -> list[TryAgain | Refused | None]:
        chats = chats_of("telegram", [folder_with(*contacts)])
        listener = TelegramListener(telegram, chats, KEYS, submit or keep)
        return [await listener.turn() for _ in range(turns)]

    outcomes, asked = played(tmp_path, {"getUpdates": list(answers)}, play)
    return commands, asked, outcomes


def said(asked: list[Request]) -> list[object]:
    """Return what those read who pressed."""
    return [one.body["text"] for one in asked if one.method == "answerCallbackQuery"]


def test_a_button_becomes_a_command(tmp_path: Path) -> None:
    """Of the contact's actor, by telegram; then who pressed reads that it was received."""
    [command], asked, outcomes = heard(tmp_path, ok([press(5, data())]))
    assert (CommandKind.ACK, ALERT, "polsek-1", "telegram") == (
        command.command,
        command.alert,
        command.actor.id,
        command.channel,
    )
    assert [TAKEN_TEXT.id] == said(asked)
    assert [None] == outcomes


def test_a_press_that_comes_twice_is_one_command(tmp_path: Path) -> None:
    """Telegram gives it again after a crash, and people tap twice: the id is the same."""
    commands, _, _ = heard(tmp_path, ok([press(5, data()), press(6, data())]))
    assert (2, 1) == (len(commands), len({command.id for command in commands}))


def test_the_next_are_asked_for_when_these_are_done_with(tmp_path: Path) -> None:
    """By the number after the last, which tells Telegram that they are done with."""
    _, asked, _ = heard(tmp_path, ok([press(5, data()), press(9, data())]), ok([]), turns=2)
    assert [0, 10] == [one.body["offset"] for one in asked if one.method == "getUpdates"]


def test_a_press_is_not_done_with_before_it_is_on_kafka(tmp_path: Path) -> None:
    """It is asked for again, and those after it; nobody reads that it was received."""
    tries: list[str] = []

    async def submit(command: OperatorCommand) -> None:
        tries.append(command.command)
        if len(tries) == 2:
            raise UnavailableError("no broker")

    two = ok([press(5, data()), press(6, data(Verb.ESCALATE))])
    rest = ok([press(6, data(Verb.ESCALATE))])
    _, asked, outcomes = heard(tmp_path, two, rest, turns=2, submit=submit)
    assert ["ack", "escalate", "escalate"] == tries
    assert [TryAgain("broker"), None] == outcomes
    assert [0, 6] == [one.body["offset"] for one in asked if one.method == "getUpdates"]
    assert [TAKEN_TEXT.id, TAKEN_TEXT.id] == said(asked)


@pytest.mark.parametrize(
    ("update", "contacts"),
    [
        (press(5, "made up"), (polsek(),)),
        (press(5, data()[:-4] + "AAAA"), (polsek(),)),
        (press(5, ""), (polsek(),)),
        (press(5, data(), chat="-42"), (polsek(),)),
        (press(5, data()), (polsek(actor=""),)),
        (press(5, data()), (replace(polsek(), channel="sms"),)),
        (press(5, data()), (replace(polsek(), level="polres"),)),
        ({"update_id": 5, "callback_query": {"id": "q", "data": data()}}, (polsek(),)),
    ],
)
def test_who_may_not_answer_is_told_so(
    update: object, contacts: tuple[Contact, ...], tmp_path: Path
) -> None:
    """A forged button, another chat, a contact that is only told, another post."""
    commands, asked, outcomes = heard(tmp_path, ok([update]), contacts=contacts)
    assert ([], [REFUSED_TEXT.id], [None]) == (commands, said(asked), outcomes)


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 5},
        {"update_id": 5, "message": {"text": "halo"}},
        {"update_id": 5, "callback_query": 7},
    ],
)
def test_what_cannot_be_read_is_passed_over(update: object, tmp_path: Path) -> None:
    """Else it would be given to us for ever, and nothing after it."""
    commands, asked, _ = heard(tmp_path, ok([update, press(6, data())]), ok([]), turns=2)
    assert 1 == len(commands)
    assert [0, 7] == [one.body["offset"] for one in asked if one.method == "getUpdates"]


def test_a_backlog_of_long_messages_is_read(tmp_path: Path) -> None:
    """After an hour without a network there are many; none is cut off."""
    commands, _, outcomes = heard(tmp_path, ok([press(n, data()) for n in range(50)]))
    assert (50, [None]) == (len(commands), outcomes)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (fault(409, "Conflict: terminated by other getUpdates request"), Refused("http 409")),
        (fault(429, "Too Many Requests", retry_after=9), TryAgain("http 429", 9.0)),
        (b"<html>", TryAgain("answer")),
        (ok({"not": "a list"}), TryAgain("answer")),
        (b'{"ok": true, "result": ["\xff"]}', TryAgain("answer")),
        (b'{"ok": true, "result": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", TryAgain("answer")),
        (fault(401, "Unauthorized"), TryAgain("http 401")),
    ],
)
def test_what_fails_is_tried_again_later(
    answer: bytes, expected: TryAgain | Refused, tmp_path: Path
) -> None:
    """Also a refusal: another process listens, and may be gone soon."""
    commands, _, outcomes = heard(tmp_path, answer)
    assert ([], [expected]) == (commands, outcomes)


@pytest.mark.parametrize(
    ("outcome", "failures", "expected"),
    [
        (TryAgain("timeout"), 1, 1.0),
        (TryAgain("timeout"), 4, 8.0),
        (Refused("http 409"), 9, 30.0),
        (TryAgain("http 429", 90.0), 1, 90.0),
        (TryAgain("http 429", 1.0), 5, 16.0),
        (TryAgain("timeout"), 10_000, 30.0),
    ],
)
def test_pauses_grow_and_end(outcome: TryAgain | Refused, failures: int, expected: float) -> None:
    """Doubled to half a minute, and never shorter than Telegram asks for."""
    assert expected == pause_s(outcome, failures)


def test_it_listens_until_it_is_cancelled(tmp_path: Path) -> None:
    """Through failures, after a pause each."""
    pauses: list[float] = []

    class Enough(Exception):  # noqa: N818 - It is no error: the test has seen enough.
        pass

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise Enough

    async def play(telegram: Telegram) -> Mapping[str, object]:
        async def submit(command: OperatorCommand) -> None:
            raise AssertionError(command)

        with pytest.raises(Enough):
            await TelegramListener(telegram, {}, KEYS, submit, pause).run()
        return {}

    busy, none = fault(500, "Internal Server Error"), ok([])
    played(tmp_path, {"getUpdates": [busy, busy, none, busy]}, play)
    assert [1.0, 2.0, 1.0] == pauses


def test_all_ways_of_all_contacts_are_known_chats() -> None:
    """A chat may be the address of several, also as the way that is tried second."""
    second = replace(
        polsek(), level="polres", channel="sms", fallback=(Way("telegram", f"{CHAT}/45"),)
    )
    chats = chats_of("telegram", [folder_with(polsek(), second)])
    assert [CHAT] == list(chats)
    assert ["OPS/polsek@36.04/1", "OPS/polres@36.04/1"] == list(chats[CHAT].answerers)


def test_a_group_that_moved_today_can_answer(tmp_path: Path) -> None:
    """By the new id, which its channel has learnt; contacts still have the old one."""
    commands: list[OperatorCommand] = []

    async def keep(command: OperatorCommand) -> None:
        commands.append(command)

    async def play(telegram: Telegram) -> TryAgain | Refused | None:
        telegram.moved[CHAT] = "-100777"
        chats = chats_of("telegram", [folder_with(polsek())])
        return await TelegramListener(telegram, chats, KEYS, keep).turn()

    played(tmp_path, {"getUpdates": [ok([press(5, data(), chat="-100777")])]}, play)
    assert [ALERT] == [command.alert for command in commands]


def test_a_press_shows_nothing_of_who_pressed() -> None:
    """Nor where: its number is enough for a log."""
    [one] = read_updates(msgspec.Raw(json.dumps([press(5, data())]).encode()))
    assert "Press(5)" == repr(one)
