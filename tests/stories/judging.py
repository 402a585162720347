"""Judges played days offline, by the shipped folders and their pack."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.config import Config
from streams.domain.effects import DeadLetterReason, Line, Rejected, Reply, RuleFault, Triage
from streams.replay import BadLine, Judged, Replay
from streams.setup import Setup, load_setup, recorded_settings
from streams.simulation.played import Played, json_lines
from streams.territory.plan import Plan
from streams.wire.folder import load_plan

__all__ = [
    "CARENANG_BINUANG",
    "DUA_ZONA",
    "OGAN_ILIR",
    "PEKALONGAN",
    "REJANG_LEBONG",
    "REJANG_LEBONG_PILKADES",
    "Told",
    "judge",
    "plan_of",
]

_ELECTIONS: Final = Path(__file__).parents[2] / "elections"
CARENANG_BINUANG: Final = _ELECTIONS / "carenang-binuang-2019"
DUA_ZONA: Final = _ELECTIONS / "dua-zona-2024"
OGAN_ILIR: Final = _ELECTIONS / "ogan-ilir-2024"
PEKALONGAN: Final = _ELECTIONS / "pekalongan-pilkades-2022"
REJANG_LEBONG: Final = _ELECTIONS / "rejang-lebong-2024"
REJANG_LEBONG_PILKADES: Final = _ELECTIONS / "rejang-lebong-pilkades-2020"


class Told(Struct, frozen=True):
    """All that the judgment of a day brought about."""

    lines: tuple[Line, ...]
    replies: tuple[Reply, ...]
    triage: tuple[Triage, ...]
    faults: tuple[RuleFault, ...]
    dead: tuple[DeadLetterReason, ...]
    """Of every dead letter, whether intake or the fold has refused it."""


@cache
def _setup(folder: Path) -> Setup:
    return load_setup([folder], recorded_settings(Config()))


@cache
def plan_of(folder: Path) -> Plan:
    """Return the plan of a shipped folder."""
    return load_plan(folder)


def judge(folder: Path, day: Iterable[Played]) -> Told:
    """Judge a day as `siaga replay` does."""
    setup = _setup(folder)
    replay = Replay(setup.world, setup.acceptor)
    outcomes = [
        outcome
        for number, line in enumerate(json_lines(day), 1)
        for outcome in replay.take(number, line)
    ]
    outcomes += replay.finish()
    effects = [e for one in outcomes if isinstance(one, Judged) for e in one.effects]
    refused = [one.reason for one in outcomes if isinstance(one, BadLine)]
    refused += [effect.reason for effect in effects if isinstance(effect, Rejected)]
    return Told(
        lines=tuple(e for e in effects if isinstance(e, Line)),
        replies=tuple(e for e in effects if isinstance(e, Reply)),
        triage=tuple(e for e in effects if isinstance(e, Triage)),
        faults=tuple(e for e in effects if isinstance(e, RuleFault)),
        dead=tuple(refused),
    )
