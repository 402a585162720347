"""Stories of the courier: after a restart, too, nothing older is told after newer news."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

import pytest
from msgspec.structs import replace

from streams.delivery.bundle import replaces_calls
from streams.delivery.policy import ChannelPolicy
from streams.domain.alert import AlertState
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.receipt import ReceiptOutcome
from streams.sinks.sink import Delivered, Outcome, Refused, TryAgain
from tests.support.notifier import alert, call, destination, inform, lowered, notice
from tests.unit.courier.post import Message, Post, Receiver
from tests.unit.engine.virtual_time import pass_time, run_virtually

HOOK: Final = ChannelPolicy(bundles=False, shared=False, at_once=64)
NEWS: Final = "newer news was delivered"


def over(name: str, revision: int = 2) -> Outgoing:
    """Return the end of an alert."""
    told = alert(name, revision, kind=NoticeKind.INFORM)
    return notice(replace(told, state=AlertState.RESOLVED), to=destination())


def slow(*ids: str) -> Callable[[Message], Awaitable[Outcome]]:
    """Answer for some notices after 18 seconds, for all others at once."""

    async def answer(one: Message) -> Outcome:
        if any(name in one.key for name in ids):
            await pass_time(18)
        return Delivered()

    return answer


def tellings(receiver: Receiver, name: str) -> list[int]:
    """Return which revisions of an alert were sent, in order."""
    found = alert(name).alert
    return [
        one.revision
        for _, message in receiver.got
        for said in message.notices
        for one in said.alerts
        if one.alert == found
    ]


@pytest.mark.parametrize("between", [0, 300], ids=["side by side", "far apart"])
@pytest.mark.parametrize("is_orderly", [True, False], ids=["handed over", "killed"])
def test_a_call_is_not_told_after_its_end_by_the_next_process(
    between: int, *, is_orderly: bool
) -> None:
    """The end was told while the call was under way; the call is read first, before its end is."""

    async def story() -> None:
        receiver = Receiver(slow(call("A").id), HOOK)
        post = Post({"hook": receiver})
        post.write(call("A"), *(call(f"{n}") for n in range(between)), over("A"))
        await post.assign()
        await pass_time(8)
        assert [1, 2] == sorted(tellings(receiver, "A"))
        assert 0 == post.committed()
        if is_orderly:
            await post.revoke()
            post.begin()
            await post.assign()
        else:
            await post.kill()
        await pass_time(60)
        assert 2 == len(tellings(receiver, "A"))
        (settled,) = [one for one in post.receipts() if one.notice == call("A").id]
        assert (ReceiptOutcome.DELIVERED, NEWS, 0) == (
            settled.outcome,
            settled.detail,
            settled.tries,
        )
        assert between + 2 == post.committed() == len(post.receipts())

    run_virtually(story)


def test_what_was_told_is_known_in_the_life_after_next() -> None:
    """Although what settled the call is a receipt that nobody sent a message for."""

    async def story() -> None:
        receiver = Receiver(slow(call("A").id, call("B").id), HOOK)
        post = Post({"hook": receiver})
        post.write(call("B"), call("A"), over("A"), inform("B", 2))
        await post.assign()
        await pass_time(5)
        for _ in range(3):
            await post.kill(commits=False)
            await pass_time(5)
        assert [[1, 2], [1, 2]] == [tellings(receiver, name) for name in ("A", "B")]
        assert 4 == post.committed()

    run_virtually(story)


def test_a_call_is_told_by_the_next_process_if_the_news_asked_for_nothing() -> None:
    """It had become less grave, and still nobody has been asked."""

    async def story() -> None:
        receiver = Receiver(slow(call("A").id), HOOK)
        post = Post({"hook": receiver})
        post.write(call("A"), lowered("A", 2))
        await post.assign()
        await pass_time(5)
        await post.kill()
        await pass_time(30)
        assert [1, 2, 1] == tellings(receiver, "A")
        assert 1 == len({one.key for _, one in receiver.got if call("A").id in one.key})

    run_virtually(story)


def test_what_nobody_was_told_makes_nothing_needless() -> None:
    """The news was refused, or went to somebody else, so the call is told."""

    async def story() -> None:
        def answer(one: Message) -> Outcome | Awaitable[Outcome]:
            return Refused("http 400") if over("A").id in one.key else taken(one)

        taken = slow(call("A").id, call("B").id)
        receiver = Receiver(answer, HOOK)
        post = Post({"hook": receiver})
        other = replace(over("B"), channel="")
        post.write(call("A"), call("B"), over("A"), other)
        await post.assign()
        await pass_time(5)
        await post.kill()
        await pass_time(30)
        assert [1, 1] == [one for one in tellings(receiver, "A") if one == 1]
        assert [1, 1] == tellings(receiver, "B")

    run_virtually(story)


@pytest.mark.parametrize("killed", [True, False])
def test_a_call_that_went_out_as_newer_news_counts_as_told(*, killed: bool) -> None:
    """It was put together with its lowering, which asked in its place; what comes late does not."""

    async def story() -> None:
        receiver = Receiver(seconds=3)
        post = Post({"sms": receiver})
        post.write(call("B"))
        await post.assign()
        await pass_time(1)
        post.write(call("A", 1), lowered("A", 3))
        await pass_time(10)
        if killed:
            await post.kill(commits=False)
        post.write(replace(call("A", 2), id=call("late").id))
        await pass_time(10)
        assert [3] == tellings(receiver, "A")
        assert NEWS == post.receipts()[-1].detail
        assert 4 == post.committed()

    run_virtually(story)


@pytest.mark.parametrize("seed", range(6))
def test_over_kills_at_any_moment_nothing_older_follows_newer_news(seed: int) -> None:
    """Of what has a receipt: a delivery without one nobody can know of after a kill."""

    async def story() -> None:
        source = Random(seed)

        def answer(_: Message) -> Outcome:
            return Delivered() if source.random() < 0.5 else TryAgain("http 503")

        receiver = Receiver(answer, HOOK, seconds=0.4)
        post = Post({"hook": receiver})
        news = (over, inform, lowered, call)
        coming = [
            source.choice(news)(f"{number % 12}", 1 + number // 12)
            if number >= 12
            else call(f"{number}")
            for number in range(60)
        ]
        for one in coming:
            post.write(one)
        await post.assign()
        for _ in range(8):
            await pass_time(source.uniform(0.2, 3.0))
            await post.kill(commits=source.random() < 0.7)
        await pass_time(300)
        _assert_nothing_older_followed(post, receiver, coming)
        assert {one.id for one in coming} == {one.notice for one in post.receipts()}
        assert 60 == post.committed()

    run_virtually(story)


def _assert_nothing_older_followed(post: Post, receiver: Receiver, coming: list[Outgoing]) -> None:
    """Hold what was sent against the receipts of before."""
    tells: dict[str, OutgoingAlert] = {one.id: one.alerts[0] for one in coming}
    told = [(since, tells[one.notice]) for since, one in post.timed_receipts() if one.tries]
    assert told
    for at, message in receiver.got:
        sent = message.notices[0].alerts[0]
        before = [
            one
            for since, one in told
            if since + 0.002 < at and one.alert == sent.alert and one.revision > sent.revision
        ]
        if sent.kind is NoticeKind.CALL:
            before = [one for one in before if replaces_calls(one)]
        assert not before
