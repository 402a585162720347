"""The door of a gateway: `POST /v1/gateways/{name}`, and the handshake of WhatsApp on `GET`.

Providers prove who they are each in their own way, and repeat what they got no 200 for. So the
answer is 200 as soon as Kafka has everything, and the same for a repeat; what is no message (word
of a delivery) is 200 as well, and nothing is written.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from string import Template
from typing import Final

from streams.answers.asked import Verb
from streams.answers.codes import Reply, codes_in, parse_reply
from streams.domain.alert import Text
from streams.domain.times import SECOND_MS, EpochMs
from streams.engine.topics import Topic
from streams.gate.answering import Answering, Given
from streams.gate.events import Hall
from streams.gate.finding import body_of
from streams.gate.gateways import Message, messages_of, report_of
from streams.gate.guesses import Guesses
from streams.gate.people import Person
from streams.gate.proofs import handshake_of, holds, is_same, proofs_of
from streams.gate.seen import Before, Seen
from streams.gate.settings import GatewaySettings
from streams.texts.tracking import RECEIVED
from streams.web.buckets import Load, Pace
from streams.web.message import JSON, Answer, Incoming, refused
from streams.web.refusal import Reason, Refusal
from streams.web.writer import Record

__all__ = ["ANSWERED", "NO_SUCH_CODE", "ONLY_TOLD", "TOO_MANY", "Provider", "only_code"]

ANSWERED: Final = Text("Jawaban Anda sudah masuk.", "Your answer has come in.")
NO_SUCH_CODE: Final = Text(
    "Kode itu tidak kami kenal atau siaganya sudah selesai. Periksa lagi kodenya.",
    "We do not know this code, or its alert is over. Check the code.",
)
ONLY_TOLD: Final = Text(
    "Nomor ini hanya menerima pemberitahuan dan tidak dapat menjawab.",
    "This number is told only, and cannot answer.",
)
TOO_MANY: Final = Text(
    "Terlalu banyak kode yang salah. Coba lagi dalam 15 menit, atau hubungi posko.",
    "Too many codes were wrong. Try again in 15 minutes, or call the command post.",
)
_CODES_MAX: Final = 3
"""Codes of one message that are looked for beside other words."""
_SEEN_S: Final = 3_600
_SEEN_MOST: Final = 100_000
_PLAIN: Final = "text/plain; charset=utf-8"
_log: Final = logging.getLogger(__name__)


def only_code(code: str) -> Text:
    """Return what is said to who has sent his code among other words."""
    return Text(f"Balas hanya: AMBIL {code}", f"Reply with nothing but: AMBIL {code}")


class Provider:
    """One gateway."""

    def __init__(
        self,
        name: str,
        settings: GatewaySettings,
        shared: tuple[Hall, Answering],
        environment: Mapping[str, str],
    ) -> None:
        """Read its secrets.

        Raises:
            ConfigError: One is missing, or nothing shows who it is.
        """
        self.name = name
        self._settings = settings
        self._hall, self._answering = shared
        self._proofs = proofs_of(f"gateways.{name}", settings, environment)
        self._handshake = handshake_of(f"gateways.{name}", settings, environment)
        self._seen = Seen(_SEEN_S, _SEEN_MOST)
        self._pace = Pace(settings.events_per_s, settings.burst)
        self._guesses = Guesses()
        self._has_complained = False

    async def take(self, incoming: Incoming) -> Answer:
        """Take in the messages of a request."""
        try:
            self._check(incoming)
            now = EpochMs(round(self._hall.times.now_s() * SECOND_MS))
            messages = list(messages_of(self._settings, body_of(incoming), now))
            self._pay(len(messages))
            self._complain(messages)
            words = [await self._take(message) for message in messages]
            return self._reply(words[0] if words else RECEIVED)
        except Refusal as refusal:
            return refused(refusal, self.name)

    async def shake_hands(self, incoming: Incoming) -> Answer:
        """Answer the question of WhatsApp's platform whether this address is ours."""
        query, token = incoming.query, self._handshake
        shown = query.get("hub.verify_token", "")
        if token is None or query.get("hub.mode") != "subscribe":
            return refused(Refusal(Reason.UNKNOWN), self.name)
        if not is_same(token.reveal(), shown):
            return refused(Refusal(Reason.SIGNATURE), self.name)
        challenge = query.get("hub.challenge", "")[:100]
        return Answer(200, challenge.encode(errors="replace"), _PLAIN, caller=self.name)

    def _check(self, incoming: Incoming) -> None:
        if not all(holds(proof, incoming) for proof in self._proofs):
            raise Refusal(Reason.SIGNATURE)

    def _pay(self, messages: int) -> None:
        now = self._hall.times.steady_s()
        wait_s = self._hall.buckets.take(f"gateway {self.name}", Load(messages), self._pace, now)
        if wait_s > 0:
            raise Refusal(Reason.RATE, retry_after_s=wait_s)

    def _complain(self, messages: Iterable[Message]) -> None:
        """Say once that a gateway's times are wrong: it is its template, and so every message."""
        if not self._has_complained and not all(one.is_dated for one in messages):
            self._has_complained = True
            _log.warning(
                "gateways.%s: a time cannot be read or is far from ours; such messages count as "
                "of the minute in which they come: see its time and time_form",
                self.name,
            )

    async def _take(self, message: Message) -> Text:
        """Pass a message on, and return what its sender is told."""
        now = self._hall.times.steady_s()
        if self._seen.claim(self.name, message.id, b"", now) is Before.TAKEN:
            return RECEIVED
        sender = self._hall.tracker.hidden(message.sender)
        words = await self._answered(message, sender)
        if words is None:
            report = report_of(self._settings, message, sender)
            await self._hall.writer.put([Record(Topic.CROWD_REPORTS, report)])
        self._seen.take(self.name, message.id)
        return words or RECEIVED

    async def _answered(self, message: Message, sender: str) -> Text | None:
        """Take a message as an answer to an alert; None: it is none, so it is a report."""
        people = self._answering.people.at_telephone(sender, frozenset(self._settings.answers))
        reply = self._read(message.text, sender, people) if people else None
        if not isinstance(reply, Given):
            return reply
        channel = str(self._settings.channel)
        return ANSWERED if await self._answering.give(reply, channel, message.id) else ONLY_TOLD

    def _read(self, text: str, sender: str, people: Sequence[Person]) -> Given | Text | None:
        """Return the answer of a contact, or what he is told instead; None: it is a report."""
        now, reply = self._hall.times.steady_s(), parse_reply(text)
        if self._guesses.is_barred(sender, now):
            return TOO_MANY if reply else None
        if reply is None:
            return self._asked_again(text, people)
        given = self._answering.by_code(reply, people)
        if given is None:
            self._guesses.note(sender, now)
            return NO_SUCH_CODE
        return given

    def _asked_again(self, text: str, people: Sequence[Person]) -> Text | None:
        """Ask for nothing but the code, of who has sent it among other words; None: nobody has.

        He believes that he has taken the alert on. His words may as well say that he has not.
        """
        for code in codes_in(text)[:_CODES_MAX]:
            if self._answering.by_code(Reply(Verb.ACK, code), people) is not None:
                return only_code(code)
        return None

    def _reply(self, words: Text) -> Answer:
        template = self._settings.reply
        text = words.id
        if template.content_type.startswith(JSON):
            text = text.replace("\\", "\\\\").replace('"', '\\"')
        body = Template(template.body).safe_substitute(text=text)
        return Answer(200, body.encode(), template.content_type, caller=self.name)
