"""`siaga notify` on a real Kafka: taking over, sharing, ending; mirrors, and bots that hear."""

import asyncio
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from streams.domain.events import CommandKind, OperatorCommand
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from streams.engine.topics import Topic
from tests.conformance.sinks.server import Asked, Behaviour, Line, Place, serve
from tests.conformance.sinks.speaking_http import http_talk
from tests.kafka.notifiers import (
    ELECTION,
    Hook,
    Notifiers,
    polsek_by,
    told_by,
    write_notices,
)
from tests.support.installation import Installation
from tests.support.kafka import Kafka
from tests.support.notifier import call
from tests.support.records import ordered_producer
from tests.support.shown import alert_id, shown
from tests.unit.sinks.bot import SENT, ok

pytestmark = pytest.mark.kafka

CHAT: Final = "-1009990001111"
NOTHING: Final = ok([])
_LONG_POLL_S: Final = 0.3
_MIRROR: Final = '[mirrors.posko]\ntype = "alertmanager"\nurls = ["{url}"]\nsource = "{source}"\n'
_BOT: Final = """\
answer_key_file = "{secret}"
[channels.webhook]
type = "stdout"
[channels.telegram]
type = "telegram"
token_file = "{secret}"
api = "{api}"
"""


class Bot:
    """What Telegram says: each press is handed out until it is done with."""

    def __init__(self) -> None:
        self.presses: list[str] = []

    def answer(self, asked: Asked) -> bytes:
        """Answer a method as Telegram does."""
        method = asked.line.split()[1].rpartition("/")[2]
        if method != "getUpdates":
            return SENT if method == "sendMessage" else ok({})
        done = json.loads(asked.body)["offset"]
        coming = [
            {
                "update_id": number,
                "callback_query": {
                    "id": f"q{number}",
                    "data": data,
                    "message": {"message_id": 77, "chat": {"id": int(CHAT)}},
                },
            }
            for number, data in enumerate(self.presses, 1)
            if number >= done
        ]
        return ok(coming)

    async def talk(self, behaviour: Behaviour, line: Line) -> None:
        """Speak as Telegram does: without news it waits a while before it says so."""
        await http_talk(self.answer)(behaviour, Patient(line.reader, line.writer, line.asked))


class Patient(Line, frozen=True):
    """A connection on which it takes time to say that there is nothing."""

    async def say(self, text: bytes) -> None:
        """Send it, if it is nothing after a while."""
        if text.endswith(NOTHING):
            await asyncio.sleep(_LONG_POLL_S)
        await Line.say(self, text)


def show(installation: Installation, *numbers: int) -> None:
    """Write alerts as the workers do."""
    producer = ordered_producer(installation.broker)
    for number in numbers:
        one = shown(alert_id(number))
        topic = installation.prefix + Topic.ALERTS
        producer.produce(topic, msgspec.json.encode(one), key=one.id)
    assert 0 == producer.flush(30)


def mirrored(place: Place) -> set[tuple[str, str]]:
    """Return which alerts an Alertmanager was told, and by which mirror."""
    posted = [one for one in place.asked if one.line.startswith("POST /api/v2/alerts")]
    told = [each["labels"] for one in posted for each in json.loads(one.body)]
    return {(labels["source"], labels["alert"]) for labels in told}


def buttons(place: Place) -> list[str]:
    """Return what stands behind the buttons of all messages that were sent."""
    sent = [json.loads(one.body) for one in place.asked if "/sendMessage" in one.line]
    keyboards = [one["reply_markup"]["inline_keyboard"] for one in sent if "reply_markup" in one]
    return [
        button["callback_data"]
        for keyboard in keyboards
        for row in keyboard
        for button in row
        if "callback_data" in button
    ]


def commands(notifiers: Notifiers) -> list[OperatorCommand]:
    """Return what was put on `operator.commands`."""
    found = notifiers.installation.read(Topic.OPERATOR_COMMANDS)
    return [
        msgspec.json.decode(one.value or b"", type=OperatorCommand)
        for log in found.values()
        for one in log
    ]


async def until(notifiers: Notifiers, holds: Callable[[], bool], otherwise: str) -> None:
    """Wait for something while servers of this loop go on."""
    await asyncio.to_thread(notifiers.until, holds, otherwise)


def told_of(place: Place, source: str, numbers: Iterable[int]) -> Callable[[], bool]:
    """Return whether an Alertmanager was told these alerts by a mirror."""
    wanted = {(source, str(alert_id(number))) for number in numbers}
    return lambda: wanted <= mirrored(place)


def notices(start: int, count: int) -> list[Outgoing]:
    """Return calls of the small election."""
    names = range(start, start + count)
    return [replace(call(f"{n}"), election=ELECTION, channel="webhook") for n in names]


