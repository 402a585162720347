"""Records in and out of a broker, by a Kafka client that is not ours (librdkafka)."""

from typing import Final

from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition

_WAIT_S: Final = 15.0
_SIZE_MAX: Final = 33_554_432

Headers = list[tuple[str, str | bytes | None]]


def ordered_producer(address: str, **settings: object) -> Producer:
    """Return a producer whose records arrive once, and each partition's in the order sent.

    Without idempotence a batch that is tried again, as it is when a new topic has no leader yet,
    lands behind the batches that were under way with it.

    Args:
        address: The broker.
        settings: More of the producer, with `_` for `.`.
    """
    return Producer({"bootstrap.servers": address, "enable.idempotence": True} | _dotted(settings))


def _dotted(settings: dict[str, object]) -> dict[str, object]:
    return {name.replace("_", "."): setting for name, setting in settings.items()}


def send_one(
    address: str, topic: str, value: bytes, headers: Headers | None = None, **settings: object
) -> TopicPartition:
    """Send one record to partition 0, wait until it is acknowledged, and return where it lies.

    Args:
        address: The broker.
        topic: The topic, which should be there.
        value: What to send.
        headers: What goes with it.
        settings: Of the producer, with `_` for `.`; `time_ms` is the record's time.
    """
    time_ms = settings.pop("time_ms", 0)
    assert isinstance(time_ms, int)
    told: list[tuple[KafkaError | None, Message]] = []
    producer = Producer(
        {"bootstrap.servers": address, "message.max.bytes": _SIZE_MAX} | _dotted(settings)
    )
    producer.produce(
        topic,
        value,
        b"36.04",
        partition=0,
        on_delivery=lambda error, message: told.append((error, message)),
        timestamp=time_ms,
        headers=headers,
    )
    producer.flush(_WAIT_S)
    [(error, message)] = told
    assert error is None, error
    offset = message.offset()
    assert offset is not None
    return TopicPartition(topic, 0, offset)


def read_one(address: str, place: TopicPartition) -> Message:
    """Return the record that lies at `place`."""
    consumer = Consumer({"bootstrap.servers": address, "group.id": "unused"})
    consumer.assign([place])
    message = consumer.poll(_WAIT_S)
    consumer.close()
    assert message is not None, f"nothing at {place}"
    assert message.error() is None, message.error()
    return message
