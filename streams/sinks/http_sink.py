"""Gateways for SMS and WhatsApp: one request a message, made from the template of the channel.

Many gateways answer 200 whatever came of it and say in the body that they have refused. So a
channel may name what an answer has in it when the message was taken, and when it never will be:

    a status that is no success          as for all of HTTP (`streams.sinks.http`)
    `refused_pattern` found              refused
    `success_pattern` set and not found  try again
    else                                 delivered

A long text goes out in numbered parts. A repeat begins with the part that failed, as people would
otherwise read the first ones twice; after a restart it begins anew.
"""

import re
from typing import Final

from streams.errors import ConfigError
from streams.sinks.channel_settings import HttpSettings, TextForm
from streams.sinks.http import Http, HttpAnswer, outcome_of
from streams.sinks.http_template import Values, check_template, filled
from streams.sinks.saying import full_of, short_of, subject_of
from streams.sinks.secret import Secret
from streams.sinks.sender import Message
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain
from streams.sinks.unfinished import Unfinished
from streams.texts.notices import parts

__all__ = ["HttpSender"]

_OK: Final = 200


class HttpSender:
    """Sends by a gateway that the configuration describes."""

    def __init__(self, where: str, settings: HttpSettings, http: Http, secret: Secret) -> None:
        """Check the template; `where` names the channel in messages.

        Raises:
            ConfigError: A template or a pattern of it cannot be used.
        """
        check_template(where, settings)
        self._settings = settings
        self._http = http
        self._secret = secret
        self._success = _pattern(f"{where}.success_pattern", settings.success_pattern)
        self._refused = _pattern(f"{where}.refused_pattern", settings.refused_pattern)
        self._unfinished = Unfinished()

    async def send(self, one: Message) -> Outcome:
        """Send all parts in order, from the one that failed last time."""
        texts = self._texts(one)
        for number in range(self._unfinished.done(one.key), len(texts)):
            outcome = await self._send(one, texts[number])
            if not isinstance(outcome, Delivered):
                return outcome
            self._unfinished.note(one.key, number + 1)
        self._unfinished.forget(one.key)
        return Delivered()

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()

    def _texts(self, one: Message) -> tuple[str, ...]:
        match self._settings.text:
            case TextForm.SHORT:
                return (short_of(one, self._settings.length),)
            case TextForm.FULL:
                return parts(full_of(one, is_replied_to=True), self._settings.length)

    async def _send(self, one: Message, text: str) -> Outcome:
        values = Values(
            target=one.target,
            text=text,
            subject=subject_of(one),
            key=one.key,
            secret=self._secret.reveal(),
        )
        answer = await self._http.send(filled(self._settings, values))
        return self._outcome(answer) if isinstance(answer, HttpAnswer) else answer

    def _outcome(self, answer: HttpAnswer) -> Outcome:
        text = answer.body.decode(errors="replace")
        if self._refused is not None and self._refused.search(text):
            return Refused("answer")
        outcome = outcome_of(answer)
        if not isinstance(outcome, Delivered):
            return outcome
        success = self._settings.success
        if success and answer.status not in success:
            return Refused(f"http {answer.status}")
        if self._success is not None and not self._success.search(text):
            return TryAgain("answer")
        return outcome


def _pattern(where: str, text: str) -> re.Pattern[str] | None:
    if not text:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise ConfigError(f"{where}: not a regular expression: {error}") from error
