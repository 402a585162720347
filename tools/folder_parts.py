"""What the programs that make election folders have in common.

A folder is made of published facts and of what is invented by seeded arithmetic: a number that is
drawn depends on the seed and on what it is for, and on nothing else, so that a folder can be made
again byte for byte, and a fact that changes moves nothing but itself.
"""

import csv
import hashlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
AREAS = ROOT / "streams" / "territory" / "data" / "areas.csv"
NEIGHBOURS = 2
DESA_LENGTH = len("17.02.09.1012")
TPS_COLUMNS = (
    *("tps", "name", "desa", "kecamatan", "kabupaten", "provinsi", "polsek", "dpt", "class"),
    *("lat", "lon", "pair", "transit_minutes", "internet", "opens", "closes"),
    *("polres", "logistics_due", "bawaslu_class"),
)
PERSONNEL_COLUMNS = (
    *("officer", "name", "role", "polsek", "pair", "phone", "on_duty"),
    *("desa", "shift_start", "shift_end", "kabupaten"),
)
CONTACTS_HEAD = """\
# Every target is invented: nothing is delivered to example.invalid.
"""
_CONTACT = """
[[contacts]]
ladder = "{}"
level = "{}"
area = "{}"
name = "{}"
channel = "webhook"
target = "https://notify.example.invalid/{}"
"""

Position = tuple[int, int, int]
"""Latitude, longitude and reach of an area, in ten-thousandths of a degree."""
Level = tuple[str, str, str, str, str]
"""Ladder, level, area, name of who is told, last part of the invented address."""


class Kecamatan(NamedTuple):
    """A kecamatan: its Polsek, where it roughly lies, how long a box takes to its office."""

    name: str
    polsek: str
    position: Position
    transit: tuple[int, int]
    """Minutes, from and to."""


class Draw:
    """Draws numbers that depend on a seed and on what they are for."""

    def __init__(self, seed: str) -> None:
        self._seed = seed

    def __call__(self, low: int, high: int, *key: object) -> int:
        """Return a number from `low` to `high`."""
        text = "|".join(map(str, (self._seed, *key)))
        return low + int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % (high - low + 1)


class Desa(NamedTuple):
    """A desa or kelurahan, with an invented middle."""

    code: str
    name: str
    lat: int
    """Ten-thousandths of a degree, as all positions here."""
    lon: int

    @property
    def kecamatan(self) -> str:
        """Code of its kecamatan."""
        return self.code[:8]

    @property
    def is_kelurahan(self) -> bool:
        """Tell it from a desa: its last four digits begin with 1."""
        return self.code[9] == "1"


def desa_within(positions: Mapping[str, Position], draw: Draw) -> list[Desa]:
    """Read the desa of some kecamatan and give each a middle within the reach of its own.

    Args:
        positions: Where each kecamatan lies, by its code.
        draw: Draws the middles.
    """
    with AREAS.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    found: list[Desa] = []
    for code, name in rows:
        if code[:8] in positions and len(code) == DESA_LENGTH:
            lat, lon, reach = positions[code[:8]]
            north, east = draw(-reach, reach, "lat", code), draw(-reach, reach, "lon", code)
            found.append(Desa(code, name, lat + north, lon + east))
    return found


def shared_out(total: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """Split `total` by weight, each share at least `least`; largest remainders get the rest."""
    spare = total - sum(least)
    shares = [spare * weight // sum(weights) for weight in weights]
    rest = [spare * weight % sum(weights) for weight in weights]
    largest = sorted(range(len(weights)), key=lambda at: (-rest[at], at))
    for at in largest[: spare - sum(shares)]:
        shares[at] += 1
    return [share + floor for share, floor in zip(shares, least, strict=True)]


def degrees(ten_thousandths: int) -> str:
    """Write a position in degrees."""
    sign = "-" if ten_thousandths < 0 else ""
    return f"{sign}{abs(ten_thousandths) // 10_000}.{abs(ten_thousandths) % 10_000:04}"


def adjacency_rows(desa: Sequence[Desa]) -> Iterator[Sequence[object]]:
    """Yield as neighbours of each desa those whose invented middle is nearest."""
    yield ("desa_a", "desa_b")
    borders: set[tuple[str, str]] = set()
    for one in desa:
        away = sorted(
            ((one.lat - other.lat) ** 2 + (one.lon - other.lon) ** 2, other.code)
            for other in desa
            if other != one
        )
        borders |= {(min(one.code, code), max(one.code, code)) for _, code in away[:NEIGHBOURS]}
    yield from sorted(borders)


def contacts(levels: Iterable[Level]) -> str:
    """Write `contacts.toml`: one contact for each level."""
    return CONTACTS_HEAD + "".join(_CONTACT.format(*fields) for fields in levels)


def table(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_folder(files: Mapping[str, str], default: Path) -> None:
    """Write files into the folder of the command line, or into the default."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    sys.stdout.write(f"{folder}: written\n")
