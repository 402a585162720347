"""A story: incidents in an ordinary morning, and what the rules must make of them.

    mute      the ordinary messages of a TPS, desa, pair or officer are left out for a time
    post      a message of the story itself, to the second
    expect    a line that must come, and when
    never     what must not be told
    results   how the ordinary forms of an area vote, in place of the luck of the day

Ordinary reports from a desa in which the story plays are left out for the whole day: a stranger's
complaint there would be evidence that the story does not know of.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from streams.domain.alert import AlertState, Change, Text
from streams.domain.effects import ReplyOutcome
from streams.domain.ids import AreaCode, area_kind, desa_of
from streams.domain.times import EpochMs
from streams.domain.words import AreaKind, Severity
from streams.simulation.post import CROWD_REPORTS, Post
from streams.simulation.story_results import Leaning, as_led

__all__ = [
    "Caption",
    "Expectation",
    "Incident",
    "Mute",
    "Never",
    "Ordered",
    "Story",
    "with_story",
]


class Caption(Struct, frozen=True):
    """What an onlooker is told of the story at a moment."""

    at: EpochMs
    text: Text


class Mute(Struct, frozen=True):
    """Ordinary messages that are not sent: of a name, written from `starts` until before `ends`."""

    names: frozenset[str]
    """TPS, desa and officers, as `Post.about` has them."""
    starts: EpochMs
    ends: EpochMs
    only: frozenset[str]
    """Kinds of messages; empty: all."""

    def silences(self, post: Post) -> bool:
        """Tell whether a message is left out."""
        if not self.starts <= post.at < self.ends or (self.only and post.kind not in self.only):
            return False
        return not self.names.isdisjoint(post.about)


class Expectation(Struct, frozen=True, kw_only=True):
    """A line that must come; what is None may be anything."""

    at: EpochMs
    within_s: int
    """Seconds by which it may be earlier or later."""
    rule: str
    scope: str
    key: str
    change: Change
    state: AlertState | None
    severity: Severity | None
    level: str | None
    cause: str | None
    """`deadline`, `late`; `input` and `command` stand for any input or command."""


class Never(Struct, frozen=True):
    """What must not be told: of a rule, and if `scope` is not empty, of this scope."""

    rule: str
    scope: str


class Ordered(Struct, frozen=True):
    """A command of the story and what must be answered."""

    command: str
    """Its id."""
    outcome: ReplyOutcome


class Incident(Struct, frozen=True, kw_only=True):
    """Something that happens, what is written about it, and what must come of it."""

    id: str
    caption: Caption
    mutes: tuple[Mute, ...]
    posts: tuple[Post, ...]
    orders: tuple[Ordered, ...]
    expected: tuple[Expectation, ...]
    never: tuple[Never, ...]


class Story(Struct, frozen=True, kw_only=True):
    """A morning's incidents."""

    title: Text
    starts: EpochMs
    """From when the day is played; what was received before is there from the start."""
    ends: EpochMs
    offset_minutes: int
    """How far the local time of the story is ahead of UTC."""
    results: tuple[Leaning, ...] = ()
    incidents: tuple[Incident, ...]

    @property
    def captions(self) -> tuple[Caption, ...]:
        """All captions in the order of time."""
        return tuple(sorted((one.caption for one in self.incidents), key=lambda one: one.at))

    @property
    def posts(self) -> Iterator[Post]:
        """The messages of all incidents."""
        return (post for one in self.incidents for post in one.posts)

    @property
    def expected(self) -> Iterator[Expectation]:
        """The lines that must come of all incidents."""
        return (line for one in self.incidents for line in one.expected)


def with_story(ordinary: Iterable[Post], story: Story) -> tuple[Post, ...]:
    """Return an ordinary morning with a story in it, until the story ends, in no order."""
    mutes = tuple(mute for one in story.incidents for mute in one.mutes)
    named = frozenset(name for mute in mutes for name in mute.names)
    stage = _desa_of_story(story)
    kept = [
        as_led(post, story.results)
        for post in ordinary
        if not _is_muted(post, mutes, named) and not _is_noise_of(post, stage)
    ]
    return tuple(post for post in (*kept, *story.posts) if post.received_at < story.ends)


def _is_muted(post: Post, mutes: tuple[Mute, ...], named: frozenset[str]) -> bool:
    # Nearly no message is about anything that is muted, so that is asked first.
    if named.isdisjoint(post.about):
        return False
    return any(mute.silences(post) for mute in mutes)


def _is_noise_of(post: Post, stage: frozenset[str]) -> bool:
    return post.topic == CROWD_REPORTS and not stage.isdisjoint(post.about)


def _desa_of_story(story: Story) -> frozenset[AreaCode]:
    """Return the desa in which something happens, or is expected to."""
    codes = {name for post in story.posts for name in post.about}
    codes |= {line.scope for line in story.expected}
    codes |= {never.scope for one in story.incidents for never in one.never}
    return frozenset(
        desa_of(code) for code in codes if area_kind(code) in {AreaKind.DESA, AreaKind.TPS}
    )
