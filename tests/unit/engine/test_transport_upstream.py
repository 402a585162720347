"""What the transport takes for granted of Faust 0.15.3 and aiokafka 0.14.0, one test a name.

All of these are private or undocumented. A test that fails here after an upgrade says which
override is no longer called, or is called otherwise, before a broker has to.
"""

import inspect
from importlib.metadata import version
from pkgutil import resolve_name

import pytest
from faust.transport.drivers import TRANSPORTS
from faust.types import TP

from streams.engine.ports import Fetched, Slot
from streams.engine.transport import Transport
from streams.engine.transport_consumer import BatchConsumer, BundleRecord
from streams.engine.transport_thread import BatchThread
from tests.unit.engine.simulated_broker import Stored

SIGNATURES = [
    ("faust.transport.drivers.aiokafka:Consumer._new_consumer_thread", "self"),
    ("faust.transport.drivers.aiokafka:Consumer._getmany", "self, active_partitions, timeout"),
    ("faust.transport.drivers.aiokafka:Consumer._add_gap", "self, tp, offset_from, offset_to"),
    ("faust.transport.drivers.aiokafka:Consumer._filter_tps_with_pending_acks", "self, topics"),
    ("faust.transport.drivers.aiokafka:Consumer._new_offset", "self, tp"),
    ("faust.transport.drivers.aiokafka:Consumer.perform_seek", "self"),
    ("faust.transport.drivers.aiokafka:Consumer.on_partitions_revoked", "self, revoked"),
    ("faust.transport.drivers.aiokafka:Consumer.stop_flow", "self"),
    ("faust.transport.drivers.aiokafka:Consumer.seek_wait", "self, partitions"),
    ("faust.transport.drivers.aiokafka:Consumer.earliest_offsets", "self, partitions"),
    ("faust.transport.drivers.aiokafka:Consumer.assignment", "self"),
    (
        "faust.transport.drivers.aiokafka:Consumer.force_commit",
        "self, topics, start_new_transaction",
    ),
    ("faust.transport.drivers.aiokafka:AIOKafkaConsumerThread.on_start", "self"),
    (
        "faust.transport.drivers.aiokafka:AIOKafkaConsumerThread.on_partitions_assigned",
        "self, assigned, generation_id",
    ),
    ("faust.transport.drivers.aiokafka:AIOKafkaConsumerThread._ensure_consumer", "self"),
    (
        "faust.transport.drivers.aiokafka:AIOKafkaConsumerThread.call_thread",
        "self, fun, args, kwargs",
    ),
    ("faust.app.base:App._create_directories", "self"),
    ("faust.app.base:App.on_start", "self"),
    ("faust.app.base:App.wait_until_stopped", "self"),
    ("aiokafka.consumer.group_coordinator:GroupCoordinator._do_heartbeat", "self"),
    ("aiokafka.consumer.group_coordinator:GroupCoordinator.reset_generation", "self"),
    ("aiokafka.client:AIOKafkaClient.send", "self, node_id, request, group"),
    ("aiokafka.consumer.fetcher:Fetcher.fetched_records", "self, partitions, timeout, max_records"),
    ("aiokafka.consumer.consumer:AIOKafkaConsumer.stop", "self"),
    ("aiokafka.producer.producer:AIOKafkaProducer.create_batch", "self"),
    ("aiokafka.producer.producer:AIOKafkaProducer.send_batch", "self, batch, topic, partition"),
    ("aiokafka.producer.producer:AIOKafkaProducer.partitions_for", "self, topic"),
    (
        "aiokafka.producer.message_accumulator:BatchBuilder.append",
        "self, timestamp, key, value, headers",
    ),
    ("aiokafka.producer.message_accumulator:BatchBuilder.record_count", "self"),
    ("aiokafka.consumer.subscription_state:Assignment.state_value", "self, tp"),
]


@pytest.mark.parametrize(("name", "parameters"), SIGNATURES, ids=[n for n, _ in SIGNATURES])
def test_a_name_that_is_used_takes_what_it_took(name: str, parameters: str) -> None:
    """It is there, under these parameters."""
    assert parameters == ", ".join(inspect.signature(resolve_name(name)).parameters)


