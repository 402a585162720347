"""What holds of the wire for every message there can be."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import assume, given
from hypothesis import strategies as st

from streams.config import ClockSource
from streams.domain.times import EpochMs
from streams.wire.accept import AcceptSettings
from streams.wire.envelope import unwrap
from streams.wire.inputs import INPUT_TYPES, decode_input
from streams.wire.journal import decode_record, encode_record
from streams.wire.pseudonym import pseudonym_of
from streams.wire.records import Broadcast, DeadLettered, Headers, Inbound, Journaled
from streams.wire.rejection import Rejection
from streams.wire.schemas import Json, schema
from streams.wire.time import format_time, parse_time
from tests.support.example_fields import MISSING
from tests.support.examples import CASES, PLAIN, SCHEMA_OF
from tests.support.json_schema import contract_schema, in_contract, judge, read_json
from tests.unit.wire.worlds import LISTED, PILKADES, REAL, RECEIVED_AT, RERUN, acceptor

JUDGES = {
    "alone": acceptor(),
    "several": acceptor(None, REAL, RERUN, PILKADES),
    "played": acceptor(AcceptSettings(clock=ClockSource.PLAYED)),
    "replay": acceptor(AcceptSettings(by_scope=True), REAL, RERUN, PILKADES),
}
OURS = {topic: judge(schema(name)) for topic, name in SCHEMA_OF.items()}
THEIRS = {
    topic: judge(contract_schema(name)) for topic, name in SCHEMA_OF.items() if in_contract(name)
}

topics = st.sampled_from(sorted(INPUT_TYPES))
names = st.sampled_from(
    ["siaga-clock", "siaga-drill", "content-type", "ce_id", "ce_type", "ce_specversion", "ce_time"]
)
texts = st.sampled_from([b"1.0", b"2024-11-27T02:00:05Z", b"1732672805000", b"application/json"])
headers = st.lists(st.tuples(names, st.none() | texts | st.binary(max_size=20)), max_size=5).map(
    tuple
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(1 << 65), 1 << 65)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
)
anything: st.SearchStrategy[Json] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, Json]:
    """A plain message in which some fields are changed, for better or worse."""
    topic = draw(topics)
    cases = CASES[topic]
    message = dict(PLAIN[topic])
    for field in draw(st.lists(st.sampled_from(sorted(cases)), max_size=5)):
        good, bad = cases[field]
        known = [value for value in (*good, *bad) if value != MISSING]
        message[field] = draw(st.sampled_from(known) | anything) if known else draw(anything)
    for field in draw(st.lists(st.sampled_from(sorted(message)), max_size=2)):
        message.pop(field, None)
    return topic, message


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The bytes of a message, cut, doubled or overwritten somewhere."""
    _, message = draw(messages())
    body = json.dumps(message).encode()
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(body))] * 2)))
    return body[:start] + draw(st.binary(max_size=4) | st.just(body[start:end])) + body[end:]


def encodable(value: Json) -> bytes:
    """Return a value as JSON, leaving out half surrogates, which are no text."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        assume(condition=False)
        raise


@given(
    topic=topics,
    value=st.none()
    | st.binary(max_size=200)
    | damaged()
    | messages().map(lambda m: encodable(m[1])),
    headers=headers,
    received=st.integers(-1, 1 << 45),
    which=st.sampled_from(sorted(JUDGES)),
)
def test_nothing_makes_intake_raise(
    topic: str, value: bytes | None, headers: Headers, received: int, which: str
) -> None:
    """Whatever a producer sends, a verdict comes back; a detail is one printable line."""
    knock = Inbound(topic, 0, 0, EpochMs(received), None, value, headers)
    match JUDGES[which].accept(knock):
        case DeadLettered(_, detail):
            assert detail.isprintable()
            assert detail
        case Journaled(key, record):
            assert re.fullmatch(rb"[0-9]{2}\.[0-9]{2}", key)
            assert record == decode_record(encode_record(record))
        case Broadcast(record):
            assert record == decode_record(encode_record(record))
        case _:
            assert which == "played"
            assert not value


@given(messages())
def test_decoder_and_both_schemas_agree(message: tuple[str, Json]) -> None:
    """Ours, the contract's and the decoder take and refuse the same."""
    topic, value = message
    body = encodable(value)
    try:
        decode_input(topic, body)
        taken = True
    except Rejection:
        taken = False
    written = read_json(body)
    found = {"ours": OURS[topic].is_valid(written)}
    if topic in THEIRS:
        found["contract"] = THEIRS[topic].is_valid(written)
    assert dict.fromkeys(found, taken) == found


