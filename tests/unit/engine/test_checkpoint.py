"""Stories of the state topic: which of its records make a state."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.engine.checkpoint import (
    META_KEY,
    STALE_MS,
    Kind,
    Meta,
    StateImage,
    StateReader,
    Version,
    decode_version,
    encode_version,
)

Record = tuple[bytes, bytes | None]


def row(key: str, cut: int, payload: str = "") -> Record:
    """Return a row that was there before."""
    return key.encode(), encode_version(Version(cut, Kind.KEPT, 0, payload.encode()))


def new(key: str, cut: int, since: int, payload: str = "") -> Record:
    """Return the first version of a row."""
    return key.encode(), encode_version(Version(cut, Kind.NEW, since, payload.encode()))


def gone(key: str, cut: int) -> Record:
    """Return the deletion of a row."""
    return key.encode(), encode_version(Version(cut, Kind.GONE, 0, b""))


def passed(key: str, cut: int, since: int) -> Record:
    """Return the deletion of a row that was never in a complete checkpoint."""
    return key.encode(), encode_version(Version(cut, Kind.PASSED, since, b""))


def meta(cut: int, fold: str = "") -> Record:
    """Return a meta record."""
    payload = msgspec.msgpack.encode(Meta({}, fold.encode()))
    return META_KEY, encode_version(Version(cut, Kind.KEPT, 0, payload))


def image(records: Sequence[Record], limit: int | None = None) -> StateImage:
    """Read records in log order."""
    reader = StateReader(limit)
    for number, (key, value) in enumerate(records):
        reader.add(key, value, number)
    return reader.image(0)


@given(st.integers(0, 2**63), st.sampled_from(Kind), st.integers(0, 2**63), st.binary(max_size=20))
def test_a_version_is_read_as_it_was_written(
    cut: int, kind: Kind, since: int, payload: bytes
) -> None:
    """Every field survives; only a new key has a `since`."""
    version = Version(cut, kind, since if kind.is_new else 0, payload)
    assert version == decode_version(encode_version(version))


def test_an_empty_topic_is_the_beginning() -> None:
    """The fold starts empty, at the first record of the journal."""
    assert image([]) == StateImage(0, None, {}, set(), 0, {}, ())


def test_the_last_complete_checkpoint_is_the_state() -> None:
    """Rows and meta of several checkpoints add up."""
    found = image([new("a", 10, 0, "1"), meta(10, "x"), row("a", 20, "2"), meta(20, "y")])
    assert found.cut == 20
    assert found.rows == {b"a": b"2"}
    assert found.meta == Meta({}, b"y")
    assert found.overlaid == {}


def test_rows_of_a_torn_checkpoint_are_ignored() -> None:
    """Without its meta a checkpoint is not there; its rows are to be covered again."""
    found = image([new("a", 10, 0, "1"), meta(10), row("a", 20, "2"), new("b", 20, 10)])
    assert found.cut == 10
    assert found.rows == {b"a": b"1"}
    assert found.overlaid == dict([new("a", 10, 0, "1"), gone("b", 10)])


def test_an_old_checkpoint_behind_a_newer_one_is_ignored() -> None:
    """A process that slept wakes up and writes what is long out of date."""
    old = [new("a", 10, 0, "1"), meta(10)]
    found = image([*old, row("a", 20, "2"), meta(20), *old])
    assert found.cut == 20
    assert found.rows == {b"a": b"2"}
    assert found.overlaid == dict([row("a", 20, "2")])


def test_a_checkpoint_of_somebody_ahead_is_as_good_as_ours() -> None:
    """Folds are deterministic: what another owner judged further is true as well."""
    ours = [new("a", 10, 0, "1"), meta(10)]
    found = image([*ours, row("a", 30, "3"), meta(30), row("a", 12, "2"), meta(12)])
    assert found.cut == 30
    assert found.rows == {b"a": b"3"}


def test_a_deleted_row_does_not_rise_from_the_dead() -> None:
    """An older version behind the deletion changes nothing, because a deletion has a cut."""
    found = image([new("a", 10, 0, "1"), meta(10), gone("a", 20), meta(20), row("a", 10, "1")])
    assert found.rows == {}
    assert found.known == {b"a"}
    assert found.overlaid == dict([gone("a", 20)])


def test_a_row_may_come_back() -> None:
    """A key that was deleted and written again is there."""
    found = image([new("a", 10, 0, "1"), gone("a", 20), row("a", 30, "2"), meta(30)])
    assert found.rows == {b"a": b"2"}


def test_a_row_born_after_the_meta_is_dropped() -> None:
    """It is new since the very state that is there, so that state does not have it."""
    found = image([meta(10), new("a", 20, 10)])
    assert found.cut == 10
    assert found.rows == {}
    assert found.known == set()


@pytest.mark.parametrize(
    "record", [row("a", 20), new("a", 20, 5)], ids=["not new", "new since an older state"]
)
def test_a_lost_version_makes_the_state_untrustworthy(record: Record) -> None:
    """Compaction kept only a version that is too new: what counted can't be known any more."""
    found = image([new("b", 10, 0, "1"), meta(10), record])
    assert found == StateImage(0, None, {}, {b"a", b"b"}, 20, {}, ())


def test_rows_without_any_meta_make_no_state() -> None:
    """The first checkpoint was torn: all of its rows are new since the beginning."""
    found = image([new("a", 20, 0), new("b", 20, 0)])
    assert found.cut == 0
    assert found.floor == 0
    assert found.meta is None


