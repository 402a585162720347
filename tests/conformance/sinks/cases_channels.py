"""The channels of people: webhooks, gateways, Telegram, mail."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from streams.sinks.channel_settings import HttpSettings, SmtpTls
from streams.sinks.http import Http, trust
from streams.sinks.http_sink import HttpSender
from streams.sinks.secret import Secret
from streams.sinks.sender import Sender, ToReceivers
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain
from streams.sinks.smtp import MailServer, SmtpSender
from streams.sinks.telegram import TelegramSender
from streams.sinks.telegram_api import Telegram
from streams.sinks.webhook import WebhookSender
from tests.conformance.sinks.case import HTTP_OUTCOMES, TIMEOUT_S, Case
from tests.conformance.sinks.samples import delivery
from tests.conformance.sinks.server import Asked, Behaviour, Place
from tests.conformance.sinks.speaking_http import http_talk
from tests.conformance.sinks.speaking_smtp import smtp_talk

__all__ = ["CASES"]

PHONE: Final = "+628120001111"
TOKEN: Final = "it opens everything"
MAILBOX: Final = "piket.carenang@polri.example.invalid"
CHAT: Final = "-1009990001111"
SENT: Final = json.dumps({"ok": True, "result": {"message_id": 77}}).encode()
BOT: Final = Telegram(Http(TIMEOUT_S), "https://api.example.invalid", Secret(TOKEN))
SENT_TO: Final = Delivered(f"77.{BOT.digest(CHAT)}")

MAIL_OUTCOMES: Final[Mapping[Behaviour, Outcome]] = {
    **dict.fromkeys(
        (Behaviour.TAKES, Behaviour.SLOW, Behaviour.OVER_TLS),
        Delivered("<3604-QRSTUVWXYZ234567-sms-0@siaga.example.invalid>"),
    ),
    Behaviour.BUSY: TryAgain("smtp 451"),
    Behaviour.BROKEN: TryAgain("smtp 421"),
    Behaviour.REFUSES: Refused("smtp 550"),
    **dict.fromkeys(
        (
            Behaviour.HUGE,
            Behaviour.CUT_BEFORE,
            Behaviour.CUT_WITHIN,
            Behaviour.GARBAGE,
            Behaviour.CLOSED,
        ),
        TryAgain("connection"),
    ),
    Behaviour.STRANGE_TLS: TryAgain("tls"),
    Behaviour.NEVER: TryAgain("timeout"),
}


def telling(
    make: Callable[[Place], Sender], target: Callable[[Place], str]
) -> Callable[[Place], Awaitable[Outcome]]:
    """Return how such a sink is made, tells one message, and is let go of."""

    async def tell(place: Place) -> Outcome:
        sink = ToReceivers(make(place))
        try:
            return await sink.deliver(delivery(target(place)))
        finally:
            await sink.close()

    return tell


def http(place: Place) -> Http:
    """Return connections that trust the authority of a server, if it has one of its own."""
    return Http(TIMEOUT_S, trust("ca_file", place.ca_file))


def webhook(place: Place) -> Sender:
    """Return a sink of Standard Webhooks."""
    return WebhookSender(http(place), [TOKEN.encode()])


def gateway(place: Place) -> Sender:
    """Return a sink for a gateway of SMS."""
    settings = HttpSettings(
        url=f"{place.url}/send?id=${{key}}",
        headers={"Authorization": "Bearer ${secret}"},
        body={"to": "${digits}", "text": "${text}"},
    )
    return HttpSender("channels.sms", settings, http(place), Secret(TOKEN))


def telegram(place: Place) -> Sender:
    """Return a sink for a bot."""
    return TelegramSender(Telegram(http(place), place.url, Secret(TOKEN)), ())


def mail(place: Place) -> Sender:
    """Return a sink for a mail server."""
    server = MailServer(
        host="127.0.0.1",
        port=place.port,
        tls=SmtpTls.TLS if place.is_tls else SmtpTls.NONE,
        trusted=trust("ca_file", place.ca_file),
        sender="posko@siaga.example.invalid",
        username="posko",
        password=Secret(TOKEN),
    )
    return SmtpSender(server, TIMEOUT_S)


def header(name: str) -> Callable[[Asked], str]:
    """Return what reads a header."""
    return lambda asked: asked.headers[name]


CASES: Final = (
    Case(
        name="webhook",
        talk=http_talk(lambda _: b""),
        tell=telling(webhook, lambda place: f"{place.url}/{PHONE}"),
        outcomes=HTTP_OUTCOMES,
        key_in=header("webhook-id"),
        secrets=(PHONE, TOKEN),
    ),
    Case(
        name="gateway",
        talk=http_talk(lambda _: b'{"status": "queued"}', 201),
        tell=telling(gateway, lambda _: PHONE),
        outcomes=HTTP_OUTCOMES,
        key_in=lambda asked: asked.line.partition("id=")[2].partition(" ")[0],
        secrets=(PHONE, PHONE.removeprefix("+"), TOKEN),
    ),
    Case(
        name="telegram",
        talk=http_talk(lambda _: SENT),
        tell=telling(telegram, lambda _: CHAT),
        outcomes={
            **HTTP_OUTCOMES,
            **dict.fromkeys((Behaviour.TAKES, Behaviour.SLOW, Behaviour.OVER_TLS), SENT_TO),
            # What took it is not Telegram if what it says is not an answer of Telegram.
            Behaviour.HUGE: TryAgain("answer"),
            # The chat has blocked the bot, says Telegram.
            Behaviour.GUARDED: Refused("http 403"),
        },
        key_in=lambda _: "",
        secrets=(CHAT, TOKEN),
    ),
    Case(
        name="mail",
        talk=smtp_talk,
        tell=telling(mail, lambda _: MAILBOX),
        outcomes=MAIL_OUTCOMES,
        key_in=header("message-id"),
        secrets=(MAILBOX, TOKEN),
    ),
)
