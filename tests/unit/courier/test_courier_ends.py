"""Stories of the courier: ends, kills and storms."""

import asyncio
import random

import pytest

from streams.courier import courier
from streams.delivery.policy import ChannelPolicy, Limit
from streams.domain.outgoing import Outgoing
from streams.domain.words import Severity
from streams.engine.ports import Slot
from streams.engine.topics import Topic
from tests.support.notifier import call
from tests.unit.courier.post import Post, Receiver
from tests.unit.engine.virtual_time import pass_time, run_virtually

HOOK = ChannelPolicy(bundles=False, shared=False)
SMS = ChannelPolicy(
    calls=(Limit(5, 900), Limit(11, 3_600), Limit(21, 10_800)),
    informs=(Limit(1, 180), Limit(3, 1_200), Limit(8, 7_200)),
    overall=(Limit(5, 5),),
)


def calls(count: int) -> list[Outgoing]:
    """Return calls about different alerts."""
    return [call(f"{n}") for n in range(count)]


# ── Ends ─────────────────────────────────────────────────────────────────────────────────────────


def test_at_an_orderly_end_what_is_under_way_is_finished() -> None:
    """Its receipt is written and committed; what waits is left to the next."""

    async def story() -> None:
        receiver = Receiver(policy=ChannelPolicy(bundles=False, at_once=2), seconds=2)
        post = Post({"hook": receiver})
        post.write(*calls(5))
        await post.assign()
        await pass_time(1)
        await post.revoke()
        assert 1 == len(post.receipts()) == post.broker.committed[Slot(Topic.NOTICES, 0)]
        post.begin()
        await post.assign()
        await pass_time(30)
        assert 5 == len(receiver.got) == len(set(receiver.keys))

    run_virtually(story)


def test_a_try_that_hangs_does_not_hold_up_the_end() -> None:
    """It is tried again by the next owner, under the same key."""

    async def story() -> None:
        receiver = Receiver(seconds=100)
        post = Post({"sms": receiver})
        post.write(call("A"))
        await post.assign()
        await pass_time(1)
        began = asyncio.get_running_loop().time()
        await post.revoke()
        assert 5 > asyncio.get_running_loop().time() - began
        post.begin()
        await post.assign()
        await pass_time(1)
        assert 2 == len(receiver.got)
        assert 1 == len(set(receiver.keys))

    run_virtually(story)


def test_a_try_that_outlives_a_takeover_says_nothing() -> None:
    """It is of a state that is gone; the notice is tried again, under the same key."""

    async def story() -> None:
        receiver = Receiver(seconds=2)
        post = Post({"sms": receiver})
        post.write(call("A"))
        await post.assign()
        await pass_time(1)
        post.flow.stop()
        await post.assign()
        await pass_time(10)
        assert 2 == len(receiver.got)
        assert 1 == len(set(receiver.keys)) == len(post.receipts())

    run_virtually(story)


def test_no_more_is_taken_in_than_can_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest lies in the topic until something is settled; an end is not held up by it."""
    monkeypatch.setattr(courier, "_HELD_MAX", 10)
    monkeypatch.setattr(courier, "_SLICE", 5)

    async def story() -> None:
        receiver = Receiver(policy=HOOK, seconds=100)
        post = Post({"hook": receiver})
        post.write(*calls(40))
        await post.assign()
        await pass_time(10)
        full = [post.courier.is_full]
        assert 10 == post.seen.most_held
        await post.revoke()
        assert [True, False] == [*full, post.courier.is_full]
        receiver.seconds = 0.1
        await post.assign()
        await pass_time(60)
        assert 40 == len(post.receipts()) == post.committed()
        assert 15 >= post.seen.most_held

    run_virtually(story)


def test_half_of_what_can_be_held_is_told_once_until_it_is_less(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever reads the log can do something before nobody is told any more."""
    monkeypatch.setattr(courier, "_HELD_MAX", 20)
    told = list[tuple[float, int]]()

    async def story() -> None:
        receiver = Receiver(policy=HOOK, seconds=100)
        post = Post({"hook": receiver})

        async def hold(count: int) -> None:
            post.write(*(call(f"{len(told)}.{n}") for n in range(count)))
            await pass_time(5)
            told.append((post.seen.held.filled, caplog.text.count("notices are held")))

        await post.assign()
        await hold(9)
        await hold(1)
        await hold(10)
        receiver.seconds = 0.1
        await pass_time(600)
        await hold(0)
        receiver.seconds = 100
        await hold(11)

    run_virtually(story)
    assert [(0.45, 0), (0.5, 1), (1.0, 1), (0.0, 1), (0.55, 2)] == told
    assert "10 notices are held, of 20 that may be" in caplog.text


