"""An election of 400 TPS to make noise in: an invented plan over real desa of one kabupaten.

How many TPS a desa has follows from the published totals of 2024: 435,296 TPS in the pilkada and
820,161 in the pemilu, in 83,762 desa and kelurahan; classes from the mix of real police maps, pairs
from their patterns 2:8:16, 2:2:4, 2:1:2 and 2:1 (domain §2). Everything else is drawn, once for
each kind of election: the plan is the same whatever the seed of the day.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode
from streams.domain.words import AreaKind, TpsClass
from streams.territory.plan import ElectionKind
from streams.wire.folder import shipped_areas

__all__ = ["STATIONS", "folder_texts", "write_folder"]

STATIONS: Final = 400
_KABUPATEN: Final = AreaCode("36.04")
_NAMES: Final = ("Serang", "Banten")
_CLASSES: Final = {
    TpsClass.KURANG_RAWAN: 0.9829,
    TpsClass.RAWAN: 0.015,
    TpsClass.SANGAT_RAWAN: 0.0015,
    TpsClass.KHUSUS: 0.0006,
}
"""Mix of real maps. Source: domain §2; what is missing to 1 goes to the first."""
_TPS_OF_PAIR: Final = {
    TpsClass.KURANG_RAWAN: 8,
    TpsClass.RAWAN: 2,
    TpsClass.SANGAT_RAWAN: 1,
    TpsClass.KHUSUS: 1,
}
_OFFLINE_SHARE: Final = 22_738 / 435_296
"""TPS without internet. Source: Bawaslu's list for the pilkada of 2024 (domain §2)."""
_BHABIN_SHARE: Final = 0.466
"""Desa with a Bhabinkamtibmas. Source: Validnews, 2023 (domain §2)."""
_TRANSIT_MINUTES: Final = (10, 60, 20)
_TPS_COLUMNS: Final = (
    *("tps", "name", "desa", "kecamatan", "kabupaten", "provinsi", "polsek", "dpt", "class"),
    *("lat", "lon", "pair", "transit_minutes", "internet", "opens", "closes", "polres"),
    "logistics_due",
)
_OFFICER_COLUMNS: Final = (
    *("officer", "name", "role", "polsek", "pair", "phone", "on_duty"),
    *("desa", "shift_start", "shift_end", "kabupaten"),
)


class _Kind(Struct, frozen=True):
    """What differs between the kinds of elections."""

    date: str
    reserve: float
    max_voters: int
    dpt: tuple[float, float]
    """Mean and spread of the voters on the list of a TPS."""
    tps_of_desa: float


_KINDS: Final = {
    ElectionKind.PILKADA: _Kind("2024-11-27", 0.025, 600, (466, 70), 435_296 / 83_762),
    ElectionKind.PILKADES: _Kind("2024-10-27", 0.025, 500, (400, 70), 3),
    ElectionKind.PEMILU: _Kind("2024-02-14", 0.02, 300, (248, 30), 820_161 / 83_762),
}
"""Sources: domain §2 (date, reserve, maximum, TPS); voters a TPS from the same totals, 203 million.
Of a pilkades date, mean and TPS are guesses."""
_CHOICES: Final = {
    ElectionKind.PILKADA: (("bupati", _KABUPATEN, 3), ("gubernur", "36", 2)),
    ElectionKind.PEMILU: (
        ("presiden", "", 3),
        ("dpr", "36", 18),
        ("dpd", "36", 12),
        ("dprd-prov", "36", 18),
        ("dprd-kab", _KABUPATEN, 18),
    ),
}
"""Contests with their area and the number of choices; a pilkades has one of 2 to 5 in each desa."""


class _Station(Struct, frozen=True):
    """A TPS before it is watched by a pair."""

    desa: AreaCode
    name: str
    number: int
    tps_class: TpsClass

    @property
    def code(self) -> str:
        """Code of the TPS."""
        return f"{self.desa}-{self.number:03}"


def folder_texts(kind: ElectionKind) -> dict[str, str]:
    """Return the files of the election folder by name."""
    chance = Random(f"ordinary/{kind}")
    stations = _stations(_KINDS[kind], chance)
    pairs = _pairs(stations)
    return {
        "election.toml": _election(kind, stations, chance),
        "tps.csv": _table(_TPS_COLUMNS, _tps_rows(_KINDS[kind], stations, pairs, chance)),
        "personnel.csv": _table(_OFFICER_COLUMNS, _officer_rows(stations, pairs, chance)),
        "actors.csv": _table(("actor", "role", "area"), (("posko", "operator", _KABUPATEN),)),
        "contacts.toml": "",
    }


