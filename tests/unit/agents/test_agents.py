"""The agents pass batches on, and decide nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Protocol, cast

import pytest

from streams.app import ENGINE_TOPICS, build_app
from streams.config import Config, Role
from streams.engine.ports import Fetched, Slot
from streams.engine.transport_app import EngineApp
from streams.engine.transport_stream import batches
from streams.wire.inputs import INPUT_TYPES
from tests.kafka.toy import ToyAcceptor, ToyFold
from tests.unit.engine.simulated_broker import Stored
from tests.unit.engine.simulated_fleet import SilentObserver


class Reader(Protocol):
    """A Faust agent, as far as we look at it."""

    def get_topic_names(self) -> Iterable[str]:
        """Return the topics that it reads."""
        ...


def app_of(role: Role) -> EngineApp:
    """Return a worker's app that is not started."""
    config = Config(role=role, prefix="drill.")
    return build_app(config, ToyAcceptor(), ToyFold, SilentObserver())


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.ALL, {"intake", "watch"}),
        (Role.INTAKE, {"intake"}),
        (Role.WATCH, {"watch"}),
    ],
)
def test_a_role_has_its_agents(role: Role, names: set[str]) -> None:
    """And no others."""
    assert names == {agent.rsplit(".", 1)[-1] for agent in app_of(role).agents}


def test_each_role_is_a_group_of_its_own() -> None:
    """So that intake and watch are scaled and restarted apart."""
    ids = {role: app_of(role).conf.id for role in Role}
    assert ids == {
        Role.ALL: "drill.siaga-all",
        Role.INTAKE: "drill.siaga-intake",
        Role.WATCH: "drill.siaga-watch",
    }


def test_agents_read_every_topic_of_their_role() -> None:
    """Under the name that the broker has for it."""
    app = app_of(Role.ALL)
    agents = cast("Mapping[str, Reader]", app.agents)
    read = {topic for agent in agents.values() for topic in agent.get_topic_names()}
    inputs = {*ENGINE_TOPICS.sources, *ENGINE_TOPICS.unclaimed, ENGINE_TOPICS.journal}
    assert {f"drill.{topic}" for topic in inputs} == read == set(app.link.batch_topics)


def test_every_topic_that_is_read_has_a_reader_of_its_messages() -> None:
    """One that intake could not decode would end the process at the same offset for ever."""
    assert set(INPUT_TYPES) == {*ENGINE_TOPICS.sources, *ENGINE_TOPICS.unclaimed}


class FakeEvent:
    """An event of a stream."""

    def __init__(self, value: Sequence[Fetched]) -> None:
        self.value = value


class FakeStream:
    """A Faust stream that remembers whether it may acknowledge."""

    def __init__(self, values: Sequence[Sequence[Fetched]]) -> None:
        self.acknowledges = True
        self._values = values

    def noack(self) -> "FakeStream":
        """Switch acknowledgements off."""
        self.acknowledges = False
        return self

    async def events(self) -> AsyncIterator[FakeEvent]:
        """Yield the values."""
        for value in self._values:
            yield FakeEvent(value)


def test_batches_are_read_without_acknowledging_them() -> None:
    """Faust would acknowledge on failure as well."""
    values = [Fetched(Slot("tps.status", 0), 1, [Stored(n, 0, None, b"")]) for n in range(3)]
    stream = FakeStream([tuple(values[:2]), tuple(values[2:])])

    async def read() -> list[Fetched]:
        return [fetched async for fetched in batches(stream)]

    assert values == asyncio.run(read())
    assert not stream.acknowledges
