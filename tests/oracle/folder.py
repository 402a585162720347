"""An election folder (contract §6), as far as the judged rules need it. It is taken to be good."""

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from math import ceil
from pathlib import Path

from tests.oracle.tables import LADDERS, PILKADES_LADDERS, most_vulnerable
from tests.oracle.times import day_time, zone_h
from tests.oracle.values import Json, number, parts, text, texts

__all__ = ["Contest", "Folder", "Tps", "common_area", "covers", "is_named", "plain", "read_folder"]

_RESERVE = {"pilkada": Decimal("0.025"), "pemilu": Decimal("0.02")}
_MAX_VOTERS = {"pilkada": 600, "pilkades": 500, "pemilu": 300}
"""Where `election.toml` does not say. Source: domain §2, "Sizes" and "Ballots"."""


@dataclass(frozen=True)
class Contest:
    """What is voted for, and where."""

    id: str
    area: str
    choices: tuple[str, ...]

    def covers(self, tps: str) -> bool:
        """Whether a TPS votes in it."""
        return covers(self.area, tps)


@dataclass(frozen=True)
class Tps:
    """One row of `tps.csv`, or what is assumed of a TPS that is not in it."""

    code: str
    tps_class: str
    opens_at: int
    pair: str = ""
    """As a scope: `pair:17.02/P01`; empty without one."""
    position: tuple[float, float] | None = None
    closes_at: int = 0
    logistics_due: int = 0
    dpt: int | None = None
    """None of a TPS that is not in the plan."""
    transit_minutes: float | None = None


@dataclass
class Folder:
    """What is known before the day begins."""

    election: str
    day: date
    opens: str
    ladders: dict[str, tuple[str, ...]]
    kind: str = "pilkada"
    closes: str = "13:00"
    reserve: Decimal = Decimal(0)
    max_voters: int = 600
    heartbeat_minutes: float = 12
    contests: list[Contest] = field(default_factory=list[Contest])
    tps: dict[str, Tps] = field(default_factory=dict[str, Tps])
    names: dict[str, tuple[str, str, str]] = field(default_factory=dict[str, tuple[str, str, str]])
    """By desa code: the names of desa, kecamatan and kabupaten, without case and punctuation."""
    pair_of: dict[str, str] = field(default_factory=dict[str, str])
    """By `officer:KAB/ID`: the scope of the pair."""
    officer_home: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """By officer's id: the kabupaten in which `personnel.csv` has one of that id."""
    desa_of: dict[str, str] = field(default_factory=dict[str, str])
    """By `officer:KAB/ID`: the desa that the roster names."""
    duty_of: dict[str, tuple[bool, str, str]] = field(
        default_factory=dict[str, tuple[bool, str, str]]
    )
    """By `officer:KAB/ID`: whether he is on duty, and from when until when; empty without shift."""
    neighbours: frozenset[frozenset[str]] = frozenset()
    """Two desa each, by `adjacency.csv`."""
    post_of: dict[str, str] = field(default_factory=dict[str, str])
    """By `officer:KAB/ID`: the narrowest area that holds every TPS of his Polsek."""
    contacts: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    """Ladder, level and area of each; those of an agency have neither of the first two."""
    actors: dict[str, tuple[str, str]] | None = None
    """By id: role and area; None where the folder has no `actors.csv`."""

    def kabupatens(self) -> set[str]:
        """The kabupaten that are watched."""
        return {code[:5] for code in self.tps}

    def tps_of_pair(self, pair: str) -> list[Tps]:
        """The TPS of a pair, in the order of their codes."""
        return self._tps_by_pair.get(pair, [])

    @cached_property
    def _tps_by_pair(self) -> dict[str, list[Tps]]:
        by_pair: dict[str, list[Tps]] = {}
        for code in sorted(self.tps):
            by_pair.setdefault(self.tps[code].pair, []).append(self.tps[code])
        return by_pair

    def tps_in(self, area: str) -> list[str]:
        """The codes of the TPS in a kecamatan or desa, in their order."""
        return self._tps_by_area.get(area, [])

    @cached_property
    def _tps_by_area(self) -> dict[str, list[str]]:
        by_area: dict[str, list[str]] = {}
        for code in sorted(self.tps):
            for area in (code[:8], code[:13]):
                by_area.setdefault(area, []).append(code)
        return by_area

    def class_of_pair(self, pair: str) -> str:
        """§1 "A pair or an officer takes the most vulnerable TPS of the pair"."""
        return most_vulnerable([t.tps_class for t in self.tps_of_pair(pair)])

    def area_of_pair(self, pair: str) -> str:
        """The narrowest area that holds every TPS of a pair."""
        return common_area([tps.code for tps in self.tps_of_pair(pair)])

    def area_of_officer(self, officer: str) -> str:
        """§6 "A `checkin` or `duress` without `tps` is placed by the officer's Polsek"."""
        return self.post_of.get(officer, officer.removeprefix("officer:")[:5])

    def place(self, code: str) -> Tps:
        """The TPS of a code; §2 of an unknown one: `kurang_rawan`, the election's hours."""
        return self.tps.get(code) or Tps(
            code,
            "kurang_rawan",
            self.clock(code, self.opens),
            closes_at=self.clock(code, self.closes),
            logistics_due=self.clock(code, "21:00", days=-1),
        )

    def clock(self, code: str, written: str, days: int = 0) -> int:
        """`HH:MM` at a place, on the day or some days after it."""
        return day_time(self.day + timedelta(days=days), written, zone_h(code))

    def contacts_for(self, ladder: str, levels: Sequence[str], place: str) -> tuple[str, int]:
        """Who is told at the first of some levels: its name in notices, and how many they are.

        docs/reference/election-folder.md: "those with the longest `area` are told, every one of
        them; if there is none, those of the next level up". The hours of contacts are not read.
        """
        for level in levels:
            own = [c for c in self.contacts if c[:2] == (ladder, level) and covers(c[2], place)]
            if own:
                area = max((c[2] for c in own), key=len)
                return f"{ladder}/{level}@{area}", sum(c[2] == area for c in own)
        return "", 0

    def contests_of(self, tps: str) -> list[Contest]:
        """The contests that cover a TPS."""
        return [contest for contest in self.contests if contest.covers(tps)]

    def with_reserve(self, voters: int) -> int:
        """§6 "`ballot_reserve` of DPT, rounded up per TPS"."""
        return voters + ceil(self.reserve * voters)


