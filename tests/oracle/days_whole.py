"""Whole nasty days: everything of `days`, and materials, counts, boxes and reports of all kinds.

`days.make_day` stays as it is, because tests name its seeds. A whole day needs a folder with
contests, such as those in `town` and `village`. `python -m tests.oracle.days_whole SEED [FOLDER]`
writes one.
"""

import random
import sys
from dataclasses import replace
from pathlib import Path

from tests.oracle.acts import Acting, CaseActing, SealActing
from tests.oracle.acts_areas import Commanding, OffDuty
from tests.oracle.days import ALL, Spice
from tests.oracle.days_areas import Areas
from tests.oracle.days_cases import Cases
from tests.oracle.days_counts import Tally
from tests.oracle.days_reports import WholeCrowd
from tests.oracle.days_stages import WholePlaces
from tests.oracle.folder import Folder, read_folder
from tests.oracle.post import Post
from tests.oracle.replay import judge_day
from tests.oracle.times import MINUTE, day_time

__all__ = ["DISTRICT", "TOWN", "VILLAGE", "make_whole_day"]

TOWN = Path(__file__).parent / "town"
"""A pilkada with two contests in eight TPS of all classes."""
DISTRICT = Path(__file__).parent / "district"
"""One pair against the empty column, in 27 TPS of two kecamatan."""
VILLAGE = Path(__file__).parent / "village"
"""Three pilkades in five TPS of all classes."""


_OF_TOWN = "17.02.09.1012-001"
"""Where the bad lines of `Post` are from."""


def make_whole_day(seed: int, folder: Folder, spice: Spice = ALL) -> list[str]:
    """Make the lines of a day; the same seed, folder and spice give the same lines."""
    rng = random.Random(seed)
    noon = day_time(folder.day, "12:00", 7)
    post = Post(rng, late=spice.late, ahead=spice.ahead, fractions=spice.fractions)
    places = WholePlaces(rng, post, folder, noon)
    places.live_whole(corrections=spice.corrections)
    if spice.unknown_tps:
        places.strangers()
    tally = Tally(rng, post, folder)
    tally.count(places.counting, corrections=spice.corrections)
    if spice.bad_lines:
        tally.spoil(places.counting)
    crowd = WholeCrowd(rng, post, folder, noon)
    crowd.check_in(duress=spice.duress)
    if spice.reports:
        crowd.report(copies=spice.copies)
        crowd.talk(corrections=spice.corrections)
        Cases(rng, post, folder, noon).tell()
        Areas(rng, post, folder, noon).tell()
    if spice.duplicates:
        post.stutter()
    if spice.bad_lines and _OF_TOWN in folder.tps:
        post.spoil()
    if spice.commands:
        _act(rng, post, folder, shelving=spice.shelving)
    if spice.unsorted:
        post.shuffle_a_little()
    return post.lines()


def _act(rng: random.Random, post: Post, folder: Folder, *, shelving: bool) -> None:
    for round_ in range(2):
        judged = judge_day(folder, post.lines(), post.last() + 60 * MINUTE)
        # Everybody names a claim as he likes: no command could name it for all.
        judged.lines = [line for line in judged.lines if line.about.rule != "W11"]
        calm = replace(judged, lines=judged.lines[:: 2 + round_])
        Acting(rng, post, round_, shelving=shelving).on(calm)
        if round_ == 0:
            SealActing(rng, post).on(judged)
        CaseActing(rng, post).on(judged)
        Commanding(rng, post, folder).on(judged)
        OffDuty(rng, post, folder).on(judged)


def main(arguments: list[str]) -> int:
    """Write the day of a seed, of the town or of another folder."""
    folder = read_folder(Path(arguments[1]) if len(arguments) > 1 else TOWN)
    sys.stdout.writelines(f"{line}\n" for line in make_whole_day(int(arguments[0]), folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