@given(st.binary(max_size=40), st.integers(0, 202), st.integers(0, 202))
def test_a_message_is_never_half_taken(noise: bytes, start: int, end: int) -> None:
    """What is decoded from damaged bytes is what a JSON parser finds in them."""
    body = json.dumps(PLAIN["tps.status"]).encode()
    hurt = body[:start] + noise + body[end:]
    try:
        event = decode_input("tps.status", hurt).event
    except Rejection:
        return
    assert json.loads(hurt)["id"] == event.id


@given(
    moment=st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)),  # noqa: DTZ001 - made aware below.
    offset=st.integers(-1439, 1439),
    digits=st.integers(0, 9),
)
def test_a_time_is_read_as_the_calendar_has_it(moment: datetime, offset: int, digits: int) -> None:
    """To the millisecond, whatever the offset and the number of digits."""
    zone = timezone(timedelta(minutes=offset))
    fraction = f"{moment.microsecond * 1_000:09}"[:digits]
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    text = f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + (f".{fraction}" if fraction else "")
    text += f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    whole = moment.replace(microsecond=0, tzinfo=zone)
    expected = (whole - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert expected + int(fraction[:3].ljust(3, "0")) == parse_time(text)


@given(st.integers(-(1 << 44), 1 << 47), st.sampled_from([0, 420, 480, 540]))
def test_a_shown_time_is_read_back_to_the_second(at: int, offset_minutes: int) -> None:
    """What we write, we read; only the rest of the second is lost."""
    assert at // 1_000 * 1_000 == parse_time(format_time(EpochMs(at), offset_minutes))


@given(st.text(min_size=1, max_size=64))
def test_a_pseudonym_is_an_id_and_stays_one(source_id: str) -> None:
    """Never longer than the schema allows, never hashed twice."""
    shown = pseudonym_of(source_id, b"key")
    assert 1 <= len(shown) <= 64
    assert shown == pseudonym_of(shown, b"key")


@pytest.mark.parametrize("write", [to_binary, to_structured])
@given(data=st.dictionaries(st.text(max_size=8), anything, min_size=1), subject=st.text(min_size=1))
def test_any_data_survives_the_official_envelope(
    write: Callable[[CloudEvent, JSONFormat], KafkaMessage], data: dict[str, Json], subject: str
) -> None:
    """Whatever a gateway wraps by the project's own package comes out as it went in."""
    encodable(data)
    encodable(subject)
    attributes = {"id": "1", "source": "/x", "type": "t", "specversion": "1.0"}
    message = write(CloudEvent(attributes | {"subject": subject}, data), JSONFormat())
    assert data == json.loads(unwrap(message.value, tuple(message.headers.items())))


@given(st.integers(-300_000, 300_000))
def test_no_accepted_time_is_ahead_by_more_than_two_minutes(ahead_ms: int) -> None:
    """And none that is not is changed."""
    at = EpochMs(RECEIVED_AT + ahead_ms)
    value = {**PLAIN["tps.status"], "tps": LISTED, "at": _exact(at)}
    taken = JUDGES["alone"].accept(
        Inbound("tps.status", 0, 0, RECEIVED_AT, None, json.dumps(value).encode())
    )
    assert isinstance(taken, Journaled)
    expected = RECEIVED_AT if ahead_ms > 120_000 else at
    assert f'"at":{expected},' in encode_record(taken.record).decode()


def _exact(at: EpochMs) -> str:
    """Return a time with its milliseconds."""
    return f"{format_time(at, 0)[:19]}.{at % 1_000:03}Z"
