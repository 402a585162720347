"""Stories of the courier: what becomes of a notice."""

from collections import Counter

import pytest
from msgspec.structs import replace

from streams.delivery.policy import ChannelPolicy
from streams.domain.ids import ElectionId
from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from streams.engine.topics import Topic
from streams.sinks.sink import Delivered, Delivery, Exercise, Outcome, Refused, TryAgain
from tests.support.notifier import call, destination
from tests.unit.courier.post import Message, Post, Receiver, Setting, contact
from tests.unit.engine.virtual_time import pass_time, run_virtually

HOOK = ChannelPolicy(bundles=False, shared=False)
DRILL = ElectionId("serang-2019#drill-gladi")


def drill(one: Outgoing) -> Outgoing:
    """Return a notice as one of a drill."""
    return replace(one, election=DRILL, drill=True)


def calls(count: int) -> list[Outgoing]:
    """Return calls about different alerts."""
    return [call(f"{n}") for n in range(count)]


# ── One notice ───────────────────────────────────────────────────────────────────────────────────


def test_a_notice_is_delivered_and_its_receipt_moves_the_commit_point() -> None:
    """To the address of the election folder, under the key of its attempt."""

    async def story() -> None:
        receiver = Receiver()
        post = Post({"sms": receiver})
        post.write(call("A"))
        await post.assign()
        await pass_time(5)
        (_, got), (receipt,) = receiver.got[0], post.receipts()
        assert (f"{call('A').id}:sms:0", "sms-0") == (got.key, got.target)
        assert isinstance(got, Delivery)
        assert (call("A"),) == got.notices
        assert receipt.id == got.key
        assert receipt.outcome is ReceiptOutcome.DELIVERED
        assert (1, "1") == (receipt.tries, receipt.reference)
        assert [(one.alert, 1) for one in call("A").alerts] == [
            (one.alert, one.revision) for one in receipt.alerts
        ]
        assert 1 == post.committed()

    run_virtually(story)


def test_receipts_lie_where_their_notices_belong() -> None:
    """Of restricted notices on the restricted topic, of drills with their header."""

    async def story() -> None:
        post = Post({"sms": Receiver()}, Setting(drills=frozenset({"sms"})))
        restricted = replace(drill(call("A")), restricted_to=("propam",))
        post.write(restricted, topic=Topic.RESTRICTED_NOTICES)
        await post.assign()
        await pass_time(5)
        found = [
            (slot.topic, record.key, record.headers)
            for slot, log in post.broker.logs.items()
            for record in log
            if "receipts" in slot.topic
        ]
        header = (("siaga-drill", b"gladi"),)
        assert [(Topic.RESTRICTED_RECEIPTS, restricted.id.encode(), header)] == found
        assert 1 == post.committed(Topic.RESTRICTED_NOTICES)

    run_virtually(story)


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (replace(call("A"), channel=""), "0: unaddressed"),
        (call("A", to=destination(7)), "0:sms unaddressed"),
        (replace(call("A"), election=ElectionId("other")), "0:sms unaddressed"),
        (drill(call("A")), "0:sms blocked"),
    ],
    ids=["nobody is named", "no such contact", "no such election", "a drill"],
)
def test_what_goes_nowhere_has_a_receipt_that_says_so(one: Outgoing, outcome: str) -> None:
    """And holds no commit point."""

    async def story() -> None:
        receiver = Receiver()
        post = Post({"sms": receiver})
        post.write(one)
        await post.assign()
        await pass_time(5)
        assert [outcome] == post.outcomes()
        assert [] == receiver.got
        assert 1 == post.committed()

    run_virtually(story)


def test_a_channel_of_drills_takes_drills_and_nothing_else() -> None:
    """What is real goes by the other way, and so the other way round."""

    async def story() -> None:
        real, exercise = Receiver(), Receiver()
        post = Post({"sms": real, "room": exercise}, Setting(drills=frozenset({"room"})))
        post.write(call("A"), drill(call("B")))
        await post.assign()
        await pass_time(5)
        assert [Delivery] == [type(one) for _, one in real.got]
        assert [Exercise] == [type(one) for _, one in exercise.got]
        assert Counter(["0:sms delivered", "1:room delivered"]) == Counter(post.outcomes())

    run_virtually(story)


