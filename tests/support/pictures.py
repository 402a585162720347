"""The picture in tests: who reads `siaga.picture`, and days after which it is looked at."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from streams import pipeline
from streams.judge.state import PartitionState
from streams.judge.world import World
from streams.pipeline import Step
from streams.views.picture import Picture
from streams.wire.picture import AreaPicture, TpsPicture, decode
from streams.wire.pictured import record
from tests.support.stories import Item, Journal, journal, judge_into
from tests.support.world import DATE, whole_world

__all__ = [
    "Telling",
    "Wall",
    "area_after",
    "hours",
    "played",
    "round_of",
    "told_of",
    "tps_after",
    "wall_after",
]

_ROUNDS_MAX: Final = 1_000

Document = AreaPicture | TpsPicture


class Wall:
    """Whoever has read all records: the newest of each key."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.shown: dict[str, Document] = {}
        self.read = 0
        """Records so far."""

    def take(self, records: Iterable[tuple[bytes, bytes]]) -> list[str]:
        """Read some records; return their keys."""
        keys: list[str] = []
        for key, value in records:
            keys.append(key.decode())
            self.shown[keys[-1]] = decode(value)
            self.read += 1
        return keys

    def follow(self, picture: Picture) -> None:
        """Read until all is told that has changed."""
        for _ in range(_ROUNDS_MAX):
            self.take(round_of(picture))
            if picture.is_whole:
                return
        raise AssertionError("the picture never becomes whole")

    def area(self, key: str) -> AreaPicture:
        """Return the document of an area."""
        shown = self.shown[key]
        assert isinstance(shown, AreaPicture), key
        return shown

    def tps(self, key: str) -> TpsPicture:
        """Return the document of a TPS."""
        shown = self.shown[key]
        assert isinstance(shown, TpsPicture), key
        return shown

    @property
    def content(self) -> dict[str, Document]:
        """What is shown, but for the moment at which it was told; a kabupaten's is always now."""
        return {key: _timeless(shown) for key, shown in self.shown.items()}


def _timeless(shown: Document) -> Document:
    if isinstance(shown, AreaPicture):
        return shown if shown.kind == "kabupaten" else replace(shown, at="", now="")
    return replace(shown, at="")


def round_of(picture: Picture) -> list[tuple[bytes, bytes]]:
    """Return the records of a round."""
    return [record(value) for value in picture.round() if value is not None]


def told_of(state: PartitionState) -> dict[str, Document]:
    """Return the content of the picture of a state, told from the beginning."""
    wall = Wall()
    wall.follow(Picture(state))
    return wall.content


def played(steps: Sequence[Step], cuts: Iterable[int], state: PartitionState) -> Wall:
    """Judge a journal, and tell a round of the picture at each of the cuts and all at the end."""
    wall, picture = Wall(), Picture(state)
    ends = {cut % len(steps) for cut in cuts}
    for number, step in enumerate(steps):
        if number in ends:
            wall.take(round_of(picture))
        pipeline.step(state, step)
    wall.follow(picture)
    return wall


def wall_after(*items: Item, world: World | None = None) -> Wall:
    """Return what is shown after a story, told from the beginning."""
    state, wall = PartitionState(0, world or whole_world()), Wall()
    judge_into(state, journal(*items))
    wall.follow(Picture(state))
    return wall


def tps_after(code: str, *items: Item, world: World | None = None) -> TpsPicture:
    """Return how a TPS stands after a story."""
    return wall_after(*items, world=world).tps(code)


def area_after(code: str, *items: Item, world: World | None = None) -> AreaPicture:
    """Return how an area stands after a story."""
    return wall_after(*items, world=world).area(code)


class Telling:
    """A partition whose picture is told round by round."""

    def __init__(self, *items: Item, world: World | None = None) -> None:
        """Judge a day; nothing of it is told yet."""
        self.state = PartitionState(0, world or whole_world())
        self.wall = Wall()
        self.picture = Picture(self.state)
        self._journal = Journal()
        self.go_on(*items)

    def go_on(self, *items: Item) -> None:
        """Judge what comes next."""
        for item in items:
            judge_into(self.state, self._journal.take(item))
        judge_into(self.state, self._journal.marks(self._journal.now))

    def round(self) -> list[str]:
        """Tell a round; return its keys."""
        return self.wall.take(round_of(self.picture))


def hours(text: str | None) -> str:
    """Return the clock of a local time."""
    return (
        "-"
        if text is None
        else text.removeprefix(f"{DATE}T").removesuffix("+07:00").removesuffix(":00")
    )
