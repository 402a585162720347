"""A table of rows that knows which of them have changed."""

from typing import Final

from streams.domain.times import EpochMs
from streams.judge.rows import Quarantine
from streams.judge.table import Table

ROW: Final = Quarantine("ZeroDivisionError", EpochMs(5))
OTHER: Final = Quarantine("KeyError", EpochMs(6))


def table() -> Table[Quarantine]:
    """Return an empty table."""
    return Table("quarantine", Quarantine)


def test_what_changed_is_told_once_and_in_order() -> None:
    """Sorted by key, whatever order the changes came in."""
    rows = table()
    rows.put(("e", "T07"), ROW)
    rows.put(("e", "T03"), OTHER)
    assert [b"quarantine\x1fe\x1fT03", b"quarantine\x1fe\x1fT07"] == list(rows.take_changes())
    assert {} == rows.take_changes()


def test_a_row_that_is_gone_is_told_as_none() -> None:
    """So that a checkpoint forgets it too; deleting nothing changes nothing."""
    rows = table()
    rows.put(("e", "T07"), ROW)
    rows.take_changes()
    rows.delete(("e", "T07"))
    rows.delete(("e", "T99"))
    assert {b"quarantine\x1fe\x1fT07": None} == rows.take_changes()
    assert (0, None) == (len(rows), rows.get(("e", "T07")))


def test_a_saved_row_is_the_same_row() -> None:
    """Empty parts of a key are kept as well."""
    rows, loaded = table(), table()
    rows.put(("e", "", "x"), ROW)
    [(key, saved)] = rows.take_changes().items()
    assert saved is not None
    assert loaded.load(key, saved)
    assert [(("e", "", "x"), ROW)] == list(loaded.items())
    assert {} == loaded.take_changes()


def test_a_row_of_another_table_is_not_taken() -> None:
    """Tables share one checkpoint."""
    assert not table().load(b"facts\x1fe", b"")
    assert not table().load(b"quarantines\x1fe", b"")


def test_who_watches_is_told_of_all_rows_and_then_of_what_changes() -> None:
    """Each key once, in order, also of a row that is gone; whatever is saved meanwhile."""
    rows = table()
    rows.put(("e", "T07"), ROW)
    rows.watch()
    assert [("e", "T07")] == list(rows.take_news())
    rows.put(("e", "T09"), ROW)
    rows.put(("e", "T03"), ROW)
    rows.take_changes()
    rows.put(("e", "T09"), OTHER)
    rows.delete(("e", "T07"))
    rows.delete(("e", "T99"))
    assert [("e", "T09"), ("e", "T03"), ("e", "T07")] == list(rows.take_news())
    assert [] == list(rows.take_news())
