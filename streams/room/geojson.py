"""Borders of areas out of GeoJSON files, checked feature by feature.

    bytes ─► FeatureCollection ─► feature ─► code, as of the register, and its polygons

GeoJSON is that of RFC 7946: longitude before latitude, in degrees of WGS 84. Borders come from some
office, and files of offices are projected, cut open, or keyed by another code: what cannot be drawn
is refused at the start with the feature that is wrong, not left out in silence.
"""

import re
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from streams.domain.ids import AreaCode, area_kind
from streams.domain.words import AreaKind
from streams.errors import ConfigError
from streams.room.settings import BordersFile

__all__ = ["BYTES_MAX", "Area", "Found", "Polygon", "Ring", "Shapes", "read_shapes", "shapes_of"]

_T = TypeVar("_T")

BYTES_MAX: Final = 64 << 20
"""Of all files together: a room has them in memory while it starts."""
_MIB: Final = 1 << 20
_RING_MIN: Final = 4
_LON_MAX: Final = 180.0
_LAT_MAX: Final = 90.0
_CUTS: Final = {2: (2,), 4: (2, 4), 6: (2, 4, 6), 10: (2, 4, 6, 10)}
"""Where the dots of a code stand, by the number of its digits."""
_DESA_OF_BPS: Final = ".0"
"""So begins the part of a desa in most codes of BPS, and in none of Kemendagri (1, 2, 3)."""
_DESA_AT: Final = 8
_DEGREES: Final = re.compile(r"(.*[:/])?(CRS84h?|4326|9470|4755)", re.IGNORECASE)
"""Names of WGS 84, and of SRGI2013 and DGN95, which are Indonesia's and differ by less than is
drawn."""
_NAMES: Final = ("nama", "name", "NAME", "NAMOBJ", "shapeName")
_NAME_MAX: Final = 60
_BOM: Final = b"\xef\xbb\xbf"
_NULL: Final = Raw(b"null")

Position = Annotated[list[float], Meta(min_length=2)]
"""Longitude, latitude; a height is looked away from."""
Ring = Sequence[tuple[float, float]]
"""Closed: the last point is the first."""
Polygon = Sequence[Ring]
"""The outline, then holes."""
Shapes = Mapping[AreaCode, Sequence[Polygon]]


class Area(Struct, frozen=True):
    """A feature that is whole."""

    where: str
    """It stands there, for messages."""
    code: AreaCode
    name: str
    """As the file calls it; empty: it has none."""
    polygons: Sequence[Polygon]


class Found(Struct, frozen=True):
    """The areas of all files."""

    shapes: Shapes
    files: Mapping[AreaCode, str]
    """Out of which each is."""
    names: Mapping[AreaCode, str]
    """What the files call those that they call anything."""


class _Polygon(Struct, tag_field="type", tag="Polygon"):
    coordinates: list[list[Position]]

    @property
    def polygons(self) -> list[list[list[Position]]]:
        return [self.coordinates]


class _MultiPolygon(Struct, tag_field="type", tag="MultiPolygon"):
    coordinates: list[list[list[Position]]]

    @property
    def polygons(self) -> list[list[list[Position]]]:
        return self.coordinates


class _Feature(Struct, tag_field="type", tag="Feature"):
    properties: dict[str, object] | None = None
    geometry: Raw = _NULL


class _Collection(Struct, tag_field="type", tag="FeatureCollection"):
    features: list[Raw]
    crs: object = None


_collection: Final = msgspec.json.Decoder(_Collection)
_feature: Final = msgspec.json.Decoder(_Feature)
_geometry: Final = msgspec.json.Decoder(_Polygon | _MultiPolygon)


def read_shapes(files: Sequence[BordersFile]) -> Found:
    """Return the areas of all files.

    Raises:
        ConfigError: A file cannot be read, or holds what cannot be drawn.
    """
    found: dict[AreaCode, Area] = {}
    origin: dict[AreaCode, str] = {}
    left = BYTES_MAX
    for one in files:
        content = _content(one.file, left)
        left -= len(content)
        for area in shapes_of(content, one):
            code = area.code
            if code in origin:
                raise ConfigError(
                    f"{area.where}: {one.code}: {code} stands in {origin[code]} already; expected "
                    f"each area once: join its parts to a MultiPolygon"
                )
            origin[code] = one.file
            found[code] = area
    return Found(
        {code: area.polygons for code, area in found.items()},
        origin,
        {code: area.name for code, area in found.items() if area.name},
    )


def shapes_of(content: bytes, file: BordersFile) -> Iterator[Area]:
    """Yield the areas of a file.

    Raises:
        ConfigError: It is not GeoJSON, or a feature of it is not an area with a code.
    """
    content = content.removeprefix(_BOM)
    whole = "expected a FeatureCollection of GeoJSON: "
    collection = _decoded(_collection, content, file.file, whole)
    _check_crs(collection.crs, file.file)
    for number, raw in enumerate(collection.features, start=1):
        where = f"{file.file}: feature {number}"
        feature = _decoded(_feature, raw, where)
        properties = feature.properties or {}
        if name := _name(properties):
            where += f" ({name})"
        code = _code(properties, file.code, where)
        yield Area(where, code, name, _polygons(feature.geometry, where))


