"""Receipts at the door: inputs like any other, but for their place and their time."""

from typing import Final

import pytest

from streams.config import ClockSource
from streams.domain.effects import DeadLetterReason
from streams.domain.journal import AcceptedReceipt, JournalRecord
from streams.wire.accept import AcceptSettings
from streams.wire.journal import decode_record, encode_record
from streams.wire.producers import Producer, Producers
from streams.wire.records import DeadLettered, Headers, Journaled
from streams.wire.schemas import Json
from tests.support.example_receipts import RECEIPT
from tests.unit.wire.worlds import PILKADES, REAL, RECEIVED_AT, acceptor, record

JUDGE: Final = acceptor()
PLAYED: Final = acceptor(AcceptSettings(clock=ClockSource.PLAYED))
TOPICS: Final = ("siaga.receipts", "siaga.restricted.receipts")


def taken(value: Json, headers: Headers = (), topic: str = TOPICS[0]) -> AcceptedReceipt:
    """Return the record of the journal that a receipt becomes."""
    verdict = acceptor(None, REAL, PILKADES).accept(record(topic, value, headers))
    assert isinstance(verdict, Journaled), verdict
    assert isinstance(verdict.record, AcceptedReceipt)
    return verdict.record


@pytest.mark.parametrize("topic", TOPICS)
def test_a_receipt_is_placed_by_its_notice(topic: str) -> None:
    """By the digits of the kabupaten that its id begins with, whatever the topic."""
    verdict = JUDGE.accept(record(topic, RECEIPT))
    assert isinstance(verdict, Journaled)
    found: JournalRecord = verdict.record
    assert isinstance(found, AcceptedReceipt)
    assert (b"17.02", "17.02", topic) == (verdict.key, found.place, found.origin.topic)
    assert found == decode_record(encode_record(found))


def test_its_election_is_that_of_the_notice() -> None:
    """Named or not; of a drill by its header, or by the election that its notice had."""
    expected = "rejang-lebong-2024"
    drill = f"{expected}#drill-gladi-1"
    assert expected == taken(RECEIPT).election
    assert expected == taken(RECEIPT | {"election": ""}).election
    assert drill == taken(RECEIPT | {"election": drill}).election
    assert drill == taken(RECEIPT, (("siaga-drill", b"gladi-1"),)).election
    village: dict[str, Json] = {"notice": "3604-MZXW6YTBOI2HGZLM", "election": ""}
    assert "pilkades-serang" == taken(RECEIPT | village).election


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"notice": "9901-MZXW6YTBOI2HGZLM"}, DeadLetterReason.UNKNOWN),
        ({"election": "nowhere-2024"}, DeadLetterReason.UNKNOWN),
        ({"notice": "x"}, DeadLetterReason.SCHEMA),
        ({"at": "2024-11-27T25:00:00+07:00"}, DeadLetterReason.BAD_TIME),
        ({"election": "rejang-lebong-2024#drill-a b"}, DeadLetterReason.ENVELOPE),
    ],
)
def test_a_bad_receipt_is_a_dead_letter(change: dict[str, Json], reason: DeadLetterReason) -> None:
    """With the reasons that every input has."""
    verdict = JUDGE.accept(record("siaga.receipts", RECEIPT | change))
    assert isinstance(verdict, DeadLettered)
    assert reason is verdict.reason


@pytest.mark.parametrize("at", ["2026-11-23T09:00:00Z", "1999-01-01T00:00:00Z"])
def test_the_brokers_clock_is_its_time(at: str) -> None:
    """What the sender's clock says has no part in it, however far it is from the day."""
    found = taken(RECEIPT | {"at": at})
    assert (RECEIVED_AT, RECEIVED_AT, ()) == (found.received_at, found.at, found.flags)


def test_of_a_played_day_it_has_no_time() -> None:
    """Who sends notices does not know the player's clock, and must not bring another."""
    verdict = PLAYED.accept(record("siaga.receipts", RECEIPT))
    assert isinstance(verdict, Journaled)
    assert isinstance(verdict.record, AcceptedReceipt)
    assert (0, 0) == (verdict.record.received_at, verdict.record.at)


def test_a_receipt_that_must_be_signed_is_not_taken_without() -> None:
    """Keys of producers hold for these topics as for any other."""
    strict = Producers(
        must_sign=frozenset({"siaga.receipts"}),
        producers={"notify": Producer(secret=b"Z".hex() * 32)},
    )
    verdict = acceptor(AcceptSettings(producers=strict)).accept(record("siaga.receipts", RECEIPT))
    assert isinstance(verdict, DeadLettered)
    assert DeadLetterReason.SIGNATURE is verdict.reason
