"""Files of borders: what is taken, and what is refused with its feature, field and remedy."""

import json
from pathlib import Path

import pytest

from streams.errors import ConfigError
from streams.room import geojson
from streams.room.geojson import read_shapes, shapes_of
from streams.room.settings import BordersFile, parse_settings

_FILE = BordersFile(file="borders.geojson")
_SQUARE = [[102.0, -3.0], [102.5, -3.0], [102.5, -3.5], [102.0, -3.5], [102.0, -3.0]]


def feature(
    code: object = "17.02.07", ring: object = None, *, kind: str = "Polygon", **more: object
) -> dict[str, object]:
    """Return a feature, a square where no ring is given."""
    rings: object = [_SQUARE if ring is None else ring]
    coordinates = [rings] if kind == "MultiPolygon" else rings
    return {
        "type": "Feature",
        "properties": {"kode": code, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: object) -> bytes:
    """Return a file of features."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def codes(content: bytes) -> list[str]:
    """Return the codes of a file."""
    return [one.code for one in shapes_of(content, _FILE)]


def refused(content: bytes, file: BordersFile = _FILE) -> str:
    """Return why a file is refused."""
    with pytest.raises(ConfigError) as found:
        list(shapes_of(content, file))
    return str(found.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("17", "17"),
        (36, "36"),
        ("1702", "17.02"),
        ("17.02", "17.02"),
        (170207, "17.02.07"),
        (170207.0, "17.02.07"),
        (" 170207 ", "17.02.07"),
        ("17.02.07.2012", "17.02.07.2012"),
        (1702072012, "17.02.07.2012"),
    ],
)
def test_a_code_is_known_with_dots_without_and_as_a_number(written: object, meant: str) -> None:
    """As tables of map programs have it."""
    assert [meant] == codes(collection(feature(written)))


@pytest.mark.parametrize(
    "written",
    [
        "1702070",
        1702070012,
        "17.02.07.0012",
        "17.02.07.2012-001",
        "Curup",
        "",
        None,
        True,
        1.5,
        "²²",
    ],
)
def test_what_is_no_code_of_kemendagri_is_refused(written: object) -> None:
    """A code of BPS of a kecamatan or a desa, a TPS, a name: where, and what was expected."""
    why = refused(collection(feature("17"), feature(written, nama="Curup")))
    assert why.startswith("borders.geojson: feature 2 (Curup): kode: expected a code of Kemendagri")
    assert repr(written) in why


def test_another_property_can_hold_the_code() -> None:
    """The setting names it; where there is none of that name, those that there are are told."""
    content = collection({**feature(), "properties": {"KODE_KEC": "17.02.07", "LUAS": 3}})
    file = BordersFile(file="kecamatan.geojson", code="KODE_KEC")
    assert ["17.02.07"] == [one.code for one in shapes_of(content, file)]
    why = refused(content)
    assert "feature 1: kode: there is no such property" in why
    assert why.endswith("KODE_KEC, LUAS")


def test_a_height_is_looked_away_from_and_a_mark_of_the_order_of_bytes() -> None:
    """Both are seen in the wild."""
    ring = [[lon, lat, 12.0] for lon, lat in _SQUARE]
    content = b"\xef\xbb\xbf" + collection(feature(ring=ring, kind="MultiPolygon"))
    [area] = shapes_of(content, _FILE)
    [[outline]] = area.polygons
    assert [(lon, lat) for lon, lat in _SQUARE] == outline


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"kode,nama", "borders.geojson: not JSON"),
        (b"\xff\xfe", "borders.geojson: not JSON"),
        (b"[]", "expected a FeatureCollection of GeoJSON"),
        (
            collection(feature(nama="Lab@")).replace(b"@", b"\xe9"),
            "feature 1: expected UTF-8 (",
        ),
        (
            collection(feature(kind="Polyg@n")).replace(b"@", b"\xf6"),
            "feature 1: geometry: expected UTF-8 (",
        ),
        (b'{"type": "Feature' + b"\xe9" + b'"}', "borders.geojson: expected UTF-8 ("),
        (
            b'{"type": "FeatureCollection", "crs": ' + b"[" * 100_000,
            "borders.geojson: expected brackets within brackets a few deep",
        ),
        (
            collection(feature(deep="@")).replace(b'"@"', b"[" * 100_000),
            "expected brackets within brackets a few deep",
        ),
        (b'{"type": "Feature"}', "expected a FeatureCollection of GeoJSON"),
        (b'{"type": "Topology", "objects": {}}', "expected a FeatureCollection of GeoJSON"),
        (collection(3), "feature 1: Expected `object`, got `int`"),
        (
            collection({**feature(), "geometry": None}),
            "geometry: expected a Polygon or a MultiPolygon, got none",
        ),
        (
            collection({**feature(), "geometry": {"type": "Point", "coordinates": [102, -3]}}),
            "geometry: expected a Polygon or a MultiPolygon of numbers: Invalid value 'Point'",
        ),
        (collection(feature(ring=[["102", "-3"]])), "MultiPolygon of numbers: Expected `float`"),
        (
            collection({**feature(), "geometry": {"type": "Polygon", "coordinates": []}}),
            "geometry: expected at least one ring",
        ),
        (collection(feature(ring=_SQUARE[:2])), "expected at least 4 points in a ring, got 2"),
        (
            collection(feature(ring=_SQUARE[:-1])),
            "expected a closed ring, whose last point is its first",
        ),
        (
            collection(feature(ring=[[x * 1e3, y * 1e4] for x, y in _SQUARE])),
            "these are metres of a projection; convert the file",
        ),
        (
            collection(feature(ring=[[lat, lon] for lon, lat in _SQUARE])),
            "got (-3.0, 102.0): latitude stands first",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(content: bytes, says: str) -> None:
    """Each says what was expected instead."""
    assert says in refused(content)


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "EPSG:4326",
        "http://www.opengis.net/def/crs/EPSG/0/9470",
        "urn:ogc:def:crs:EPSG::4755",
    ],
)
def test_a_reference_system_that_is_wgs_84_to_a_few_metres_is_taken(name: str) -> None:
    """Map programs write it down though RFC 7946 has none; SRGI2013 and DGN95 are Indonesia's."""
    assert ["17"] == codes(with_crs({"type": "name", "properties": {"name": name}}))


def test_no_reference_system_is_that_of_the_rfc() -> None:
    """As a program that knows of none writes it."""
    assert ["17"] == codes(with_crs(None))


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32748"}},
        {"type": "link", "properties": {"href": "http://example.org/crs/4326"}},
        {"type": "name", "properties": {"name": 4326}},
        {"type": "name"},
        "EPSG:4326",
    ],
)
def test_another_reference_system_is_refused(crs: object) -> None:
    """Its numbers may look like degrees: metres of a small grid, or a datum far away."""
    why = refused(with_crs(crs))
    assert why.startswith("borders.geojson: crs: expected degrees of WGS 84 (EPSG:4326), got ")
    assert "`ogr2ogr -t_srs EPSG:4326 degrees.geojson FILE`" in why


