"""The way to Kafka: acknowledged or not, and nothing in between."""

import asyncio
import hmac

import pytest
from aiokafka.errors import KafkaTimeoutError

from streams.engine.topics import Topic
from streams.errors import ConfigError
from streams.web.refusal import Reason, Refusal
from streams.web.writer import KafkaWriter, Patience, Record
from streams.wire.producers import NO_PRODUCERS, Producer, Producers
from streams.wire.seal import seal_of
from tests.unit.gate.house import NOW_S, Clock

SECRET = "68656c6c6f20776f726c642068656c6c6f20776f726c64212121212121212121"
PRODUCERS = Producers(producers={"gate": Producer(SECRET)})
RECORD = Record(Topic.CROWD_REPORTS, b"{}", (("ce_id", b"1"),))


class Kafka:
    """As much of a producer as is used, which acknowledges what a test lets it."""

    def __init__(self) -> None:
        self.sent = list[tuple[str, bytes, list[tuple[str, bytes | None]]]]()
        self.acknowledged = list[asyncio.Future[object]]()
        self.is_there = True
        self.keys: list[bytes | None] = []
        self.error: Exception | None = None

    @property
    def client(self) -> "Kafka":
        """Itself: a client is asked one thing only."""
        return self

    async def until(self, sent: int) -> None:
        """Let others go on until so many records were handed over."""
        for _ in range(100):
            if len(self.acknowledged) >= sent:
                return
            await asyncio.sleep(0)
        raise AssertionError(f"{len(self.acknowledged)} of {sent} records were handed over")

    async def force_metadata_update(self) -> bool:
        """Say whether the broker answers."""
        return self.is_there

    async def send(
        self,
        topic: str,
        value: bytes,
        *,
        key: bytes | None,
        headers: list[tuple[str, bytes | None]],
    ) -> asyncio.Future[object]:
        """Take a record, to be acknowledged later."""
        self.keys.append(key)
        if self.error is not None:
            raise self.error
        self.sent.append((topic, value, headers))
        self.acknowledged.append(asyncio.get_running_loop().create_future())
        return self.acknowledged[-1]

    async def stop(self) -> None:
        """End when everything is acknowledged, as aiokafka does: without a broker never."""
        if self.acknowledged:
            await asyncio.wait(self.acknowledged)


def writer_on(kafka: Kafka, kafka_s: float = 5, waiting: int = 10) -> KafkaWriter:
    """Return a writer that signs."""
    return KafkaWriter(kafka, "x.", Patience(kafka_s, waiting), seal_of(PRODUCERS, "gate"))


def test_a_record_is_taken_when_all_of_it_is_acknowledged() -> None:
    """Not when the first of two is."""

    async def run() -> None:
        kafka = Kafka()
        put = asyncio.create_task(writer_on(kafka).put([RECORD, RECORD]))
        await kafka.until(2)
        kafka.acknowledged[0].set_result(None)
        for _ in range(5):
            await asyncio.sleep(0)
        assert not put.done()
        kafka.acknowledged[1].set_result(None)
        await put
        assert ["x.crowd.reports"] * 2 == [topic for topic, _, _ in kafka.sent]

    asyncio.run(run())


def test_what_is_written_is_signed_with_the_gates_own_key() -> None:
    """By the header that intake checks; the sender's headers stay."""

    async def run() -> list[tuple[str, bytes | None]]:
        kafka = Kafka()
        put = asyncio.create_task(writer_on(kafka).put([RECORD]))
        await kafka.until(1)
        kafka.acknowledged[0].set_result(None)
        await put
        return kafka.sent[0][2]

    made = hmac.new(bytes.fromhex(SECRET), b"{}", "sha256").hexdigest()
    signature = ("siaga-signature", f"gate:{made}".encode())
    assert [("ce_id", b"1"), signature] == asyncio.run(run())


def test_a_key_that_there_is_not_is_named_and_without_one_nothing_is_signed() -> None:
    """Before the first request."""
    with pytest.raises(ConfigError, match=r"producer_keys_file has no \[producers\.door\]"):
        seal_of(PRODUCERS, "door")
    assert () == seal_of(NO_PRODUCERS, "")(b"{}")


@pytest.mark.parametrize("error", [KafkaTimeoutError(), OSError("gone")])
def test_what_kafka_refuses_is_not_promised(error: Exception) -> None:
    """The sender is asked to repeat, and told when."""

    async def run() -> None:
        kafka = Kafka()
        kafka.error = error
        with pytest.raises(Refusal) as caught:
            await writer_on(kafka).put([RECORD])
        assert (Reason.UNAVAILABLE, 2) == (caught.value.reason, caught.value.retry_after_s)

    asyncio.run(run())