def test_a_tombstone_behind_a_row_that_counts_is_covered_again() -> None:
    """Somebody swept a key that was long deleted when he looked, and is there again now."""
    found = image([row("a", 10, "1"), meta(10), (b"a", None)])
    assert found.rows == {b"a": b"1"}
    assert found.overlaid == dict([row("a", 10, "1")])


def test_deletions_are_swept_when_nobody_can_remember_them() -> None:
    """A deletion older than an hour by the broker's clock may become a real tombstone."""
    reader = StateReader()
    for (key, value), timestamp in [
        (gone("old", 10), 0),
        (gone("young", 10), STALE_MS),
        (row("kept", 10), 0),
        (meta(10), STALE_MS + 1),
    ]:
        reader.add(key, value, timestamp)
    assert reader.image(0).stale == (b"old",)


def test_a_swept_deletion_is_swept_once() -> None:
    """Its tombstone lies behind it."""
    reader = StateReader()
    for (key, value), timestamp in [
        (gone("old", 10), 0),
        ((b"old", None), 1),
        (meta(10), STALE_MS + 2),
    ]:
        reader.add(key, value, timestamp)
    found = reader.image(0)
    assert found.stale == ()
    assert found.overlaid == {}


def test_a_limit_asks_for_an_older_state() -> None:
    """An owner that repairs wants the rows as they were at its own last checkpoint."""
    reader = StateReader(limit=15)
    records = [new("a", 10, 0, "1"), meta(10), row("a", 20, "2"), meta(20), new("b", 20, 10)]
    for key, value in records:
        reader.add(key, value, 0)
    assert reader.best(b"a") == Version(10, Kind.NEW, 0, b"1")
    assert reader.best(b"b") is None
    assert reader.best(b"never seen") is None


# ── Any history of honest owners, with what sleepers and compaction do to it ──────────────────────

Change = tuple[str, int | None]


class History:
    """A state partition as one owner after another writes it, and the truth at every cut."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.log: list[Record] = []
        self.complete = 0
        self._changes = changes
        self._known: set[bytes] = set()
        self._is_torn = False

    def truth(self, cut: int) -> dict[bytes, bytes]:
        """Return the rows after the first `cut` changes."""
        last = dict(self._changes[:cut])
        return {key.encode(): b"%d" % number for key, number in last.items() if number is not None}

    def checkpoint(self, ahead: int, keep: int | None) -> None:
        """Write a checkpoint some changes ahead of the last one, torn after `keep` records."""
        base, cut = self.complete, min(self.complete + ahead, len(self._changes))
        rows: dict[bytes, bytes | None] = {}
        if self._is_torn:
            rows |= image(self.log).overlaid
        for key, number in dict(self._changes[base:cut]).items():
            name, version = self._version(key, number, cut)
            rows[name] = version
        records: list[Record] = [*rows.items(), meta(cut)]
        self.log += records[:keep]
        self._is_torn = keep is not None and keep < len(records)
        if not self._is_torn:
            self.complete = cut
            self._known |= {key for key, _ in records}

    def _version(self, key: str, number: int | None, cut: int) -> Record:
        if key.encode() in self._known:
            return gone(key, cut) if number is None else row(key, cut, str(number))
        if number is None:
            return passed(key, cut, self.complete)
        return new(key, cut, self.complete, str(number))


histories = st.builds(
    History,
    st.lists(st.tuples(st.sampled_from("abcd"), st.none() | st.integers(0, 9)), max_size=30),
)
written = st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(0, 4)), max_size=8)
pieces = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=3)


@given(histories, written, pieces)
def test_old_records_written_again_change_nothing(
    history: History,
    checkpoints: list[tuple[int, int | None]],
    replays: list[tuple[int, int]],
) -> None:
    """Whatever pieces of the log a sleeper appends again, the state is that of the best cut."""
    for ahead, keep in checkpoints:
        history.checkpoint(ahead, keep)
    for start, length in replays:
        history.log += history.log[start : start + length]
    found = image(history.log)
    assert found.floor == 0
    assert found.cut == history.complete
    assert found.rows == history.truth(found.cut)


def compacted(records: Sequence[Record]) -> list[Record]:
    """Keep the last record of each key, in place."""
    last = {key: number for number, (key, _) in enumerate(records)}
    return [record for number, record in enumerate(records) if last[record[0]] == number]


@given(histories, written, st.integers(0, 40))
def test_compaction_leaves_the_state_or_one_that_is_not_trusted(
    history: History, checkpoints: list[tuple[int, int | None]], cleaned: int
) -> None:
    """Torn checkpoints, compacted at any point, are never taken for a state that never was."""
    for ahead, keep in checkpoints:
        history.checkpoint(ahead, keep)
    found = image([*compacted(history.log[:cleaned]), *history.log[cleaned:]])
    if not found.floor:
        assert found.cut == history.complete
        assert found.rows == history.truth(found.cut)


@given(histories, written, pieces)
def test_covered_again_a_state_survives_any_compaction(
    history: History,
    checkpoints: list[tuple[int, int | None]],
    replays: list[tuple[int, int]],
) -> None:
    """Once an owner has written what is overlaid again, the last records alone are the state."""
    for ahead, keep in checkpoints:
        history.checkpoint(ahead, keep)
    for start, length in replays:
        history.log += history.log[start : start + length]
    found = image(history.log)
    if found.meta is None:
        return
    history.log += [*found.overlaid.items(), meta(found.cut)]
    again = image(compacted(history.log))
    assert again.rows == found.rows
    assert again.cut == found.cut
