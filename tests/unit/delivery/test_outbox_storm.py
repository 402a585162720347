"""Stories of the outbox when it is too much."""

import random

import pytest

from streams.delivery.parcel import Send, Tried
from streams.domain.ids import AlertId
from tests.support.notifier import DELIVERED, Played, call, destination, parcel
from tests.unit.delivery.receivers import AGAIN, REFUSED, SMS, WEBHOOK, answer, critical, starts

_First = tuple[float, AlertId]


def test_storm() -> None:
    """5,000 critical calls of 40 kecamatan in a minute, to one telephone.

    The first of each kecamatan is out within 5 seconds, no more messages go than a person and a
    gateway can bear, and all are told.
    """
    source, played, first = random.Random(1), Played({"sms": SMS}), dict[str, _First]()
    for n in range(5_000):
        at, area = n * 60 / 5_000, f"36.04.{source.randint(1, 40):02d}"
        one = critical(f"{n}", at=area)
        first.setdefault(area, (at, one.id))
        played.put(parcel(one, since=at), at=at)
    played.run(600)
    sent = {name: one.at for one in reversed(played.started) for name in one.names}
    assert 5 > max(sent[name] - at for at, name in first.values())
    assert [1] * 5_000 == list(played.delivered.values())
    assert 12 > len(played.started)
    assert all(5 >= sum(0 <= b - a < 5 for b in starts(played)) for a in starts(played))
    assert not list(played.outbox.parcels)


@pytest.mark.parametrize("channel", ["sms", "hook"])
def test_nothing_is_held_any_more_when_all_is_settled(channel: str) -> None:
    """Memory does not grow with the day."""
    played = Played({"sms": SMS, "hook": WEBHOOK}, answer(AGAIN, REFUSED, DELIVERED))
    for n in range(50):
        played.put(parcel(call(f"{n}"), channel), at=n)
    played.run(10_000)
    assert not list(played.outbox.parcels)
    assert float("inf") == played.outbox.due(10_001.0).look_at


def _never(_: Send, __: float) -> tuple[float, Tried]:
    return 1e9, DELIVERED


def test_no_more_are_under_way_than_a_channel_has_places() -> None:
    """Even if none ever ends."""
    played = Played({"hook": WEBHOOK}, _never)
    for number in range(1, 20):
        played.put(parcel(call("A", to=destination(number)), "hook"))
    played.run(60)
    assert {"hook": WEBHOOK.at_once} == dict(played.most_at_once)
