"""Outages of TPS without internet: late, in bursts, out of order, and never noticed as silence."""

from msgspec.structs import replace

from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TpsClass
from streams.simulation.outage import Outage, outage_of
from streams.simulation.post import chance_of
from streams.territory.plan import Tps
from tests.stories.judging import REJANG_LEBONG, plan_of

TPS = plan_of(REJANG_LEBONG).tps
ONLINE = next(tps for tps in TPS.values() if tps.internet)
OFFLINE = next(tps for tps in TPS.values() if tps.internet is False)
STARTS = EpochMs(0)
OUTAGE = Outage(STARTS, EpochMs(20 * MINUTE_MS))


def outages(tps: Tps) -> list[Outage]:
    """Return the outages of many mornings."""
    drawn = (outage_of(chance_of(seed), tps) for seed in range(200))
    return [outage for outage in drawn if outage is not None]


def test_a_tps_with_internet_has_none() -> None:
    """Apps wait for no gateway."""
    assert [] == outages(ONLINE)


def test_most_tps_without_internet_have_one() -> None:
    """About six in ten mornings."""
    assert 90 < len(outages(OFFLINE)) < 150


def test_a_message_is_held_until_the_signal_is_back() -> None:
    """It comes within a minute after the end, together with the others."""
    received = OUTAGE.received_at(chance_of(1), STARTS)
    assert received is not None
    assert OUTAGE.ends < received <= OUTAGE.ends + MINUTE_MS


def test_a_held_message_is_at_least_five_minutes_late() -> None:
    """What is written just before the end goes out with the first try, so it comes first."""
    assert OUTAGE.received_at(chance_of(1), EpochMs(15 * MINUTE_MS)) is not None
    assert OUTAGE.received_at(chance_of(1), EpochMs(15 * MINUTE_MS + 1)) is None


def test_a_message_outside_is_not_held() -> None:
    """Before and after, the signal is there."""
    assert OUTAGE.received_at(chance_of(1), EpochMs(-1)) is None
    assert OUTAGE.received_at(chance_of(1), EpochMs(21 * MINUTE_MS)) is None


def test_held_messages_come_in_another_order() -> None:
    """The gateway hands out what it has, not in the order of writing."""
    chance = chance_of(3)
    received = [OUTAGE.received_at(chance, EpochMs(minute * MINUTE_MS)) for minute in range(12)]
    times = [at for at in received if at is not None]
    assert 12 == len(times)
    assert times != sorted(times)


def test_an_outage_lasts_ten_to_forty_minutes() -> None:
    """Its messages are 5 to 40 minutes late."""
    lasting = [(one.ends - one.starts) / MINUTE_MS for one in outages(OFFLINE)]
    assert 10 <= min(lasting) < max(lasting) <= 39


def test_an_outage_is_shorter_than_the_silence_of_its_class() -> None:
    """In a sangat_rawan TPS, whose silence is noticed after 30 minutes, it lasts 10 at most."""
    vulnerable = replace(OFFLINE, tps_class=TpsClass.SANGAT_RAWAN)
    lasting = [(one.ends - one.starts) / MINUTE_MS for one in outages(vulnerable)]
    assert max(lasting) <= 10


def test_an_outage_lies_within_voting() -> None:
    """Opening and closing are told in time."""
    for one in outages(OFFLINE):
        assert OFFLINE.opens_at + 30 * MINUTE_MS <= one.starts
        assert one.ends <= OFFLINE.closes_at