def test_kafka_that_does_not_answer_is_not_waited_for_and_not_taken_back() -> None:
    """The record stays on its way; whoever repeats it makes two of one id."""

    async def run() -> None:
        kafka = Kafka()
        writer = writer_on(kafka, kafka_s=0.01)
        with pytest.raises(Refusal, match="not acknowledged"):
            await writer.put([RECORD])
        assert not kafka.acknowledged[0].cancelled()

    asyncio.run(run())


def test_after_a_failure_only_a_record_that_is_taken_makes_it_ready() -> None:
    """A broker may answer and take nothing; now and then one may come to find out."""

    async def run() -> None:
        kafka, clock = Kafka(), Clock()
        writer = KafkaWriter(kafka, "", Patience(5, 10), seal_of(NO_PRODUCERS, ""), clock)
        kafka.error = OSError("gone")
        with pytest.raises(Refusal):
            await writer.put([RECORD])
        found = list[bool]()
        for at_s in range(6):
            clock.now_s = NOW_S + at_s
            found.append(await writer.is_ready())
        assert [False, False, True, False, True, False] == found
        kafka.is_there = False
        assert [False] * 2 == [await writer.is_ready() for _ in range(2)]
        kafka.error = None
        put = asyncio.create_task(writer.put([RECORD]))
        await kafka.until(1)
        kafka.acknowledged[0].set_result(None)
        await put
        assert [True] * 2 == [await writer.is_ready() for _ in range(2)]

    asyncio.run(run())


def test_no_more_waits_than_may() -> None:
    """Memory does not grow with the time that the broker is away."""

    async def run() -> None:
        kafka = Kafka()
        writer = writer_on(kafka, waiting=2)
        first = asyncio.create_task(writer.put([RECORD, RECORD]))
        await kafka.until(2)
        with pytest.raises(Refusal, match="too much waits"):
            await writer.put([RECORD])
        for one in kafka.acknowledged:
            one.set_result(None)
        await first
        again = asyncio.create_task(writer.put([RECORD]))
        await kafka.until(3)
        kafka.acknowledged[2].set_result(None)
        await again

    asyncio.run(run())


def test_what_others_have_sent_stays_as_it_came() -> None:
    """A record that is sent again keeps its key and its own signature, and gets none of ours."""

    async def run() -> None:
        kafka = Kafka()
        again = Record(
            RECORD.topic, b"{}", (("siaga-signature", b"theirs"),), key=b"k", is_ours=False
        )
        put = asyncio.create_task(writer_on(kafka).put([again]))
        await kafka.until(1)
        kafka.acknowledged[0].set_result(None)
        await put
        assert [b"k"] == kafka.keys
        assert [("siaga-signature", b"theirs")] == kafka.sent[0][2]

    asyncio.run(run())


def test_the_broker_is_asked_whether_it_answers() -> None:
    """Whoever shows what is on it must know whether it stands still."""

    async def run() -> list[bool]:
        kafka = Kafka()
        writer = writer_on(kafka)
        found = [await writer.answers()]
        kafka.is_there = False
        return [*found, await writer.answers()]

    assert [True, False] == asyncio.run(run())


def test_an_end_waits_for_kafka_no_longer_than_a_record_and_says_what_was_not_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Without a broker the process ends all the same; one of two records was acknowledged."""

    async def run() -> None:
        kafka = Kafka()
        writer = writer_on(kafka, kafka_s=0.01)
        with pytest.raises(Refusal, match="not acknowledged"):
            await writer.put([RECORD, RECORD])
        kafka.acknowledged[0].set_result(None)
        await writer.end()

    asyncio.run(run())
    assert ["Kafka has not acknowledged 1 records in 0.01 s"] == [
        record.getMessage().partition(":")[0] for record in caplog.records
    ]


def test_an_end_says_nothing_where_all_was_acknowledged(caplog: pytest.LogCaptureFixture) -> None:
    """Also what was acknowledged while it waited."""

    async def run() -> None:
        kafka = Kafka()
        writer = writer_on(kafka)
        put = asyncio.create_task(writer.put([RECORD]))
        await kafka.until(1)
        end = asyncio.create_task(writer.end())
        kafka.acknowledged[0].set_result(None)
        await asyncio.gather(put, end)

    asyncio.run(run())
    assert [] == caplog.records
