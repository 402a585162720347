"""Borders as drawings: small, without gaps, each area there, its label inside it."""

import itertools
import json
import math
import random
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.ids import AreaCode
from streams.domain.words import AreaKind
from streams.room.borders import NO_BORDERS, Borders, Drawing, Outline, draw, watched_by
from streams.room.geojson import Polygon, Shapes
from tests.unit.territory.folders import plan_of

_CODES = [AreaCode(f"17.02.{number:02}") for number in range(1, 26)]
_WHOLE = AreaCode("17.02.99")

Point = tuple[float, float]
Corner = tuple[int, int]


def square(west: float, north: float, side: float = 0.1) -> Polygon:
    """Return a square by its corner in the north-west."""
    east, south = west + side, north - side
    return [[(west, north), (east, north), (east, south), (west, south), (west, north)]]


def rings_of(path: str) -> list[list[Corner]]:
    """Return the corners of a path, ring by ring."""
    found = list[list[Corner]]()
    for ring in path.split("z")[:-1]:
        begin, _, steps = ring.removeprefix("M").partition("l")
        x, y = map(int, begin.split())
        corners = [(x, y)]
        for right, down in pairs(steps):
            x, y = x + right, y + down
            corners.append((x, y))
        found.append(corners)
    return found


def pairs(steps: str) -> list[Corner]:
    """Return the steps of a path."""
    numbers = [int(one) for one in steps.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def edges_of(ring: Sequence[Corner]) -> list[tuple[Corner, Corner]]:
    """Return the lines of a ring."""
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def is_inside(point: Point, outline: Outline) -> bool:
    """Tell whether a point lies in an area, by the rule that paths are filled by."""
    x, y = point
    crossed = 0
    for ring in rings_of(outline.path):
        for (x1, y1), (x2, y2) in edges_of(ring):
            if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossed += 1
    return crossed % 2 == 1


def steps_of(outlines: Sequence[Outline]) -> set[tuple[Corner, Corner]]:
    """Return the steps between points of the grid that borders go an odd number of times.

    What two areas share is gone twice, so of neighbours without a gap the outer border is left.
    """
    found = set[tuple[Corner, Corner]]()
    for (x1, y1), (x2, y2) in (
        edge for one in outlines for ring in rings_of(one.path) for edge in edges_of(ring)
    ):
        parts = math.gcd(x2 - x1, y2 - y1)
        line = [
            (x1 + (x2 - x1) * part // parts, y1 + (y2 - y1) * part // parts)
            for part in range(parts + 1)
        ]
        for one, other in itertools.pairwise(line):
            found ^= {(min(one, other), max(one, other))}
    return found


@st.composite
def crooked_grids(drawn: st.DrawFn) -> Shapes:
    """Return areas in a crooked grid, and last the one that they make together."""
    wide = drawn(st.integers(1, 4))
    high = drawn(st.integers(1, 4))
    luck = random.Random(drawn(st.integers(0, 10_000)))
    points_a_side = drawn(st.integers(0, 9))
    corner = {
        (x, y): (102 + x / 5 + luck.uniform(-0.05, 0.05), -3 - y / 5 + luck.uniform(-0.05, 0.05))
        for x in range(wide + 1)
        for y in range(high + 1)
    }
    lines: dict[tuple[Corner, Corner], list[Point]] = {}

    def line(one: Corner, other: Corner) -> list[Point]:
        """Return a crooked line, the same from both ends."""
        first, last = sorted((one, other))
        if (first, last) not in lines:
            (x1, y1), (x2, y2) = corner[first], corner[last]
            between = sorted(luck.random() for _ in range(points_a_side))
            lines[first, last] = [
                (
                    x1 + part * (x2 - x1) + luck.uniform(-0.01, 0.01),
                    y1 + part * (y2 - y1) + luck.uniform(-0.01, 0.01),
                )
                for part in between
            ]
        found = lines[first, last]
        return [corner[one], *(found if first == one else found[::-1])]

    def ring(around: Sequence[Corner]) -> list[Polygon]:
        """Return what lies within these corners."""
        found = [point for pair in itertools.pairwise(around) for point in line(*pair)]
        return [[[*found, found[0]]]]

    shapes = dict[AreaCode, Sequence[Polygon]]()
    for number, (y, x) in enumerate(itertools.product(range(high), range(wide))):
        shapes[_CODES[number]] = ring([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)])
    down, right = range(high), range(wide)
    rim = [*((x, 0) for x in right), *((wide, y) for y in down)]
    back = [*((wide - x, high) for x in right), *((0, high - y) for y in down)]
    shapes[_WHOLE] = ring([*rim, *back, (0, 0)])
    return shapes


@given(crooked_grids())
def test_every_area_is_drawn_with_its_label_inside(shapes: Shapes) -> None:
    """And with as much room around the label as it says."""
    drawing = draw(shapes)
    assert list(shapes) == [one.code for one in drawing.areas]
    for one in drawing.areas:
        assert is_inside(one.at, one)
        x, y = one.at
        for turn in range(8):
            angle = turn * math.pi / 4
            room = one.room * 0.99
            assert is_inside((x + 2 * room * math.cos(angle), y + room * math.sin(angle)), one)


@given(crooked_grids())
def test_neighbours_share_their_border(shapes: Shapes) -> None:
    """No gap opens: what is not the border of two areas is the border of all of them together."""
    *areas, whole = draw(shapes).areas
    assert steps_of(areas) == steps_of([whole])
    assert steps_of([whole])


@given(crooked_grids())
def test_a_drawing_is_of_whole_numbers_within_its_frame(shapes: Shapes) -> None:
    """The longer side is a thousand; no corner is one that is not needed."""
    drawing = draw(shapes)
    assert 1_000 == max(drawing.width, drawing.height)
    for one in drawing.areas:
        left, top, right, bottom = one.box
        corners = [corner for ring in rings_of(one.path) for corner in ring]
        assert (left, right) == (min(x for x, _ in corners), max(x for x, _ in corners))
        assert (top, bottom) == (min(y for _, y in corners), max(y for _, y in corners))
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height
        for ring in rings_of(one.path):
            for before, corner, after in zip(
                ring, ring[1:] + ring[:1], ring[2:] + ring[:2], strict=True
            ):
                way_in = (corner[0] - before[0], corner[1] - before[1])
                way_out = (after[0] - corner[0], after[1] - corner[1])
                assert way_in[0] * way_out[1] != way_in[1] * way_out[0]


def test_a_degree_is_as_long_to_the_east_as_it_is_on_the_ground() -> None:
    """At 60 degrees north half as long; north is up."""
    drawing = draw({_CODES[0]: [square(10, 60.5, 1.0)]})
    assert 1_000 == drawing.height
    assert 500 == pytest.approx(drawing.width, abs=1)
    tall = draw({_CODES[0]: [square(100, 1)], _CODES[1]: [square(100, 0)]})
    assert tall.areas[0].at[1] < tall.areas[1].at[1]


def test_what_the_grid_swallows_is_a_square() -> None:
    """An island of a few metres beside a province, or a line of no width, can still be pressed."""
    thread = [(103.0, -2.0), (103.4, -2.0), (103.0, -2.0), (103.4, -2.0), (103.0, -2.0)]
    shapes: Shapes = {
        _CODES[0]: [square(102, 1, 5.0)],
        _CODES[1]: [square(107.0, -4.0, 1e-6)],
        _CODES[2]: [[thread]],
    }
    drawing = draw(shapes)
    for one in drawing.areas[1:]:
        left, top, right, bottom = one.box
        assert (8, 8) == (right - left, bottom - top)
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height
        assert is_inside(one.at, one)
    alone = draw({_CODES[0]: [square(102, 1, 0.0)]})
    assert (8, 8) == (alone.width, alone.height)


def test_a_hole_and_an_island_stay_and_a_speck_goes() -> None:
    """And the label is not in the hole, where another area lies."""
    [outer], [hole] = square(102, 1, 1.0), square(102.1, 0.9, 0.8)
    polygons = [[outer, hole], square(104, 0.5, 0.2), square(103.5, 0.5, 1e-5)]
    [drawn] = draw({_CODES[0]: polygons}).areas
    assert 3 == len(rings_of(drawn.path))
    assert is_inside(drawn.at, drawn)


def test_a_coast_that_is_too_long_is_drawn_more_coarsely() -> None:
    """So that a page of a province is never megabytes; nobody loses an area by it."""
    luck = random.Random(7)
    shapes = dict[AreaCode, Sequence[Polygon]]()
    for number, code in enumerate(_CODES):
        around = [
            (
                102 + number % 5 + luck.uniform(0.3, 0.5) * math.cos(turn / 2_500 * math.tau),
                -3 - number // 5 + luck.uniform(0.3, 0.5) * math.sin(turn / 2_500 * math.tau),
            )
            for turn in range(2_500)
        ]
        shapes[code] = [[[*around, around[0]]]]
    drawing = draw(shapes)
    assert max(drawing.width, drawing.height) < 1_000
    assert sum(len(one.path) for one in drawing.areas) <= 240_000
    assert len(_CODES) == len(drawing.areas)


def test_areas_of_an_election_are_drawn_with_their_siblings_and_the_rest_is_not_kept() -> None:
    """A file of the whole country may be given; what has no borders is named."""
    watched = watched_by([plan_of()])
    own = sorted(code for code in watched if len(code) == 8)
    codes = [AreaCode("36.04"), AreaCode("11.01.01"), *own[1:]]
    shapes = {code: [square(100 + at, 0)] for at, code in enumerate(codes)}
    borders = Borders(shapes, watched)
    assert (AreaKind.KABUPATEN, AreaKind.KECAMATAN) == borders.levels
    drawing = sheet_of(borders, "kecamatan", "36.04")
    assert own[1:] == [one.code for one in drawing.areas]
    assert (own[0],) == drawing.missing
    assert ["36.04"] == [one.code for one in sheet_of(borders, "kabupaten", "36").areas]
    assert ["36.04"] == [one.code for one in sheet_of(borders, "kabupaten", "").areas]
    for level, area in (("kecamatan", "11.01"), ("desa", "36.04.17"), ("provinsi", "")):
        assert borders.sheet(level, area) is None
    assert () == NO_BORDERS.levels


def sheet_of(borders: Borders, level: str, area: str) -> Drawing:
    """Return a drawing as it is sent."""
    sheet = borders.sheet(level, area)
    assert sheet is not None
    assert json.loads(sheet.body)["width"] > 0
    return msgspec.json.decode(sheet.body, type=Drawing)


def test_the_same_borders_have_the_same_tag() -> None:
    """So a browser that has them is not sent them again; others have another."""
    watched = frozenset(_CODES[:1])
    first, same, other = (
        Borders({_CODES[0]: [square(102, 1, side), square(103, 1, 0.1)]}, watched)
        for side in (0.2, 0.2, 0.3)
    )
    tags = [borders.sheet("kecamatan", "17.02") for borders in (first, same, other)]
    assert tags[0] == tags[1] != tags[2]
