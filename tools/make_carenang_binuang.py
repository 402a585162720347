"""Write `elections/carenang-binuang-2019`: a pilkades, one contest a desa, watched by one Polsek.

Areas, officers, what is vulnerable and the day are those of the sources; TPS, voters, candidates
and all else are invented by seeded arithmetic, so that the folder can be made again byte for byte.
The README in the folder says which is which.

    python -m tools.make_carenang_binuang [FOLDER]
"""

from tools.carenang_binuang_facts import (
    ACTORS,
    CONTACTS,
    ELECTION,
    KABUPATEN,
    NAMED,
    OTHER_CHOICES,
    OTHER_VOTERS,
    POSTS,
    TPS_OF_A_PAIR,
)
from tools.folder_parts import ROOT, write_folder
from tools.pilkades_parts import Pilkades, files_of

FOLDER = ROOT / "elections" / "carenang-binuang-2019"
POLL = Pilkades(
    folder=FOLDER,
    kabupaten=KABUPATEN,
    named=NAMED,
    voters=OTHER_VOTERS,
    choices=OTHER_CHOICES,
    tps_of_a_pair=TPS_OF_A_PAIR,
    outside="Kujang",
    posts=POSTS,
    election=ELECTION,
    actors=ACTORS,
    contacts=CONTACTS,
)


def files() -> dict[str, str]:
    """Make every file of the folder but its README and its story."""
    return files_of(POLL)


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
