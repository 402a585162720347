"""The records of `siaga.alerts` that a played day writes, in order."""

from functools import cache
from pathlib import Path

from streams import fold
from streams.config import Config
from streams.domain.effects import AlertShown
from streams.domain.times import EpochMs
from streams.replay import Judged, Replay
from streams.setup import load_setup, recorded_settings
from streams.simulation.day import played_day
from streams.simulation.played import json_lines
from streams.simulation.story_file import load_story
from streams.territory.zone import offset_minutes
from streams.wire import outputs
from streams.wire.board import Board

__all__ = ["alert_records", "board_after"]

AlertRecord = tuple[bytes, bytes]
"""Key and value."""


@cache
def alert_records(folder: Path) -> tuple[AlertRecord, ...]:
    """Judge the shipped story of a folder, and return what it shows of its alerts."""
    setup = load_setup([folder], recorded_settings(Config()))
    [watched] = setup.world.elections.values()
    day = played_day(watched.plan, 1, load_story(folder, watched.plan))
    replay = Replay(setup.world, setup.acceptor)
    outcomes = [
        outcome
        for number, line in enumerate(json_lines(day), 1)
        for outcome in replay.take(number, line)
    ]
    outcomes += replay.finish()
    effects = [e for one in outcomes if isinstance(one, Judged) for e in one.effects]
    return tuple(
        (
            one.alert.id.encode(),
            outputs.alert(one.alert, offset_minutes(one.alert.place), fold.named(setup.world, one)),
        )
        for one in effects
        if isinstance(one, AlertShown)
    )


def board_after(records: tuple[AlertRecord, ...], now: EpochMs) -> Board:
    """Return the board of somebody who has read these records."""
    board = Board()
    for key, value in records:
        board.apply(key, value, now)
    return board