CALLS = [
    ("faust.transport.consumer:Consumer._wait_next_records", "await self._getmany("),
    ("faust.transport.consumer:Consumer.getmany", "if records is None or self.should_stop:"),
    ("faust.transport.consumer:Consumer.getmany", "self._to_message"),
    ("faust.transport.consumer:Consumer._drain_messages", "await self._add_gap("),
    (
        "faust.transport.consumer:Consumer.force_commit",
        "self._filter_tps_with_pending_acks(topics)",
    ),
    ("faust.transport.consumer:Consumer._filter_committable_offsets", "self._new_offset(tp)"),
    ("faust.transport.consumer:Consumer.perform_seek", "read_offset.update("),
    ("faust.transport.consumer:ThreadDelegateConsumer.__init__", "self._new_consumer_thread()"),
    (
        "faust.transport.consumer:ThreadDelegateConsumer.threadsafe_partitions_revoked",
        "on_partitions_revoked",
    ),
    (
        "faust.transport.consumer:ConsumerThread.on_partitions_assigned",
        "threadsafe_partitions_assigned",
    ),
    (
        "faust.transport.drivers.aiokafka:ConsumerRebalanceListener",
        "thread.on_partitions_assigned(",
    ),
    ("faust.transport.drivers.aiokafka:AIOKafkaConsumerThread.on_start", "self._create_consumer("),
    (
        "faust.transport.drivers.aiokafka:AIOKafkaConsumerThread._create_worker_consumer",
        "group_instance_id=conf.",
    ),
    (
        "faust.transport.drivers.aiokafka:AIOKafkaConsumerThread._create_worker_consumer",
        "else RoundRobinPartitionAssignor",
    ),
    ("faust.tables.recovery:Recovery", "consumer.perform_seek(), timeout="),
    ("faust.tables.recovery:Recovery", "consumer.resume_flow()"),
    ("faust.app.base:App.on_first_start", "self._create_directories()"),
    (
        "aiokafka.consumer.group_coordinator:GroupCoordinator._heartbeat_routine",
        "await self._do_heartbeat()",
    ),
    (
        "aiokafka.consumer.group_coordinator:GroupCoordinator.reset_generation",
        "self.member_id = JoinGroupRequest.UNKNOWN_MEMBER_ID",
    ),
    ("aiokafka.consumer.fetcher:Fetcher._get_actions_per_node", "self._fetch_max_wait_ms,"),
    (
        "aiokafka.consumer.fetcher:Fetcher._proc_fetch_request",
        "await self._client.send(node_id, request)",
    ),
    (
        "aiokafka.consumer.fetcher:Fetcher._proc_fetch_request",
        "for partition, offset, _ in partitions:",
    ),
    (
        "aiokafka.consumer.fetcher:Fetcher._proc_fetch_request",
        "for partition, error_code, highwater, *part_data in",
    ),
    ("aiokafka.consumer.consumer:AIOKafkaConsumer.getmany", "self._fetcher.fetched_records("),
    ("aiokafka.consumer.consumer:AIOKafkaConsumer.stop", "await self._coordinator.close()"),
    ("aiokafka.producer.sender:BaseHandler.do", "await self._sender.client.send("),
    ("aiokafka.producer.sender:SendProduceReqHandler.create_request", "ProduceRequest("),
    ("aiokafka.producer.message_accumulator:MessageBatch.done", "timestamp_type"),
]


@pytest.mark.parametrize(("caller", "call"), CALLS)
def test_upstream_still_calls_what_is_overridden(caller: str, call: str) -> None:
    """An override that nobody calls would be silent."""
    assert call in inspect.getsource(resolve_name(caller))


@pytest.mark.parametrize(
    ("ours", "upstream"),
    [
        (BatchConsumer, "faust.transport.drivers.aiokafka:Consumer"),
        (BatchThread, "faust.transport.drivers.aiokafka:AIOKafkaConsumerThread"),
    ],
)
def test_every_override_is_listed(ours: type, upstream: str) -> None:
    """A method of ours under a name that upstream has replaces it, wanted or not."""
    made_by_machinery = {"logger", "abstract", "mundane_level", "_abc_impl"}
    theirs = set(dir(resolve_name(upstream)))
    overridden = {name for name in vars(ours) if name in theirs and not name.startswith("__")}
    listed = {name.removeprefix(f"{upstream}.") for name, _ in SIGNATURES}
    assert overridden - made_by_machinery <= listed


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("aiokafka.protocol.fetch:FetchRequest", "FetchRequest"),
        ("aiokafka.protocol.produce:ProduceRequest", "Produce"),
    ],
)
def test_requests_are_told_apart_by_the_names_of_their_classes(name: str, begins: str) -> None:
    """The guards look for fetches and produces among all that a client sends."""
    assert resolve_name(name).__name__.startswith(begins)


def test_an_answer_tells_offset_time_and_whose_time() -> None:
    """0 is the sender's time, 1 the broker's."""
    fields = resolve_name("aiokafka.structs:RecordMetadata._fields")
    assert {"offset", "timestamp", "timestamp_type"} <= set(fields)


def test_the_state_of_a_partition_tells_where_it_is_fetched_from() -> None:
    """The watchdog looks at it."""
    state = resolve_name("aiokafka.consumer.subscription_state:TopicPartitionState")
    assert isinstance(state.has_valid_position, property)
    assert isinstance(state.position, property)
    assert "self.highwater = " in inspect.getsource(state)


def test_a_batch_looks_like_a_record() -> None:
    """Faust reads these attributes of whatever its consumer hands out."""
    source = inspect.getsource(
        resolve_name("faust.transport.drivers.aiokafka:Consumer._to_message")
    )
    read = {word.split(".")[1] for word in source.replace(",", " ").split() if "record." in word}
    assert read
    assert {name for name in read if not hasattr(BundleRecord, name)} == set()


def test_a_bundle_stands_under_the_last_offset_of_its_first_batch() -> None:
    """Faust drops what lies before the offset at which it last saw a partition."""
    first, second = (
        Fetched(Slot("tps.status", number), 1, [Stored(n, 7, None, b"") for n in (3, 4)])
        for number in (0, 1)
    )
    bundle = BundleRecord({TP("p.tps.status", 0): first, TP("p.tps.status", 1): second})
    assert ("p.tps.status", 0, 4, 7) == (
        bundle.topic,
        bundle.partition,
        bundle.offset,
        bundle.timestamp,
    )
    assert (first, second) == bundle.value


def test_the_transport_is_found_by_its_name() -> None:
    """pyproject.toml registers it for URLs that begin with siaga://."""
    assert TRANSPORTS.by_name("siaga") is Transport
    assert Transport.Consumer is BatchConsumer


@pytest.mark.parametrize(
    ("package", "read"), [("faust-streaming", "0.15.3"), ("aiokafka", "0.14.0")]
)
def test_the_versions_are_those_that_were_read(package: str, read: str) -> None:
    """Upgrading either means reading it again."""
    assert version(package) == read
