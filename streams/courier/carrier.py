"""Carries one message to its channel, once, and says what came of it in the words of delivery.

Whatever a sink does, one notice is hurt at the most: a message is given a time, and what a sink
raises is a fault of ours that counts as a refusal, so delivery finds out which of several notices
it belongs to. Logs and receipts say which type of exception it was and no more: its text may have
an address in it.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from streams.courier.addressing import AddressBook
from streams.courier.answering import Answering
from streams.courier.memory import Memory, Sent
from streams.delivery.parcel import Result, Send, Tried
from streams.domain.alert import AlertState
from streams.sinks.channels import Channel, DrillChannel, RealChannel
from streams.sinks.contacts import ways_of
from streams.sinks.sink import Delivered, Delivery, Exercise, Outcome, Refused, TryAgain
from streams.territory.plan import Contact

__all__ = ["Carrier"]

_SLACK_S: Final = 5.0
"""A sink ends within its own time; this is for one that does not."""
_log: Final = logging.getLogger(__name__)


class Carrier:
    """All channels, and who is reached by them."""

    def __init__(
        self, channels: Mapping[str, Channel], book: AddressBook, answering: Answering
    ) -> None:
        """Hold them; nothing is connected yet."""
        self._channels = channels
        self._book = book
        self._answering = answering

    async def carry(self, send: Send, memory: Memory, now: float) -> Tried:
        """Try once, and remember what went out."""
        notice = send.first.notice
        contact = self._book.contact(notice.election, notice.destination)
        assert contact is not None, "a parcel has an address"
        channel = self._channels[send.first.channel]
        try:
            async with asyncio.timeout(channel.policy.timeout_s + _SLACK_S):
                outcome = await self._hand_over(channel, send, contact, (memory, now))
        except TimeoutError:
            return Tried(Result.AGAIN, "timeout")
        except Exception as error:  # noqa: BLE001 - whatever it is, it concerns one message
            _log.error("channel %s: a fault of ours: %s", channel.name, type(error).__name__)
            return Tried(Result.REFUSED, "fault")
        tried = _tried(outcome)
        if tried.result is Result.DELIVERED:
            _remember(memory, send, tried.reference)
        return tried

    async def close(self) -> None:
        """Let go of all connections."""
        for channel in self._channels.values():
            await channel.sink.close()

    async def _hand_over(
        self, channel: Channel, send: Send, contact: Contact, known: tuple[Memory, float]
    ) -> Outcome:
        memory, now = known
        target = ways_of(contact)[send.first.way].target
        answers = self._answering.answers(contact, send.notices, memory, now)
        match channel:
            case RealChannel(sink=sink):
                real = Delivery(
                    key=send.key,
                    target=target,
                    notices=send.notices,
                    answers=answers,
                    replaces=_replaced(memory, send),
                )
                return await sink.deliver(real)
            case DrillChannel(sink=sink):
                exercise = Exercise(
                    key=send.key,
                    target=target,
                    notices=send.notices,
                    answers=answers,
                    replaces=_replaced(memory, send),
                )
                return await sink.rehearse(exercise)


def _replaced(memory: Memory, send: Send) -> str:
    """Return the message that told the only alert of this one, and nothing else."""
    named = {one.alert for notice in send.notices for one in notice.alerts}
    if len(named) != 1:
        return ""
    return memory.reference(send.first.addressee, send.first.channel, named.pop())


def _remember(memory: Memory, send: Send, reference: str) -> None:
    addressee = send.first.addressee
    told = [one for notice in send.notices for one in notice.alerts]
    sent = Sent(addressee, send.first.channel, reference)
    memory.note(sent, dict.fromkeys(one.alert for one in told))
    for one in told:
        if one.state is AlertState.RESOLVED:
            memory.over(addressee, one.alert)


def _tried(outcome: Outcome) -> Tried:
    match outcome:
        case Delivered(reference):
            return Tried(Result.DELIVERED, reference=reference)
        case TryAgain(reason, after_s):
            return Tried(Result.AGAIN, reason, after_s=after_s or 0.0)
        case Refused(reason, closed):
            return Tried(Result.CLOSED if closed else Result.REFUSED, reason)
