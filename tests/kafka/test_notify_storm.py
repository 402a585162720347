"""`siaga notify` on a real Kafka, in the storm: how much memory it takes."""

import time
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.outgoing import Outgoing
from streams.domain.receipt import ReceiptOutcome
from streams.domain.words import Severity
from tests.kafka.notifiers import ELECTION, Hook, Notifiers, polsek_by, write_notices
from tests.support.kafka import Kafka
from tests.support.notifier import call

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

MIB: Final = 1_048_576
GROWTH_MAX: Final = 64 * MIB
WARM_UP: Final = 500
STORM: Final = 5_000
STORM_S: Final = 60
TOLD_S: Final = 240
"""One message tells a thousand, and the next one waits for half a minute."""
KECAMATAN: Final = 29
GATEWAY: Final = """\
[channels.webhook]
type = "stdout"

[channels.gateway]
type = "http"
url = "HOOK"
headers = {{ webhook-id = "${{key}}" }}
body = {{ to = "${{digits}}", text = "${{text}}" }}
"""
WEBHOOK: Final = """\
[channels.webhook]
type = "webhook"
secret_file = "{secret}"
"""


def notices(channel: str, start: int, count: int) -> list[Outgoing]:
    """Return critical calls of all kecamatan, for one destination."""
    return [
        replace(
            call(f"{n}", at=f"36.04.{n % KECAMATAN + 1:02d}", severity=Severity.CRITICAL),
            election=ELECTION,
            channel=channel,
        )
        for n in range(start, start + count)
    ]


def most_resident(notifiers: Notifiers, coming: list[Outgoing]) -> int:
    """Write notices over a minute, wait until all are settled; return the most memory of it."""
    most, began = 0, time.monotonic()
    for second in range(STORM_S):
        share = coming[second * STORM // STORM_S : (second + 1) * STORM // STORM_S]
        write_notices(notifiers.installation, share)
        most = max(most, notifiers.resident_bytes("n1"))
        time.sleep(max(0.0, began + second + 1 - time.monotonic()))

    def is_settled() -> bool:
        nonlocal most
        most = max(most, notifiers.resident_bytes("n1"))
        return notifiers.committed()

    notifiers.until(is_settled, "not all is committed", within_s=TOLD_S)
    return most


@pytest.mark.parametrize(
    ("channel", "channels"), [("gateway", GATEWAY), ("webhook", WEBHOOK)], ids=["bundles", "each"]
)
def test_a_storm_for_one_destination_takes_little_memory(
    kafka: Kafka, prefix: str, tmp_path: Path, channel: str, channels: str
) -> None:
    """5,000 critical calls within a minute, put together for a telephone, or each by itself."""
    with Hook(0.0) as hook:
        target = hook.url if channel == "webhook" else "+62 812 0000 1111"
        texts, file = polsek_by(channel, target), channels.replace("HOOK", hook.url)
        with Notifiers(kafka.bootstrap, prefix, tmp_path, texts, file) as notifiers:
            notifiers.start("n1")
            notifiers.until(lambda: "took over" in notifiers.log("n1"), "no takeover")
            write_notices(notifiers.installation, notices(channel, 0, WARM_UP))
            notifiers.until(notifiers.committed, "the first are not told")
            warm = notifiers.resident_bytes("n1")
            most = most_resident(notifiers, notices(channel, WARM_UP, STORM))
            last = notifiers.resident_bytes("n1")
            receipts = {one.notice: one.outcome for one in notifiers.receipts()}
            assert 0 == notifiers.end("n1")
    print(  # noqa: T201 - the numbers are what it is run for
        f"\n{channel}: {STORM} notices in {len(hook.ids)} messages; resident "
        f"{warm / MIB:.1f} MiB before, {most / MIB:.1f} at most, {last / MIB:.1f} after"
    )
    wanted = [one.id for one in notices(channel, 0, WARM_UP + STORM)]
    assert dict.fromkeys(wanted, ReceiptOutcome.DELIVERED) == receipts
    assert most - warm <= GROWTH_MAX
