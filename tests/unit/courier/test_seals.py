"""Receipts are signed where they must be, and no other is believed."""

import msgspec
import pytest
from msgspec import Struct

from streams.courier.past import Before
from streams.courier.seals import Seals
from streams.domain.receipt import Receipt, ReceiptOutcome
from streams.engine.ports import Headers, Slot
from streams.engine.topics import Topic
from streams.errors import ConfigError
from streams.wire.producers import NO_PRODUCERS, Producer, Producers
from streams.wire.seal import seal_of
from tests.support.notifier import call

KEY = Producer(secret="ab" * 32, topics=frozenset({Topic.RECEIPTS, Topic.RESTRICTED_RECEIPTS}))
OTHER = Producer(secret="cd" * 32, topics=frozenset({"crowd.reports"}))
MUST = Producers(
    must_sign=frozenset({str(Topic.RECEIPTS)}), producers={"notify": KEY, "sms": OTHER}
)
SLOT = Slot(Topic.RECEIPTS, 0)
NOTICE = "1702-MZXW6YTBOI2HGZLM"
VALUE = msgspec.json.encode(
    Receipt(
        id=f"{NOTICE}:sms:0",
        at="2024-11-27T08:00:00+07:00",
        notice=NOTICE,
        destination="OPS/polsek@17.02/1",
        channel="sms",
        outcome=ReceiptOutcome.DELIVERED,
    )
)


class Kept(Struct, frozen=True):
    """A record of receipts."""

    headers: Headers
    value: bytes | None = VALUE
    offset: int = 0
    timestamp: int = 0
    key: bytes | None = None


def test_a_receipt_that_must_be_signed_is_believed_only_if_it_is() -> None:
    """By a key that may write receipts."""
    seals = Seals.of(MUST, "notify")
    forged = seal_of(MUST, "sms")(VALUE)
    assert [True, False, False] == [
        seals.believes(SLOT, Kept(headers)) for headers in (seals.sign(VALUE), (), forged)
    ]


def test_without_keys_every_receipt_is_believed() -> None:
    """And none is signed."""
    seals = Seals.of(NO_PRODUCERS, "")
    assert ((), True) == (seals.sign(VALUE), seals.believes(SLOT, Kept(())))


def test_a_forged_receipt_settles_nothing() -> None:
    """At a takeover it would make a notice vanish."""
    settled = list[int]()
    for headers in ((), Seals.of(MUST, "notify").sign(VALUE)):
        before = Before({NOTICE: call("A")}, 0.0, Seals.of(MUST, "notify").believes)
        before.see(SLOT, [Kept(headers)])
        settled.append(len(before.settled))
    assert [0, 1] == settled


@pytest.mark.parametrize(
    ("key_id", "said"),
    [
        ("", "notify_file names no"),
        ("nobody", r"no \[producers.nobody\]"),
        ("sms", "may not send to siaga.receipts"),
    ],
)
def test_a_notifier_whose_receipts_would_be_refused_does_not_begin(key_id: str, said: str) -> None:
    """Else nobody would learn what arrived."""
    with pytest.raises(ConfigError, match=said):
        Seals.of(MUST, key_id)
