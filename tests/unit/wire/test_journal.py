"""The journal's form: nothing is lost in it, and nothing foreign is read as a record."""

import pytest

from streams.domain.events import OperatorCommand, TpsStatus
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.journal import (
    AcceptedStatus,
    Flag,
    IntakeMark,
    JournalRecord,
    Origin,
    OwnerMark,
)
from streams.domain.times import EpochMs
from streams.errors import InputError
from streams.wire.inputs import decode_input
from streams.wire.journal import (
    JournalLine,
    decode_line,
    decode_record,
    encode_line,
    encode_record,
    key_of,
)
from tests.support.examples import PLAIN, as_bytes


def accepted(*flags: Flag) -> AcceptedStatus:
    """Return an accepted heartbeat."""
    event = decode_input("tps.status", as_bytes(PLAIN["tps.status"])).event
    assert isinstance(event, TpsStatus)
    return AcceptedStatus(
        received_at=EpochMs(1_732_666_201_250),
        at=EpochMs(1_732_666_200_000),
        origin=Origin("tps.status", 3, 8_812),
        election=ElectionId("rejang-lebong-2024"),
        place=AreaCode("17.02.09.1001-003"),
        digest="0123456789abcdef",
        flags=flags,
        event=event,
    )


MARK = IntakeMark(
    claims={"tps.status/3": EpochMs(1_732_666_201_000)}, sources={"tps.status": 4}, clock=EpochMs(5)
)


@pytest.mark.parametrize(
    "record",
    [accepted(), accepted(Flag.CLOCK_AHEAD, Flag.UNKNOWN_TPS), OwnerMark(), MARK],
    ids=["event", "flagged", "owner's mark", "intake's mark"],
)
def test_a_record_comes_back_as_it_went(record: JournalRecord) -> None:
    """In the journal and in a line of its export."""
    line = JournalLine(3, 12, EpochMs(1_732_666_201_300), record)
    assert record == decode_record(encode_record(record))
    assert line == decode_line(encode_line(line) + b"\n")


def test_a_line_has_the_form_of_the_contract() -> None:
    """Position and append time first, then the record with its kind on top."""
    line = encode_line(JournalLine(3, 12, EpochMs(1_732_666_201_300), OwnerMark()))
    expected = b'{"partition":3,"offset":12,"appended_at":1732666201300,"record":{"record":"now"}}'
    assert expected == line


def test_the_key_is_the_kabupaten() -> None:
    """So that all of a kabupaten lies on one partition."""
    assert b"17.02" == key_of(accepted())


def test_absence_of_a_field_survives() -> None:
    """What a producer left out is not the same as what it left empty."""
    body = as_bytes({**PLAIN["operator.commands"], "area": ""})
    event = decode_input("operator.commands", body).event
    assert isinstance(event, OperatorCommand)
    assert "" == event.area


@pytest.mark.parametrize(
    "value", [b"", b"{}", b'{"record":"later"}', b"\xff", b"[" * 100_000, b'{"record":"heard"}']
)
def test_what_is_no_record_is_refused(value: bytes) -> None:
    """Somebody else wrote to the journal, or a newer version did: nobody guesses."""
    with pytest.raises(InputError, match="journal"):
        decode_record(value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b'{"record":"now"}',
        b'{"partition":-1,"offset":0,"appended_at":0,"record":{"record":"now"}}',
        b'{"partition":0,"offset":0,"appended_at":"now","record":{"record":"now"}}',
    ],
)
def test_what_is_no_line_is_refused(text: bytes) -> None:
    """The caller adds file and line to the message."""
    with pytest.raises(InputError, match="exported journal"):
        decode_line(text)
