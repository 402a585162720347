"""`tps.csv`: one row a polling station (contract §6).

A national file has 435,296 rows, so what repeats (hours, Polsek) is read when it is first seen
only, and the columns of areas are judged together (`streams.territory.tps_areas`).
"""

import re
from typing import Final

from streams.domain.ids import (
    AreaCode,
    desa_of,
    kabupaten_of,
    kecamatan_of,
    provinsi_of,
)
from streams.domain.times import EpochMs
from streams.domain.words import AreaKind
from streams.territory.areas import Areas
from streams.territory.cells import (
    area_code,
    boolean,
    clock,
    decimal,
    required,
    tps_class,
    whole,
)
from streams.territory.fault import Faults
from streams.territory.names import fold, short_name
from streams.territory.plan import Election, Tps
from streams.territory.sheet import Columns, Row, read_rows
from streams.territory.tps_areas import AreaColumns, is_like_a_code
from streams.territory.zone import clock_minutes, local_time, offset_minutes

__all__ = ["COLUMNS", "TpsSheet", "parse_tps", "polsek_name"]

COLUMNS: Final = Columns(
    required=(
        "tps",
        "name",
        "desa",
        "kecamatan",
        "kabupaten",
        "provinsi",
        "polsek",
        "dpt",
        "class",
        "lat",
        "lon",
        "pair",
        "transit_minutes",
        "internet",
        "opens",
        "closes",
    ),
    optional=("polres", "logistics_due", "bawaslu_class"),
)
_LAT: Final = (-11.5, 6.5)
_LON: Final = (94.5, 141.5)
"""A box around Indonesia: from Rote to Sabang, from Sabang to Merauke."""
_DPT_MAX: Final = 99_999
_TRANSIT_MINUTES_MAX: Final = 2 * 1440
_POLSEK_WORD: Final = re.compile(r"polsek\s+", re.IGNORECASE)

Hours = tuple[EpochMs, EpochMs, EpochMs | None]


