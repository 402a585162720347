"""Counting at a TPS, one contest after the other, with a form now and then and those of the end.

    closed ─8…18 min─► counting_started ─► provisional forms ─► final forms ─► counting_finished
                                           every 10…18 min      organisers,    for all contests
                                                                supervisors,
                                                                each camp

Everything stays within what the rules allow: the start (T08), the pauses between two forms (V10),
the speed (V05: 20 ballots a minute), and all final forms say the same (V06).
"""

from collections.abc import Generator, Iterator
from typing import Final

from streams.domain.events import CountStatus, StatusKind
from streams.domain.times import MINUTE_MS, EpochMs
from streams.domain.words import Role
from streams.simulation.post import Post, minutes, whole_second
from streams.simulation.sender import Sender
from streams.simulation.tally import EMPTY_COLUMN, Tally

__all__ = ["counted_after_minutes", "counting_posts"]

_START_MINUTES: Final = (8, 18)
_FORM_MINUTES: Final = (10, 18)
_LAST_BEFORE_MINUTES: Final = 3
"""Who is about to be done sends no form under way any more."""
_BALLOTS_A_MINUTE: Final = (4, 7)
_SHORTEST_MINUTES: Final = 8
"""Of a contest: a hundred ballots in less than five would be too fast to be true (V05)."""
_COPY_MINUTES: Final = (1, 8)
"""After the organisers' final form, the others send theirs."""
_FINISH_MINUTES: Final = (9, 15)


def counting_posts(
    sender: Sender, closed_at: EpochMs, tallies: tuple[Tally, ...]
) -> Generator[Post, None, EpochMs]:
    """Send all messages of counting; return when it was finished."""
    chance = sender.chance
    at = whole_second(closed_at + minutes(chance, *_START_MINUTES))
    yield sender.send(sender.status(StatusKind.COUNTING_STARTED, at), at)
    for tally in tallies:
        lasts = max(_SHORTEST_MINUTES, tally.used / chance.uniform(*_BALLOTS_A_MINUTE))
        ends = whole_second(at + lasts * MINUTE_MS)
        yield from _provisional(sender, tally, (at, ends))
        yield from _final(sender, tally, ends)
        at = ends
    finished_at = whole_second(at + minutes(chance, *_FINISH_MINUTES))
    yield sender.send(sender.status(StatusKind.COUNTING_FINISHED, finished_at), finished_at)
    return finished_at


def counted_after_minutes(voters: int, contests: int) -> float:
    """Return how long after closing a TPS has finished counting, at the latest."""
    each = max(_SHORTEST_MINUTES, voters / _BALLOTS_A_MINUTE[0])
    return _START_MINUTES[1] + contests * each + _FINISH_MINUTES[1]


def _provisional(sender: Sender, tally: Tally, span: tuple[EpochMs, EpochMs]) -> Iterator[Post]:
    begins, ends = span
    source = sender.source(sender.organiser)
    at: float = begins + minutes(sender.chance, *_FORM_MINUTES)
    while at < ends - _LAST_BEFORE_MINUTES * MINUTE_MS:
        moment = whole_second(at)
        read = tally.when_read((moment - begins) / (ends - begins))
        yield sender.send(sender.count(read, CountStatus.PROVISIONAL, moment, source), moment)
        at += minutes(sender.chance, *_FORM_MINUTES)


def _final(sender: Sender, tally: Tally, at: EpochMs) -> Iterator[Post]:
    """The organisers send the form, then whoever has a copy: supervisors, a witness a camp."""
    organisers = sender.source(sender.organiser)
    yield sender.send(sender.count(tally, CountStatus.FINAL, at, organisers), at)
    camps = [choice for choice in tally.votes if choice != EMPTY_COLUMN]
    copies = [sender.source(sender.supervisor), *(sender.source(Role.SAKSI, one) for one in camps)]
    for source in copies:
        moment = whole_second(at + minutes(sender.chance, *_COPY_MINUTES))
        yield sender.send(sender.count(tally, CountStatus.FINAL, moment, source), moment)
