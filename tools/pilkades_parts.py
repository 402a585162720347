"""What the folders of a pilkades have in common: each desa elects its head, on a paper of its own.

Pairs of the Polsek stay in the desa whose TPS are vulnerable; officers of the Polres, and those
from outside (BKO), watch the rest of a kecamatan. What is published of a desa stands in `named`;
all else is drawn.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tools.folder_parts import Desa, Draw, adjacency_rows, desa_within, shared_out, table
from tools.folder_watch import (
    BHABIN_PER_MILLE,
    Kabupaten,
    Post,
    Team,
    Tps,
    pairs,
    personnel_rows,
    tps_rows,
    with_bhabin,
)

VOTERS_MAX = 500
"""Of a TPS. Source: Permendagri 72/2020; the rules of earlier years were not found."""
VOTERS_PLANNED = 470
"""Invented: more voters of a desa make one more TPS."""
_CONTEST = """
# {name}
[[contests]]
id = "kades-{code}"
area = "{code}"
choices = [{choices}]
"""


class Named(NamedTuple):
    """A desa of which more is said than its name; all numbers are invented."""

    voters: int
    classes: tuple[str, ...]
    """Of its TPS from the first on; the rest is `kurang_rawan`."""
    choices: int
    transit: tuple[int, int] | None = None
    offline: tuple[int, ...] = ()
    """Numbers of the TPS without internet."""


class Pilkades(NamedTuple):
    """One poll: where it is held, and what is not drawn."""

    folder: Path
    kabupaten: Kabupaten
    named: Mapping[str, Named]
    """By the code of the desa; the first ones have a Bhabinkamtibmas in any case."""
    voters: tuple[int, int]
    """Of a desa that is not named, from and to."""
    choices: tuple[int, int]
    tps_of_a_pair: Mapping[str, int]
    """By class."""
    outside: str
    """Call sign of the pairs that are not of a Polsek."""
    posts: tuple[Post, ...]
    election: str
    """Head of `election.toml`."""
    actors: str
    contacts: str
    voting: Mapping[str, tuple[int, ...]] | None = None
    """By kecamatan, the last four digits of the desa that vote; None: all of them."""

    @property
    def draw(self) -> Draw:
        """Draws what is invented: by the name of the folder."""
        return Draw(self.folder.name)


def voting_desa(poll: Pilkades) -> list[Desa]:
    """Read the desa that vote; a kelurahan has no head to elect."""
    areas = poll.kabupaten.kecamatan.items()
    found = desa_within({code: area.position for code, area in areas}, poll.draw)
    return [one for one in found if not one.is_kelurahan and _votes(poll, one)]


def _votes(poll: Pilkades, desa: Desa) -> bool:
    return poll.voting is None or int(desa.code[-4:]) in poll.voting[desa.kecamatan]


def all_tps(poll: Pilkades, desa: Sequence[Desa]) -> list[Tps]:
    """Lay out the TPS: as few a desa as its voters need, none with more than the rule allows."""
    return [tps for one in desa for tps in _tps_of(poll, one)]


def _tps_of(poll: Pilkades, desa: Desa) -> list[Tps]:
    draw, named = poll.draw, poll.named.get(desa.code)
    voters = draw(*poll.voters, "voters", desa.code) if named is None else named.voters
    count = -(-voters // VOTERS_PLANNED)
    weights = [draw(94, 100, "w", desa.code, number) for number in range(count)]
    classes = () if named is None else named.classes
    transit = poll.kabupaten.kecamatan[desa.kecamatan].transit
    found: list[Tps] = []
    for number, dpt in enumerate(shared_out(voters, weights, [0] * count), start=1):
        assert dpt <= VOTERS_MAX, (desa.name, number, dpt)
        tps_class = classes[number - 1] if number <= len(classes) else "kurang_rawan"
        one = Tps(desa, number, dpt, tps_class, transit)
        if named is not None:
            online = number not in named.offline
            one = one._replace(transit=named.transit or transit, online=online)
        found.append(one)
    return found


def is_watched_by_its_polsek(tps: Tps) -> bool:
    """Tell a TPS from those that officers from outside watch: it is vulnerable."""
    return tps.tps_class != "kurang_rawan"


def _alike(tps: Tps) -> tuple[object, ...]:
    """Tell what a pair has in common: who sends it, where it goes, how vulnerable it is there."""
    own = is_watched_by_its_polsek(tps)
    return not own, tps.desa.code if own else tps.desa.kecamatan, tps.tps_class


def _team(poll: Pilkades, tps: Tps) -> Team:
    if is_watched_by_its_polsek(tps):
        return Team("pam_tps", "Rajawali", poll.kabupaten.polsek_of(tps.desa))
    return Team("polres", poll.outside, "")


def election(poll: Pilkades, desa: Sequence[Desa]) -> str:
    """Write `election.toml`: each desa elects its head."""
    text = poll.election
    for one in desa:
        named = poll.named.get(one.code)
        drawn = poll.draw(*poll.choices, "choices", one.code)
        count = drawn if named is None else named.choices
        choices = ", ".join(f'"{number:02}"' for number in range(1, count + 1))
        text += _CONTEST.format(name=one.name, code=one.code, choices=choices)
    return text


def files_of(poll: Pilkades) -> dict[str, str]:
    """Make every file of a folder but its README and its story."""
    desa = voting_desa(poll)
    tps = all_tps(poll, desa)
    watched_by = pairs(tps, _alike, lambda one: poll.tps_of_a_pair[one.tps_class])
    teams = {watched_by[one.code]: _team(poll, one) for one in tps}
    count = -(-len(desa) * BHABIN_PER_MILLE // 1000)
    bhabin = with_bhabin(desa, poll.draw, count, poll.named)
    return {
        "election.toml": election(poll, desa),
        "tps.csv": table(tps_rows(poll.kabupaten, tps, watched_by, poll.draw)),
        "personnel.csv": table(personnel_rows(poll.kabupaten, teams, bhabin, poll.posts)),
        "adjacency.csv": table(adjacency_rows(desa)),
        "actors.csv": poll.actors,
        "contacts.toml": poll.contacts,
    }
