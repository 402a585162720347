"""No signal for a time: one of twenty TPS, and all that was written comes afterwards."""

from random import Random

import pytest

from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import TPS_CLASSES
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, OUTAGES, Day, DayKind
from streams.simulation.ordinary.signal import ALWAYS, Spell, clock_error_ms, spells
from streams.territory.plan import ElectionKind
from tests.unit.simulation.ordinary.made import plan_of

PLAN = plan_of(ElectionKind.PILKADA)
SPELL = Spell(EpochMs(1_000_000), EpochMs(2_000_000))


@pytest.mark.parametrize("kind", [ORDINARY, OUTAGES, IRREGULAR])
def test_one_of_twenty_is_offline_for_a_time(kind: DayKind) -> None:
    """On average over days: 5 % of the TPS, whatever takes their signal."""
    days = 40
    share = sum(len(spells(Day(PLAN, seed, kind))) for seed in range(days)) / days / len(PLAN.tps)
    assert 0.04 < share < 0.06


def test_a_mast_takes_the_signal_of_a_whole_desa() -> None:
    """At one time; without masts each TPS has its own."""
    of_masts, alone = (spells(Day(PLAN, 3, kind)).values() for kind in (OUTAGES, ORDINARY))
    assert len({one.starts for one in of_masts}) < len(of_masts)
    assert len({one.starts for one in alone}) == len(alone)


def test_spells_are_mostly_short_and_now_and_then_long() -> None:
    """As long as the rate says on average, and some longer than an hour and a half."""
    lasts = [
        (one.ends - one.starts) / MINUTE_MS
        for seed in range(40)
        for one in spells(Day(PLAN, seed, OUTAGES)).values()
    ]
    assert abs(sum(lasts) / len(lasts) - rates.OFFLINE_MEAN_MINUTES) < 5
    assert 0.01 < sum(one > 90 for one in lasts) / len(lasts) < 0.12


def test_on_an_ordinary_day_nobody_is_silent_for_longer_than_allowed() -> None:
    """Three quarters of what domain §4b (T07) allows a TPS of its class; some nearly as long."""
    limits = dict(zip(TPS_CLASSES, (90, 60, 30, 60), strict=True))
    shares = [
        (one.ends - one.starts) / MINUTE_MS / limits[PLAN.tps[code].tps_class]
        for seed in range(40)
        for code, one in spells(Day(PLAN, seed)).items()
    ]
    assert 0.7 < max(shares) <= 0.75


@pytest.mark.parametrize("at", [1_000_000, 1_999_999])
def test_what_is_written_without_signal_comes_when_it_is_back(at: int) -> None:
    """Within a minute after the end."""
    received = SPELL.received_at(Random(1), EpochMs(at))
    assert received is not None
    assert SPELL.ends < received <= SPELL.ends + MINUTE_MS


@pytest.mark.parametrize("at", [999_999, 2_000_000])
def test_what_is_written_before_or_after_is_not_held_back(at: int) -> None:
    """The end is no part of it."""
    assert SPELL.received_at(Random(1), EpochMs(at)) is None


def test_who_is_lucky_is_never_offline() -> None:
    """A spell without length holds nothing back."""
    assert ALWAYS.received_at(Random(1), EpochMs(0)) is None


def test_one_phone_of_a_hundred_has_a_wrong_clock() -> None:
    """By minutes, before or after; the same one all day."""
    errors = [clock_error_ms(1, str(number)) for number in range(20_000)]
    wrong = [one / MINUTE_MS for one in errors if one]
    assert abs(len(wrong) / len(errors) - rates.CLOCK_WRONG_SHARE) < 0.003
    assert min(wrong) < -rates.CLOCK_WRONG_SPREAD_MINUTES
    assert max(wrong) > rates.CLOCK_WRONG_SPREAD_MINUTES
    assert errors[:500] == [clock_error_ms(1, str(number)) for number in range(500)]
