"""The day that a demo plays: an election folder, its story, and the messages of both."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.domain.alert import Text
from streams.domain.ids import AreaCode
from streams.domain.times import MINUTE_MS, EpochMs
from streams.errors import InputError
from streams.simulation.day import played_day
from streams.simulation.played import Played
from streams.simulation.story import Caption, Story
from streams.simulation.story_file import STORY_FILE, load_story
from streams.territory.plan import Plan
from streams.wire.folder import load_plan

__all__ = ["Day", "load_day"]

_SHIPPED: Final = Path("elections") / "rejang-lebong-2024"
_ROOT: Final = Path(__file__).parents[2]
_BEFORE_MS: Final = 30 * MINUTE_MS
"""From when a day without a story is played: before its first TPS opens."""


class Day(Struct, frozen=True, kw_only=True):
    """A day, ready to be played."""

    folder: Path
    title: Text
    starts: EpochMs
    ends: EpochMs
    offset_minutes: int
    kabupaten: tuple[AreaCode, ...]
    messages: tuple[Played, ...]
    story: Story | None

    @property
    def captions(self) -> tuple[Caption, ...]:
        """What an onlooker is told, in the order of time."""
        return self.story.captions if self.story is not None else ()


def load_day(folder: Path | None, seed: int) -> Day:
    """Read an election folder and make its day; without a story it is an ordinary one.

    Args:
        folder: None: the one that comes with the source tree.
        seed: Another one is another day, in which the same story happens.

    Raises:
        InputError: There is no folder, or it or its story cannot be used.
    """
    folder = folder or _shipped()
    plan = load_plan(folder)
    if not (folder / STORY_FILE).exists():
        return _ordinary(folder, plan, seed)
    story = load_story(folder, plan)
    return Day(
        folder=folder,
        title=story.title,
        starts=story.starts,
        ends=story.ends,
        offset_minutes=story.offset_minutes,
        kabupaten=plan.kabupaten_codes,
        messages=played_day(plan, seed, story),
        story=story,
    )


def _ordinary(folder: Path, plan: Plan, seed: int) -> Day:
    everywhere = plan.tps.values()
    return Day(
        folder=folder,
        title=Text(f"Hari biasa: {plan.election.id}", f"An ordinary day: {plan.election.id}"),
        starts=EpochMs(min(tps.opens_at for tps in everywhere) - _BEFORE_MS),
        ends=max(tps.closes_at for tps in everywhere),
        offset_minutes=plan.offset_minutes(plan.kabupaten_codes[0]),
        kabupaten=plan.kabupaten_codes,
        messages=played_day(plan, seed),
        story=None,
    )


def _shipped() -> Path:
    for place in (Path(), _ROOT):
        if (place / _SHIPPED).is_dir():
            return place / _SHIPPED
    raise InputError(f"{_SHIPPED} is not here: name an election folder (--election FOLDER)")
