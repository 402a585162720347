"""Posts: luck that belongs to a name, delays, and the order of receipt."""

import pytest

from streams.domain.events import Source, StatusKind, TpsStatus
from streams.domain.times import MINUTE_MS, SECOND_MS, EpochMs
from streams.domain.words import Channel, Role
from streams.simulation.post import (
    TPS_STATUS,
    Post,
    chance_of,
    delay_ms,
    in_order,
    minutes,
    post_status,
    whole_second,
)

TPS = "17.02.09.1012-001"


def post(received_at: int, value: bytes = b"{}", topic: str = TPS_STATUS) -> Post:
    """Return a post of no meaning."""
    return Post(EpochMs(0), EpochMs(received_at), topic, value, "heartbeat")


def test_the_same_name_has_the_same_luck() -> None:
    """A seed and a name draw the same numbers again."""
    assert chance_of(1, "station", "a").random() == chance_of(1, "station", "a").random()


@pytest.mark.parametrize(("seed", "names"), [(2, ("a",)), (1, ("b",)), (1, ("a", "b"))])
def test_another_seed_or_name_has_other_luck(seed: int, names: tuple[str, ...]) -> None:
    """Nothing of the day depends on what else is drawn."""
    assert chance_of(1, "a").random() != chance_of(seed, *names).random()


def test_a_span_lies_between_its_minutes() -> None:
    """Spans are milliseconds."""
    span = minutes(chance_of(1), 5, 6)
    assert 5 * MINUTE_MS <= span <= 6 * MINUTE_MS


def test_senders_write_whole_seconds() -> None:
    """What is left of the second is cut."""
    assert 7_000 == whole_second(7_999.9)


@pytest.mark.parametrize(
    ("channel", "least", "most"),
    [
        (Channel.APP, 150, 2_500),
        (Channel.WHATSAPP, 150, 2_500),
        (Channel.SMS, 4_000, 45_000),
        (Channel.RADIO, 2_000, 15_000),
        (Channel.PHONE, 10_000, 60_000),
    ],
)
def test_a_channel_has_its_delay(channel: Channel, least: int, most: int) -> None:
    """An app is quick, a gateway that is asked now and then is not."""
    delays = [delay_ms(chance_of(seed), channel) for seed in range(50)]
    assert least <= min(delays) <= max(delays) <= most


def test_posts_go_by_time_of_receipt() -> None:
    """Whatever the order in which they were made."""
    assert [5, 7, 9] == [played.received_at for played in in_order([post(9), post(5), post(7)])]


def test_no_post_is_received_at_a_whole_second() -> None:
    """A message at the second itself could stand on either side of its mark."""
    assert [SECOND_MS + 1] == [played.received_at for played in in_order([post(SECOND_MS)])]


def test_no_two_are_received_at_the_same_millisecond() -> None:
    """The order of the file is the order of the clock, over all partitions."""
    received = [played.received_at for played in in_order([post(999), post(999), post(999)])]
    assert [999, 1_001, 1_002] == received


def test_the_order_does_not_depend_on_who_came_first() -> None:
    """Posts of the same moment are ordered by what they are."""
    posts = [post(5, b"b"), post(5, b"a"), post(5, b"c", "crowd.reports")]
    assert in_order(posts) == in_order(reversed(posts))


def test_the_key_is_the_tps() -> None:
    """A status is keyed by its TPS; what names none has no key."""
    source = Source("kpps", Role.KPPS)
    at = "2024-11-27T07:00:00+07:00"
    with_tps = TpsStatus(id="a", at=at, kind=StatusKind.OPENED, source=source, tps=TPS)
    without = TpsStatus(id="b", at=at, kind=StatusKind.CHECKIN, source=source, officer="P01A")
    posts = [post_status(one, EpochMs(0), EpochMs(5), ()) for one in (with_tps, without)]
    assert {TPS.encode(), None} == {played.key for played in in_order(posts)}
