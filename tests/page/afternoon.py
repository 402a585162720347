"""A made-up afternoon with a whole picture: 445 TPS at every stage, silent, raised, boxes away.

Places are those of `elections/rejang-lebong-2024`; what happens there is invented, and the
same each time.
"""

import csv
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.times import EpochMs
from streams.domain.words import SituationColour, TpsClass
from streams.room.curves import STEPS
from streams.room.documents import AreaRow, Snapshot, TpsRow
from streams.wire.picture import (
    AwayBox,
    ExpectedBy,
    PolsekPicture,
    Position,
    SeverityCounts,
    StageAt,
)
from streams.wire.time import format_time
from tests.page.cast import NOW_MS, alert, clock, many, session

__all__ = ["afternoon", "in_forty_kecamatan", "in_two_kabupaten"]

_TPS: Final = Path(__file__).parents[2] / "elections" / "rejang-lebong-2024" / "tps.csv"
_ELECTION: Final = ElectionId("rejang-lebong-2024")
_KABUPATEN: Final = AreaCode("17.02")
_WIB: Final = 420
_MINUTE_MS: Final = 60_000
_NONE: Final = SeverityCounts(critical=0, high=0, medium=0, low=0)
_STAGES: Final = {
    Stage.NOT_OPEN: 3,
    Stage.VOTING: 26,
    Stage.SUSPENDED: 3,
    Stage.POSTPONED: 2,
    Stage.CLOSED: 58,
    Stage.COUNTING: 333,
    Stage.COUNTED: 12,
    Stage.BOX_AWAY: 5,
    Stage.BOX_IN: 3,
}
_COLOURS: Final = {
    "17.02.07": SituationColour.KUNING,
    "17.02.19": SituationColour.KUNING,
    "17.02.09": SituationColour.MERAH,
}
_EXPECTED: Final = {Stage.VOTING: 445, Stage.CLOSED: 432, Stage.COUNTED: 18}
_EXPECTED_BY: Final = {
    stage: tuple(ExpectedBy(f"2024-11-27T{clock}:00+07:00", count) for clock, count in rising)
    for stage, rising in {
        Stage.VOTING: (("07:30", 445),),
        Stage.CLOSED: (("13:45", 432), ("14:30", 445)),
        Stage.COUNTED: (("14:00", 18), ("15:30", 130), ("16:30", 300), ("18:00", 445)),
    }.items()
}
_STRENGTH: Final = (
    ("Bermani Ulu", 20, 0, 0, 0, 2),
    ("Curup", 50, 6, 2, 3, 8),
    ("Kota Padang", 14, 0, 0, 0, 2),
    ("Padang Ulak Tanding", 4, 12, 6, 0, 8),
    ("Selupu Rejang", 24, 2, 0, 0, 2),
    ("Sindang Beliti Ulu", 12, 2, 2, 1, 4),
    ("Sindang Kelingi", 18, 4, 0, 0, 2),
)
_HOURS: Final = {
    Stage.VOTING: 7.0,
    Stage.CLOSED: 13.0,
    Stage.COUNTING: 13.4,
    Stage.COUNTED: 14.0,
    Stage.BOX_AWAY: 14.05,
    Stage.BOX_IN: 14.07,
}


class _Row(NamedTuple):
    """A line of the plan."""

    code: str
    name: str
    desa: str
    kecamatan: str
    lat: float
    lon: float


def afternoon(alerts: int = 40, *, drill: bool = False, seed: int = 1) -> Snapshot:
    """Return the afternoon of one kabupaten."""
    rows = _rows()
    tps = _tps(rows, random.Random(seed), drill=drill)
    own = many(alerts) if alerts != 1 else (alert(),)
    return Snapshot(
        session=session(),
        alerts=tuple(msgspec.structs.replace(row, drill=drill) for row in own),
        triage=(),
        letters=(),
        areas=tuple(_areas(rows, tps, drill=drill)),
        tps=tps,
        zoom=_KABUPATEN,
        names={"17": "Bengkulu"},
        opened_lately=min(alerts, 23),
        clock=clock(),
    )


def in_two_kabupaten() -> Snapshot:
    """Return the same with a second kabupaten in sight, and none chosen."""
    one = afternoon()
    (own,) = (area for area in one.areas if area.kind == "kabupaten")
    other = msgspec.structs.replace(own, key="17.03", code=AreaCode("17.03"), name="Bengkulu Utara")
    return msgspec.structs.replace(one, areas=(own, other), tps=(), zoom="")


def in_forty_kecamatan() -> Snapshot:
    """Return a kabupaten of which no tile has room for its TPS."""
    one = afternoon()
    (own,) = (area for area in one.areas if area.kind == "kabupaten")
    like = [area for area in one.areas if area.kind == "kecamatan"]
    forty = tuple(
        msgspec.structs.replace(
            like[number % len(like)],
            key=f"17.02.{number + 1:02}",
            code=AreaCode(f"17.02.{number + 1:02}"),
            name=f"{like[number % len(like)].name} {number + 1}",
            tps=900,
        )
        for number in range(40)
    )
    return msgspec.structs.replace(one, areas=(own, *forty), tps=())


def _rows() -> list[_Row]:
    with _TPS.open(encoding="utf-8", newline="") as lines:
        return [
            _Row(
                line["tps"],
                line["name"],
                line["desa"],
                line["kecamatan"],
                float(line["lat"]),
                float(line["lon"]),
            )
            for line in csv.DictReader(lines)
        ]


