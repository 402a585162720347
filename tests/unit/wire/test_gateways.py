"""A heartbeat of a gateway on its way into the journal: once for each kabupaten that it serves."""

from typing import Final

import pytest

from streams.domain.effects import DeadLetterReason
from streams.domain.ids import kabupaten_of
from streams.domain.journal import AcceptedGateway, Origin
from streams.domain.times import MINUTE_MS, EpochMs
from streams.wire.journal import decode_record, encode_record
from streams.wire.records import DeadLettered, Journaled, Parted
from streams.wire.schemas import Json
from streams.wire.time import format_time, parse_time
from tests.unit.wire.worlds import (
    AT,
    LISTED,
    PILKADES,
    REAL,
    RECEIVED_AT,
    STRANGE,
    UNLISTED,
    VILLAGE,
    acceptor,
    record,
)

ONE: Final = acceptor()
BOTH: Final = acceptor(None, REAL, PILKADES)
OLDEST: Final = "2024-11-27T08:40:00+07:00"


def told(*areas: Json, **more: Json) -> dict[str, Json]:
    """Return a heartbeat."""
    source: Json = {"id": "sms-1", "role": "system", "channel": "sms"}
    return {"id": "b-1", "at": AT, "source": source, "areas": [*areas], **more}


def accepted(value: Json) -> list[AcceptedGateway]:
    """Return the records that a heartbeat becomes, each under the key of its kabupaten."""
    taken = BOTH.accept(record("siaga.gateways", value))
    assert isinstance(taken, Journaled | Parted), taken
    found: list[AcceptedGateway] = []
    for part in taken.parts if isinstance(taken, Parted) else (taken,):
        assert isinstance(part.record, AcceptedGateway)
        assert kabupaten_of(part.record.place).encode() == part.key
        assert part.record == decode_record(encode_record(part.record))
        found.append(part.record)
    return found


def refused(value: Json) -> DeadLettered:
    """Return the verdict on a heartbeat that must be refused."""
    verdict = ONE.accept(record("siaga.gateways", value))
    assert isinstance(verdict, DeadLettered), verdict
    return verdict


def test_what_waits_in_a_gateway_with_a_fast_clock_waits_for_longer_than_it_says() -> None:
    """Its clock was as fast when the message came; else it would vouch for what it holds."""
    at, fast = format_time(EpochMs(RECEIVED_AT + 10 * MINUTE_MS), 420), parse_time(OLDEST)
    (found,) = accepted(told("17.02", oldest_pending_at=OLDEST, pending=7) | {"at": at})
    assert fast - 10 * MINUTE_MS == found.pending_since


def test_all_that_intake_adds() -> None:
    """The areas, and the moment since when something waits."""
    (found,) = accepted(told("17.02.11", LISTED, "17.02.11", oldest_pending_at=OLDEST, pending=7))
    assert ("17.02", ("17.02.09.1012-001", "17.02.11")) == (found.place, found.areas)
    assert parse_time(OLDEST) == found.pending_since
    assert (RECEIVED_AT, parse_time(AT)) == (found.received_at, found.at)
    assert Origin("siaga.gateways", 3, 8_812) == found.origin
    assert "rejang-lebong-2024" == found.election


def test_nothing_waits() -> None:
    """Then there is no moment."""
    (found,) = accepted(told("17.02"))
    assert found.pending_since is None


def test_a_gateway_of_several_kabupaten_is_journaled_for_each() -> None:
    """Each learns of its own areas, in the election that it has; the event is the same."""
    found = accepted(told(VILLAGE, "17.02", "36.04.17.2010"))
    assert [("17.02", ("17.02",)), ("36.04", ("36.04.17.2010", VILLAGE))] == [
        (one.place, one.areas) for one in found
    ]
    assert 2 == len({one.election for one in found})
    assert 1 == len({one.digest for one in found})


def test_a_drill_is_apart() -> None:
    """By the election that it names, as all word of a drill."""
    drill = "rejang-lebong-2024#drill-gladi"
    assert [drill] == [one.election for one in accepted(told("17.02", election=drill))]


def test_a_gateway_that_is_called_by_its_number_gets_a_pseudonym() -> None:
    """No number stands in the journal, nor in an alert about it."""
    source: Json = {"id": "+6281234567890", "role": "system"}
    (found,) = accepted(told("17.02") | {"source": source})
    assert "1234" not in encode_record(found).decode()


CITIZEN: Final[Json] = {"id": "x", "role": "warga"}
REFUSED: Final[dict[str, tuple[dict[str, Json], DeadLetterReason, str]]] = {
    "a kabupaten that nobody watches": (told("36.71"), DeadLetterReason.UNKNOWN, "36.71"),
    "one of several": (told("17.02", "36.71"), DeadLetterReason.UNKNOWN, "36.71"),
    "a desa that is not": (told(STRANGE[:13]), DeadLetterReason.UNKNOWN, STRANGE[:13]),
    "a TPS of a desa that does not vote": (told(STRANGE), DeadLetterReason.UNKNOWN, STRANGE),
    "a BPS code": (told("1702"), DeadLetterReason.SCHEMA, "areas"),
    "a province": (told("17"), DeadLetterReason.SCHEMA, "areas"),
    "no area": (told(), DeadLetterReason.SCHEMA, "areas"),
    "somebody's own role": (
        told("17.02") | {"source": CITIZEN},
        DeadLetterReason.SCHEMA,
        "`source.role` that is `system`",
    ),
    "something waits, since when is not said": (
        told("17.02", pending=3),
        DeadLetterReason.SCHEMA,
        "`oldest_pending_at`",
    ),
    "no such moment": (
        told("17.02", oldest_pending_at="2024-11-27T24:40:00+07:00"),
        DeadLetterReason.BAD_TIME,
        "$.oldest_pending_at",
    ),
    "another year": (
        told("17.02", at="2020-11-27T09:00:00+07:00"),
        DeadLetterReason.BAD_TIME,
        "",
    ),
}


@pytest.mark.parametrize(("value", "reason", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_a_dead_letter(
    value: dict[str, Json], reason: DeadLetterReason, detail: str
) -> None:
    """As a whole, and with its reason: a gateway of which a part is unknown is set up wrongly."""
    verdict = refused(value)
    assert reason is verdict.reason
    assert detail in verdict.detail


def test_an_unlisted_tps_is_served_as_any() -> None:
    """Lists are wrong more often than people on the spot."""
    (found,) = accepted(told(UNLISTED))
    assert (UNLISTED,) == found.areas
