"""The alert book by itself: ladders, their classes, ids."""

import pytest

from tests.oracle.book import Alert, Book, Identity, Moment
from tests.oracle.tables import LADDERS
from tests.oracle.times import MINUTE

ABOUT = Identity("T06", "17.02.09.1012-001")
AT = Moment(0, "deadline", 0)


def alert(severity: str, tps_class: str, ladder: str = "OPS") -> Alert:
    """An alert as it is before its first line."""
    return Alert("1702-A", ABOUT, 1, ladder, LADDERS[ladder], tps_class, severity, ABOUT.scope)


def climbed(severity: str, tps_class: str, ladder: str = "OPS") -> list[tuple[float, str]]:
    """Minutes and levels of the lines of an alert that nobody looks at."""
    book = Book("x")
    opened = book.open_new(alert(severity, tps_class, ladder), AT)
    while (due := opened.due()) is not None:
        book.time_passes(opened, due)
    return [(line.at / MINUTE, line.level) for line in book.lines]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("critical", [(0, "polres_ops"), (3, "polres"), (8, "polda")]),
        ("high", [(0, "polsek"), (5, "polres_ops"), (15, "polres")]),
        ("medium", [(0, "tps"), (15, "polsek"), (45, "polres_ops")]),
        ("low", [(0, "tps")]),
    ],
)
def test_each_severity_climbs_at_its_own_pace(
    severity: str, expected: list[tuple[float, str]]
) -> None:
    """§5 "critical starts at L1 and L2 together … L3 at 3, L4 at 8 · high …"."""
    assert expected == climbed(severity, "kurang_rawan")


@pytest.mark.parametrize(
    ("tps_class", "factor"),
    [("kurang_rawan", 1), ("rawan", 0.75), ("sangat_rawan", 0.5), ("khusus", 0.75)],
)
def test_a_class_makes_it_faster(tps_class: str, factor: float) -> None:
    """§5 "minutes from opening × class factor [1, 0.75, 0.5, 0.75]"."""
    expected = [(0, "polsek"), (5 * factor, "polres_ops"), (15 * factor, "polres")]
    assert expected == climbed("high", tps_class)


def test_a_shorter_ladder_stays_at_its_top() -> None:
    """§5 "a shorter ladder stays at its top"."""
    assert [(0, "ppk"), (5, "kpu")] == climbed("high", "kurang_rawan", "ADM")
    assert [(0, "kpu")] == climbed("critical", "kurang_rawan", "ADM")


@pytest.mark.parametrize(
    ("level", "expected"),
    [(1, [(5, 2), (15, 3)]), (2, [(10, 3)]), (3, []), (4, [])],
)
def test_a_restart_counts_from_the_present_level(
    level: int, expected: list[tuple[int, int]]
) -> None:
    """§5 "after the difference between its minutes and the present level's (start level: 0)"."""
    book = Book("x")
    opened = book.open_new(alert("high", "kurang_rawan"), AT)
    opened.level = level
    book.restart(opened, 0)
    assert expected == [(due // MINUTE, to) for due, to in opened.steps]


def test_a_raise_takes_the_higher_level() -> None:
    """§5 "level = max(current, start level of the severity), restarts"."""
    for before, after in ((0, 1), (2, 2)):
        book = Book("x")
        opened = book.open_new(alert("medium", "kurang_rawan"), AT)
        opened.level = before
        book.raise_severity(opened, "high", Moment(MINUTE, "deadline", MINUTE))
        assert after == opened.level
        assert "raised" == book.lines[-1].change


def test_a_line_never_stands_before_the_last() -> None:
    """§4 "never before the alert's last line"."""
    book = Book("x")
    opened = book.open_new(alert("high", "kurang_rawan"), Moment(5 * MINUTE, "input:1", 0))
    book.condition_ends(opened, Moment(MINUTE, "input:2", MINUTE), late=False)
    assert [5 * MINUTE, 5 * MINUTE] == [line.at for line in book.lines]


def test_revisions_count_lines_from_one() -> None:
    """§5 "`revision` counts lines of an alert from 1"."""
    book = Book("x")
    opened = book.open_new(alert("high", "kurang_rawan"), AT)
    book.condition_ends(opened, AT, late=False)
    assert [1, 2] == [line.revision for line in book.lines]


def test_an_id_is_the_same_on_every_replay() -> None:
    """§4 "Id: kabupaten digits, dash, 16 base32 characters of a hash of these and the episode"."""
    book = Book("tiny-2024")
    one, other = book.new_id(ABOUT, "17.02", 1), book.new_id(ABOUT, "17.02", 2)
    assert "1702-" == one[:5]
    assert 21 == len(one) == len(other)
    assert one != other
    assert one == Book("tiny-2024").new_id(ABOUT, "17.02", 1)
    assert one != Book("tiny-2029").new_id(ABOUT, "17.02", 1)
