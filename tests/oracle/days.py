"""Nasty days: seeded, random, and as unkind as an election day can be.

Messages come late, twice, in the wrong order and from clocks that are ahead; phones go silent for
an hour and then send everything at once; ids are used again for something else; a mistaken `closed`
is taken back; people press buttons that are not theirs. The same seed gives the same day.

Persons act on alerts that are there, so a day is judged by the oracle, given commands, and judged
again. `python -m tests.oracle.days SEED > EVENTS.jsonl` writes a day of the tiny folder.
"""

import random
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.acts import Acting
from tests.oracle.days_people import Crowd
from tests.oracle.days_places import PollingPlaces
from tests.oracle.folder import Folder, read_folder
from tests.oracle.known_rules import OF_OLD
from tests.oracle.post import Post
from tests.oracle.replay import judge_day
from tests.oracle.times import day_time

__all__ = ["ALL", "PLAIN", "TINY", "Spice", "make_day"]

TINY = Path(__file__).parent / "tiny"
"""An election folder of eight TPS."""


@dataclass(frozen=True)
class Spice:
    """What a day may hold; each part can be left out, to find out what two judges differ by."""

    late: bool = True
    """Single messages come up to an hour late, and phones offline for long send all at once."""
    duplicates: bool = True
    """Lines come twice, and ids are used again for other content."""
    ahead: bool = True
    """Clocks of senders are ahead, by less and by more than 2 minutes."""
    fractions: bool = True
    """Times have milliseconds, or stand in another zone."""
    corrections: bool = True
    """A mistaken `closed` or `suspended` is taken back."""
    other_corrections: bool = False
    """`opened` and `resumed` are taken back too: the contract is open there."""
    unknown_tps: bool = True
    """Messages from a TPS that is not in the folder."""
    bad_lines: bool = True
    """Lines that can't be taken."""
    reports: bool = True
    """Crowd reports."""
    copies: bool = True
    """Several sources send one text or photo."""
    duress: bool = True
    """Officers call for help."""
    commands: bool = True
    """Persons act on alerts, rightly and wrongly."""
    shelving: bool = True
    """Alerts are shelved."""
    unsorted: bool = False
    """A line may say that it was received before the line above it."""


ALL = Spice()
"""Everything whose meaning the contract settles."""
PLAIN = Spice(**dict.fromkeys(Spice.__dataclass_fields__, False))
"""Only openings, heartbeats, silences, suspensions and closings, each at once and once."""


def make_day(seed: int, folder: Folder, spice: Spice = ALL) -> list[str]:
    """Make the lines of a day; `folder` must be the tiny one or one like it."""
    rng = random.Random(seed)
    noon = day_time(folder.day, "12:00", 7)
    post = Post(rng, late=spice.late, ahead=spice.ahead, fractions=spice.fractions)
    places = PollingPlaces(rng, post, folder, noon)
    places.live(corrections=spice.corrections, other_corrections=spice.other_corrections)
    if spice.unknown_tps:
        places.strangers()
    crowd = Crowd(rng, post, folder, noon)
    crowd.check_in(duress=spice.duress)
    if spice.reports:
        crowd.report(copies=spice.copies)
    if spice.duplicates:
        post.stutter()
    if spice.bad_lines:
        post.spoil()
    if spice.commands:
        for round_ in range(3):
            acting = Acting(rng, post, round_, shelving=spice.shelving)
            until = post.last() + 3_600_000
            acting.on(judge_day(folder, post.lines(), until, rules=OF_OLD))
    if spice.unsorted:
        post.shuffle_a_little()
    return post.lines()


def main(arguments: list[str]) -> int:
    """Write the day of a seed."""
    folder = read_folder(TINY)
    sys.stdout.writelines(f"{line}\n" for line in make_day(int(arguments[0]), folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
