"""What a fault in a channel may cost."""

from collections.abc import Callable

import pytest

from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from streams.domain.words import Severity
from streams.sinks.sink import Delivered, Outcome, Refused
from tests.support.notifier import call
from tests.unit.courier.post import Message, Post, Receiver
from tests.unit.engine.virtual_time import pass_time, run_virtually

GOOD = [call(f"{n}", severity=Severity.CRITICAL) for n in range(4)]
BAD = call("bad")


def tells(message: Message, notice: Outgoing) -> bool:
    """Whether a message tells a notice."""
    return notice.id in {one.id for one in message.notices}


def chokes(message: Message) -> Outcome:
    """Raise what nobody has thought of."""
    if tells(message, BAD):
        raise KeyError(BAD.id)
    return Delivered("1")


def refuses(message: Message) -> Outcome:
    """Refuse the whole message, as a gateway does."""
    return Refused("http 400") if tells(message, BAD) else Delivered("1")


@pytest.mark.parametrize(
    ("answer", "detail"), [(chokes, "fault"), (refuses, "http 400")], ids=["fault", "refusal"]
)
def test_a_notice_that_a_channel_chokes_on_costs_none_of_those_beside_it(
    answer: Callable[[Message], Outcome], detail: str
) -> None:
    """Four critical calls are delivered; only its own receipt says failed."""

    async def story() -> None:
        post = Post({"sms": Receiver(answer)})
        post.write(BAD, *GOOD)
        await post.assign()
        await pass_time(60)
        failed = [one for one in post.receipts() if one.outcome is ReceiptOutcome.FAILED]
        assert [(BAD.id, detail)] == [(one.notice, one.detail) for one in failed]
        delivered = {
            one.notice for one in post.receipts() if one.outcome is ReceiptOutcome.DELIVERED
        }
        assert {one.id for one in GOOD} == delivered
        assert 5 == post.committed()

    run_virtually(story)
