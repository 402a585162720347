"""Who keeps the mirrors, while there is no broker; with one: tests/kafka/test_notify.py."""

import asyncio

import pytest

from streams.courier.leading import Group, Leading
from streams.domain.times import EpochMs


class EnoughError(Exception):
    """It has waited as often as a test wants."""


def test_without_a_broker_nobody_leads_and_it_is_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A notifier that mirrors alone outlives its broker."""
    pauses = list[float]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise EnoughError

    group = Group(broker="127.0.0.1:1", prefix="test.", session_s=6.0, heartbeat_s=1.0)
    leading = Leading(group, EpochMs(1), pause)
    with pytest.raises(EnoughError):
        asyncio.run(leading.run())
    assert [1.0] * 3 == pauses
    assert not leading.leads
    assert 3 == caplog.text.count("trying again")
