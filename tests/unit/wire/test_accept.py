"""The judgment of intake as a whole: what it adds, what it leaves alone, why it says no."""

import hmac
import json
import re
from collections.abc import Callable

import pytest

from streams.config import ClockSource
from streams.domain.effects import DeadLetterReason
from streams.domain.events import TpsStatus
from streams.domain.journal import (
    AcceptedCommand,
    AcceptedCount,
    AcceptedReport,
    AcceptedStatus,
    Flag,
    Origin,
)
from streams.wire.accept import AcceptSettings
from streams.wire.inputs import VALUE_BYTES_MAX
from streams.wire.journal import JournalLine, decode_line, decode_record, encode_line, encode_record
from streams.wire.producers import Producer, Producers
from streams.wire.records import Broadcast, DeadLettered, Headers, Inbound, Journaled, Taken
from streams.wire.schemas import Json
from tests.unit.wire.worlds import (
    LISTED,
    PILKADES,
    REAL,
    RECEIVED_AT,
    ROOT,
    STRANGE,
    UNLISTED,
    acceptor,
    command,
    count,
    record,
    report,
    status,
)

JUDGE = acceptor()
BOTH = acceptor(None, REAL, PILKADES)
STRICT = acceptor(AcceptSettings(producers=Producers(must_sign=frozenset({"tps.status"}))))
SIGNED = json.dumps(status()).encode()
SIGNATURE = hmac.new(b"Z" * 32, SIGNED, "sha256").hexdigest().encode()
WITNESS_KEY = Producer(secret=b"Z".hex() * 32, roles=frozenset({"saksi"}))
WITNESS = acceptor(AcceptSettings(producers=Producers(producers={"saksi": WITNESS_KEY})))
ENVELOPE: Headers = (("ce_id", b"1"),)


def journaled(value: Json, topic: str = "tps.status", headers: Headers = ()) -> Journaled:
    """Return what a message becomes that is accepted."""
    taken = JUDGE.accept(record(topic, value, headers))
    assert isinstance(taken, Journaled), taken
    return taken


def status_of(value: Json, headers: Headers = ()) -> AcceptedStatus:
    """Return the accepted status that a message becomes."""
    found = journaled(value, headers=headers).record
    assert isinstance(found, AcceptedStatus)
    return found


def test_all_that_intake_adds() -> None:
    """Times, origin, election, place, digest; the event is the producer's."""
    found = journaled(status())
    accepted = status_of(status())
    assert b"17.02" == found.key
    assert Origin("tps.status", 3, 8_812) == accepted.origin
    assert RECEIVED_AT == accepted.received_at
    assert "rejang-lebong-2024" == accepted.election
    assert LISTED == accepted.place
    assert () == accepted.flags
    assert "s-1" == accepted.event.id


@pytest.mark.parametrize(
    ("topic", "value", "kind"),
    [
        ("tps.status", status(), AcceptedStatus),
        ("crowd.reports", report(), AcceptedReport),
        ("vote.counts", count(), AcceptedCount),
        ("operator.commands", command(), AcceptedCommand),
    ],
)
def test_each_topic_becomes_its_record(topic: str, value: Json, kind: type[object]) -> None:
    """And what is journaled is read back as it was, from the journal and from its export."""
    taken = journaled(value, topic)
    assert kind is type(taken.record)
    line = JournalLine(0, 1, RECEIVED_AT, taken.record)
    assert taken.record == decode_record(encode_record(taken.record))
    assert line == decode_line(encode_line(line))


def test_several_flags_are_all_told() -> None:
    """An unlisted TPS with a clock that is ahead."""
    found = status_of(status(tps=UNLISTED, at="2024-11-27T10:00:00+07:00"))
    assert (Flag.UNKNOWN_TPS, Flag.CLOCK_AHEAD) == found.flags


def test_the_digest_is_of_the_content_alone() -> None:
    """Order of fields, blanks, unknown fields and the envelope are no content."""
    plain = status_of(status()).digest
    turned = dict(reversed(status().items())) | {"unknown": 1}
    padded = JUDGE.accept(
        record("tps.status", json.dumps(turned, indent=2).encode(), received_at=RECEIVED_AT)
    )
    assert isinstance(padded, Journaled)
    assert isinstance(padded.record, AcceptedStatus)
    assert 16 == len(plain)
    assert int(plain, 16) >= 0
    assert plain == padded.record.digest


@pytest.mark.parametrize(
    "change", [{"queue": 1}, {"at": "2024-11-27T09:00:01+07:00"}, {"election": REAL.election.id}]
)
def test_another_content_is_another_digest(change: dict[str, Json]) -> None:
    """Whatever differs: the fold tells a redelivery from a conflict by it."""
    assert status_of(status()).digest != status_of(status(**change)).digest


def test_a_drill_is_an_election_of_its_own() -> None:
    """By the header, or by the election that the alerts of the drill show."""
    header: Headers = (("siaga-drill", b"gladi-1"),)
    expected = "rejang-lebong-2024#drill-gladi-1"
    assert expected == status_of(status(), header).election
    assert expected == status_of(status(election=expected)).election
    assert expected == status_of(status(election=expected + "0"), header).election


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (status(), (("siaga-drill", b""),)),
        (status(), (("siaga-drill", b"a b"),)),
        (status(), (("siaga-drill", b"\xff"),)),
        (status(), (("siaga-drill", b"x" * 65),)),
        (status(election="rejang-lebong-2024#drill-"), ()),
        (status(election="rejang-lebong-2024#drill-\u0007"), ()),
    ],
)
def test_a_drill_without_a_name_is_no_real_day(value: Json, headers: Headers) -> None:
    """What was meant as a drill must never be judged as real."""
    verdict = JUDGE.accept(record("tps.status", value, headers))
    assert isinstance(verdict, DeadLettered)
    assert DeadLetterReason.ENVELOPE is verdict.reason


