"""Write an election folder and a whole day in it, as the lines that `siaga replay` reads.

    python -m streams.simulation.ordinary pilkada FOLDER --seed 1 > day.jsonl
    python -m streams.simulation.ordinary pilkada FOLDER --seed 1 --day irregular > day.jsonl

A folder that has an `election.toml` already is taken as it is, so that the noise of a real plan can
be measured.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from streams.simulation.ordinary.day import noise_day
from streams.simulation.ordinary.folder import write_folder
from streams.simulation.ordinary.kinds import IRREGULAR, ORDINARY, OUTAGES
from streams.simulation.played import json_lines
from streams.territory.plan import ElectionKind
from streams.wire.folder import load_plan

_KINDS: Final = {"ordinary": ORDINARY, "outages": OUTAGES, "irregular": IRREGULAR}


def main() -> None:
    """Write the day to standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m streams.simulation.ordinary",
        description="Write a whole day; make the election of 400 TPS first if there is none.",
    )
    parser.add_argument("kind", type=ElectionKind, choices=tuple(ElectionKind))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="another one is another day")
    parser.add_argument(
        "--day",
        choices=tuple(_KINDS),
        default="ordinary",
        help="what is wrong on it: nothing, loss of signal for long, or a little of everything",
    )
    given = parser.parse_args()
    folder: Path = given.folder
    if not (folder / "election.toml").exists():
        write_folder(folder, given.kind)
    day = noise_day(load_plan(folder), given.seed, _KINDS[given.day])
    sys.stdout.buffer.writelines(json_lines(day))


if __name__ == "__main__":
    main()
