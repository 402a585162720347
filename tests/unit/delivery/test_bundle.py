"""What one message of several notices says."""

import pytest
from msgspec.structs import replace

from streams.delivery.bundle import asks, bundled, newest_of, replaces_calls
from streams.domain.alert import Text
from streams.domain.ids import AreaCode
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingRollUp
from streams.domain.times import EpochMs
from tests.support.notifier import alert, call, destination, inform, lowered, notice

ROLL_UP = OutgoingRollUp(
    kecamatan=AreaCode("36.04.17"), name="Binuang", since=EpochMs(0), opened=12, alerts=()
)


def said(*notices: Outgoing) -> list[list[int]]:
    """Return the revisions that each notice of a bundle tells."""
    return [[one.revision for one in each.alerts] for each in bundled(notices)]


def test_of_each_alert_the_newest_telling_is_told() -> None:
    """And a notice that has nothing else to say is left out."""
    assert [[2]] == said(call("A", 1), inform("A", 2))
    assert [[2]] == said(inform("A", 2), call("A", 1))


def test_other_alerts_of_an_older_notice_are_still_told() -> None:
    """Only what is out of date is taken out of it."""
    older = notice(alert("A", 1), alert("B", 5), to=destination())
    assert [[5], [2]] == said(older, inform("A", 2))


def test_a_repeat_is_told_once() -> None:
    """Two notices may tell the same revision of an alert."""
    assert [[1]] == said(call("A", 1), call("A", 1))


def test_what_is_about_no_alert_is_told_always() -> None:
    """A roll-up of alerts that were told since still says how many there are."""
    message = replace(call("A"), alerts=(), message=Text("mulai", "begins"))
    rolled_up = replace(call("A", 1), rolled_up=ROLL_UP)
    assert [[], [], [2]] == said(message, rolled_up, call("A", 2))


def test_the_newest_revision_of_each_alert_is_found() -> None:
    """Whatever the order."""
    found = newest_of([call("A", 3), call("A", 2), call("B", 1)])
    revisions = {name: one.telling.revision for name, one in found.items()}
    assert {alert("A").alert: 3, alert("B").alert: 1} == revisions


@pytest.mark.parametrize(
    ("notices", "kinds"),
    [
        ([call("A", 1), inform("A", 2)], [NoticeKind.INFORM]),
        ([call("A", 1), lowered("A", 2)], [NoticeKind.CALL]),
        ([lowered("A", 2), call("A", 1)], [NoticeKind.CALL]),
        ([call("A", 1), inform("A", 2), lowered("A", 3)], [NoticeKind.CALL]),
        ([call("A", 1), lowered("A", 2), inform("A", 3)], [NoticeKind.INFORM]),
        ([lowered("A", 1), lowered("A", 2)], [NoticeKind.INFORM]),
        ([lowered("A", 2), call("B", 1)], [NoticeKind.INFORM, NoticeKind.CALL]),
    ],
    ids=["taken on", "lowered", "in any order", "back again", "at last", "no call", "another"],
)
def test_news_takes_the_place_of_a_call_only_if_nobody_is_asked_any_more(
    notices: list[Outgoing], kinds: list[NoticeKind]
) -> None:
    """Else the newest is told, and as a call: nobody has been asked yet."""
    told = bundled(notices)
    assert kinds == [one.kind for one in told]
    assert kinds == [one.alerts[0].kind for one in told]
    newest = {one.telling.revision for one in newest_of(notices).values()}
    assert newest == {one.alerts[0].revision for one in told}


def test_who_was_told_of_an_open_alert_as_news_was_not_called() -> None:
    """Its call is still due."""
    tellings = [one.alerts[0] for one in (call("A"), inform("A"), lowered("A"))]
    assert [True, True, False] == [replaces_calls(one) for one in tellings]


def test_a_call_asks_until_newer_news_goes_out() -> None:
    """Who reads that somebody has taken it on need not answer any more."""
    one = call("A", 1)
    assert asks(one, {})
    assert asks(one, newest_of([one]))
    assert not asks(one, newest_of([one, inform("A", 2)]))
    assert not asks(inform("A"), {})


def test_news_asks_in_the_place_of_a_call_that_did_not_go_out() -> None:
    """The older asks no more, for it will not be told."""
    newest = newest_of([call("A", 1), lowered("A", 2)])
    assert asks(lowered("A", 2), newest)
    assert not asks(call("A", 1), newest)


def test_a_call_may_tell_beside_what_asks_for_nothing() -> None:
    """It asks as long as one alert in it does."""
    inside = alert("B", kind=NoticeKind.INFORM)
    mixed = notice(alert("A", 1), inside, to=destination())
    assert asks(mixed, {})
    assert not asks(mixed, newest_of([mixed, inform("A", 2)]))


def test_a_roll_up_and_a_message_ask() -> None:
    """They are no news of one alert, so nothing makes them out of date."""
    newer = newest_of([inform("A", 9)])
    assert asks(replace(call("A"), kind=NoticeKind.ROLL_UP, rolled_up=ROLL_UP), newer)
    assert asks(replace(call("A"), alerts=(), message=Text("mulai", "begins")), newer)
