"""`siaga notify` on a real Kafka: nothing is lost over kills, and repeats have the same keys."""

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from tests.kafka.notifiers import ELECTION, Hook, told_by, write_notices
from tests.support.kafka import Kafka
from tests.support.notifier import call

pytestmark = pytest.mark.kafka


def notices(count: int) -> list[Outgoing]:
    """Return calls of the small election, some of them restricted."""
    found = (replace(call(f"{n}"), election=ELECTION, channel="webhook") for n in range(count))
    return [
        replace(one, restricted_to=("propam",)) if n % 5 == 0 else one
        for n, one in enumerate(found)
    ]


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_kills_lose_nothing_and_repeat_by_the_same_keys(
    kafka: Kafka, prefix: str, tmp_path: Path, kills: int
) -> None:
    """Under load, with kill -9 at any moment; the receiver is slow, so tries are under way."""
    source, batch = random.Random(kills), 20
    coming = notices((kills + 1) * batch + 200)
    with Hook(0.05) as hook, told_by(hook, kafka, prefix, tmp_path) as notifiers:
        notifiers.start("n1")
        write_notices(notifiers.installation, coming[:200])
        for number in range(kills):
            before, more = len(hook.ids), source.randint(1, 10)
            write_notices(
                notifiers.installation, coming[200 + number * batch : 200 + (number + 1) * batch]
            )
            notifiers.until(lambda: len(hook.ids) >= before + more, "nothing is delivered")  # noqa: B023 - called at once
            notifiers.kill("n1")
            notifiers.start("n1")
        write_notices(notifiers.installation, coming[200 + kills * batch :])
        keys = {f"{one.id}:webhook:0" for one in coming}
        notifiers.until(lambda: keys <= set(hook.ids), "not all is delivered")
        notifiers.until(notifiers.committed, "not all is committed")
        assert keys == set(hook.ids)
        # Repeated is what was under way, and what had no acknowledged receipt yet.
        assert len(hook.ids) <= len(coming) + kills * 40
        receipts = {one.id: one.outcome for one in notifiers.receipts()}
        assert dict.fromkeys(keys, ReceiptOutcome.DELIVERED) == receipts
        assert 0 == notifiers.end("n1")
