"""The documents of `siaga.picture`: how each TPS and each area stands now, for who shows it.

`streams.views.picture` fills them from the state of a partition; here are their shapes, their keys
and their bytes. One document says all of its place, so that the newest record of a key is enough
and one that was lost is healed by the next.

Nothing that only some may see is counted in them, no officer, sender or candidate is named, and of
votes they say how many TPS have counted, never for whom. Field names are those of the alert's
document (`streams.wire.documents`), moments are texts in local time as there.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from streams.domain.events import TimeText
from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.words import SituationColour, TpsClass
from streams.errors import InputError

__all__ = [
    "AreaPicture",
    "AwayBox",
    "ContestProgress",
    "ExpectedBy",
    "PolsekPicture",
    "Position",
    "SeverityCounts",
    "StageAt",
    "TpsPicture",
    "decode",
    "encode",
    "key_of",
]

Count = Annotated[int, Meta(ge=0)]


class Position(Struct, frozen=True, gc=False):
    """Where a TPS lies, in degrees."""

    lat: float
    lon: float


class SeverityCounts(Struct, frozen=True, gc=False):
    """Open alerts, whatever has become of them so far, by severity."""

    critical: Count
    high: Count
    medium: Count
    low: Count


class ContestProgress(Struct, frozen=True, gc=False):
    """How far a contest is counted: TPS that vote in it, that have sent a form, a final one."""

    contest: str
    tps: Count
    forms: Count
    final: Count


class PolsekPicture(Struct, frozen=True, gc=False):
    """What a Polsek has, and what it is asked for.

    `total` is `free`, `bound`, `escorting` and `off_duty` together. As in the alert of a shortage
    who is `missing` is among the `free`. `needed` are still asked for; `bko` of them must come from
    outside the kabupaten, because no other Polsek in it can lend them. `pairs` are free ones, the
    first of them by name: as `dispatch` calls them.
    """

    name: str
    total: Count
    free: Count
    bound: Count
    escorting: Count
    off_duty: Count
    missing: Count
    needed: Count
    bko: Count
    pairs: tuple[str, ...] = ()


class AwayBox(Struct, frozen=True, gc=False):
    """A ballot box on its way: it has left its TPS, or a station, and has not come in.

    `due_at` and `limit_minutes` are by the rule of its way, `eta_at` by what was told or planned;
    `escorts` counts who is named with it.
    """

    box: str
    tps: AreaCode
    name: str
    left_at: TimeText
    due_at: TimeText | None
    limit_minutes: float | None
    eta_at: TimeText | None
    escorts: Count


class StageAt(Struct, frozen=True, gc=False):
    """A stage that a TPS has come to, and when."""

    stage: Stage
    at: TimeText


class TpsPicture(Struct, frozen=True, gc=False, kw_only=True):
    """How a TPS stands."""

    kind: Literal["tps"]
    code: AreaCode
    election: ElectionId
    drill: bool
    at: TimeText
    name: str
    tps_class: TpsClass
    stage: Stage
    stage_at: TimeText | None
    stages_at: tuple[StageAt, ...] = ()
    suspended: bool
    suspended_stage: Stage | None
    heard_at: TimeText | None
    silent: bool
    raised: bool
    box: Literal["left", "arrived"] | None
    place: Position | None
    alerts: SeverityCounts


class ExpectedBy(Struct, frozen=True, gc=False):
    """How many TPS should have come to a stage by a moment."""

    at: TimeText
    tps: Count


class AreaPicture(Struct, frozen=True, gc=False, kw_only=True):
    """How a kabupaten/kota, a kecamatan, or a desa or kelurahan stands.

    What only a kabupaten has is null in the others: `heard`, `expected`, `expected_by`,
    `strength`, `boxes`.
    """

    kind: Literal["kabupaten", "kecamatan", "desa"]
    code: AreaCode
    name: str
    election: ElectionId
    drill: bool
    at: TimeText
    now: TimeText
    heard: TimeText | None
    colour: SituationColour | None
    colour_since: TimeText | None
    tps: Count
    stages: dict[Stage, Count]
    classes: dict[TpsClass, Count]
    never_heard: Count
    silent: Count
    raised: Count
    alerts: SeverityCounts
    unacknowledged: Count
    triage: Count
    counts: tuple[ContestProgress, ...]
    expected: dict[Stage, Count] | None
    expected_by: dict[Stage, tuple[ExpectedBy, ...]] | None = None
    strength: tuple[PolsekPicture, ...] | None
    boxes: tuple[AwayBox, ...] | None
    boxes_away: Count


class _Head(Struct):
    kind: str


_encode: Final = msgspec.json.Encoder().encode
_head: Final = msgspec.json.Decoder(_Head).decode
_area: Final = msgspec.json.Decoder(AreaPicture).decode
_tps: Final = msgspec.json.Decoder(TpsPicture).decode


def encode(picture: AreaPicture | TpsPicture) -> bytes:
    """Return the value of a record."""
    return _encode(picture)


def decode(value: bytes) -> AreaPicture | TpsPicture:
    """Read the value of a record.

    Raises:
        InputError: It is no document of the picture.
    """
    try:
        return _tps(value) if _head(value).kind == "tps" else _area(value)
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(f"not a document of the picture: {error}") from error


def key_of(code: AreaCode, election: ElectionId, *, is_first: bool) -> bytes:
    """Return the key of a record.

    It is the code alone in the first real election that has the code (`is_first`), and
    `CODE@ELECTION` in every other one, and in a drill.
    """
    return (code if is_first else f"{code}@{election}").encode()