def test_a_second_notifier_shares_the_work_and_takes_over(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """When the first one dies, and when it ends in order; nothing is sent twice then."""
    with Hook(0.02) as hook, told_by(hook, kafka, prefix, tmp_path) as notifiers:
        notifiers.start("n1")
        notifiers.until(lambda: "took over 8 partitions" in notifiers.log("n1"), "no takeover")
        notifiers.start("n2")
        notifiers.until(lambda: "took over 4 partitions" in notifiers.log("n2"), "no sharing")
        write_notices(notifiers.installation, notices(0, 100))
        notifiers.until(lambda: 100 == len(hook.ids), "not all is delivered")
        notifiers.until(notifiers.committed, "not all is committed")
        assert 0 == notifiers.end("n1")
        write_notices(notifiers.installation, notices(100, 100))
        notifiers.until(lambda: len(set(hook.ids)) == 200, "the second does not take over")
        notifiers.until(notifiers.committed, "not all is committed")
        assert 200 == len(hook.ids) == len(notifiers.receipts())
        assert 0 == notifiers.end("n2")


def test_what_a_receiver_refuses_for_now_comes_when_it_is_back(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Also if the notifier is a new one by then, and the address is in no log."""
    with Hook(0.0) as hook, told_by(hook, kafka, prefix, tmp_path) as notifiers:
        hook.is_down = True
        notifiers.start("n1")
        write_notices(notifiers.installation, notices(0, 5))
        notifiers.until(lambda: len(hook.ids) >= 5, "nothing is tried")
        notifiers.kill("n1")
        hook.is_down = False
        notifiers.start("n1")
        notifiers.until(lambda: 5 == len(notifiers.receipts()), "not all is delivered")
        assert 5 == len(set(hook.ids))
        assert hook.url not in notifiers.log("n1")


def test_a_press_is_heard_while_a_mirror_goes_on(kafka: Kafka, prefix: str, tmp_path: Path) -> None:
    """One process tells by a bot, hears its button, and keeps an Alertmanager equal."""
    bot = Bot()

    async def story(telegram: Place, alertmanager: Place) -> None:
        mirror = _MIRROR.format(url=alertmanager.url, source="m")
        channels = _BOT.replace("{api}", telegram.url) + mirror
        texts = polsek_by("telegram", CHAT, 'actor = "posko"')
        made = (kafka.bootstrap, prefix, tmp_path, texts, channels)
        with await asyncio.to_thread(Notifiers, *made) as notifiers:
            installation = notifiers.installation
            notifiers.start("n1")
            show(installation, 1)
            one = replace(notices(0, 1)[0], channel="telegram")
            write_notices(installation, [one])
            await until(notifiers, lambda: len(buttons(telegram)) > 0, "no button is sent")
            await until(notifiers, told_of(alertmanager, "m", [1]), "nothing is mirrored")
            bot.presses.append(buttons(telegram)[0])
            show(installation, 2)
            await until(notifiers, lambda: bool(commands(notifiers)), "no press is heard")
            await until(notifiers, told_of(alertmanager, "m", [2]), "the mirror stands")
            show(installation, 3)
            await until(notifiers, told_of(alertmanager, "m", [3]), "the mirror stands")
            assert [(CommandKind.ACK, one.alerts[0].alert, "posko", "telegram")] == [
                (each.command, each.alert, each.actor.id, each.channel)
                for each in commands(notifiers)
            ]
            assert any("/answerCallbackQuery" in each.line for each in telegram.asked)
            assert [ReceiptOutcome.DELIVERED] == [each.outcome for each in notifiers.receipts()]
            assert 0 == await asyncio.to_thread(notifiers.end, "n1")
            assert CHAT not in notifiers.log("n1")

    async def run() -> None:
        async with (
            serve(Behaviour.TAKES, bot.talk, tmp_path) as telegram,
            serve(Behaviour.TAKES, http_talk(lambda _: b"[]"), tmp_path) as alertmanager,
        ):
            await story(telegram, alertmanager)

    asyncio.run(run())


def test_mirrors_without_channels_mirror_and_take_no_notice_from_who_has_some(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """One of two keeps them, the other takes over from it; a third one tells people."""

    async def story(hook: Hook, alertmanager: Place) -> None:
        with await asyncio.to_thread(told_by, hook, kafka, prefix, tmp_path) as notifiers:
            installation = notifiers.installation
            for name in ("m1", "m2"):
                text = _MIRROR.format(url=alertmanager.url, source=name)
                (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
            write_notices(installation, notices(0, 20))
            show(installation, 1)
            notifiers.start("m1", notify_file=str(tmp_path / "m1.toml"))
            await until(notifiers, told_of(alertmanager, "m1", [1]), "nothing is mirrored")
            notifiers.start("m2", notify_file=str(tmp_path / "m2.toml"))
            notifiers.start("n1")
            kept = "mirrors are kept by another process"
            await until(notifiers, lambda: kept in notifiers.log("m2"), "it shares no mirrors")
            await until(notifiers, lambda: len(notifiers.receipts()) == 20, "somebody is not told")
            show(installation, 2)
            await until(notifiers, told_of(alertmanager, "m1", [2]), "the mirror stands")
            await until(notifiers, notifiers.committed, "not all is committed")
            assert {one.outcome for one in notifiers.receipts()} == {ReceiptOutcome.DELIVERED}
            assert {"m1"} == {source for source, _ in mirrored(alertmanager)}
            notifiers.kill("m1")
            show(installation, 3)
            await until(notifiers, told_of(alertmanager, "m2", [1, 2, 3]), "nobody takes over")
            said = notifiers.log("m1")
            assert 1 == said.count("there is no channel, so this notifier tells nobody")
            assert "must tell the contacts (5 by webhook)" in said
            for name in ("m2", "n1"):
                assert 0 == await asyncio.to_thread(notifiers.end, name)

    async def run() -> None:
        with Hook(0.0) as hook:
            async with serve(Behaviour.TAKES, http_talk(lambda _: b"[]"), tmp_path) as alertmanager:
                await story(hook, alertmanager)

    asyncio.run(run())