def write_folder(folder: Path, kind: ElectionKind) -> Path:
    """Write the election folder of a kind, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in folder_texts(kind).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def _stations(kind: _Kind, chance: Random) -> list[_Station]:
    """Lay out the TPS desa by desa; which of them are vulnerable is drawn."""
    names = shipped_areas().below({_KABUPATEN}, AreaKind.DESA)
    places: list[tuple[AreaCode, int]] = []
    for code in sorted(names):
        count = max(1, round(chance.gauss(kind.tps_of_desa, kind.tps_of_desa / 3)))
        places += [(code, number) for number in range(1, count + 1)]
        if len(places) >= STATIONS:
            break
    places = places[:STATIONS]
    classes = [
        tps_class for tps_class, share in _CLASSES.items() for _ in range(round(share * STATIONS))
    ]
    chance.shuffle(classes)
    return [
        _Station(code, names[code], number, tps_class)
        for (code, number), tps_class in zip(places, classes, strict=True)
    ]


def _pairs(stations: Iterable[_Station]) -> dict[str, str]:
    """Give each TPS a pair: of one kecamatan, of one class, as many as its pattern allows."""
    open_pairs: dict[tuple[str, TpsClass], tuple[str, int]] = {}
    found: dict[str, str] = {}
    made = 0
    for one in stations:
        key = (one.desa[:8], one.tps_class)
        pair, free = open_pairs.get(key, ("", 0))
        if not free:
            made += 1
            pair, free = f"P{made:02}", _TPS_OF_PAIR[one.tps_class]
        open_pairs[key] = (pair, free - 1)
        found[one.code] = pair
    return found


def _election(kind: ElectionKind, stations: Sequence[_Station], chance: Random) -> str:
    made = _KINDS[kind]
    head = (
        f'id = "derau-{kind}"\nkind = "{kind}"\nprofile = "{kind}"\ndate = {made.date}\n'
        'poll_opens = "07:00"\npoll_closes = "13:00"\nheartbeat_minutes = 12\n'
        f"ballot_reserve = {made.reserve}\nmax_voters = {made.max_voters}\n"
    )
    if kind in _CHOICES:
        contests = [(name, area or "36", count) for name, area, count in _CHOICES[kind]]
    else:
        desa = sorted({one.desa for one in stations})
        contests = [(f"kades-{code}", code, chance.randint(2, 5)) for code in desa]
    return head + "".join(_contest(*contest) for contest in contests)


def _contest(name: str, area: str, count: int) -> str:
    choices = ", ".join(f'"{number:02}"' for number in range(1, count + 1))
    return f'[[contests]]\nid = "{name}"\narea = "{area}"\nchoices = [{choices}]\n'


def _tps_rows(
    kind: _Kind, stations: Iterable[_Station], pairs: dict[str, str], chance: Random
) -> Iterable[Sequence[object]]:
    kecamatan = shipped_areas().below({_KABUPATEN}, AreaKind.KECAMATAN)
    for one in stations:
        dpt = min(kind.max_voters, max(60, round(chance.gauss(*kind.dpt))))
        area = kecamatan[AreaCode(one.desa[:8])]
        unsafe = one.tps_class in {TpsClass.RAWAN, TpsClass.SANGAT_RAWAN}
        yield (
            *(one.code, f"TPS {one.number:03} {one.name}", one.name, area, *_NAMES, area),
            *(dpt, one.tps_class, "", "", pairs[one.code]),
            *(round(chance.triangular(*_TRANSIT_MINUTES)), _yes(chance, 1 - _OFFLINE_SHARE)),
            *("", "", _NAMES[0], "05:30" if unsafe else ""),
        )


def _officer_rows(
    stations: Iterable[_Station], pairs: dict[str, str], chance: Random
) -> Iterable[Sequence[object]]:
    kecamatan = shipped_areas().below({_KABUPATEN}, AreaKind.KECAMATAN)
    polsek = {pairs[one.code]: kecamatan[AreaCode(one.desa[:8])] for one in stations}
    for pair, name in polsek.items():
        for half in "AB":
            row = (f"{pair}{half}", f"Sandi {pair}{half}", "pam_tps", name, pair, "", "true")
            yield (*row, "", "", "", _KABUPATEN)
    for number, desa in enumerate(sorted({one.desa for one in stations}), start=1):
        if chance.random() < _BHABIN_SHARE:
            name = kecamatan[AreaCode(desa[:8])]
            row = (f"B{number:03}", f"Sandi B{number:03}", "bhabinkamtibmas", name, "", "", "true")
            yield (*row, desa, "", "", _KABUPATEN)


def _yes(chance: Random, share: float) -> str:
    return "true" if chance.random() < share else "false"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
