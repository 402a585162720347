"""What every measurement stands on: a broker, an election, topics of its own, and processes."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.config import Role
from streams.engine.admin import create_topics, open_admin
from streams.engine.topics import TopicLayout, plan_topics
from tests.bench.country import Country
from tests.bench.processes import Process
from tests.bench.sending import INPUT_PARTITIONS

__all__ = ["JOURNAL_PARTITIONS", "LINGER_VARIABLE", "Stage", "say"]

JOURNAL_PARTITIONS: Final = 8
LINGER_VARIABLE: Final = "BENCH_LINGER_MS"
"""How long the ordinary agent's writes may wait for others, so that they go out together."""
_BEGAN: Final = time.monotonic()


class Stage(Struct, frozen=True):
    """A broker and an election on a disk."""

    broker: str
    folder: Path
    """Of the election."""
    logs: Path
    country: Country

    def make_topics(self, prefix: str) -> None:
        """Create the topics of an installation, laid out as the defaults are."""
        layout = TopicLayout(
            prefix=prefix, partitions=JOURNAL_PARTITIONS, input_partitions=INPUT_PARTITIONS
        )

        async def make() -> None:
            async with open_admin(self.broker) as admin:
                await create_topics(admin, plan_topics(layout))

        asyncio.run(make())

    def worker(self, prefix: str, role: Role) -> Process:
        """Start a worker."""
        return self._start("tests.bench.worker", prefix, {"SIAGA_ROLE": role})

    def ordinary_agent(self, prefix: str, linger_ms: int) -> Process:
        """Start the ordinary agent."""
        return self._start("tests.bench.ordinary_agent", prefix, {LINGER_VARIABLE: str(linger_ms)})

    def _start(self, module: str, prefix: str, more: Mapping[str, str]) -> Process:
        settings = {
            "SIAGA_BROKER": self.broker,
            "SIAGA_PREFIX": prefix,
            "SIAGA_ELECTIONS": str(self.folder),
            "SIAGA_PARTITIONS": str(JOURNAL_PARTITIONS),
            "SIAGA_INPUT_PARTITIONS": str(INPUT_PARTITIONS),
            **more,
        }
        name = prefix + "-".join(more.values())
        return Process(module, settings, self.logs / f"{name}.log")


def say(text: str) -> None:
    """Tell whoever waits how far the run is."""
    print(f"{time.monotonic() - _BEGAN:6.1f} s  {text}", flush=True)