def _decoded(
    decoder: msgspec.json.Decoder[_T], content: bytes | Raw, where: str, expected: str = ""
) -> _T:
    try:
        return decoder.decode(content)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {expected}{error}") from error
    except msgspec.DecodeError as error:
        raise ConfigError(f"{where}: not JSON: {error}") from error
    except UnicodeDecodeError as error:  # Text is looked at when it is wanted, not before.
        raise ConfigError(
            f"{where}: expected UTF-8 ({error.reason}): convert the file, as by "
            f"`iconv -f LATIN1 -t UTF-8 FILE > utf8.geojson`"
        ) from error
    except RecursionError as error:
        raise ConfigError(f"{where}: expected brackets within brackets a few deep") from error


def _check_crs(crs: object, file: str) -> None:
    match crs:
        case None:
            return
        case {"type": "name", "properties": {"name": str(name)}} if _DEGREES.fullmatch(name):
            return
        case _:
            pass
    raise ConfigError(
        f"{file}: crs: expected degrees of WGS 84 (EPSG:4326), got {reprlib.repr(crs)}: convert "
        f"the file, as by `ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`"
    )


def _content(file: str, left: int) -> bytes:
    path = Path(file)
    try:
        size = path.stat().st_size
        if size <= left:
            return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: the name itself cannot be one.
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(
            f"{file}: cannot be read ({why}): name another file in [[borders]]"
        ) from error
    raise ConfigError(
        f"{file}: {size / _MIB:.0f} MiB are too much: expected {BYTES_MAX // _MIB} MiB at most of "
        f"all files of borders. Leave out areas that no election has, and simplify the lines, as "
        f"by `mapshaper {path.name} -simplify 5% keep-shapes -o precision=0.0001 small.geojson`"
    )


def _name(properties: Mapping[str, object]) -> str:
    for key in _NAMES:
        name = properties.get(key)
        if isinstance(name, str) and (words := name.split()):
            return " ".join(words)[:_NAME_MAX]
    return ""


def _code(properties: Mapping[str, object], field: str, where: str) -> AreaCode:
    if field not in properties:
        known = ", ".join(sorted(properties)) or "none"
        raise ConfigError(
            f"{where}: {field}: there is no such property; expected the one that `code` of "
            f"[[borders]] names. There are: {known}"
        )
    value = properties[field]
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # A table of a map program has numbers with a fraction of nothing.
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    cuts = _CUTS.get(len(text), ()) if text.isascii() and text.isdigit() else ()
    if cuts:
        text = ".".join(text[begin:end] for begin, end in zip((0, *cuts), cuts, strict=False))
    is_of_bps = text.startswith(_DESA_OF_BPS, _DESA_AT)
    if is_of_bps or area_kind(text) in {None, AreaKind.TPS}:
        raise ConfigError(
            f"{where}: {field}: expected a code of Kemendagri, as 17, 17.02, 17.02.07 or "
            f"17.02.07.2012, with or without dots and not of BPS, got {reprlib.repr(value)}"
        )
    return AreaCode(text)


def _polygons(geometry: Raw, where: str) -> Sequence[Polygon]:
    if bytes(geometry) == b"null":
        raise ConfigError(f"{where}: geometry: expected a Polygon or a MultiPolygon, got none")
    expected = "expected a Polygon or a MultiPolygon of numbers: "
    polygons = _decoded(_geometry, geometry, f"{where}: geometry", expected).polygons
    if not polygons or not all(polygons):
        raise ConfigError(f"{where}: geometry: expected at least one ring in each polygon")
    return [[_ring(ring, where) for ring in polygon] for polygon in polygons]


def _ring(positions: Sequence[Sequence[float]], where: str) -> Ring:
    ring = [(one[0], one[1]) for one in positions]
    if len(ring) < _RING_MIN:
        raise ConfigError(
            f"{where}: geometry: expected at least {_RING_MIN} points in a ring, got {len(ring)}"
        )
    if ring[0] != ring[-1]:
        raise ConfigError(
            f"{where}: geometry: expected a closed ring, whose last point is its first, got one "
            f"from {ring[0]} to {ring[-1]}"
        )
    for lon, lat in ring:
        if not (-_LON_MAX <= lon <= _LON_MAX and -_LAT_MAX <= lat <= _LAT_MAX):
            raise ConfigError(f"{where}: geometry: {_out_of_range(lon, lat)}")
    return ring


def _out_of_range(lon: float, lat: float) -> str:
    expected = "expected degrees of WGS 84, longitude before latitude"
    if abs(lon) <= _LAT_MAX and abs(lat) <= _LON_MAX:
        return f"{expected}, got ({lon}, {lat}): latitude stands first"
    return (
        f"{expected}, got ({lon}, {lat}): these are metres of a projection; convert the file, as "
        f"by `ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`"
    )
