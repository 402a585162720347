"""A synthetic election of national shape: several provinces and zones, thousands of TPS.

The day of the election is the day of the measurement, so that the broker's clock is on it, and the
polls are open all day long: what is measured is the traffic of voting, at any hour. Every desa has
8 TPS and two pairs of officers; one TPS in ten is `sangat_rawan` or `khusus`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

__all__ = [
    "ELECTION",
    "NATIONAL",
    "OPERATOR",
    "Country",
    "Officer",
    "Shape",
    "country_of",
    "country_texts",
    "small_country",
]

ELECTION: Final = "bench"
OPERATOR: Final = "posko"
"""Commands come from `posko-PROVINCE`."""
PROVINCES: Final = ("11", "35", "51", "73", "81")
"""In all three zones."""
KABUPATEN_PER_PROVINCE: Final = 4
KECAMATAN_PER_KABUPATEN: Final = 5
DESA_PER_KECAMATAN: Final = 6
TPS_PER_DESA: Final = 8
TPS_PER_PAIR: Final = 4
_CLASSES: Final = ("kurang_rawan",) * 7 + ("rawan",) * 2 + ("sangat_rawan",) * 2 + ("khusus",)
_FIRST_DESA: Final = 2001
"""Codes of desa begin here; below are kelurahan."""

_TPS_HEADER: Final = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,lat,lon,pair,transit_minutes,"
    "internet,opens,closes\n"
)
_PERSONNEL_HEADER: Final = "officer,name,role,polsek,pair,phone,on_duty,kabupaten\n"
_LADDERS: Final = {
    "OPS": "polsek",
    "ADM": "kpu",
    "GAK": "bawaslu",
    "PROP": "propam_polres",
    "SYS": "it",
}


class Officer(Struct, frozen=True):
    """An officer of a pair, and a TPS that the pair watches."""

    id: str
    tps: str
    pair: str


class Country(Struct, frozen=True):
    """Who may send."""

    tps: tuple[str, ...]
    officers: tuple[Officer, ...]

    def write(self, folder: Path, date: str) -> Path:
        """Write the election folder, and return it; `date` is its day, as `2024-11-27`."""
        folder.mkdir()
        for name, text in country_texts(self, date).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder


class Shape(Struct, frozen=True):
    """How many of each a country has in the next larger one."""

    provinces: tuple[str, ...] = PROVINCES
    kabupaten: int = KABUPATEN_PER_PROVINCE
    kecamatan: int = KECAMATAN_PER_KABUPATEN
    desa: int = DESA_PER_KECAMATAN
    tps: int = TPS_PER_DESA
    tps_max: int | None = None
    """Of the whole country; None: all."""


NATIONAL: Final = Shape(
    provinces=(
        *(str(code) for code in (*range(11, 20), 21, *range(31, 37), *range(51, 54))),
        *(str(code) for code in (*range(61, 66), *range(71, 77), 81, 82, *range(91, 97))),
    ),
    kabupaten=14,
    kecamatan=7,
    desa=13,
    tps=9,
    tps_max=435_296,
)
"""As many TPS as the Pilkada of 2024 had, in 38 provinces. Source: KPU, November 2024."""


def small_country(kabupaten_per_province: int = KABUPATEN_PER_PROVINCE) -> Country:
    """Return a country; one of the usual size has 4,800 TPS and 2,400 officers."""
    return country_of(Shape(kabupaten=kabupaten_per_province))


def country_of(shape: Shape) -> Country:
    """Return a country of a shape; each pair of officers has four TPS at most."""
    desa = [
        f"{province}.{kabupaten:02}.{kecamatan:02}.{_FIRST_DESA + number}"
        for province in shape.provinces
        for kabupaten in range(1, shape.kabupaten + 1)
        for kecamatan in range(1, shape.kecamatan + 1)
        for number in range(shape.desa)
    ]
    tps = tuple(f"{code}-{number:03}" for code in desa for number in range(1, shape.tps + 1))
    tps = tps[: shape.tps_max]
    first_of_pair = {(code[:5], _pair(code)): code for code in reversed(tps)}
    officers = tuple(
        Officer(f"{pair}{letter}", code, pair)
        for (_, pair), code in sorted(first_of_pair.items(), key=lambda one: one[1])
        for letter in "AB"
    )
    return Country(tps, officers)


def country_texts(country: Country, date: str) -> Mapping[str, str]:
    """Return the files of the election folder by name."""
    provinces = sorted({code[:2] for code in country.tps})
    return {
        "election.toml": _election(date, provinces),
        "tps.csv": _TPS_HEADER + "".join(map(_tps_row, range(len(country.tps)), country.tps)),
        "personnel.csv": _PERSONNEL_HEADER + "".join(map(_officer_row, country.officers)),
        "contacts.toml": "".join(
            _contact(*rung, area) for rung in _LADDERS.items() for area in provinces
        ),
        "actors.csv": "actor,role,area\n"
        + "".join(f"{OPERATOR}-{area},operator,{area}\n" for area in provinces),
    }


def _pair(tps: str) -> str:
    """Return the pair that watches a TPS: `P` and what tells the pairs of a kabupaten apart."""
    desa, number = tps[6:13].replace(".", ""), int(tps[-3:])
    return f"P{desa}{(number - 1) // TPS_PER_PAIR + 1}"


def _polsek(tps: str) -> str:
    return f"Sektor {tps[6:8]}"


def _election(date: str, provinces: Iterable[str]) -> str:
    contests = "".join(
        f'[[contests]]\nid = "gubernur-{area}"\narea = "{area}"\nchoices = ["01", "02"]\n'
        for area in provinces
    )
    return (
        f'id = "{ELECTION}"\nkind = "pilkada"\nprofile = "pilkada"\npack = "siaga"\n'
        f'languages = ["id", "en"]\ndate = {date}\npoll_opens = "00:01"\npoll_closes = "23:59"\n'
        f"heartbeat_minutes = 12\nballot_reserve = 0.025\nmax_voters = 600\n{contests}"
    )


def _tps_row(number: int, code: str) -> str:
    names = f"Desa {code[6:13]},Kecamatan {code[6:8]},{code[:5]},{code[:2]}"
    tps_class = _CLASSES[number % len(_CLASSES)]
    return (
        f"{code},TPS {code[-3:]},{names},{_polsek(code)},{300 + number % 300},{tps_class},"
        f",,{_pair(code)},20,true,,\n"
    )


def _officer_row(officer: Officer) -> str:
    place = f"{_polsek(officer.tps)},{officer.pair},,true,{officer.tps[:5]}"
    return f"{officer.id},Sandi {officer.id},pam_tps,{place}\n"


def _contact(ladder: str, level: str, area: str) -> str:
    return (
        f'[[contacts]]\nladder = "{ladder}"\nlevel = "{level}"\narea = "{area}"\n'
        'name = "Piket"\nchannel = "webhook"\n'
        f'target = "https://notify.example.invalid/{ladder}/{area}"\n'
    )
