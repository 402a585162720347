"""A province of any size: an election folder for the load of the fault tests."""

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Final

from msgspec import Struct

__all__ = ["Size", "province"]

_KABUPATEN: Final = tuple(f"{number:02}" for number in range(1, 14))
"""Of Lampung."""
_TPS_OF_DESA: Final = 5
_TPS_OF_PAIR: Final = 3
_CLASSES: Final = ("kurang_rawan", "rawan", "sangat_rawan", "sangat_rawan", "khusus")
_ELECTION: Final = """\
id = "lampung-2024"
kind = "pilkada"
date = 2024-11-27
poll_opens = "07:00"
poll_closes = "13:00"
heartbeat_minutes = 1
[[contests]]
id = "gubernur"
area = "18"
choices = ["01", "02"]
"""
_TPS_COLUMNS: Final = (
    "tps,name,desa,kecamatan,kabupaten,provinsi,polsek,dpt,class,lat,lon,pair,"
    "transit_minutes,internet,opens,closes"
)
_OFFICER_COLUMNS: Final = "officer,name,role,polsek,pair,phone,on_duty,kabupaten"
_ACTORS: Final = "actor,role,area\nposko,operator,18\nkapolda,commander,18\n"


class Size(Struct, frozen=True):
    """How large a province is."""

    kabupaten: int
    tps: int
    """Of each kabupaten."""


def province(folder: Path, size: Size, only: Iterable[str] = _KABUPATEN) -> Path:
    """Write the election folder of a province, or of some kabupaten of it, and return it."""
    kept = frozenset(only)
    kabupaten = [f"18.{number}" for number in _KABUPATEN[: size.kabupaten] if number in kept]
    places = list(product(kabupaten, range(size.tps)))
    pairs = product(kabupaten, range(-(-size.tps // _TPS_OF_PAIR)), "AB")
    folder.mkdir()
    texts = {
        "election.toml": _ELECTION,
        "tps.csv": "\n".join((_TPS_COLUMNS, *(_tps_row(*place) for place in places))),
        "personnel.csv": "\n".join((_OFFICER_COLUMNS, *(_officer_row(*one) for one in pairs))),
        "actors.csv": _ACTORS,
        "contacts.toml": "",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _tps_row(kabupaten: str, number: int) -> str:
    kecamatan = f"{kabupaten}.01"
    desa = f"{kecamatan}.{2001 + number // _TPS_OF_DESA}"
    tps_class = _CLASSES[number % len(_CLASSES)]
    code = f"{desa}-{number % _TPS_OF_DESA + 1:03}"
    pair = f"P{number // _TPS_OF_PAIR:03}"
    return f"{code},TPS,{desa},{kecamatan},{kabupaten},18,Kota,500,{tps_class},,,{pair},,,,"


def _officer_row(kabupaten: str, pair: int, letter: str) -> str:
    name = f"P{pair:03}"
    officer = f"{kabupaten[3:]}{name}{letter}"
    return f"{officer},Sandi,pam_tps,Kota,{name},,true,{kabupaten}"