class TpsSheet:
    """What `tps.csv` says, with what later checks need to name a line.

    Attributes:
        tps: By code, in the order of the file, as far as a row could be read.
        names: Name of each area, where the file has names; known when it has ended.
        lines: Line of each TPS.
        polres_given: (kabupaten, Polsek) → Polres, where the file has that column filled.
        polsek: (kabupaten, folded name) → Polsek, also of rows with a fault; the kabupaten is
            empty where the code could not be read.
        pairs: (kabupaten, pair), also of rows with a fault.
    """

    def __init__(self, election: Election, areas: Areas, faults: Faults) -> None:
        self.tps: dict[AreaCode, Tps] = {}
        self.names: dict[AreaCode, str] = {}
        self.lines: dict[AreaCode, int] = {}
        self.polres_given: dict[tuple[AreaCode, str], str] = {}
        self.polsek: dict[tuple[AreaCode, str], str] = {}
        self.pairs: set[tuple[AreaCode, str]] = set()
        self._election = election
        self._areas = areas
        self._faults = faults
        self._area_columns = AreaColumns()
        self._hours_seen: dict[tuple[str, ...], Hours] = {}

    def take(self, row: Row) -> None:
        """Check a row, and keep its TPS if it could be read."""
        code = AreaCode(area_code(row, "tps", AreaKind.TPS) or "")
        if code in self.lines:
            row.error("tps", f"one row for each TPS; line {self.lines[code]} has it already")
        tps = self._read(row, code)
        if code and code not in self.lines:
            self.lines[code] = row.line
        if tps is not None:
            self.tps[code] = tps

    def finish(self) -> None:
        """Judge what only the whole file shows: the names of areas."""
        self.names = self._area_columns.names(self._areas, self._faults)

    def _read(self, row: Row, code: AreaCode) -> Tps | None:
        """Check every cell; None if one that a TPS cannot do without could not be read."""
        self._area_columns.take(row, code)
        name, polsek = required(row, "name"), self._polsek(row, code)
        dpt, rawan = self._dpt(row), tps_class(row, "class")
        lat, lon = _position(row)
        transit = row["transit_minutes"]
        minutes = whole(row, "transit_minutes", 1, _TRANSIT_MINUTES_MAX) if transit else None
        internet = boolean(row, "internet")
        hours = self._hours(row, code)
        self.pairs.add((kabupaten_of(code), row["pair"]))
        if not code or hours is None or dpt is None or rawan is None:
            return None
        return Tps(
            code=code,
            name=name,
            desa=desa_of(code),
            kecamatan=kecamatan_of(code),
            kabupaten=kabupaten_of(code),
            provinsi=provinsi_of(code),
            polsek=polsek,
            polres=row["polres"] or self._kabupaten_name(row, code),
            dpt=dpt,
            tps_class=rawan,
            lat=lat,
            lon=lon,
            pair=row["pair"],
            transit_minutes=minutes,
            internet=internet,
            opens_at=hours[0],
            closes_at=hours[1],
            logistics_due_at=hours[2],
            bawaslu_class=row["bawaslu_class"],
        )

    def _polsek(self, row: Row, code: AreaCode) -> str:
        """Return the Polsek as it is first written in its kabupaten, without the word "Polsek"."""
        name = polsek_name(required(row, "polsek"))
        kabupaten = kabupaten_of(code)
        name = self.polsek.setdefault((kabupaten, fold(name)), name)
        if polres := row["polres"]:
            self.polres_given.setdefault((kabupaten, name), polres)
        return name

    def _kabupaten_name(self, row: Row, code: AreaCode) -> str:
        text, kabupaten = row["kabupaten"], kabupaten_of(code)
        if not is_like_a_code(text):
            return text
        return short_name(self._areas.names.get(kabupaten, kabupaten))

    def _dpt(self, row: Row) -> int | None:
        dpt = whole(row, "dpt", 0, _DPT_MAX)
        if dpt is not None and dpt > self._election.max_voters:
            row.warning("dpt", f"at most max_voters of election.toml ({self._election.max_voters})")
        return dpt

    def _hours(self, row: Row, code: AreaCode) -> Hours | None:
        """Return opening, closing and the time by which logistics are due."""
        key = (row["opens"], row["closes"], row["logistics_due"], code[:2])
        seen = self._hours_seen.get(key)
        if seen is not None:
            return seen
        opens, closes = clock(row, "opens"), clock(row, "closes")
        due = clock(row, "logistics_due")
        if opens is None:
            opens = clock_minutes(self._election.poll_opens) or 0
        if closes is None:
            closes = clock_minutes(self._election.poll_closes) or 0
        if opens >= closes:
            row.error("closes", "a time after the TPS opens")
            return None
        if not code:
            return None
        offset, date = offset_minutes(code), self._election.date
        hours = (
            local_time(date, opens, offset),
            local_time(date, closes, offset),
            None if due is None else local_time(date, due, offset),
        )
        if all(not text or clock_minutes(text) is not None for text in key[:3]):
            self._hours_seen[key] = hours
        return hours


def parse_tps(text: str, election: Election, areas: Areas, faults: Faults) -> TpsSheet:
    """Read `tps.csv`; what is wrong is noted, a row that cannot be read is left out."""
    sheet = TpsSheet(election, areas, faults)
    for row in read_rows(text, COLUMNS, faults):
        sheet.take(row)
    sheet.finish()
    if not sheet.lines and not faults.noted:
        faults.error(0, "", "no TPS", "at least one row below the header")
    return sheet


def polsek_name(text: str) -> str:
    """Return the name of a Polsek without the word: scopes say `polsek:36.04/Carenang`."""
    return _POLSEK_WORD.sub("", text, count=1) if _POLSEK_WORD.match(text) else text


def _position(row: Row) -> tuple[float | None, float | None]:
    """Return latitude and longitude in degrees, both or neither."""
    texts = row["lat"], row["lon"]
    if texts == ("", ""):
        return None, None
    if "" in texts:
        row.error("lat" if texts[0] == "" else "lon", "both lat and lon, or neither")
        return None, None
    lat, lon = decimal(row, "lat"), decimal(row, "lon")
    if lat is None or lon is None or (_within(lat, _LAT) and _within(lon, _LON)):
        return lat, lon
    swapped = _within(lon, _LAT) and _within(lat, _LON)
    hint = "; lat and lon seem to be swapped" if swapped else ""
    if not _within(lat, _LAT) or swapped:
        row.error("lat", f"degrees from {_LAT[0]} to {_LAT[1]}, as Indonesia lies{hint}")
    else:
        row.error("lon", f"degrees from {_LON[0]} to {_LON[1]}, as Indonesia lies")
    return lat, lon


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
