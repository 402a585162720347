"""What election folders are made of: numbers that can be drawn again, shares that add up."""

import sys
from pathlib import Path

import pytest

from tools.folder_parts import Desa, Draw, adjacency_rows, degrees, shared_out, table, write_folder


def test_a_number_depends_on_seed_and_key_alone() -> None:
    """Whatever else was drawn before."""
    draw, again = Draw("a"), Draw("a")
    draw(1, 9, "something", "else")
    assert draw(1, 10**9, "tps", 7) == again(1, 10**9, "tps", 7)
    assert draw(1, 10**9, "tps", 7) != draw(1, 10**9, "tps", 8)
    assert draw(1, 10**9, "tps", 7) != Draw("b")(1, 10**9, "tps", 7)


def test_a_number_lies_between_its_bounds() -> None:
    """Both included."""
    draw = Draw("a")
    assert {3, 4, 5} == {draw(3, 5, number) for number in range(100)}


@pytest.mark.parametrize(
    ("total", "weights", "least", "expected"),
    [
        (10, [1, 1], [0, 0], [5, 5]),
        (10, [1, 2], [0, 0], [3, 7]),
        (11, [1, 1], [0, 0], [6, 5]),
        (10, [1, 1], [4, 0], [7, 3]),
        (4, [9, 1], [2, 2], [2, 2]),
    ],
)
def test_shares_add_up(
    total: int, weights: list[int], least: list[int], expected: list[int]
) -> None:
    """By weight above the least, the largest remainder first."""
    assert expected == shared_out(total, weights, least)
    assert total == sum(expected)


@pytest.mark.parametrize(
    ("ten_thousandths", "expected"),
    [(-60_850, "-6.0850"), (1_063_600, "106.3600"), (-5, "-0.0005")],
)
def test_a_position_is_written_in_degrees(ten_thousandths: int, expected: str) -> None:
    """With its sign, also below one degree."""
    assert expected == degrees(ten_thousandths)


def test_neighbours_are_the_nearest() -> None:
    """Two of each desa, a border once, sorted."""
    desa = [Desa(code, code, 0, east) for code, east in (("a", 0), ("b", 1), ("c", 3), ("d", 7))]
    expected = [("desa_a", "desa_b"), ("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d")]
    assert expected == list(adjacency_rows(desa))


def test_a_table_has_one_line_end_everywhere() -> None:
    """And quotes what has a comma."""
    assert 'a,"b,c"\n1,\n' == table([("a", "b,c"), (1, "")])


def test_files_go_where_the_command_line_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else to the folder that ships."""
    monkeypatch.setattr(sys, "argv", ["make", str(tmp_path / "there")])
    write_folder({"a.csv": "x\n"}, tmp_path / "default")
    monkeypatch.setattr(sys, "argv", ["make"])
    write_folder({"a.csv": "y\n"}, tmp_path / "default")
    assert b"x\n" == (tmp_path / "there" / "a.csv").read_bytes()
    assert b"y\n" == (tmp_path / "default" / "a.csv").read_bytes()
