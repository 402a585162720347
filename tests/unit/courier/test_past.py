"""What the receipts tell at a takeover, also when not all of them can be read."""

from collections.abc import Sequence
from typing import Final

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from streams.courier.past import RECEIPTS, Before, read_past
from streams.domain.ids import AlertId
from streams.domain.receipt import Receipt, ReceiptAlert, ReceiptOutcome
from streams.engine.ports import Headers, RecordView, Slot
from streams.engine.topics import Topic
from tests.support.notifier import call
from tests.unit.courier.post import Post, Receiver
from tests.unit.engine.virtual_time import pass_time, run_virtually

DEEP: Final = b'{"id":"a","x":' + b"[" * 5_000 + b"]" * 5_000 + b"}"
STRANGE: Final = (b"", b"{}", b"[]", b'{"id":"\xff"}', DEEP)
"""Records of somebody who writes what he likes."""
ALERT: Final = AlertId("3604-MZXW6YTBOI2HGZLM")
RECEIPT: Final = Receipt(
    id="3604-AAAAAAAAAAAAAAAA:telegram:0",
    at="2024-11-27T08:00:00+07:00",
    notice="3604-AAAAAAAAAAAAAAAA",
    destination="OPS/polsek@36.04/1",
    channel="telegram",
    outcome=ReceiptOutcome.DELIVERED,
    reference="1",
    alerts=(ReceiptAlert(ALERT, 1),),
    election="serang-2024",
)


class Kept(Struct, frozen=True):
    """A record of receipts."""

    value: bytes | None
    headers: Headers = ()
    offset: int = 0
    timestamp: int = 0
    key: bytes | None = None


def believed(_slot: Slot, _record: RecordView) -> bool:
    """Believe every receipt."""
    return True


def seen(*partitions: Sequence[bytes]) -> Before:
    """Return what receipts tell that lie in partitions so."""
    before = Before({RECEIPT.notice: call("A")}, 0.0, believed)
    for number, values in enumerate(partitions):
        before.see(Slot(Topic.RECEIPTS, number), [Kept(one) for one in values])
    return before


@pytest.mark.parametrize("value", STRANGE)
def test_a_receipt_that_cannot_be_read_hides_no_other(value: bytes) -> None:
    """It would end every process that takes its partition over, one after the other."""
    assert {RECEIPT.notice} == seen([value, msgspec.json.encode(RECEIPT)]).settled


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_record_ends_no_takeover(value: bytes) -> None:
    """Neither among notices nor among receipts; the notices beside it are told."""

    async def story() -> None:
        post = Post({"sms": Receiver()})
        post.broker.append(Slot(RECEIPTS[0], 0), [(None, value, ())])
        post.write_raw(value)
        post.write(call("A"))
        before = await read_past(post.process, {Slot(Topic.NOTICES, 0): 0}, 0.0, believed)
        assert set() == before.settled
        await post.assign()
        await pass_time(5)
        assert 1 == post.seen.counts["unreadable siaga.notices"]
        assert 2 == post.committed()

    run_virtually(story)


def test_a_notice_that_tells_nothing_is_put_aside() -> None:
    """No sink could make a message of it, and it would end the process again and again."""

    async def story() -> None:
        receiver = Receiver()
        post = Post({"sms": receiver})
        post.write(replace(call("A"), alerts=()))
        await post.assign()
        await pass_time(2)
        post.write(call("B"))
        await pass_time(5)
        assert [f"{call('B').id}:sms:0"] == receiver.keys
        assert 1 == post.seen.counts["unreadable siaga.notices"]

    run_virtually(story)


@pytest.mark.parametrize("first", [0, 1])
def test_the_newest_message_counts_in_whichever_partition_its_receipt_lies(first: int) -> None:
    """Receipts of one alert may lie in several, and these are read one after the other."""
    older = msgspec.json.encode(RECEIPT)
    newer = msgspec.json.encode(replace(RECEIPT, at="2024-11-27T00:59:59.999-01:00", reference="2"))
    partitions = ([older], [newer])
    memory = seen(partitions[first], partitions[1 - first]).memory
    assert "2" == memory.reference("serang-2024 OPS/polsek@36.04/1", "telegram", ALERT)


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"reference": "7"}, [["A", "B"]]),
        ({"reference": ""}, [["A"], ["B"]]),
        ({"reference": "7", "tries": 0}, []),
        ({"outcome": ReceiptOutcome.FAILED}, []),
        ({"outcome": ReceiptOutcome.UNADDRESSED}, []),
        ({"election": "other"}, [["A", "B"]]),
    ],
    ids=["one message", "nobody knows", "not told itself", "given up", "nobody", "another's"],
)
def test_what_was_told_is_known_by_messages(
    changes: dict[str, object], messages: list[list[str]]
) -> None:
    """Of what is going to be read again, and as somebody has got it."""
    notices = {name: call(name) for name in ("A", "B")}
    before = Before({one.id: one for one in notices.values()}, 0.0, believed)
    for one in (*notices.values(), call("C")):
        receipt = replace(RECEIPT, **{"notice": one.id, "tries": 1, **changes})
        before.see(Slot(Topic.RECEIPTS, 0), [Kept(msgspec.json.encode(receipt))])
    found = sorted(
        sorted(name for name, one in notices.items() if one in told) for _, told in before.told
    )
    assert messages == found
    addressees = {addressee for addressee, _ in before.told}
    election = changes.get("election", RECEIPT.election)
    assert addressees <= {f"{election} {RECEIPT.destination}"}


def test_messages_are_handed_out_in_the_order_of_their_times() -> None:
    """What was told longest ago is forgotten first."""
    times = {call("A").id: "2024-11-27T09:00:00+07:00", call("B").id: "2024-11-27T08:00:00+07:00"}
    before = Before({one.id: one for one in (call("A"), call("B"))}, 0.0, believed)
    for name, at in times.items():
        receipt = replace(RECEIPT, notice=name, at=at, tries=1)
        before.see(Slot(Topic.RECEIPTS, 0), [Kept(msgspec.json.encode(receipt))])
    assert [[call("B")], [call("A")]] == [list(told) for _, told in before.told]