def _tps(rows: Sequence[_Row], luck: random.Random, *, drill: bool) -> tuple[TpsRow, ...]:
    stages = [stage for stage, count in _STAGES.items() for _ in range(count)]
    luck.shuffle(stages)
    earlier = random.Random(len(rows))
    return tuple(
        TpsRow(
            key=row.code,
            kind="tps",
            code=AreaCode(row.code),
            election=_ELECTION,
            drill=drill,
            at=_at(NOW_MS),
            name=row.name,
            tps_class=_class(index),
            stage=stage,
            stage_at=None if stage is Stage.NOT_OPEN else _since(stage, luck),
            stages_at=tuple(_walk(stage, earlier)),
            suspended=stage is Stage.SUSPENDED,
            suspended_stage=Stage.COUNTING if stage is Stage.SUSPENDED else None,
            heard_at=_at(NOW_MS - 60_000 * luck.randrange(90)),
            silent=index % 37 == 5,
            raised=index % 43 == 7,
            box=_box(stage),
            place=Position(row.lat, row.lon),
            alerts=_NONE,
        )
        for index, (row, stage) in enumerate(zip(rows, stages, strict=True))
    )


def _class(index: int) -> TpsClass:
    if index % 61 == 3:
        return TpsClass.KHUSUS
    if index % 29 == 2:
        return TpsClass.SANGAT_RAWAN
    return TpsClass.RAWAN if index % 17 == 1 else TpsClass.KURANG_RAWAN


def _box(stage: Stage) -> Literal["left", "arrived"] | None:
    if stage is Stage.BOX_AWAY:
        return "left"
    return "arrived" if stage is Stage.BOX_IN else None


def _since(stage: Stage, luck: random.Random) -> str:
    """Most begin at about the same time, a few early and some late."""
    hour = _HOURS.get(stage, 13.6)
    late = -math.log(1 / luck.uniform(0.02, 0.98) - 1) * 9
    midnight = NOW_MS - (14 * 60 + 5) * _MINUTE_MS - 6_000
    return _at(min(NOW_MS, round(midnight + (hour * 60 + late) * _MINUTE_MS)))


def _walk(stage: Stage, luck: random.Random) -> Iterable[StageAt]:
    """Yield the stages that lie behind a TPS."""
    last = STEPS.index(stage) if stage in STEPS else 0
    return (StageAt(one, _since(one, luck)) for one in STEPS[:last])


def _areas(rows: Sequence[_Row], tps: Sequence[TpsRow], *, drill: bool) -> Iterable[AreaRow]:
    names = {"17.02": "Rejang Lebong"}
    names |= {row.code[:8]: row.kecamatan for row in rows}
    names |= {row.code[:13]: row.desa for row in rows}
    for code, name in sorted(names.items()):
        inside = [one for one in tps if one.code.startswith(code)]
        yield _area(code, name, inside, drill=drill)


def _area(code: str, name: str, inside: Sequence[TpsRow], *, drill: bool) -> AreaRow:
    stages = Counter(one.stage for one in inside)
    classes = Counter(one.tps_class for one in inside)
    is_kabupaten = code == _KABUPATEN
    colour = SituationColour.KUNING if is_kabupaten else _COLOURS.get(code, SituationColour.HIJAU)
    return AreaRow(
        key=code,
        kind="kabupaten" if is_kabupaten else "kecamatan" if len(code) == 8 else "desa",
        code=AreaCode(code),
        name=name,
        election=_ELECTION,
        drill=drill,
        at=_at(NOW_MS),
        now=_at(NOW_MS),
        heard=_at(NOW_MS - 3_000) if is_kabupaten else None,
        colour=None if len(code) == 13 else colour,
        colour_since=_at(NOW_MS - 3 * _MINUTE_MS),
        tps=len(inside),
        stages={stage: stages[stage] for stage in Stage},
        classes={one: classes[one] for one in TpsClass},
        never_heard=0,
        silent=sum(one.silent for one in inside),
        raised=sum(one.raised for one in inside),
        alerts=_NONE,
        unacknowledged=0,
        triage=0,
        counts=(),
        expected=_EXPECTED if is_kabupaten else None,
        expected_by=_EXPECTED_BY if is_kabupaten else None,
        strength=tuple(map(_polsek, _STRENGTH)) if is_kabupaten else None,
        boxes=tuple(_boxes(inside)) if is_kabupaten else None,
        boxes_away=stages[Stage.BOX_AWAY],
    )


def _polsek(given: tuple[str, int, int, int, int, int]) -> PolsekPicture:
    name, free, bound, escorting, missing, needed = given
    return PolsekPicture(
        name=name,
        total=free + bound + escorting + 2,
        free=free,
        bound=bound,
        escorting=escorting,
        off_duty=2,
        missing=missing,
        needed=needed,
        bko=max(0, needed - free),
    )


def _boxes(inside: Iterable[TpsRow]) -> Iterable[AwayBox]:
    away = [one for one in inside if one.stage is Stage.BOX_AWAY]
    for number, one in enumerate(away):
        left = NOW_MS - (84, 14, 27, 5, 41)[number % 5] * _MINUTE_MS
        limit = (75, 60, 45, 60, 90)[number % 5]
        yield AwayBox(
            box=f"{one.code}#1",
            tps=one.code,
            name=one.name,
            left_at=_at(left),
            due_at=_at(left + limit * _MINUTE_MS),
            limit_minutes=float(limit),
            eta_at=None,
            escorts=(2, 0, 3, 1, 2)[number % 5],
        )


def _at(ms: int) -> str:
    return format_time(EpochMs(ms), _WIB)