def test_an_empty_drill_header_is_no_drill() -> None:
    """A header without a value is as good as none."""
    assert "rejang-lebong-2024" == status_of(status(), (("siaga-drill", None),)).election


def test_a_telephone_number_never_reaches_the_journal() -> None:
    """Nor does its digest tell it: content is hashed after the number is gone."""
    source: Json = {"id": "081234567890", "role": "warga"}
    taken = journaled(report(source=source), "crowd.reports")
    assert isinstance(taken.record, AcceptedReport)
    assert taken.record.event.source.id.startswith("tel-")
    assert b"81234567890" not in encode_record(taken.record)
    other: Json = {"id": "+62 812 3456 7890", "role": "warga"}
    same = journaled(report(source=other), "crowd.reports")
    assert isinstance(same.record, AcceptedReport)
    assert taken.record.digest == same.record.digest


def test_a_cloudevent_is_what_is_in_it() -> None:
    """In structured mode, with its own id and source outside."""
    outside: Json = {"specversion": "1.0", "id": "e", "source": "/x", "type": "t"}
    assert isinstance(outside, dict)
    bare, wrapped = status_of(status()), status_of({**outside, "data": status()})
    assert isinstance(wrapped.event, TpsStatus)
    assert bare.event == wrapped.event


def test_a_report_without_category_is_taken() -> None:
    """Its text is classified by the fold, which knows the pack."""
    taken = journaled(report(category=None, text="ada ribut"), "crowd.reports")
    assert isinstance(taken.record, AcceptedReport)
    assert "ada ribut" == taken.record.event.text


def of(topic: str, value: Json | bytes, headers: Headers = ()) -> Callable[[], Taken]:
    """Return the judgment of one message, to be made in the test."""
    return lambda: JUDGE.accept(record(topic, value, headers))


REASONS: dict[DeadLetterReason, Callable[[], Taken]] = {
    DeadLetterReason.SIZE: of("tps.status", b" " * (VALUE_BYTES_MAX + 1)),
    DeadLetterReason.ENCODING: of("tps.status", b"\xff"),
    DeadLetterReason.JSON: of("tps.status", b"{"),
    DeadLetterReason.ENVELOPE: of("tps.status", status(), ENVELOPE),
    DeadLetterReason.SCHEMA: of("tps.status", status(kind="open")),
    DeadLetterReason.BAD_TIME: of("tps.status", status(at="2024-13-27T09:00:00Z")),
    DeadLetterReason.UNKNOWN: of("tps.status", status(tps=STRANGE)),
    DeadLetterReason.PLACE: lambda: BOTH.accept(record("crowd.reports", report(place=None))),
    DeadLetterReason.SIGNATURE: lambda: STRICT.accept(record("tps.status", status())),
    DeadLetterReason.FORBIDDEN: lambda: WITNESS.accept(
        record("tps.status", SIGNED, (("siaga-signature", b"saksi:" + SIGNATURE),))
    ),
}


def test_every_reason_of_the_contract_can_be_reached() -> None:
    """But for the conflict of ids, which only the fold can see."""
    assert set(DeadLetterReason) - {DeadLetterReason.ID_CONFLICT} == set(REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_given_with_a_detail(reason: DeadLetterReason) -> None:
    """A word for programs and a sentence for people."""
    verdict = REASONS[reason]()
    assert isinstance(verdict, DeadLettered), verdict
    assert reason is verdict.reason
    assert verdict.detail


def test_a_detail_is_one_short_line() -> None:
    """It is printed in terminals and logs, and part of it may be a stranger's words."""
    value = status(kind="opened\n\x1b[2Jfake line\u2028" + "x" * 5_000)
    verdict = JUDGE.accept(record("tps.status", value))
    assert isinstance(verdict, DeadLettered)
    assert verdict.detail.isprintable()
    assert len(verdict.detail) <= 500


def test_the_judgment_has_no_memory() -> None:
    """A redelivered record gives the same verdict, whatever came between."""
    knock = record("tps.status", status())
    first = JUDGE.accept(knock)
    JUDGE.accept(record("tps.status", b"{"))
    assert first == JUDGE.accept(knock)
    assert first == acceptor().accept(knock)


def test_the_key_of_the_input_does_not_matter() -> None:
    """Any partitioner: the place is in the body."""
    knock = record("tps.status", status())
    keyed = Inbound(knock.topic, 3, 8_812, RECEIVED_AT, b"36.04", knock.value)
    assert JUDGE.accept(knock) == JUDGE.accept(keyed)


def test_a_played_day_is_judged_by_the_players_time() -> None:
    """A pack is taken into use at the time that the header says."""
    played = acceptor(AcceptSettings(clock=ClockSource.PLAYED))
    headers: Headers = (("siaga-clock", b"1732672805000"),)
    verdict = played.accept(
        record("operator.commands", command(alert=None, command="use_pack"), headers)
    )
    assert isinstance(verdict, Broadcast)
    assert isinstance(verdict.record, AcceptedCommand)
    assert RECEIVED_AT == verdict.record.received_at


def test_the_reference_explains_every_reason_and_flag() -> None:
    """A sender who gets a word back finds it on the page."""
    page = (ROOT / "docs" / "reference" / "dead-letters.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))
    assert {*DeadLetterReason, *Flag} <= told