def test_nothing_is_sent_without_a_lease() -> None:
    """Somebody else may own our partitions."""

    async def story() -> None:
        receiver = Receiver()
        post = Post({"sms": receiver})
        post.paused_s = 10.0
        post.write(call("A"))
        await post.assign()
        await pass_time(10)
        assert [] == receiver.got
        post.lease.renew(post.paused_s)
        await pass_time(1)
        assert 1 == len(receiver.got)

    run_virtually(story)


def test_only_one_of_several_leads() -> None:
    """The owner of the first partition, while records flow."""

    async def story() -> None:
        post = Post({"sms": Receiver()})
        leads = [post.courier.leads]
        for numbers in ([1], [0]):
            await post.assign(numbers)
            leads.append(post.courier.leads)
            await post.revoke()
            leads.append(post.courier.leads)
        assert [False, False, False, True, False] == leads

    run_virtually(story)


# ── Kills and storms ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(5))
def test_20_kills_lose_nothing_and_repeat_by_the_same_keys(seed: int) -> None:
    """Wherever they strike: between a delivery and its receipt, or a receipt and its commit."""

    async def story() -> None:
        source = random.Random(seed)
        receiver = Receiver(policy=HOOK, seconds=0.3)
        post = Post({"hook": receiver})
        coming = calls(200)
        for number, one in enumerate(coming):
            post.write(one, partition=number % 2)
        await post.assign()
        for _ in range(20):
            await pass_time(source.uniform(0.0, 1.0))
            await post.kill(commits=source.random() < 0.7)
        await pass_time(60)
        assert {f"{one.id}:hook:0" for one in coming} == set(receiver.keys)
        assert len(receiver.keys) <= 200 + 20 * HOOK.at_once
        receipts = {one.id: one for one in post.receipts()}
        assert {one.id for one in coming} == {one.notice for one in receipts.values()}
        assert [100, 100] == [post.committed(partition=number) for number in range(2)]

    run_virtually(story)


def test_storm() -> None:
    """5,000 critical calls of 40 kecamatan within a minute, to one telephone.

    The first of each area is out within five seconds, all are told in a few messages, and nothing
    is held afterwards.
    """

    async def story() -> None:
        source, first = random.Random(1), dict[str, tuple[float, str]]()
        receiver = Receiver(policy=SMS, seconds=0.3)
        post = Post({"sms": receiver})
        await post.assign()
        for second in range(60):
            now = asyncio.get_running_loop().time()
            for n in range(84):
                area = f"36.04.{source.randint(1, 40):02d}"
                one = call(f"{second}.{n}", at=area, severity=Severity.CRITICAL)
                first.setdefault(area, (now, one.id))
                post.write(one)
            await pass_time(1)
        await pass_time(600)
        told: dict[str, float] = {}
        for at, message in reversed(receiver.got):
            told |= {one.id: at + 0.3 for one in message.notices}
        assert 40 == len(first)
        assert 5 > max(told[name] - at for at, name in first.values())
        assert 60 * 84 == len(told) == post.seen.counts["sms delivered"] == post.committed()
        assert 12 > len(receiver.got)
        assert 0 < post.seen.counts["sms try delivered over"]
        assert {} == dict(post.seen.held.notices)

    run_virtually(story)
