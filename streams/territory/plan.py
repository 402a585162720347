"""The plan of an election: what was known before the day, as values.

A plan is made once, from the texts of an election folder (`streams.territory.parse`), and never
changes: what a day brings stands in the journal. Areas are named by their codes; a code contains
its parents, so names are looked up by any prefix of it. All collections are sorted, so that
whatever walks through them does it in the same order everywhere.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.counts import ballots_expected
from streams.domain.events import ActorRole
from streams.domain.ids import (
    AreaCode,
    ElectionId,
    desa_of,
    kabupaten_of,
    kecamatan_of,
    parents_of,
)
from streams.domain.times import EpochMs
from streams.domain.words import Role, TpsClass
from streams.territory.beside import Override, Phones
from streams.territory.zone import local_time, offset_minutes

__all__ = [
    "Actor",
    "Contact",
    "Contest",
    "Election",
    "ElectionKind",
    "Officer",
    "Plan",
    "Tps",
    "Way",
    "covers",
]


class ElectionKind(StrEnum):
    """What is elected, and so whose rules hold."""

    PILKADA = "pilkada"
    PILKADES = "pilkades"
    PEMILU = "pemilu"


class Tps(Struct, frozen=True, gc=False, kw_only=True):
    """A polling station. Areas are codes; `plan.name_path` has their names."""

    code: AreaCode
    name: str
    desa: AreaCode
    kecamatan: AreaCode
    kabupaten: AreaCode
    provinsi: AreaCode
    polsek: str
    polres: str
    dpt: int
    """Voters on the list."""
    tps_class: TpsClass
    lat: float | None
    lon: float | None
    pair: str
    """Id of the pair of officers that watches it, unique in the kabupaten; empty: none."""
    transit_minutes: int | None
    """How long its box usually takes to the PPK."""
    internet: bool | None
    opens_at: EpochMs
    closes_at: EpochMs
    logistics_due_at: EpochMs | None
    bawaslu_class: str
    """As the file has it: the supervisors' list of vulnerable TPS is another list."""
    listed: bool = True
    """False: `tps.csv` does not have it, but its desa votes (contract §2)."""


class Officer(Struct, frozen=True, gc=False, kw_only=True):
    """Somebody on the roster, officer or other; the telephone number is in `plan.phones`."""

    officer: str
    name: str
    role: Role
    polsek: str
    """Empty for who belongs to none: Polres, supervisors, PPK."""
    kabupaten: AreaCode
    pair: str
    on_duty: bool
    desa: AreaCode | None = None
    shift_start_minutes: int | None = None
    shift_end_minutes: int | None = None
    """Local minutes since midnight; an end before the start is on the next day."""


class Contest(Struct, frozen=True, kw_only=True):
    """One ballot paper: who stands, and the area whose votes are added up."""

    id: str
    area: AreaCode
    choices: tuple[str, ...]


class Actor(Struct, frozen=True, gc=False):
    """Somebody who may command, what as, and where."""

    actor: str
    role: ActorRole
    area: AreaCode


class Way(Struct, frozen=True):
    """A channel and an address on it; `target` is in no message or log."""

    channel: str
    target: str

    def __repr__(self) -> str:
        """Show everything but the target."""
        return f"Way({self.channel})"


class Contact(Struct, frozen=True, kw_only=True):
    """Who is told at one level of one ladder, in one area; `target` is in no message or log."""

    ladder: str
    """A `Ladder`; of an agency that stands on none `AGENCY`."""
    level: str
    """Of an agency its name, as the taxonomy's routes have it."""
    area: AreaCode
    name: str
    channel: str
    target: str
    language: str
    hours: str
    """Local hours as `07:00-22:00`; empty: always."""
    fallback: tuple[Way, ...] = ()
    """Ways that are tried one after the other when its own channel fails."""
    actor: str = ""
    """As whom it answers, by the id of `actors.csv`; empty: it is told and cannot answer."""

    def __repr__(self) -> str:
        """Show everything but the target."""
        return f"Contact({self.ladder} {self.level} {self.area}, {self.name!r}, {self.channel})"


class Election(Struct, frozen=True, kw_only=True):
    """What `election.toml` says. Hours are local, as `07:00`; a TPS may have others."""

    id: ElectionId
    kind: ElectionKind
    profile: str
    pack: str
    languages: tuple[str, ...]
    """The first is the language of texts without a choice."""
    date: str
    """As `2024-11-27`."""
    poll_opens: str
    poll_closes: str
    heartbeat_minutes: int
    ballot_reserve: float
    """Share of the DPT; `ballots_due` rounds it up."""
    max_voters: int
    contests: tuple[Contest, ...]

    def day_start_at(self, offset: int) -> EpochMs:
        """Return the midnight before the poll in a zone that is `offset` minutes ahead of UTC."""
        return local_time(self.date, 0, offset)

    def opens_at(self, offset: int) -> EpochMs:
        """Return when a TPS without hours of its own opens in such a zone."""
        return local_time(self.date, self.poll_opens, offset)

    def closes_at(self, offset: int) -> EpochMs:
        """Return when a TPS without hours of its own closes in such a zone."""
        return local_time(self.date, self.poll_closes, offset)

    def ballots_due(self, dpt: int) -> int:
        """Return the ballots that a TPS must receive of one contest."""
        return ballots_expected(dpt, self.ballot_reserve)

    def contests_of(self, area: str) -> tuple[Contest, ...]:
        """Return the contests in which an area or TPS votes."""
        return tuple(contest for contest in self.contests if covers(contest.area, area))


