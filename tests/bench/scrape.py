"""A process that owns the whole country, for measurements of what it shows Prometheus.

514 kabupaten with 14 Polsek each, two contests, ten thousand open alerts: as many areas as there
are, and an evening worse than any. TPS are few: no metric is of them.
"""

import random
from typing import Final

from msgspec.structs import replace

from streams import pipeline
from streams.domain.alert import Alert, AlertState
from streams.domain.ids import AlertId, AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import IntakeMark
from streams.domain.partition import partition_of
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import SEVERITIES
from streams.fold import PartitionFold
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.setup import pack_of
from streams.telemetry.census import OPEN_STATES
from streams.telemetry.observed import ObservedFold
from streams.telemetry.observer import EngineObserver
from streams.territory.areas import NO_AREAS
from streams.territory.parse import parse_folder
from tests.bench.country import ELECTION, NATIONAL, Shape, country_of, country_texts
from tests.support.books import opened

__all__ = ["ALERTS", "KABUPATEN", "country_folds", "country_world"]

KABUPATEN: Final = 514
ALERTS: Final = 10_000
PARTITIONS: Final = 16
_POLSEK: Final = 14
_DATE: Final = "2024-11-27"
_SEED: Final = 20241127
_CONTEST: Final = '[[contests]]\nid = "bupati-{code}"\narea = "{code}"\nchoices = ["01", "02"]\n'


def country_world() -> World:
    """Return the country: in each kabupaten as many kecamatan, and TPS, as it has Polsek."""
    shape = Shape(NATIONAL.provinces, NATIONAL.kabupaten, _POLSEK, 1, 1, KABUPATEN * _POLSEK)
    texts = dict(country_texts(country_of(shape), _DATE))
    codes = sorted({code[:5] for code in country_of(shape).tps})
    texts["election.toml"] += "".join(_CONTEST.format(code=code) for code in codes)
    plan, faults = parse_folder(texts, NO_AREAS)
    assert plan is not None, faults
    return World({ElectionId(ELECTION): Watched.of(plan, compile_pack(pack_of(plan)))})


def country_folds(world: World, observer: EngineObserver) -> list[ObservedFold]:
    """Return the folds of all partitions in the middle of the day, their picture told."""
    folds = [
        ObservedFold(PartitionFold(number, world), observer, None) for number in range(PARTITIONS)
    ]
    plan = world.elections[ElectionId(ELECTION)].plan
    now = EpochMs(next(iter(plan.tps.values())).opens_at + MINUTE_MS)
    for fold in folds:
        mark = IntakeMark({"tps.status/0": now}, {"tps.status": 1}, PARTITIONS, now)
        pipeline.step(fold.fold.state, pipeline.Step("mark", EpochMs(0), mark))
    luck = random.Random(_SEED)
    codes = tuple(plan.tps)
    for number in range(ALERTS):
        alert = _alert(number, luck.choice(codes), luck)
        home = partition_of(kabupaten_of(alert.place).encode(), PARTITIONS)
        folds[home].fold.state.put_alert(alert)
    for fold in folds:
        assert sum(output is not None for output in fold.picture()), "it has some kabupaten"
    return folds


def _alert(number: int, code: AreaCode, luck: random.Random) -> Alert:
    state = luck.choice(OPEN_STATES)
    is_over = state is AlertState.RETURNED
    due_at = opened().due_at if state is AlertState.UNACKNOWLEDGED else None
    return replace(
        opened(),
        id=AlertId(f"{number:05}"),
        election=ElectionId(ELECTION),
        place=code,
        key=str(number),
        severity=luck.choice(SEVERITIES),
        state=state,
        due_at=due_at,
        ended_at=opened().opened_at if is_over else None,
    )