def plain(name: str) -> str:
    """§2 "Names are matched without case, spaces and punctuation"."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def is_named(written: str, known: str, *kinds: str) -> bool:
    """Whether a name that `plain` has as `known` is meant; a word for its kind may lead it."""
    name = plain(written)
    return name == known or any(name == f"{kind}{known}" for kind in kinds)


def covers(area: str, place: str) -> bool:
    """Whether a TPS, or an area, lies in an area of any size."""
    return place == area or place.startswith((f"{area}.", f"{area}-"))


def common_area(codes: list[str]) -> str:
    """The narrowest area code that holds every TPS of a list."""
    for length in (17, 13, 8):
        if len({code[:length] for code in codes}) == 1:
            return codes[0][:length]
    return codes[0][:5]


def _rows(path: Path) -> list[dict[str, str]]:
    written = path.read_text(encoding="utf-8-sig")
    head = written.partition("\n")[0]
    rows = csv.DictReader(written.splitlines(), delimiter=";" if ";" in head else ",")
    return [{name: (cell or "").strip() for name, cell in row.items()} for row in rows]


def _without_rows(settings: Json) -> Folder:
    day, reserve = settings["date"], settings.get("ballot_reserve")
    assert isinstance(day, date), "election.toml: date must be a date"
    kind = text(settings, "kind")
    return Folder(
        election=text(settings, "id"),
        day=day,
        opens=text(settings, "poll_opens") or "07:00",
        ladders=PILKADES_LADDERS if kind == "pilkades" else LADDERS,
        kind=kind,
        closes=text(settings, "poll_closes") or "13:00",
        reserve=_RESERVE.get(kind, Decimal(0)) if reserve is None else Decimal(str(reserve)),
        max_voters=int(number(settings, "max_voters") or _MAX_VOTERS[kind]),
        heartbeat_minutes=number(settings, "heartbeat_minutes") or 12,
        contests=[
            Contest(text(one, "id"), text(one, "area"), tuple(texts(one, "choices")))
            for one in parts(settings, "contests")
        ],
    )


def read_folder(path: Path) -> Folder:
    """Read an election folder."""
    written = (path / "election.toml").read_text(encoding="utf-8")
    # Decimals, so that 2.5 % of 400 is 10 and never a little more.
    settings = tomllib.loads(written, parse_float=Decimal)
    folder = _without_rows(settings)
    home: dict[str, list[str]] = {}
    for row in _rows(path / "tps.csv"):
        _take_tps(folder, row)
        home.setdefault(row["polsek"], []).append(row["tps"])
    for row in _rows(path / "personnel.csv"):
        _take_officer(folder, row, home)
    if (path / "actors.csv").exists():
        rows = _rows(path / "actors.csv")
        folder.actors = {row["actor"]: (row["role"], row["area"]) for row in rows}
    if (path / "adjacency.csv").exists():
        pairs = [frozenset({r["desa_a"], r["desa_b"]}) for r in _rows(path / "adjacency.csv")]
        folder.neighbours = frozenset(pairs)
    contacts = tomllib.loads((path / "contacts.toml").read_text(encoding="utf-8"))
    folder.contacts = [
        (text(one, "ladder"), text(one, "level"), text(one, "area"))
        for one in parts(contacts, "contacts")
    ]
    return folder


def _take_tps(folder: Folder, row: dict[str, str]) -> None:
    code = row["tps"]
    due = row.get("logistics_due")
    folder.tps[code] = Tps(
        code,
        row["class"],
        folder.clock(code, row.get("opens") or folder.opens),
        f"pair:{code[:5]}/{row['pair']}" if row.get("pair") else "",
        (float(row["lat"]), float(row["lon"])) if row.get("lat") else None,
        folder.clock(code, row.get("closes") or folder.closes),
        folder.clock(code, due) if due else folder.clock(code, "21:00", days=-1),
        int(row["dpt"]),
        float(row["transit_minutes"]) if row.get("transit_minutes") else None,
    )
    folder.names[code[:13]] = (plain(row["desa"]), plain(row["kecamatan"]), plain(row["kabupaten"]))


def _take_officer(folder: Folder, row: dict[str, str], home: dict[str, list[str]]) -> None:
    """`home` has the TPS of each Polsek; one without any is a Polsek of the first kabupaten."""
    watched = home.get(row["polsek"], sorted(folder.tps))
    kabupaten = row.get("kabupaten") or watched[0][:5]
    officer = f"officer:{kabupaten}/{row['officer']}"
    folder.post_of[officer] = common_area([tps for tps in watched if tps[:5] == kabupaten])
    shift = row.get("shift_start") or "", row.get("shift_end") or ""
    folder.duty_of[officer] = (row["on_duty"] == "true", *shift)
    if row.get("desa"):
        folder.desa_of[officer] = row["desa"]
    folder.officer_home.setdefault(row["officer"], []).append(kabupaten)
    if row.get("pair"):
        pair = f"pair:{kabupaten}/{row['pair']}"
        folder.pair_of[officer] = pair
