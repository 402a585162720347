"""`siaga notify` on a real Kafka: taking over, sharing, ending."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from streams.domain.outgoing import Outgoing
from tests.kafka.notifiers import ELECTION, Hook, Notifiers, write_notices
from tests.support.kafka import Kafka
from tests.support.notifier import call

pytestmark = pytest.mark.kafka


def notices(start: int, count: int) -> list[Outgoing]:
    """Return calls of the small election."""
    names = range(start, start + count)
    return [replace(call(f"{n}"), election=ELECTION, channel="webhook") for n in names]


def test_a_second_notifier_shares_the_work_and_takes_over(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """When the first one dies, and when it ends in order; nothing is sent twice then."""
    with Hook(0.02) as hook, Notifiers(kafka.bootstrap, prefix, tmp_path, hook) as notifiers:
        notifiers.start("n1")
        notifiers.until(lambda: "took over 8 partitions" in notifiers.log("n1"), "no takeover")
        notifiers.start("n2")
        notifiers.until(lambda: "took over 4 partitions" in notifiers.log("n2"), "no sharing")
        write_notices(notifiers.installation, notices(0, 100))
        notifiers.until(lambda: 100 == len(hook.ids), "not all is delivered")
        notifiers.until(notifiers.committed, "not all is committed")
        assert 0 == notifiers.end("n1")
        write_notices(notifiers.installation, notices(100, 100))
        notifiers.until(lambda: len(set(hook.ids)) == 200, "the second does not take over")
        notifiers.until(notifiers.committed, "not all is committed")
        assert 200 == len(hook.ids) == len(notifiers.receipts())
        assert 0 == notifiers.end("n2")


def test_what_a_receiver_refuses_for_now_comes_when_it_is_back(
    kafka: Kafka, prefix: str, tmp_path: Path
) -> None:
    """Also if the notifier is a new one by then, and the address is in no log."""
    with Hook(0.0) as hook, Notifiers(kafka.bootstrap, prefix, tmp_path, hook) as notifiers:
        hook.is_down = True
        notifiers.start("n1")
        write_notices(notifiers.installation, notices(0, 5))
        notifiers.until(lambda: len(hook.ids) >= 5, "nothing is tried")
        notifiers.kill("n1")
        hook.is_down = False
        notifiers.start("n1")
        notifiers.until(lambda: 5 == len(notifiers.receipts()), "not all is delivered")
        assert 5 == len(set(hook.ids))
        assert hook.url not in notifiers.log("n1")
