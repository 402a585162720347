"""A message as JSON: what it tells, and how it is cut into parts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.alert import Text
from streams.domain.notice import NoticeKind
from streams.sinks.document import kind_of, split, tellings_of
from tests.conformance.sinks.samples import alert, delivery, notice, roll_up

MESSAGE = Text("Log mulai terlambat.", "The log begins late.")


def test_every_alert_is_told_on_its_own() -> None:
    """With its notice, and with times as people's clocks have them."""
    two = notice(alert("3604-AAAAAAAAAAAAAAAA"), alert("3604-BBBBBBBBBBBBBBBB"))
    first, second = tellings_of(delivery("", two))
    assert first.alert is not None
    assert second.alert is not None
    assert ("3604-AAAAAAAAAAAAAAAA", "3604-BBBBBBBBBBBBBBBB") == (
        first.alert.alert,
        second.alert.alert,
    )
    assert ("2024-11-27T07:00:00+07:00", "OPS/polsek@36.04/1") == (first.at, first.destination)
    assert "2024-11-27T07:10:00+07:00" == first.alert.due_at


def test_who_has_an_alert_is_told() -> None:
    """By his pair or post, as the notice has it."""
    taken = replace(alert(), taken_by=Text("pasangan P03", "pair P03"), due_at=None)
    [telling] = tellings_of(delivery("", notice(taken)))
    assert telling.alert is not None
    assert (Text("pasangan P03", "pair P03"), "") == (telling.alert.taken_by, telling.alert.due_at)


def test_what_is_about_no_alert_is_told_as_well() -> None:
    """A message, and the alerts of a roll-up in pieces that fit anywhere."""
    told = tellings_of(delivery("", notice(message=MESSAGE), notice(rolled_up=roll_up(501))))
    pieces = [len(one.rolled_up.alerts) for one in told if one.rolled_up is not None]
    assert [MESSAGE] == [one.message for one in told if one.message is not None]
    assert [250, 250, 1] == pieces


def test_a_roll_up_of_nothing_is_told_once() -> None:
    """It has opened alerts that have gone again."""
    assert 1 == len(tellings_of(delivery("", notice(rolled_up=roll_up(0)))))


def test_a_message_wants_what_the_most_urgent_of_it_wants() -> None:
    """A call among other things is a call."""
    calm, urgent = notice(alert(kind=NoticeKind.INFORM)), notice(alert())
    many = replace(calm, kind=NoticeKind.ROLL_UP)
    assert NoticeKind.INFORM is kind_of(delivery("", calm))
    assert NoticeKind.ROLL_UP is kind_of(delivery("", calm, many))
    assert NoticeKind.CALL is kind_of(delivery("", calm, many, urgent))


@given(st.lists(st.integers(1, 30)), st.integers(1, 40))
def test_parts_lose_nothing_and_fit(sizes: list[int], room: int) -> None:
    """In order; only one that fits nowhere is larger than the room, and it stands alone."""
    told = [replace(_TELLING, at=str(size)) for size in sizes]
    parts = split(told, room, lambda one: int(one.at))
    assert told == [one for part in parts for one in part]
    for part in parts:
        assert len(part) <= 1 or sum(int(one.at) for one in part) <= room


@given(st.lists(st.integers(1, 30)))
def test_there_are_no_more_parts_than_needed(sizes: list[int]) -> None:
    """What follows a part would not have fitted into it."""
    told = [replace(_TELLING, at=str(size)) for size in sizes]
    parts = split(told, 30, lambda one: int(one.at))
    for part, following in pairwise(parts):
        assert sum(int(one.at) for one in (*part, following[0])) > 30


[_TELLING] = tellings_of(delivery("", notice(message=MESSAGE)))