def test_a_misspelt_channel_is_told() -> None:
    """Nobody would hear otherwise."""

    async def story() -> None:
        post = Post({"sms": Receiver()}, Setting(contacts=(contact("smss"),)))
        post.write(replace(call("A"), channel="smss"))
        await post.assign()
        await pass_time(5)
        (receipt,) = post.receipts()
        assert receipt.outcome is ReceiptOutcome.UNADDRESSED
        assert receipt.detail == "no such channel"
        assert 1 == post.seen.counts["none unaddressed"]

    run_virtually(story)


def test_what_is_no_notice_stops_nothing() -> None:
    """It is counted, and what is behind it goes on."""

    async def story() -> None:
        post = Post({"sms": Receiver()})
        post.write_raw(b"{}", b"\xff", None, b"[]")
        post.write(call("A"))
        await post.assign()
        await pass_time(5)
        post.write_raw(b"{")
        await pass_time(5)
        assert ["0:sms delivered"] == post.outcomes()
        assert 5 == post.seen.counts["unreadable siaga.notices"]
        assert 6 == post.committed()

    run_virtually(story)


def test_a_notice_that_the_fold_repeats_is_carried_once() -> None:
    """While it is under way, and after it was delivered."""

    async def story() -> None:
        receiver = Receiver(policy=HOOK, seconds=5)
        post = Post({"hook": receiver})
        post.write(call("A"), call("A"))
        await post.assign()
        await pass_time(10)
        post.write(call("A"))
        await pass_time(10)
        assert 1 == len(receiver.got)
        assert 3 == post.committed()

    run_virtually(story)


# ── What goes wrong ──────────────────────────────────────────────────────────────────────────────


def failing(outcome: Outcome, times: int = 1_000) -> Receiver:
    """Return a receiver that fails so often, and then takes what comes."""
    left = iter(range(times))
    return Receiver(lambda _: Delivered() if next(left, None) is None else outcome)


def test_a_fallback_is_tried_and_the_receipts_tell() -> None:
    """Why it failed, and what is tried now."""

    async def story() -> None:
        post = Post({"sms": failing(Refused("http 400")), "mail": Receiver()})
        post.write(call("A"))
        await post.assign()
        await pass_time(5)
        assert ["0:sms failed > mail", "1:mail delivered"] == post.outcomes()
        assert ["http 400", ""] == [one.detail for one in post.receipts()]
        assert ["mail-1"] == [one.target for _, one in post.receivers["mail"].got]

    run_virtually(story)


def test_a_fault_of_a_sink_hurts_one_message(caplog: pytest.LogCaptureFixture) -> None:
    """It goes the next way; the log says the type of the fault and not its text."""

    async def story() -> None:
        def fault(one: Message) -> Outcome:
            raise ZeroDivisionError(one.target)

        post = Post({"sms": Receiver(fault), "mail": Receiver()})
        post.write(call("A"))
        await post.assign()
        await pass_time(5)
        assert ["0:sms failed > mail", "1:mail delivered"] == post.outcomes()
        assert "fault" == post.receipts()[0].detail

    run_virtually(story)
    assert "ZeroDivisionError" in caplog.text
    assert "sms-0" not in caplog.text


def test_a_sink_that_never_ends_is_ended() -> None:
    """And tried again under the same key."""

    async def story() -> None:
        policy = ChannelPolicy(timeout_s=2)
        receiver = Receiver(policy=policy, seconds=1e6)
        post = Post({"sms": receiver})
        post.write(call("A"))
        await post.assign()
        await pass_time(20)
        assert 2 <= len(receiver.got)
        assert 1 == len(set(receiver.keys))
        assert 0 == post.committed()
        assert 2 <= post.seen.counts["sms try again"]

    run_virtually(story)


def test_one_that_cannot_be_delivered_holds_the_commit_point_and_nobody_else() -> None:
    """What is behind it is delivered, and known as such after a restart."""

    async def story() -> None:
        bad = call("bad")
        receiver = Receiver(
            lambda one: TryAgain("http 500") if bad.id in one.key else Delivered(), HOOK
        )
        post = Post({"hook": receiver})
        post.write(call("A"), bad, *calls(20))
        await post.assign()
        await pass_time(60)
        assert 1 == post.committed()
        assert 21 == len(post.receipts())
        await post.kill()
        await pass_time(60)
        assert 21 == post.seen.counts["settled"] + 1
        assert {bad.id: True} == {
            key.partition(":")[0]: True
            for key, count in Counter(receiver.keys).items()
            if count > 1
        }

    run_virtually(story)
