"""Says once in each kabupaten, when its log begins, what nobody must take for granted that day.

- The log begins late: "What fell due before the first record of the log is not judged; one notice
  per kabupaten says so" (contract §4). Somebody must ask by telephone what would have been missed.
- Levels that nobody is named for in `contacts.toml`: the level above will be called in their place.
  Of a folder without any contacts nothing is said; its notices are for programs.
"""

from typing import Final

from streams.alerts.ladder import levels_of
from streams.domain.alert import Ladder, Text
from streams.domain.ids import AreaCode, ElectionId
from streams.domain.notice import Post
from streams.domain.times import HOUR_MS, EpochMs
from streams.judge.notices import Envelope, message
from streams.judge.reaching import reached
from streams.judge.telling import Teller
from streams.judge.world import Hours, Watched
from streams.rules.wording import clock_text

__all__ = ["tell"]

_FIRST_DUE_MS: Final = 10 * HOUR_MS
"""So long before the polls open the first thing may be due: the materials, at 21:00 (T01)."""
_AFTER_MS: Final = 36 * HOUR_MS
"""Afterwards nobody waits for anything any more."""


def tell(teller: Teller) -> None:
    """Say of each kabupaten of this partition what there is to say at the beginning of its log."""
    started_at = teller.state.clocks.started_at
    assert started_at is not None, "a mark starts the log"
    for election, watched in teller.state.world.elections.items():
        for kabupaten, hours in watched.hours.items():
            if not teller.state.watches(kabupaten):
                continue
            if _is_late(hours, started_at):
                _tell(teller, election, kabupaten, _late_text(watched, kabupaten, started_at))
            if gaps := _gaps(watched, kabupaten):
                _tell(teller, election, kabupaten, _gaps_text(watched, kabupaten, gaps))


def _is_late(hours: Hours, started_at: EpochMs) -> bool:
    return hours.opens_at - _FIRST_DUE_MS < started_at <= hours.closes_at + _AFTER_MS


def _late_text(watched: Watched, kabupaten: AreaCode, started_at: EpochMs) -> Text:
    clock = clock_text(started_at, watched.plan.offset_minutes(kabupaten))
    name = watched.plan.name_of(kabupaten)
    return Text(
        f"Siaga baru mulai mendengar {name} pukul {clock}. Yang seharusnya masuk sebelum itu "
        "tidak dinilai: tanyakan sendiri.",
        f"Siaga has heard of {name} only since {clock}. What was due before that is not "
        "judged: please ask.",
    )


def _gaps(watched: Watched, kabupaten: AreaCode) -> tuple[str, ...]:
    """Return the levels that nobody is named for, in a folder that names somebody."""
    if watched.directory.is_empty:
        return ()
    kind = watched.plan.election.kind
    posts = (Post(ladder, level) for ladder in Ladder for level in levels_of(ladder, kind))
    return tuple(
        f"{post.ladder}/{post.level}"
        for post in posts
        if not watched.directory.is_staffed(post, kabupaten)
    )


def _gaps_text(watched: Watched, kabupaten: AreaCode, gaps: tuple[str, ...]) -> Text:
    name, levels = watched.plan.name_of(kabupaten), ", ".join(gaps)
    return Text(
        f"Tidak ada kontak di {name} untuk {levels}. Yang dipanggil adalah jenjang di atasnya, "
        "atau tidak ada.",
        f"No contact in {name} for {levels}. The level above is called, or nobody.",
    )


def _tell(teller: Teller, election: ElectionId, kabupaten: AreaCode, text: Text) -> None:
    """Say something to those who run Siaga, and to the head of operations."""
    watched = teller.state.world.of(election)
    for ladder, index in ((Ladder.SYS, 0), (Ladder.OPS, 2)):
        level = levels_of(ladder, watched.plan.election.kind)[index]
        for addressee in reached(watched, kabupaten, Post(ladder, level), teller.now).addressees:
            envelope = Envelope(addressee, election, drill=False, restricted_to=())
            teller.effects.append(message(teller.now, envelope, kabupaten, text))
