# Faust's own types are Unknown to pyright:
# pyright: reportMissingTypeStubs=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false
# pyright: reportUnknownVariableType=false
"""The Faust app that carries a machine: started before the consumer, so before any assignment."""

from collections.abc import Callable, Sequence

import faust
from aiokafka.errors import KafkaError

from streams.engine.link import Link
from streams.engine.transport_consumer import BatchConsumer
from streams.engine.transport_log import KafkaAppender
from streams.engine.watchdog import Gauge
from streams.errors import UnavailableError

__all__ = ["EngineApp"]


class EngineApp(faust.App):
    """A Faust app with a link to the engine, or to another machine."""

    link: Link
    appenders: Sequence[KafkaAppender]
    begin: Callable[[], None]
    """Starts the machine, when its appenders are connected."""

    def _create_directories(self) -> None:
        """Make none: Faust's tables are not used, so nothing is ever written to a disk."""

    async def on_start(self) -> None:
        """Connect, and start the machine: nothing is assigned yet, so nothing is written yet.

        Raises:
            UnavailableError: No broker answers.
        """
        await super().on_start()
        for appender in self.appenders:
            await _connect(appender)
        self.begin()

    def gauges(self) -> list[Gauge]:
        """Say how far each partition that is ours has come."""
        return list(self._batches.gauges()) if self.link.flow.is_active else []

    async def hand_over(self) -> None:
        """Make everything durable, commit it and leave the group."""
        if self.link.flow.is_active:
            await self._batches.hand_over()

    @property
    def _batches(self) -> BatchConsumer:
        consumer = self.consumer
        assert isinstance(consumer, BatchConsumer), "the broker's URL begins with siaga://"
        return consumer


async def _connect(appender: KafkaAppender) -> None:
    try:
        await appender.start()
    except (KafkaError, OSError) as error:
        await appender.stop()
        raise UnavailableError(
            f"the broker cannot be used ({error}): start it, or name the right one as "
            "`broker` in siaga.toml or in SIAGA_BROKER"
        ) from error
