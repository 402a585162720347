"""How records look: severities by letter, shape and colour, and nothing that could do harm."""

import pytest
from msgspec import Struct

from streams.cli.look import mark_of, row_of
from streams.domain.words import Severity
from streams.engine.ports import Headers, Slot
from streams.engine.topics import Topic

LINE = (
    b'{"at":"2024-11-27T07:10:00+07:00","alert":"1702-MZXW6YTBOI2HGZLM","revision":1,'
    b'"rule":"T03","scope":"17.02.09.1001-003","key":"","change":"opened",'
    b'"state":"unacknowledged","severity":"high","ladder":"OPS","level":"polsek",'
    b'"drill":false,"cause":"deadline"}'
)


class Record(Struct, frozen=True):
    """A record as a broker gives it."""

    value: bytes | None
    key: bytes | None = None
    headers: Headers = ()
    offset: int = 12
    timestamp: int = 1_732_665_600_000


def shown(topic: Topic, record: Record) -> str:
    """Return the text of a record."""
    return row_of(Slot(topic, 3), record).plain


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.CRITICAL, "◆ K"),
        (Severity.HIGH, "▲ T"),
        (Severity.MEDIUM, "■ S"),
        (Severity.LOW, "● R"),
    ],
)
def test_a_severity_has_a_shape_and_a_letter(severity: Severity, expected: str) -> None:
    """Nothing is said by colour alone."""
    assert expected == str(mark_of(severity))


def test_no_two_severities_look_alike() -> None:
    """Letter, shape and colour each tell all of them apart."""
    marks = [mark_of(severity) for severity in Severity]
    for part in ("letter", "shape", "colour"):
        assert len(marks) == len({getattr(mark, part) for mark in marks})


def test_a_change_of_an_alert_is_one_row() -> None:
    """Local time, severity, change, level, what it is about, and what caused it."""
    expected = (
        "07:10:00  ▲ T  opened         polsek       T03 17.02.09.1001-003"
        "  1702-MZXW6YTBOI2HGZLM r1 deadline"
    )
    assert expected == shown(Topic.TRANSITIONS, Record(LINE))
    assert expected == shown(Topic.RESTRICTED_TRANSITIONS, Record(LINE))


def test_a_drill_says_so() -> None:
    """Nobody may take a drill for the day itself."""
    drill = LINE.replace(b'"drill":false', b'"drill":true')
    assert "  DRILL T03 " in shown(Topic.TRANSITIONS, Record(drill)).replace("polsek     ", "")


def test_what_is_no_change_is_shown_as_it_is() -> None:
    """A foreign record on our topic does not end the command."""
    assert shown(Topic.TRANSITIONS, Record(b"{}", b"k")).endswith("3:12       k  {}")


def test_a_dead_letter_shows_why_and_where_from() -> None:
    """Reason and detail come first, then the record it was."""
    headers = (
        ("reason", b"schema"),
        ("detail", b"expected\nid"),
        ("topic", b"tps.status"),
        ("partition", b"2"),
        ("offset", b"77"),
    )
    told = shown(Topic.DEADLETTER, Record(b"{", headers=headers))
    assert told.endswith("-  schema       expected id (tps.status/2:77)")


def test_a_dead_letter_without_headers_is_shown() -> None:
    """Somebody else may have written it."""
    assert shown(Topic.DEADLETTER, Record(None)).endswith("(?/?:?)")


def test_a_value_is_cut_and_tamed() -> None:
    """A long or wicked value leaves the terminal as it is."""
    told = shown(Topic.CROWD_REPORTS, Record(b"\x1b[31m" + b"x" * 10_000, b"\x07"))
    assert told.startswith("2024-11-27T00:00:00+00:00  3:12")
    assert told.endswith("x…")
    assert len(told) < 500
    assert "\x1b" not in told
