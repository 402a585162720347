"""The board: what is open now, and what has ended not long ago."""

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.ids import AlertId, AreaCode
from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.errors import InputError
from streams.wire.board import ENDED_MAX, Board, Place, kabupaten_of_alert, place_of
from tests.support.shown import ELECTION, KABUPATEN, NOW, alert_id, board_of, put, shown

A, B = alert_id(1), alert_id(2)


def test_only_resolved_alerts_are_not_open() -> None:
    """Every other state is one in which somebody may have to look."""
    board = board_of(*(shown(alert_id(n), state) for n, state in enumerate(AlertState)))
    expected = {alert_id(n) for n, s in enumerate(AlertState) if s is not AlertState.RESOLVED}
    assert expected == set(board.open)


def test_the_last_record_of_an_alert_counts() -> None:
    """What came before it is over."""
    board = board_of(shown(A, level="polsek"), shown(A, level="polres"))
    assert ["polres"] == [one.level for one in board.open.values()]


def test_an_alert_that_comes_back_is_open() -> None:
    """And it has not ended."""
    board = board_of(shown(A, AlertState.RESOLVED), shown(A))
    assert ({A}, None) == (set(board.open), board.ended(A))


def test_what_has_ended_is_known_for_an_hour() -> None:
    """By the broker's clock, whatever year is played."""
    board = put(Board(), shown(A, AlertState.RESOLVED), at=NOW)
    assert board.ended(A) is not None
    put(board, shown(B), at=EpochMs(NOW + HOUR_MS - SECOND_MS))
    assert board.ended(A) is not None
    put(board, shown(B), at=EpochMs(NOW + HOUR_MS))
    assert board.ended(A) is None


def test_an_hour_is_by_the_newest_record_of_any_partition() -> None:
    """They are read one after another: what ended yesterday in the last of them is over as well."""
    board = put(Board(), shown(B), at=NOW)
    put(board, shown(A, AlertState.RESOLVED), at=EpochMs(NOW - HOUR_MS))
    assert board.ended(A) is None


def test_memory_of_what_has_ended_is_bounded() -> None:
    """However many end within the hour; the oldest go first."""
    board = Board()
    put(board, *(shown(alert_id(n), AlertState.RESOLVED) for n in range(ENDED_MAX + 2)))
    held = [board.ended(alert_id(n)) is not None for n in (0, 1, 2, ENDED_MAX + 1)]
    assert [False, False, True, True] == held
    assert ENDED_MAX == len(board.changes(0))


def test_a_tombstone_takes_an_alert_back() -> None:
    """As if it had never been."""
    board = board_of(shown(A))
    board.apply(A.encode(), None, NOW)
    assert ({}, None, ()) == (dict(board.open), board.ended(A), board.changes(0))
    assert 2 == board.version


def test_changes_are_told_since_a_version() -> None:
    """The newest first, each once."""
    board = board_of(shown(A), shown(B))
    seen = board.version
    assert ((B, A), ()) == (board.changes(0), board.changes(seen))
    put(board, shown(A), shown(A))
    assert (A,) == board.changes(seen)


@pytest.mark.parametrize("value", [b"", b"{}", b"[]", b"\xff", b'{"id": 7}'], ids=repr)
def test_what_is_no_document_changes_nothing(value: bytes) -> None:
    """A foreign record under an alert's key leaves the alert as it was."""
    board = board_of(shown(A))
    with pytest.raises(InputError, match="not the document of an alert"):
        board.apply(A.encode(), value, NOW)
    assert ({A}, 1) == (set(board.open), board.version)


def test_places_are_known_for_good() -> None:
    """Also of alerts that are long over."""
    board = board_of(shown(A, AlertState.RESOLVED), shown(alert_id(0, "17.02")))
    assert {Place(ELECTION, KABUPATEN), Place(ELECTION, AreaCode("17.02"))} == (board.places)


def test_what_was_open_in_a_place_at_a_moment_is_found() -> None:
    """Another kabupaten, another election and what opened later are not."""
    later = replace(shown(B), opened_at="2024-11-27T07:31:00+07:00")
    drill = replace(shown(alert_id(3)), election=f"{ELECTION}#drill-1")
    board = board_of(shown(A), later, drill, shown(alert_id(4, "17.02")))
    opened_at = EpochMs(NOW - 20 * MINUTE_MS)
    times = (EpochMs(opened_at - 1), opened_at, NOW)
    found = [board.open_at(Place(ELECTION, KABUPATEN), at) for at in times]
    assert [[], [A], [A]] == [[one.id for one in some] for some in found]


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ("36.04.17.2010-001", "36.04.17.2010-001"),
        ("36.04.17", "36.04.17"),
        ("contest:bupati@36.04.17.2010", "36.04.17.2010"),
        ("polsek:36.04/Carenang", "36.04"),
        ("officer:36.04/bripka@17.02.09", "36.04"),
        ("box:36.04/36.04.17.2010-001#1", "36.04"),
    ],
)
def test_the_place_of_an_alert_is_an_area(scope: str, place: str) -> None:
    """The narrowest that its scope names; whoever it is about is in none."""
    assert place == place_of(shown(scope=scope))


def test_an_id_begins_with_its_kabupaten() -> None:
    """Four digits before the dash."""
    assert "36.04" == kabupaten_of_alert(AlertId("3604-ABCDEFGHIJKLMNOP"))
