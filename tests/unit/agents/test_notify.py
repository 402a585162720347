"""The app of a notifier, before it is started."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

import pytest
from prometheus_client import CollectorRegistry

from streams.app import NotifyApp, build_notify_app, keep
from streams.config import Config
from streams.courier.answering import Answering
from streams.courier.courier import NOTICES
from streams.courier.office import Office
from streams.telemetry.couriers import NotifyObserver


class Reader(Protocol):
    """A Faust agent, as far as we look at it."""

    def get_topic_names(self) -> Iterable[str]:
        """Return the topics that it reads."""
        ...


def app() -> NotifyApp:
    """Return a notifier's app that is not started."""
    office = Office.of({}, {}, Answering())
    return build_notify_app(Config(prefix="drill."), office, NotifyObserver(CollectorRegistry()))


def test_a_notifier_is_a_group_of_its_own() -> None:
    """So that it neither waits for workers nor disturbs them."""
    assert "drill.siaga-notify" == app().conf.id


def test_it_reads_notices_and_restricted_ones_and_nothing_else() -> None:
    """Under the names that the broker has for them, by one agent."""
    made = app()
    agents = cast("Mapping[str, Reader]", made.agents)
    read = [set(agent.get_topic_names()) for agent in agents.values()]
    assert [{f"drill.{topic}" for topic in NOTICES}] == read
    assert read[0] == made.link.batch_topics


def test_it_claims_nothing() -> None:
    """Claims are intake's."""
    link = app().link
    assert 0 == link.now()
    assert not link.flow.claims.claims()


def test_a_companion_that_fails_begins_again(caplog: pytest.LogCaptureFixture) -> None:
    """And never ends the courier; the words of its fault are not logged."""
    runs: list[int] = []
    pauses: list[float] = []

    async def companion() -> None:
        runs.append(1)
        if len(runs) < 3:
            raise ValueError("https://secret.example")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    asyncio.run(keep(companion, pause))
    assert (3, 2) == (len(runs), len(pauses))
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
