"""What a room says of its borders: how many there are, and of which file nothing is drawn."""

from collections.abc import Mapping

import pytest

from streams.domain.ids import AreaCode
from streams.room.border_notes import notes_of, strange_files
from streams.room.geojson import Found

_RING = [(102.0, -3.0), (102.5, -3.0), (102.5, -3.5), (102.0, -3.0)]
_WATCHED = frozenset(map(AreaCode, ["17", "17.02", "17.02.07", "17.02.08", "17.02.07.2012"]))


def found(files: Mapping[str, str], names: Mapping[str, str] | None = None) -> Found:
    """Return areas by the files that they are of."""
    return Found(
        {AreaCode(code): [[_RING]] for code in files},
        {AreaCode(code): file for code, file in files.items()},
        {AreaCode(code): name for code, name in (names or {}).items()},
    )


def test_each_level_says_how_much_of_it_has_borders() -> None:
    """What no election has does not count: a file of the country may be given."""
    files = dict.fromkeys(["17.02.07", "17.02.09", "36.04"], "a")
    assert ["borders of 0 of 1 provinsi, 0 of 1 kabupaten, 1 of 2 kecamatan, 0 of 1 desa"] == list(
        notes_of(found(files), _WATCHED)
    )


def test_a_kabupaten_is_told_with_the_name_in_its_file() -> None:
    """By it a code of BPS is seen: 1702 is a code of both."""
    codes = [f"17.{number:02}" for number in range(1, 26)]
    names = dict.fromkeys(codes, "Rejang") | {"36.04": "Serang", "17.02.07": "Curup"}
    given = found(dict.fromkeys([*names, "17.26"], "a"), names)
    _, told = notes_of(given, _WATCHED)
    begin = "borders of kabupaten by code, with the names in their files: "
    assert f"{begin}17.02 Rejang" == told
    _, told = notes_of(given, frozenset(map(AreaCode, codes)))
    assert told.startswith(f"{begin}17.01 Rejang, 17.02 Rejang, ")
    assert told.endswith(", 17.20 Rejang, and 5 more")


@pytest.mark.parametrize(
    ("files", "strange"),
    [
        ({"17.02.07": "a", "36.04": "a", "17.02.08": "b"}, []),
        (
            {"36.04.02": "b", "36.04.01": "b", "17.02": "a"},
            ["b: no election of this room has a TPS in any of its areas (36.04.01, 36.04.02), so "],
        ),
        (
            {"17.02": "a", "11": "b", "12": "b", "13": "b", "14": "b"},
            ["b: no election of this room has a TPS in any of its areas (11, 12, 13, …), so "],
        ),
        ({"17.02": "a"}, ["b: no election of this room has a TPS in any of its areas (none), so "]),
    ],
)
def test_a_file_of_which_nothing_is_drawn_is_told(
    files: dict[str, str], strange: list[str]
) -> None:
    """That of another province, or none of whose areas has an election."""
    told = strange_files(found(files), ["a", "b", "b"], _WATCHED)
    assert strange == [one[: len(begin)] for one, begin in zip(told, strange, strict=True)]
