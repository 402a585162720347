"""Write `elections/pekalongan-pilkades-2022`: a pilkades under health rules, in 18 desa.

The day and how many vote are those of the sources, as far as they were found; which desa, TPS,
voters, candidates and all else are invented by seeded arithmetic, so that the folder can be made
again byte for byte. The README in the folder says which is which.

    python -m tools.make_pekalongan [FOLDER]
"""

from tools.folder_parts import ROOT, write_folder
from tools.pekalongan_facts import (
    ACTORS,
    CONTACTS,
    ELECTION,
    KABUPATEN,
    NAMED,
    OTHER_CHOICES,
    OTHER_VOTERS,
    POSTS,
    TPS_OF_A_PAIR,
    VOTING,
)
from tools.pilkades_parts import Pilkades, files_of

FOLDER = ROOT / "elections" / "pekalongan-pilkades-2022"
POLL = Pilkades(
    folder=FOLDER,
    kabupaten=KABUPATEN,
    named=NAMED,
    voters=OTHER_VOTERS,
    choices=OTHER_CHOICES,
    tps_of_a_pair=TPS_OF_A_PAIR,
    outside="Garda",
    posts=POSTS,
    election=ELECTION,
    actors=ACTORS,
    contacts=CONTACTS,
    voting=VOTING,
)


def files() -> dict[str, str]:
    """Make every file of the folder but its README and its story."""
    return files_of(POLL)


def main() -> None:
    """Write the files."""
    write_folder(files(), FOLDER)


if __name__ == "__main__":
    main()
