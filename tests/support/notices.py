"""Notices of a story in short: `07:30 OPS/polsek call opened T03@KR` is one telling of one notice.

A destination is named without its area and number where it is the first contact of the kabupaten.

The time is that of the line: a mark tells of a deadline a moment after it.
"""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from streams.domain.effects import Effect
from streams.domain.ids import AreaCode
from streams.domain.notice import Destination, Notice, Telling
from streams.judge.world import Watched, World
from streams.rules.compiled import CompiledPack
from streams.territory.plan import Contact
from tests.support.stories import Item, journal, judge, name_of, only
from tests.support.world import ELECTION, KABUPATEN, clock, plan, rules

__all__ = [
    "POSTS",
    "contact",
    "everybody",
    "messages",
    "notices",
    "tellings",
    "told_of",
    "world_with",
]

POSTS: Final = {
    "OPS": ("tps", "polsek", "polres_ops", "polres", "polda"),
    "ADM": ("kpps", "ppk", "kpu"),
    "GAK": ("ptps", "panwascam", "bawaslu"),
    "PROP": ("propam_polres", "propam_polda"),
    "SYS": ("it", "polres_ops"),
}
"""Every level of every ladder of a pilkada."""


def contact(post: str, area: str = KABUPATEN, hours: str = "", channel: str = "sms") -> Contact:
    """Return a contact of `OPS/polsek`, or of `agency/bpbd`."""
    ladder, _, level = post.partition("/")
    return Contact(
        ladder=ladder,
        level=level,
        area=AreaCode(area),
        name="Piket",
        channel=channel,
        target="+62000",
        language="id",
        hours=hours,
    )


def everybody(*without: str) -> tuple[Contact, ...]:
    """Return a contact for every level in the kabupaten, but for some, as `OPS/polsek`."""
    posts = (f"{ladder}/{level}" for ladder, levels in POSTS.items() for level in levels)
    return tuple(contact(post) for post in posts if post not in without)


def world_with(*contacts: Contact, pack: CompiledPack | None = None, roster: str = "") -> World:
    """Return the tiny world with these contacts."""
    told = replace(plan(ELECTION, roster), contacts=contacts)
    return World({ELECTION: Watched.of(told, pack or rules())})


def notices(*items: Item, world: World | None = None) -> list[Notice]:
    """Judge a story and return its notices about alerts."""
    found = only(judge(journal(*items), world or world_with(*everybody())), Notice)
    return [one for one in found if one.message is None]


def messages(effects: Iterable[Effect]) -> list[Notice]:
    """Return the notices that are about no alert: that the log begins late."""
    return [one for one in only(effects, Notice) if one.message is not None]


def tellings(found: Iterable[Effect]) -> list[str]:
    """Return every telling of some notices, in order."""
    return [
        _brief(notice, telling)
        for notice in found
        if isinstance(notice, Notice)
        for telling in notice.tellings
    ]


def told_of(*items: Item, of: str, world: World | None = None) -> list[str]:
    """Judge a story and return what was told of one case, without its name."""
    found = tellings(notices(*items, world=world))
    return [one.removesuffix(f" {of}") for one in found if one.endswith(f" {of}")]


def _brief(notice: Notice, telling: Telling) -> str:
    instead = f" for {telling.instead_of}" if telling.instead_of else ""
    flaps = " flapping" if telling.flapping else ""
    words = (
        clock(telling.alert.updated_at),
        _name(notice.destination),
        telling.kind,
        telling.change,
        name_of(telling.alert),
    )
    return " ".join(words[:4]) + f"{instead}{flaps} {words[4]}"


def _name(destination: Destination) -> str:
    usual = f"@{KABUPATEN}/1"
    return str(destination).removesuffix(usual)
