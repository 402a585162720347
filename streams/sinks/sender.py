"""One wire format for both: what is real and what is an exercise, kept apart by type.

A channel's module has a `Sender`, which can tell either. Nobody sends by it directly: a channel of
the configuration is either `ToReceivers`, which has no way to take an exercise, or `ToExercises`,
which has no way to take anything else.
"""

from typing import Protocol

from streams.sinks.sink import Delivery, Exercise, Outcome

__all__ = ["Message", "Sender", "ToExercises", "ToReceivers"]

Message = Delivery | Exercise


class Sender(Protocol):
    """How messages of a wire format are sent; it says in each exercise that it is one."""

    async def send(self, one: Message) -> Outcome:
        """Try once; never raise for what a network or a receiver does."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class ToReceivers:
    """A `Sink`: a channel to real receivers.

    Attributes:
        sender: By which it sends, for who listens to the same bot; nobody else sends by it.
    """

    def __init__(self, sender: Sender) -> None:
        self.sender = sender

    async def deliver(self, one: Delivery) -> Outcome:
        """Try once to deliver what is real."""
        assert isinstance(one, Delivery), "only what is real goes to real receivers"
        return await self.sender.send(one)

    async def close(self) -> None:
        """Let go of connections."""
        await self.sender.close()


class ToExercises:
    """A `DrillSink`: a channel to receivers that are there for drills.

    Attributes:
        sender: As of `ToReceivers`.
    """

    def __init__(self, sender: Sender) -> None:
        self.sender = sender

    async def rehearse(self, one: Exercise) -> Outcome:
        """Try once to deliver an exercise."""
        assert isinstance(one, Exercise), "what is real would be taken for an exercise"
        return await self.sender.send(one)

    async def close(self) -> None:
        """Let go of connections."""
        await self.sender.close()