def with_crs(crs: object) -> bytes:
    """Return a file that says of which reference system its numbers are."""
    found = {"type": "FeatureCollection", "crs": crs, "features": [feature("17")]}
    return json.dumps(found).encode()


def test_an_area_stands_once_in_all_files(tmp_path: Path) -> None:
    """Else one of the two would be drawn, and nobody knew which."""
    (tmp_path / "a.geojson").write_bytes(collection(feature("17.02.07"), feature("17.02.08")))
    (tmp_path / "b.geojson").write_bytes(collection(feature("17.02.09"), feature(170207)))
    files = [BordersFile(file=str(tmp_path / name)) for name in ("a.geojson", "b.geojson")]
    assert {"17.02.07", "17.02.08"} == set(read_shapes(files[:1]).shapes)
    with pytest.raises(ConfigError) as found:
        read_shapes(files)
    assert "b.geojson: feature 2: kode: 17.02.07 stands in" in str(found.value)
    assert "join its parts to a MultiPolygon" in str(found.value)


def test_what_an_area_is_called_and_where_it_is_from_is_known(tmp_path: Path) -> None:
    """So that somebody can look whether code and name belong together."""
    path = str(tmp_path / "a.geojson")
    Path(path).write_bytes(
        collection(feature("17.02.07", nama="Curup\n Kota"), feature("17.02.08"))
    )
    found = read_shapes([BordersFile(file=path)])
    assert {"17.02.07": "Curup Kota"} == found.names
    assert {"17.02.07": path, "17.02.08": path} == found.files


def test_a_file_that_is_not_there_or_too_big_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too big is said with a way to make it smaller; the limit is of all files together."""
    for name in ("none.geojson", "\0.geojson", ""):
        with pytest.raises(ConfigError, match="cannot be read"):
            read_shapes([BordersFile(file=str(tmp_path / name))])
    files = list[BordersFile]()
    for name, code in (("a.geojson", 1701), ("b.geojson", 1702)):
        (tmp_path / name).write_bytes(collection(feature(code)))
        files.append(BordersFile(file=str(tmp_path / name)))
    assert 2 == len(read_shapes(files).shapes)
    size = (tmp_path / "a.geojson").stat().st_size
    monkeypatch.setattr(geojson, "BYTES_MAX", 2 * size - 1)
    with pytest.raises(ConfigError, match=r"b\.geojson: .*`mapshaper b\.geojson -simplify"):
        read_shapes(files)


def test_the_settings_name_files_and_the_property() -> None:
    """As tables; a wrong field is told with the one that was probably meant."""
    text = '[[borders]]\nfile = "a.geojson"\n[[borders]]\nfile = "b.geojson"\ncode = "KODE"\n'
    assert (
        BordersFile(file="a.geojson", code="kode"),
        BordersFile(file="b.geojson", code="KODE"),
    ) == parse_settings(text, "room.toml").borders
    with pytest.raises(ConfigError, match="did you mean code"):
        parse_settings('[[borders]]\nfile = "a"\ncodes = "x"\n', "room.toml")