class Plan(Struct, frozen=True, kw_only=True):
    """All that an election folder says, with the indexes that judgment needs."""

    election: Election
    tps: Mapping[AreaCode, Tps]
    officers: Mapping[tuple[AreaCode, str], Officer]
    actors: tuple[Actor, ...] | None
    """Of `actors.csv`, and the control room's users; None: there is neither, so role and area of a
    message count."""
    contacts: tuple[Contact, ...]
    adjacency: Mapping[AreaCode, tuple[AreaCode, ...]]
    """Neighbours of a desa, both ways."""
    provinsi: Mapping[AreaCode, str]
    kabupaten: Mapping[AreaCode, str]
    """Names of the kabupaten/kota that have a TPS: those that are watched."""
    kecamatan: Mapping[AreaCode, str]
    desa: Mapping[AreaCode, str]
    """Names of all desa known in the watched kabupaten, also of those that do not vote."""
    other_names: Mapping[AreaCode, str]
    """The register's name of an area where the folder writes another."""
    complete: frozenset[AreaCode]
    """Kabupaten all of whose desa are known, so that any other code of a desa is wrong."""
    tps_of_desa: Mapping[AreaCode, tuple[AreaCode, ...]]
    """By each desa that votes."""
    tps_of_kabupaten: Mapping[AreaCode, tuple[AreaCode, ...]]
    """By each kabupaten/kota that is watched."""
    polsek: Mapping[tuple[AreaCode, str], tuple[AreaCode, ...]]
    """TPS by (kabupaten, Polsek)."""
    pairs: Mapping[tuple[AreaCode, str], tuple[AreaCode, ...]]
    """TPS by (kabupaten, pair)."""
    overrides: tuple[Override, ...]
    phones: Phones

    @property
    def kabupaten_codes(self) -> tuple[AreaCode, ...]:
        """The kabupaten/kota that have a TPS, sorted."""
        return tuple(self.kabupaten)

    def tps_or_unknown(self, code: AreaCode) -> Tps | None:
        """Return a TPS; one that is not listed gets the election's hours if its desa votes.

        It is `kurang_rawan`, without voters, not `listed` (contract §2). None: no desa that votes.
        """
        if (listed := self.tps.get(code)) is not None:
            return listed
        siblings = self.tps_of_desa.get(desa_of(code), ())
        if not siblings:
            return None
        offset = offset_minutes(code)
        return replace(
            self.tps[siblings[0]],
            code=code,
            name=f"TPS {code[-3:]}",
            dpt=0,
            tps_class=TpsClass.KURANG_RAWAN,
            lat=None,
            lon=None,
            pair="",
            transit_minutes=None,
            internet=None,
            opens_at=self.election.opens_at(offset),
            closes_at=self.election.closes_at(offset),
            logistics_due_at=None,
            bawaslu_class="",
            listed=False,
        )

    def offset_minutes(self, code: str) -> int:
        """Return how far the local time of an area is ahead of UTC."""
        return offset_minutes(code)

    def name_path(self, code: str) -> tuple[str, ...]:
        """Return the names from the province down to an area or TPS; a code where none is known."""
        return tuple(self.name_of(parent) for parent in parents_of(code))

    def name_of(self, code: AreaCode) -> str:
        """Return the name of one area or TPS, or its code where none is known."""
        tps = self.tps.get(code)
        if tps is not None:
            return tps.name
        for names in (self.desa, self.kecamatan, self.kabupaten, self.provinsi):
            if code in names:
                return names[code]
        return code

    def watches(self, code: str) -> bool:
        """Tell whether an area or TPS lies in a kabupaten/kota that has a TPS of this election."""
        return kabupaten_of(code) in self.kabupaten

    def votes(self, code: str) -> bool:
        """Tell whether a desa, or the desa of a TPS, has a TPS of this election."""
        return desa_of(code) in self.tps_of_desa

    def polsek_kecamatan(self, kabupaten: AreaCode, polsek: str) -> tuple[AreaCode, ...]:
        """Return the kecamatan in which a Polsek has TPS, sorted; it may span several."""
        found = {kecamatan_of(code) for code in self.polsek.get((kabupaten, polsek), ())}
        return tuple(sorted(found))


def covers(area: str, code: str) -> bool:
    """Tell whether the area of a well-formed code is, or contains, another: codes nest by prefix.

    The widths are fixed, so no code is a prefix of another by chance.
    """
    return code.startswith(area)
