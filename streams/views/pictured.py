"""What the picture says of a TPS and of an area; `streams.wire.pictured` makes documents of it.

Nothing in them is of what only some may see, no officer or sender is named, and of counts it is
said how many TPS have sent one, never what is in it.
"""

from enum import StrEnum

from msgspec import Struct

from streams.domain.facts import Stage
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.rising import Points
from streams.domain.times import EpochMs
from streams.domain.words import Severity, SituationColour
from streams.territory.plan import Tps
from streams.views.picture_counts import AreaCounts

__all__ = ["Away", "BoxPlace", "PicturedArea", "PicturedTps", "PolsekLedger", "Wide"]


class BoxPlace(StrEnum):
    """How far the boxes of a TPS are, together."""

    LEFT = "left"
    ARRIVED = "arrived"


class Away(Struct, frozen=True, gc=False):
    """A box on its way."""

    box: str
    tps: AreaCode
    name: str
    """Of the TPS."""
    left_at: EpochMs
    due_at: EpochMs | None
    """By the rule of its way; None: no rule watches it."""
    limit_ms: int
    eta_at: EpochMs | None
    escorts: int
    """Who is named with it."""


class PolsekLedger(Struct, frozen=True, gc=False, kw_only=True):
    """What the officers of a Polsek are doing, and how many are asked for."""

    name: str
    total: int
    free: int
    """Who is missing is among them, as in the alert of a shortage."""
    bound: int
    escorting: int
    off_duty: int
    missing: int
    needed: int
    bko: int
    pairs: tuple[str, ...]
    """Free ones, the first of them by name."""


class PicturedTps(Struct, frozen=True, gc=False, kw_only=True):
    """How a TPS stands."""

    election: ElectionId
    is_first: bool
    """Whether its election is the first that has the code."""
    now: EpochMs
    tps: Tps
    stage: Stage
    stage_at: EpochMs | None
    stages: tuple[tuple[Stage, EpochMs], ...]
    """Those that it has come to, and when."""
    suspended_stage: Stage | None
    heard_at: EpochMs | None
    silent: bool
    raised: bool
    box: BoxPlace | None
    alerts: dict[Severity, int]


class Wide(Struct, frozen=True, gc=False, kw_only=True):
    """What is told of a kabupaten alone."""

    heard: EpochMs | None
    """None: nothing has been claimed yet."""
    expected: dict[Stage, int]
    expected_by: dict[Stage, Points]
    """How `expected` rises through the whole day: moments, and how many from then on."""
    strength: tuple[PolsekLedger, ...]
    boxes: tuple[Away, ...]


class PicturedArea(Struct, frozen=True, gc=False, kw_only=True):
    """How an area stands. `counts` go on changing: look at them at once."""

    election: ElectionId
    is_first: bool
    now: EpochMs
    code: AreaCode
    name: str
    colour: SituationColour | None
    """None: a desa has none."""
    colour_since: EpochMs | None
    counts: AreaCounts
    wide: Wide | None
    """None: it is no kabupaten."""
