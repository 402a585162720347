"""Stories of the courier: what it remembers, also of the one before it."""

import pytest
from msgspec.structs import replace

from streams.courier.answering import Answering
from streams.courier.memory import Memory
from streams.delivery.policy import ChannelPolicy, Limit
from streams.domain.alert import AlertState, Ladder
from streams.domain.notice import NoticeKind
from streams.sinks.sink import Refused
from tests.support.notifier import alert, call, destination, inform, notice
from tests.unit.courier.post import Post, Receiver, Setting, contact
from tests.unit.engine.virtual_time import pass_time, run_virtually

SMS = ChannelPolicy(
    calls=(Limit(5, 900), Limit(11, 3_600), Limit(21, 10_800)),
    informs=(Limit(1, 180), Limit(3, 1_200), Limit(8, 7_200)),
    overall=(Limit(5, 5),),
)


def test_news_of_an_alert_may_replace_the_message_that_told_it() -> None:
    """Also one of before a restart; but none that told of others, too."""

    async def story() -> None:
        receiver = Receiver()
        post = Post({"sms": receiver})
        post.write(call("A"))
        await post.assign()
        await pass_time(2)
        post.write(inform("A", 2))
        await pass_time(2)
        await post.kill()
        post.write(inform("A", 3))
        await pass_time(2)
        assert ["", "1", "2"] == [one.replaces for _, one in receiver.got]

    run_virtually(story)


def test_a_message_of_several_alerts_is_never_replaced() -> None:
    """The news of one would take away the others."""

    async def story() -> None:
        receiver = Receiver(seconds=3)
        post = Post({"sms": receiver})
        post.write(call("first"))
        await post.assign()
        await pass_time(1)
        post.write(call("A"), call("B"))
        await pass_time(10)
        post.write(inform("A", 2))
        await pass_time(10)
        await post.kill()
        post.write(inform("B", 2))
        await pass_time(10)
        assert [1, 2, 1, 1] == [len(one.notices) for _, one in receiver.got]
        assert {""} == {one.replaces for _, one in receiver.got}
        assert 1 == post.seen.counts["sms bundle of 2"]

    run_virtually(story)


def test_a_message_of_several_alerts_replaces_nothing() -> None:
    """Although each of them was told alone before."""

    async def story() -> None:
        receiver = Receiver(seconds=3)
        post = Post({"sms": receiver})
        await post.assign()
        for one in (call("A"), call("B")):
            post.write(one)
            await pass_time(5)
        post.write(inform("A", 2))
        await pass_time(1)
        post.write(inform("A", 3), inform("B", 3))
        await pass_time(10)
        assert ["", "", "1", ""] == [one.replaces for _, one in receiver.got]

    run_virtually(story)


def test_a_way_that_was_given_up_is_not_begun_again() -> None:
    """The next process goes on with the next way, under the key of that attempt."""

    async def story() -> None:
        sms, mail = Receiver(lambda _: Refused("http 400")), Receiver(seconds=15)
        post = Post({"sms": sms, "mail": mail})
        post.write(call("A"))
        await post.assign()
        await pass_time(10)
        await post.kill()
        await pass_time(60)
        assert 1 == len(sms.got)
        assert [f"{call('A').id}:mail:1"] * 2 == mail.keys
        assert ["0:sms failed > mail", "1:mail delivered"] == post.outcomes()

    run_virtually(story)


def test_limits_hold_over_a_restart() -> None:
    """The receipts say when the last messages went."""

    async def story() -> None:
        receiver = Receiver(policy=SMS)
        post = Post({"sms": receiver})
        post.write(inform("A"))
        await post.assign()
        await pass_time(10)
        await post.kill()
        post.write(inform("B"))
        await pass_time(300)
        first, second = (at for at, _ in receiver.got)
        assert 179 < second - first < 182

    run_virtually(story)


@pytest.mark.parametrize(
    ("kind", "state", "ladder", "is_asked"),
    [
        (NoticeKind.CALL, AlertState.UNACKNOWLEDGED, Ladder.OPS, True),
        (NoticeKind.CALL, AlertState.RESOLVED, Ladder.OPS, False),
        (NoticeKind.INFORM, AlertState.UNACKNOWLEDGED, Ladder.OPS, True),
        (NoticeKind.INFORM, AlertState.UNACKNOWLEDGED, Ladder.ADM, False),
        (NoticeKind.INFORM, AlertState.ACKNOWLEDGED, Ladder.OPS, False),
        (NoticeKind.INFORM, AlertState.RESOLVED, Ladder.OPS, False),
    ],
    ids=["a call", "over", "less grave", "of others", "taken on", "news of an end"],
)
def test_what_waits_for_an_answer_can_be_answered(
    kind: NoticeKind, state: AlertState, ladder: Ladder, *, is_asked: bool
) -> None:
    """Also by the message that says that it has become less grave: it edits the call's."""
    told = replace(alert("A", kind=kind), state=state, ladder=ladder)
    one = notice(told, to=destination())
    found = Answering((b"k" * 32,)).answers(contact("sms", actor="a1"), (one,), Memory(), 0.0)
    assert is_asked == bool(found)


def test_who_is_an_actor_can_answer_what_asks() -> None:
    """By a code of his own and by a link; news asks for nothing."""

    async def story() -> None:
        receiver = Receiver()
        answering = Answering((b"k" * 32,), "https://siaga.example")
        people = (contact("sms", actor="a1"), contact("sms"))
        post = Post({"sms": receiver}, Setting(answering=answering, contacts=people))
        for number in (1, 2):
            news = replace(alert("B", kind=NoticeKind.INFORM), state=AlertState.ACKNOWLEDGED)
            post.write(call("A", to=destination(number)), notice(news, to=destination(number)))
        await post.assign()
        await pass_time(5)
        answers = [one.answers for _, one in receiver.got if one.answers]
        assert 1 == len(answers)
        ((only,),) = answers
        assert call("A").alerts[0].alert == only.alert
        assert only.code.isdigit()
        assert only.link.startswith("https://siaga.example/a/")

    run_virtually(story)
