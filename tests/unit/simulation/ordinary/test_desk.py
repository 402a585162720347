"""The desk of a TPS: what is wrong is corrected, what has no signal comes late."""

from streams.domain.events import StatusKind, TpsStatus
from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.simulation.ordinary import rates
from streams.simulation.ordinary.desk import Desk
from streams.simulation.ordinary.kinds import Day
from streams.simulation.ordinary.signal import ALWAYS, Spell, clock_error_ms
from streams.territory.plan import ElectionKind
from streams.wire.inputs import decode_input
from tests.unit.simulation.ordinary.made import plan_of, statuses

PLAN = plan_of(ElectionKind.PILKADA)
TPS = next(iter(PLAN.tps.values()))
AT = EpochMs(TPS.opens_at + HOUR_MS)


def test_a_status_is_received_soon_after_it_was_written() -> None:
    """Within a minute, whatever the channel."""
    [post] = [*Desk(Day(PLAN, 1), TPS, ALWAYS).say(StatusKind.OPENED, AT)]
    assert AT < post.received_at < AT + MINUTE_MS


def test_without_signal_it_says_when_it_was_and_comes_when_it_can() -> None:
    """Its own time stays true."""
    spell = Spell(AT, EpochMs(AT + HOUR_MS))
    [post] = [*Desk(Day(PLAN, 1), TPS, spell).say(StatusKind.OPENED, AT)]
    assert AT == post.at
    assert post.received_at > spell.ends


def test_three_of_a_hundred_statuses_are_corrected() -> None:
    """Those that a TPS sends: each names the one that it stands for, with the same time."""
    sent = [
        one
        for _, one in statuses(ElectionKind.PILKADA)
        if one.kind not in {StatusKind.CHECKIN, StatusKind.BOX_ARRIVED, StatusKind.ESCORT_JOINED}
    ]
    by_id = {one.id: one for one in sent}
    corrections = {one.id: one for one in sent if one.corrects}.values()
    share = len(corrections) / (len(by_id) - len(corrections))
    assert abs(share - rates.CORRECTED_SHARE) < 0.006
    for one in corrections:
        wrong = by_id[one.corrects]
        assert (wrong.kind, wrong.at, wrong.source) == (one.kind, one.at, one.source)


def test_a_correction_comes_after_what_it_corrects() -> None:
    """As it was written later."""
    for seed in range(200):
        status = Desk(Day(PLAN, seed), TPS, ALWAYS).sender.status(StatusKind.HEARTBEAT, AT)
        posts = [*Desk(Day(PLAN, seed), TPS, ALWAYS).tell(status, AT)]
        if len(posts) > 1:
            wrong, right = posts
            assert wrong.received_at < right.received_at
            event = decode_input(right.topic, right.value).event
            assert isinstance(event, TpsStatus)
            assert status.id == event.corrects
            return
    raise AssertionError("of 200 statuses none was corrected")


def test_who_has_a_wrong_clock_tells_every_time_by_it() -> None:
    """Also that of a correction; the message is received when it is."""
    source = f"kpps-{TPS.code}"
    seed = next(seed for seed in range(2_000) if abs(clock_error_ms(seed, source)) > MINUTE_MS)
    [post, *_] = Desk(Day(PLAN, seed), TPS, ALWAYS).say(StatusKind.OPENED, AT)
    told = decode_input(post.topic, post.value).at
    assert abs(AT + clock_error_ms(seed, source) - told) < 1_000
    assert AT < post.received_at < AT + MINUTE_MS
